"""What an enterprise gets in all: matters, stacking rules and caps over its measures (SEMANTICS group E, I6).

Small sets are solved exactly: of measures that exclude one another the best certain set is taken (branch and
bound over each connected group), caps on sums are met by an exact linear programme. The total is an interval:
its low end takes certain amounts and every doubtful exclusion, its high end possible amounts and none of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms.number import INF, Num, exactly
from huiqi.mechanisms.truth import F, State, T
from huiqi.reasoning import history
from huiqi.reasoning.context import Context
from huiqi.reasoning.dispatch import state, value
from huiqi.reasoning.linear import greatest_total
from huiqi.reasoning.window import needed
from huiqi.vocabulary.units import Number

MAX_EXACT = 18  # measures in one connected group that are tried in every combination


@dataclass(slots=True)
class Counted:
    """One measure's part in the total: what it can bring, after what was received before (E5)."""

    measure: t.Measure
    amount: Num
    ctx: Context
    headline: n.End = 0
    cut: str = ""
    is_sure: bool = True  # 符合: its own stacking lines bind for sure


@dataclass(frozen=True, slots=True)
class Exclusion:
    """At most one of these counts. `doubtful`: the text does not say (E13), or the keys may coincide (E1)."""

    members: frozenset[int]
    doubtful: bool = False
    decision: str = "E2"
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SumCap:
    members: frozenset[int]
    low: n.End
    high: n.End
    missing: frozenset[str] = frozenset()


@dataclass(slots=True)
class Total:
    """Fen, both ends after group E; `chosen` are the measures that count in the best certain set."""

    low: n.End = 0
    high: n.End = 0
    headline: n.End = 0
    chosen: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)


def combine(entries: Sequence[Counted], program: t.Program) -> Total:
    """The total over measures of one enterprise."""
    notes: list[str] = []
    received = [_after_received(entry, program, notes) for entry in entries]
    _give_way(entries, received, program, notes)
    exclusions = _exclusions(entries, program, notes)
    caps = _caps(entries, program)
    lows = [_end(amount.low) for amount in received]
    highs = [amount.high for amount in received]
    heads: list[n.End] = [
        min(max(entry.headline if not entry.cut else amount.low, amount.low), amount.high)
        for entry, amount in zip(entries, received, strict=True)
    ]
    firm = [one.members for one in exclusions if not one.doubtful]
    every = [one.members for one in exclusions]
    low, picked = _best(lows, every, [(cap.members, cap.low) for cap in caps])
    high, _ = _best(highs, firm, [(cap.members, cap.high) for cap in caps])
    head, _ = _best(heads, every, [(cap.members, cap.low) for cap in caps])
    missing: frozenset[str] = frozenset()
    doubtful = [one for one in exclusions if one.doubtful]
    if doubtful:
        merged, _ = _best(highs, every, [(cap.members, cap.high) for cap in caps])
        if merged != high:
            kinds = {one.decision for one in doubtful}
            missing |= frozenset().union(*(one.missing for one in doubtful))
            if "E13" in kinds:
                notes.append("叠加未载明")
            if "E1" in kinds:
                notes.append("可能同一事项")
            if "E7" in kinds:
                notes.append("叠加条件还缺事实")
    chosen = tuple(entries[i].measure.id for i in sorted(picked) if lows[i] > 0)
    dropped = tuple(
        entry.measure.id for i, entry in enumerate(entries) if i not in picked and highs[i] > 0
    )
    missing |= frozenset(item for cap in caps for item in cap.missing if cap.low != cap.high)
    for entry, amount in zip(entries, received, strict=True):
        if entry.cut and not amount.is_known:
            missing |= amount.missing
    if any(
        low_cap != INF and sum(highs[i] for i in cap.members) > low_cap
        for cap in caps
        for low_cap in (cap.low,)
    ):
        notes.append("限额砍在哪一项上只是分摊示意，只有合计是准的")
    return Total(low, high, head, chosen, dropped, missing, notes)


def _end(end: n.End) -> n.End:
    return end


# ---------------------------------------------------------------- money received before
def lines_of(entry: Counted, program: t.Program) -> tuple[t.Stack, ...]:
    return (*entry.measure.stacking, *program.documents[entry.measure.document].stacking)


