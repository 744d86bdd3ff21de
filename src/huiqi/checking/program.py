"""Checks all documents together: definitions wherever they stand, opened terms and their fillings, general rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from huiqi.checking import expressions as x
from huiqi.checking.constructs import CONSTRUCTS
from huiqi.checking.documents import document as document_head
from huiqi.checking.editions import edition_problems, with_successors
from huiqi.checking.fillings import Fillings
from huiqi.checking.measures import exceptional, year_scope
from huiqi.checking.measures import measure as checked_measure
from huiqi.checking.named import Named, too_deep
from huiqi.checking.scope import Builder, Scope
from huiqi.checking.sections import items, report
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem, RuleError, fail
from huiqi.vocabulary.declare import Vocabulary

PLAIN_DOCUMENT = "（无文件）"


@dataclass(frozen=True, slots=True)
class Checked:
    """The program that answers are computed from, and every problem found on the way."""

    program: t.Program
    problems: tuple[Problem, ...]
    sections: Mapping[str, s.Section]  # measure or definition id -> its section, for examples


def check_library(files: Mapping[str, s.RuleFile], vocabulary: Vocabulary) -> Checked:
    """Check rule files (name -> tree) against a vocabulary. Never raises for what a rule file can hold."""
    return _Library(files, vocabulary).checked()


class _Library:
    def __init__(self, files: Mapping[str, s.RuleFile], vocabulary: Vocabulary) -> None:
        self.files = files
        self.builder = Builder(vocabulary, CONSTRUCTS)
        self.named = Named(self.builder)
        self.builder.definition_of = self.named.definition_of
        self.builder.parameter_of = self.named.parameter_of
        self.builder.opened_of = self.named.opened_of
        self.fillings = Fillings(self.builder, self.named)
        self.heads: dict[str, t.Document] = {}
        self.by_document: dict[str, list[s.Section]] = {}
        self.measures: dict[str, t.Measure] = {}
        self.sections: dict[str, s.Section] = {}
        # Documents whose head is in error: their measures would answer by other dates or places.
        self.withheld: set[str] = set()
        self.base_sections: dict[tuple[str, str], s.Section] = {}

    def checked(self) -> Checked:
        for file, tree in self.files.items():
            self._collect(file, tree)
        self._replacements()
        for document, sections in self.by_document.items():
            self._check_document(document, sections)
        for document, sections in self.by_document.items():
            self._overrides(document, sections)  # of measures that a later file may hold
        self._check_definitions()
        self.fillings.settle(self.heads)
        builder = self.builder
        builder.problems += edition_problems(self.measures, self.heads)
        program = t.Program(
            documents={
                key: replace(
                    head,
                    measures=tuple(m.id for m in self.measures.values() if m.document == key),
                )
                for key, head in self.heads.items()
            },
            measures=with_successors(self.measures, self.heads),
            definitions=builder.definitions,
            parameters=builder.parameters,
            opened={
                key: replace(opened, unfilled=None) if key in self.fillings.bad else opened
                for key, opened in builder.opened.items()
            },
            filled={term: tuple(found) for term, found in self.fillings.filled.items()},
            tables=dict(builder.vocabulary.tables),
        )
        return Checked(program, tuple(builder.problems), self.sections | self.named.sections)

    # ------------------------------------------------------------ collecting
    def _collect(self, file: str, tree: s.RuleFile) -> None:
        document = ""
        for section in tree.sections:
            if section.kind == "政策":
                document = section.document
                if document in self.heads:
                    self._claimed_twice(document, section, tree, file)
                    return
                self.builder.files[document] = file
                self.builder.conventions[document] = items(section, "约定")
                before = len(self.builder.problems)
                try:
                    self.heads[document] = document_head(section, self.builder, file)
                except RuleError as error:
                    report(self.builder, error, section.line, document)
                    self.heads[document] = t.Document(document, section.name, file)
                self._in_file(before, file)
                found = self.builder.problems[before:]
                if section.broken or any(one.severity == "error" for one in found):
                    self.withheld.add(document)
                self.by_document[document] = []
                continue
            if not document:
                document = f"{PLAIN_DOCUMENT}{file}" if file else PLAIN_DOCUMENT
                self.builder.files[document] = file
                self.heads[document] = t.Document(document, "", file, checked="未核")
                self.by_document.setdefault(document, [])
            self.by_document[document].append(section)
            if section.kind in ("定义", "参数", "打开"):
                key = section.name
                known = self.base_sections.get((document, key))
                if known is not None:
                    self._problem(
                        "E-duplicate",
                        f"“{key}”在第 {known.line} 行已有",
                        f"“{key}” also stands on line {known.line}",
                        section.line,
                        file,
                    )
                    continue
                self.base_sections[document, key] = section
                self.builder.sections.setdefault(key, []).append((document, section))

    def _claimed_twice(
        self, document: str, section: s.Section, tree: s.RuleFile, file: str
    ) -> None:
        """Two files of one number: the first is used; what the second holds from here on is not."""
        first = self.heads[document].file
        left = [one.name for one in tree.sections if one.kind == "事项" and one.line > section.line]
        self.builder.problems.append(
            Problem(
                "E-duplicate",
                f"文号“{document}”在 {first} 里已有，这里的 {len(left)} 个事项没有采用"
                + (
                    f"（{'、'.join(left[:5])}…）"
                    if len(left) > 5
                    else f"（{'、'.join(left)}）" * bool(left)
                ),
                f"document {document} also stands in {first}; {len(left)} measures here are not used",
                section.line,
                1,
                fix_zh="一份文件写一个 .rule 文件：合成一个，或改正文号",
                fix_en="one .rule file a document: join them, or correct the number",
                file=file,
            )
        )

    def _in_file(self, before: int, file: str) -> None:
        problems = self.builder.problems
        problems[before:] = [replace(p, file=p.file or file) for p in problems[before:]]

    def _problem(self, code: str, zh: str, en: str, line: int, file: str) -> None:
        self.builder.problems.append(Problem(code, zh, en, line, 1, file=file))

    # ------------------------------------------------------------ documents
    def _check_document(self, document: str, sections: list[s.Section]) -> None:
        head = self.heads[document]
        generals = [
            (section.name, section)
            for section in sections
            if section.kind == "通则" and self._applies(section, document)
        ]
        for section in sections:
            before = len(self.builder.problems)
            try:
                self._check_section(document, head, section, generals)
            except RecursionError:
                report(self.builder, too_deep(section), section.line, document)
            except RuleError as error:
                report(self.builder, error, section.line, document)
            self._in_file(before, head.file)

    def _check_definitions(self) -> None:
        """Definitions that no measure used are checked on their own; each broken one is reported once."""
        for (document, name), section in self.base_sections.items():
            if section.kind != "定义" or section.broken:
                continue
            used = {key.split(" @")[0] for key in self.builder.definitions}
            key = f"{document} {name}"
            if key in used:
                continue
            before = len(self.builder.problems)
            try:
                if key in self.named.broken:
                    raise self.named.broken[key]
                self.named.definition(
                    document, section, Scope(self.builder, document, line=section.line)
                )
            except RuleError as error:
                found = self.named.broken.get(key, error)
                report(self.builder, found, section.line, document)
            self._in_file(before, self.heads[document].file)

    def _replacements(self) -> None:
        """A document that replaces another closes it the day before its own start (G5)."""
        for head in list(self.heads.values()):
            for replaced in head.replaces:
                old = self.heads.get(replaced)
                if old is None or head.in_force is None:
                    continue
                last = head.in_force - timedelta(days=1)
                if old.ends is None or old.ends > last:
                    self.heads[replaced] = replace(old, ends=last)

    def _applies(self, section: s.Section, document: str) -> bool:
        scope = items(section, "适用")
        if not scope or any(word in ("本政策", "全部", document) for word in scope):
            return True
        own = {one.name for one in self.by_document[document] if one.kind == "事项"}
        for word in scope:
            if word not in own:
                self._problem(
                    "E-scope",
                    f"通则“{section.name}”适用的“{word}”不是本文件的事项",
                    f"“{word}” is no measure of this document",
                    section.line,
                    self.builder.files[document],
                )
        return bool(own & set(scope))

    def _check_section(
        self,
        document: str,
        head: t.Document,
        section: s.Section,
        generals: list[tuple[str, s.Section]],
    ) -> None:
        scope = Scope(self.builder, document, line=section.line)
        if section.kind == "落实":
            self.fillings.add(document, head, section)
        elif section.broken:
            return  # its line is reported; what is left would say something else
        elif section.kind == "定义":
            return  # after the measures, which say whose facts it is about
        elif section.kind == "参数":
            self.named.parameter_of(section.name, scope)
        elif section.kind == "打开":
            self.named.opened_of(section.name, scope)
        elif section.kind == "事项":
            key = f"{document} {section.name}"
            if key in self.measures:
                raise fail(
                    "E-duplicate",
                    f"事项“{section.name}”在本文件里有两个",
                    f"measure “{section.name}” stands twice in this document",
                    line=section.line,
                    col=1,
                    fix_zh="换一个名称",
                    fix_en="rename one",
                )
            applied = [
                (name, rule)
                for name, rule in generals
                if not (names := _named_measures(rule)) or section.name in names
            ]
            made = checked_measure(section, head, self.builder, applied)
            if document not in self.withheld and not any(rule.broken for _, rule in applied):
                self.measures[key] = made
                self.sections[key] = section

    def _overrides(self, document: str, sections: Iterable[s.Section]) -> None:
        """另有规定: its case, conditions and award stand before those of the measures it names."""
        for section in sections:
            if section.kind != "另有规定":
                continue
            for name in items(section, "取代"):
                key = name if name in self.measures else f"{document} {name}"
                if section.broken:
                    self.measures.pop(key, None)
                    continue
                measure = self.measures.get(key)
                try:
                    if measure is None:
                        raise fail(
                            "E-override",
                            f"取代的事项“{name}”不在库里",
                            f"the overridden measure “{name}” is not loaded",
                            line=section.line,
                            col=1,
                            fix_zh="写 文号 事项名",
                            fix_en="write document and measure",
                        )
                    _, scope = year_scope(
                        section, Scope(self.builder, document, measure.subject, bool(measure.year))
                    )
                    field = s.Field(
                        "例外", s.ExceptionOf(section.name, section.fields), line=section.line
                    )
                    self.measures[key] = _overridden(measure, field, scope, self.heads[document])
                except RuleError as error:
                    self.measures.pop(key, None)  # without the override it would answer wrongly
                    report(self.builder, error, section.line, document)


def _overridden(measure: t.Measure, field: s.Field, scope: Scope, head: t.Document) -> t.Measure:
    """The measure with its own conditions and award behind those of the overriding text.

    General rules, the event and the term of the measure hold beside it, as with 例外.
    """
    assert isinstance(measure.condition, t.AllOf)
    first, last = measure.own_conditions
    items = measure.condition.items
    kind = x.number(measure.dims) if measure.amount is not None else None
    before = list(items[first:last])
    own, amount, _ = exceptional(field, before, measure.amount, kind, scope)
    if own is not before:
        own = [_while_in_force(head, part) for part in own]
    if amount is not measure.amount:
        amount = _while_in_force(head, amount)
    return replace(
        measure,
        condition=t.AllOf((*items[:first], *own, *items[last:])),
        own_conditions=(first, first + len(own)),
        amount=amount,
    )


def _while_in_force(head: t.Document, node: t.Node | None) -> t.Node:
    """An overriding text speaks from its own 施行 until its own end."""
    if not isinstance(node, t.Exceptional):
        return node  # type: ignore[return-value]
    dates: list[t.Node] = []
    if head.in_force is not None:
        dates.append(t.CompareDates("≥", t.AsOfDate(), t.DateConstant(head.in_force)))
    if head.ends is not None:
        dates.append(t.CompareDates("≤", t.AsOfDate(), t.DateConstant(head.ends)))
    return replace(node, case=t.AllOf((*dates, node.case)))


def _named_measures(rule: s.Section) -> tuple[str, ...]:
    return tuple(word for word in items(rule, "适用") if word not in ("本政策", "全部"))
