"""The explanation of one result as a tree of plain nodes: words, clause, state, observed values, distance.

Made from the interpreter's trace, for JSON, for text and for pages alike; it decides nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from huiqi.language import tree as t
from huiqi.mechanisms.number import Num
from huiqi.mechanisms.truth import FT, F, J, State, T
from huiqi.reasoning.answer import Result
from huiqi.reasoning.context import Observed, Trace
from huiqi.reasoning.english import all_told
from huiqi.reasoning.wording import amount_text, distance, fact_label, show_number
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import Entries, fact_id, show_value
from huiqi.vocabulary.units import NO_DIMS, Dims

MARKS = {T: "✓", F: "✗", J: "◇"}
OPEN_MARK = "?"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a node stands in an official text: document, addresses, locating words, line of the rule."""

    document: str
    addresses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    line: int = 0
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact that was read. `value` is None where it is missing; `on` an ISO day."""

    fact: str
    label: str
    value: str | None
    source: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """One node. kind: measure, atom, all, any, none, at_least, not, soft, readings, part, amount.

    `value` is that of a part or amount, `difference` left minus right of a comparison, `gap` the same in words.
    """

    kind: str
    words: str
    state: State
    clause: Clause | None = None
    count: int = 0
    seen: tuple[Seen, ...] = ()
    value: str = ""
    difference: str = ""
    gap: str = ""
    missing: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    children: tuple[Why, ...] = ()

    @property
    def mark(self) -> str:
        return MARKS.get(self.state, OPEN_MARK)


class _Learned:
    """What explanations of a program need beside a result: of which document a source is, in which unit a part."""

    def __init__(self, program: t.Program) -> None:
        self.program = program
        self.places: dict[int, str] = {}
        self.dims: dict[int, Dims] = {}
        for definition in program.definitions.values():
            self._learn(definition.body, definition.document)
            self.places[id(definition.source)] = definition.document
            self._measured(definition.body, definition.type.dims)
        for filled in (one for found in program.filled.values() for one in found):
            self._learn(filled.body, filled.document)
            self._measured(filled.body, program.opened[filled.term].type.dims)
        for measure in program.measures.values():
            self._measured(measure.amount, measure.dims)

    def _learn(self, node: object, document: str) -> None:
        for part in walk(node):
            if isinstance(part, t.Clause | t.Part | t.TableRow):
                self.places[id(part.source)] = document

    def _measured(self, node: object, dims: Dims) -> None:
        """Notes in which unit the named parts of a value are; parts of factors are left open."""
        if isinstance(node, t.ValueGroup):
            for part in node.parts:
                self.dims[id(part.source)] = dims
                self._measured(part.value, dims)
        elif isinstance(node, t.Arithmetic):
            if node.op in "+−":
                self._measured(node.left, dims)
                self._measured(node.right, dims)
        elif isinstance(node, t.AllOf):
            for item in node.items:
                self._measured(item, dims)
        elif isinstance(node, t.ReadingOf):
            self._measured(node.first, dims)
            self._measured(node.second, dims)
        elif isinstance(node, t.Exceptional):
            self._measured(node.other, dims)
            self._measured(node.normal, dims)
        elif isinstance(node, t.NumberTable | t.CodeTableRows | t.ConditionTable):
            for row in node.rows:
                self._measured(row.value, dims)
        elif isinstance(node, _SAME_UNIT):
            self._measured(node.of, dims)


_RECENT: list[
    _Learned
] = []  # of the programs explained last: a library is explained again and again


def _learned(program: t.Program) -> _Learned:
    for one in _RECENT:
        if one.program is program:
            return one
    made = _Learned(program)
    _RECENT[:] = [made, *_RECENT[:1]]
    return made


@dataclass(slots=True)
class Explainer:
    """Explains results of one program; what it learns of the program is kept for the next one."""

    program: t.Program
    vocabulary: Vocabulary
    lang: str = "zh"
    _places: dict[int, str] = field(init=False)
    _dims: dict[int, Dims] = field(init=False)
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        learned = _learned(self.program)
        self._places, self._dims = learned.places, learned.dims

    def explain(self, result: Result) -> Why:
        """The whole tree of a result: its conditions, then its amount."""
        root = self.node(result.why, result)
        conditions = root.children if root.kind == "all" and not root.words else (root,)
        amount = self.amount(result)
        measure = result.measure
        return Why(
            "measure",
            measure.name,
            result.state,
            Clause(measure.document, measure.address, line=measure.source.line),
            causes=tuple(all_told(dict.fromkeys(c for _, c in result.judgement), self.lang)),
            children=(*conditions, *((amount,) if amount else ())),
        )

    # ------------------------------------------------------------ conditions
    def node(self, trace: Trace, result: Result) -> Why:
        """One node of the trace; nodes that only group a single other one are left out."""
        children = [self.node(child, result) for child in trace.children if _is_told(child)]
        if len(children) == 1 and trace.op in ("all", "any"):
            only = children[0]
            if not trace.text or trace.text == only.words:
                return self._merged(trace, only, result)
            if only.kind == "readings":
                return self._merged(trace, dataclasses.replace(only, words=trace.text), result)
            if not only.words and only.kind in ("all", "any"):
                children = list(only.children)
                return self._made(trace, result, only.kind, children, only)
        spliced: list[Why] = []
        for child in children:
            if child.kind == "all" and not child.words and trace.op == "all":
                spliced += child.children
            else:
                spliced.append(child)
        return self._made(trace, result, _KINDS.get(trace.op, trace.op), spliced)

    def _merged(self, trace: Trace, only: Why, result: Result) -> Why:
        clause = only.clause
        if trace.source is not None and (clause is None or not clause.words):
            own = self.clause(trace.source, result)
            if clause is None or own.words or own.addresses:
                clause = own
        notes = tuple(dict.fromkeys((*all_told(trace.notes, self.lang), *only.notes)))
        return dataclasses.replace(
            only, words=only.words or trace.text, clause=clause, notes=notes, state=trace.state
        )

    def _made(
        self,
        trace: Trace,
        result: Result,
        kind: str,
        children: list[Why],
        inner: Why | None = None,
    ) -> Why:
        # What children show is not shown again above them.
        quiet = any(child.seen or child.children or child.words for child in children)
        is_part = trace.op == "part"
        state = _value_state(trace.value, trace.missing) if is_part else trace.state
        dims = self._dims.get(id(trace.source), NO_DIMS)
        notes = (*trace.notes, *(inner.notes if inner else ()))
        return Why(
            kind,
            trace.text,
            state,
            self.clause(trace.source, result) if trace.source else None,
            trace.count,
            () if quiet else self.seen(trace.observed),
            show_number(trace.value, dims, self.lang) if is_part else "",
            *distance(trace, self.lang),
            () if quiet else tuple(sorted(trace.missing)),
            ()
            if quiet or state in (T, F)
            else tuple(all_told(_not_said(trace.causes, trace.text), self.lang)),
            tuple(all_told(dict.fromkeys(notes), self.lang)),
            tuple(child for child in children if child.words or child.children or child.seen),
        )

    def clause(self, source: t.Source, result: Result) -> Clause:
        document = self._places.get(id(source), result.measure.document)
        addresses = source.addresses
        if not addresses and document == result.measure.document:
            addresses = result.measure.address
        return Clause(document, addresses, source.words, source.line, source.unverified)

    # ------------------------------------------------------------ amount
    def amount(self, result: Result) -> Why | None:
        """The amount as the last node: its words, the facts it reads, its parts."""
        measure = result.measure
        if measure.amount is None or result.amount is None:
            return None
        clauses = [part for part in walk(measure.amount) if isinstance(part, t.Clause)]
        first = clauses[0].source if clauses else measure.source
        names = self._facts_of(measure)
        observed = result.evaluated.ctx.observed if result.evaluated else []
        used = [one for one in observed if one.name in names]
        parts = [self.node(part, result) for part in result.amount_parts]
        return Why(
            "amount",
            first.text,
            _amount_state(result),
            self.clause(first, result),
            seen=self.seen(used),
            value=amount_text(result.amount, self.lang),
            missing=result.missing_for_amount,
            children=tuple(part for part in parts if part.words or part.children),
        )

    def _facts_of(self, measure: t.Measure) -> frozenset[str]:
        if measure.id not in self._names:
            self._names[measure.id] = frozenset(self._names_in(measure.amount, set()))
        return self._names[measure.id]

    def _names_in(self, node: object, used: set[str]) -> Iterator[str]:
        for part in walk(node):
            name = getattr(part, "name", None)
            if isinstance(part, t.FactNumber | t.FactCode | t.FactDate | t.FactText | t.FactYes):
                yield str(name)
            definition = getattr(part, "definition", None)
            if isinstance(definition, str) and definition not in used:
                used.add(definition)
                yield from self._names_in(self.program.definitions[definition].body, used)

    # ------------------------------------------------------------ facts
    def seen(self, observed: Iterable[Observed]) -> tuple[Seen, ...]:
        return tuple(dict.fromkeys(self._one_seen(one) for one in observed))

    def _one_seen(self, one: Observed) -> Seen:
        identity = fact_id(one.name, one.period, one.label)
        fact = self._declaration(one)
        value = None
        if isinstance(one.value, str) and (fact is None or one.value == "不适用"):
            value = one.value if self.lang == "zh" else "not applicable"
        elif one.value is not None and fact is not None:
            value = show_value(one.value, fact, self.vocabulary, self.lang)
            if isinstance(one.value, Entries) and one.value.queried is not None:
                day = one.value.queried.isoformat()
                value += f"（查询日 {day}）" if self.lang == "zh" else f" (queried {day})"
        return Seen(
            identity,
            fact_label(identity, self.vocabulary, self.lang),
            value,
            one.source,
            one.on.isoformat() if one.on else "",
        )

    def _declaration(self, one: Observed) -> Declaration | None:
        if one.kind != "企业":
            owner = self.vocabulary.find(one.kind)
            return owner.fields.get(one.name) if owner else None
        return self.vocabulary.find(one.name)


_KINDS = {"agree": "readings"}
_SAME_UNIT = t.Clause | t.Cap | t.FloorAt | t.Ceiling | t.NoLess | t.WhenHolds | t.Carried


def _is_told(trace: Trace) -> bool:
    """Whether a node says something that its parent does not: bare atoms of one title or listing do not."""
    if trace.text or trace.observed or trace.notes or trace.op == "part":
        return True
    return any(_is_told(child) for child in trace.children)


def _value_state(value: Num | None, missing: frozenset[str]) -> State:
    """Of a named value: open while facts for it are missing, a person's where one gives it."""
    if missing:
        return FT
    return T if value is None or value.point is not None else J


def _amount_state(result: Result) -> State:
    amount = result.amount
    if amount is not None and amount.low == amount.high:
        return T
    return FT if amount is None or result.missing or result.missing_for_amount else J


def _not_said(causes: tuple[str, ...], words: str) -> tuple[str, ...]:
    """The causes that the words themselves do not give: 评审「…」 says it all."""
    return tuple(one for one in causes if one.partition("：")[2] not in words or "：" not in one)


def walk(node: Any) -> Iterator[Any]:
    """Every part of a rule tree, the node itself first."""
    if isinstance(node, tuple):
        for item in node:
            yield from walk(item)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        yield node
        if isinstance(node, t.Source):
            return
        for spot in node.__slots__:  # type: ignore[attr-defined]
            yield from walk(getattr(node, spot))