def _after_received(entry: Counted, program: t.Program, notes: list[str]) -> Num:
    """E5: 就高 tops up, 不再 gives nothing more, a bare 不重复 leaves both readings open."""
    lines = [one for one in lines_of(entry, program) if one.verb in ("就高", "不再", "不重复")]
    ways = {one.verb for one in lines if _line_holds(one, entry) == T}
    open_lines = [one for one in lines if _line_holds(one, entry) not in (T, F)]
    if not ways and open_lines and history.granted(entry.ctx) is not None:
        cut = _after_lines({one.verb for one in open_lines}, entry, notes)
        return n.one_of([cut, entry.amount], _open_facts(open_lines[0], entry))
    return _after_lines(ways, entry, notes)


def _after_lines(ways: set[str], entry: Counted, notes: list[str]) -> Num:
    if not ways or _takes_difference(entry.measure.amount):
        return entry.amount
    got = history.granted(entry.ctx)
    if got is None or got.point == 0:
        return entry.amount
    topped = n.greatest(n.subtract(entry.amount, got), exactly(0))
    entry.cut = "此前已获"
    if "不再" in ways:
        made = exactly(0) if got.low > 0 else n.one_of([exactly(0), entry.amount], got.missing)
        notes.append(f"{entry.measure.name}：已获支持，不再给")
        return made
    if "不重复" in ways and "就高" not in ways:
        nothing = exactly(0) if got.low > 0 else n.one_of([exactly(0), entry.amount], got.missing)
        notes.append(f"{entry.measure.name}：并列 E5：甲 不再给，乙 补差")
        return n.judged_between((nothing, topped), "解读 E5")
    if not got.is_known:
        return n.one_of([exactly(0), entry.amount], got.missing)
    notes.append(f"{entry.measure.name}：就高，补足差额")
    return topped


def _takes_difference(node: object) -> bool:
    if isinstance(node, t.Clause | t.Cap | t.Carried):
        return _takes_difference(node.of)
    if isinstance(node, t.AllOf):
        return any(_takes_difference(item) for item in node.items)
    return isinstance(node, t.NumberTable | t.CodeTableRows) and node.difference


def _give_way(
    entries: Sequence[Counted], received: list[Num], program: t.Program, notes: list[str]
) -> None:
    """优先: of two on one matter the one named first prevails, also where it pays less (G5)."""
    for index, entry in enumerate(entries):
        for line in lines_of(entry, program):
            if line.verb != "优先":
                continue
            for other, later in enumerate(entries):
                if other == index or not _prevails(line, entry, later, program):
                    continue
                if line.same_matter and not _same_matter(line, entry, later)[0]:
                    continue
                holds = _line_holds(line, entry)
                if holds == F:
                    continue
                if entry.amount.low > 0 and holds == T:
                    received[other] = exactly(0)
                    notes.append(f"{later.measure.name}：以{entry.measure.document}为准，不另给")
                elif entry.amount.high > 0:
                    received[other] = n.one_of(
                        [exactly(0), received[other]], _open_facts(line, entry)
                    )


def _prevails(line: t.Stack, first: Counted, later: Counted, program: t.Program) -> bool:
    places = []
    for entry in (first, later):
        found = [
            place for place, word in enumerate(line.over) if _word_fits(word, first, entry, program)
        ]
        if not found:
            return False
        places.append(found[0])
    return places[0] < places[1]


# ---------------------------------------------------------------- which exclude one another
def _exclusions(
    entries: Sequence[Counted], program: t.Program, notes: list[str]
) -> list[Exclusion]:
    found: dict[frozenset[int], Exclusion] = {}
    covered: set[frozenset[int]] = set()
    perhaps_covered: dict[frozenset[int], frozenset[str]] = {}
    for index, entry in enumerate(entries):
        for line in lines_of(entry, program):
            if line.verb not in ("就高", "不重复", "任选", "互斥", "不再", "并存", "补差"):
                continue
            if _names_others_only(line, entry, program):
                continue
            for other in range(len(entries)):
                if other == index or not _in_scope(line, entry, entries[other], program):
                    continue
                pair = frozenset((index, other))
                holds = _line_holds(line, entry)
                if holds == F:
                    continue
                why = "E1"
                if line.verb == "并存":
                    if holds == T:
                        covered.add(pair)
                    else:
                        perhaps_covered[pair] = _open_facts(line, entry)
                    continue
                said, doubtful = _same_matter(line, entry, entries[other])
                if said and holds != T:
                    said, doubtful, why = False, True, "E7"
                if said or doubtful:
                    known = found.get(pair)
                    if known is None or known.doubtful:
                        found[pair] = Exclusion(
                            pair,
                            doubtful and not said,
                            why if doubtful else "E2",
                            _open_facts(line, entry),
                        )
    for first, second in combinations(range(len(entries)), 2):
        pair = frozenset((first, second))
        if pair in found or pair in covered:
            continue
        if _speaks(entries[first], program) or _speaks(entries[second], program):
            continue  # its stacking clause names whom it covers, and this is not one of them (E3)
        shared = set(entries[first].measure.matters) & set(entries[second].measure.matters)
        if shared:
            found[pair] = Exclusion(pair, True, "E13")
    return [
        replace(one, doubtful=True, missing=one.missing | perhaps_covered[pair])
        if pair in perhaps_covered
        else one
        for pair, one in found.items()
        if pair not in covered
    ]


def _line_holds(line: t.Stack, entry: Counted) -> State:
    if line.condition is None:
        return T
    return state(line.condition, entry.ctx.about(entry.ctx.firm, "企业")).state


def _open_facts(line: t.Stack, entry: Counted) -> frozenset[str]:
    if line.condition is None:
        return frozenset()
    return needed(state(line.condition, entry.ctx.about(entry.ctx.firm, "企业")))


def _speaks(entry: Counted, program: t.Program) -> bool:
    return any(line.verb in ("就高", "不再", "不重复") for line in lines_of(entry, program))


def _same_matter(line: t.Stack, one: Counted, other: Counted) -> tuple[bool, bool]:
    """(surely one matter, perhaps one matter) for two measures under a stacking line (E1)."""
    if not line.same_matter:
        return True, False
    first, second = set(one.measure.matters), set(other.measure.matters)
    if first & second:
        return True, False
    return False, not first and not second and one.measure.subject == other.measure.subject


def _in_scope(line: t.Stack, owner: Counted, other: Counted, program: t.Program) -> bool:
    if not line.over:
        return other.measure.document == owner.measure.document
    return any(_word_fits(word, owner, other, program) for word in line.over)


def _names_others_only(line: t.Stack, owner: Counted, program: t.Program) -> bool:
    """A document's line that names measures speaks of those alone."""
    if line.measure:
        return False
    names = {program.measures[one].name for one in program.documents[line.document].measures}
    return bool(names & set(line.over)) and not _in_scope(line, owner, owner, program)


def _word_fits(word: str, owner: Counted, other: Counted, program: t.Program) -> bool:
    """Whether a word of a stacking line names this measure: itself, its document, or the level of its place."""
    if word == "全部":
        return True
    if word == "本政策":
        return other.measure.document == owner.measure.document
    if word == "本事项":
        return other.measure.id == owner.measure.id
    head = program.documents[other.measure.document]
    named = (other.measure.name, other.measure.document, other.measure.id, head.title)
    return word in named or _level_fits(word, head)


def _level_fits(word: str, head: t.Document) -> bool:
    """本市 / 本区 policies and the like by level of the document's place; higher levels only if named (E3)."""
    codes = head.region_codes
    levels = {
        "国家": not codes,
        "省": any(code.endswith("0000") for code in codes),
        "自治区": any(code.endswith("0000") for code in codes),
        "市": any(code.endswith("00") and not code.endswith("0000") for code in codes),
        "县": any(not code.endswith("00") for code in codes),
        "区": any(not code.endswith("00") for code in codes),
    }
    if any(name and name in word for name in head.region):
        return True
    return any(
        fits
        and (
            word.startswith((level + "级", "本" + level))
            or word in (f"{level}政策", f"{level}级政策")
        )
        for level, fits in levels.items()
    )


# ---------------------------------------------------------------- caps on sums
def _caps(entries: Sequence[Counted], program: t.Program) -> list[SumCap]:
    caps: dict[tuple[str, int, frozenset[int]], SumCap] = {}
    for entry in entries:
        for line in lines_of(entry, program):
            if line.verb != "限额" or line.limit is None:
                continue
            members = frozenset(
                i for i, other in enumerate(entries) if _in_scope(line, entry, other, program)
            )
            key = (line.document, line.source.line, members)
            if key in caps or not members:
                continue
            ctx = entry.ctx.about(entry.ctx.firm, "企业")
            ctx = ctx.at_year(ctx.as_of.year - 1) if ctx.year is None else ctx
            limit = value(line.limit, ctx)
            low, high = limit.low, limit.high
            missing = limit.missing
            if line.condition is not None:
                trace = state(line.condition, ctx)
                if trace.state == F:
                    continue
                if trace.state != T:
                    high = INF
                    missing |= needed(trace)
            if line.measure and not entry.is_sure:
                high = INF  # a measure that is not granted limits no other
            caps[key] = SumCap(members, max(low, 0), high, missing)
    return list(caps.values())


# ---------------------------------------------------------------- the best set
def _best(
    amounts: Sequence[n.End],
    exclusions: Iterable[frozenset[int]],
    caps: Sequence[tuple[frozenset[int], n.End]],
) -> tuple[n.End, frozenset[int]]:
    """The greatest total of a set with no excluded pair, and that set."""
    pairs = [pair for pair in exclusions if all(amounts[i] > 0 for i in pair)]
    total: n.End = 0
    picked: set[int] = set()
    for group in _components(len(amounts), pairs, caps):
        value_, chosen = _best_of_group(group, amounts, pairs, caps)
        total = total + value_
        picked |= chosen
    return total, frozenset(picked)


def _components(
    count: int, pairs: Sequence[frozenset[int]], caps: Sequence[tuple[frozenset[int], n.End]]
) -> list[list[int]]:
    parent = list(range(count))

    def find(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for group in (*pairs, *(members for members, limit in caps if limit != INF)):
        first, *rest = sorted(group)
        for other in rest:
            parent[find(other)] = find(first)
    groups: dict[int, list[int]] = {}
    for i in range(count):
        groups.setdefault(find(i), []).append(i)
    return list(groups.values())


def _best_of_group(
    group: list[int],
    amounts: Sequence[n.End],
    pairs: Sequence[frozenset[int]],
    caps: Sequence[tuple[frozenset[int], n.End]],
) -> tuple[n.End, set[int]]:
    inside = [pair for pair in pairs if pair <= set(group)]
    best: tuple[n.End, set[int]] = (0, set())
    order = sorted(group, key=lambda i: (-amounts[i], i))
    if len(order) > MAX_EXACT:
        taken: set[int] = set()
        for i in order:
            if not any(i in pair and (pair - {i}) & taken for pair in inside):
                taken.add(i)
        return _capped_total(taken, amounts, caps), taken

    def search(at: int, chosen: set[int], bound: n.End) -> None:
        nonlocal best
        if at == len(order):
            made = _capped_total(chosen, amounts, caps)
            if made > best[0] or (not best[1] and made == best[0]):
                best = (made, set(chosen))
            return
        if best[1] and bound <= best[0]:
            return
        i = order[at]
        if not any(i in pair and (pair - {i}) & chosen for pair in inside):
            search(at + 1, chosen | {i}, bound)
        if any(i in pair for pair in inside):
            search(at + 1, chosen, bound - amounts[i] if amounts[i] != INF else bound)

    search(0, set(), sum((amounts[i] for i in order), 0))
    return best


def _capped_total(
    chosen: set[int], amounts: Sequence[n.End], caps: Sequence[tuple[frozenset[int], n.End]]
) -> n.End:
    order = sorted(chosen)
    place = {i: at for at, i in enumerate(order)}
    limits: list[tuple[frozenset[int], Number]] = [
        (frozenset(place[i] for i in members if i in place), limit)  # type: ignore[misc]
        for members, limit in caps
        if limit != INF and members & chosen
    ]
    if any(amounts[i] == INF for i in order):
        uncapped = [
            i for i in order if amounts[i] == INF and not any(place[i] in m for m, _ in limits)
        ]
        if uncapped:
            return INF
        ceiling = max(limit for _, limit in limits)
        values = [ceiling if amounts[i] == INF else amounts[i] for i in order]
    else:
        values = [amounts[i] for i in order]
    return greatest_total(values, limits)[0]  # type: ignore[arg-type]
