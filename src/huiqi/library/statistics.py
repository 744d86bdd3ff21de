"""What a library is like as a whole: what settles its measures, what is reused, how long a rule is."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from huiqi.language import tree as t
from huiqi.language.uses import names_used
from huiqi.library.library import Library
from huiqi.reasoning.why import walk

SHUFFLES = 50
_LEFT_OPEN = (t.LeftOpen, t.Unstated)
_LEFT_TO_A_PERSON = (t.Judged, t.JudgedPoints, t.SoftLimit, t.Ceiling, t.DecidedRange)
_SERVICE = re.compile(r"  (例|摘要|部门|渠道|材料|窗口|核对|未尽|存疑|优先|资金)\b")
_MARGIN = re.compile(r"\s+@.*$")


@dataclass(frozen=True, slots=True)
class Settled:
    """How many measures the facts alone decide, how many a person, in how many the text leaves something open."""

    facts: int
    person: int
    open: int

    @property
    def all(self) -> int:
        return self.facts + self.person + self.open


def settled(program: t.Program) -> Settled:
    counts = Counter(settled_by(measure, program) for measure in program.measures.values())
    return Settled(counts["facts"], counts["person"], counts["open"])


def settled_by(measure: t.Measure, program: t.Program) -> str:
    """facts, person, or open (the text names no sum or no criterion somewhere)."""
    nodes = list(_nodes((measure.condition, measure.amount), program, set()))
    if any(isinstance(one, _LEFT_OPEN) for one in nodes):
        return "open"
    if program.documents[measure.document].discretion:
        return "person"
    shared = any(isinstance(one, t.ReadingOf) and one.kind == "并列" for one in nodes)
    if shared or any(isinstance(one, _LEFT_TO_A_PERSON) for one in nodes):
        return "person"
    return "facts"


def _nodes(node: object, program: t.Program, seen: set[str]) -> Iterator[object]:
    for part in walk(node):
        yield part
        if isinstance(part, t.UseCondition | t.UseValue) and part.definition not in seen:
            seen.add(part.definition)
            yield from _nodes(program.definitions[part.definition].body, program, seen)


# ---------------------------------------------------------------- reuse
@dataclass(frozen=True, slots=True)
class Reuse:
    """`definitions`: key → measures that use it, itself or through another, most used first.

    `names`: how many declared names the rules read; `new_per_measure`: new names a further measure
    brings, in each quarter of the library, documents in random order (mean of 50 orders).
    """

    definitions: tuple[tuple[str, int], ...]
    names: int
    once: tuple[str, ...]
    new_per_measure: tuple[float, ...]


def reuse(library: Library) -> Reuse:
    program = library.program
    uses: Counter[str] = Counter(dict.fromkeys(program.definitions, 0))
    for measure in program.measures.values():
        seen: set[str] = set()
        for _ in _nodes((measure.condition, measure.amount), program, seen):
            pass
        uses.update(seen)
    names = names_used(program, library.vocabulary)
    ranked = sorted(uses.items(), key=lambda one: (-one[1], one[0]))
    once = tuple(sorted(name for name, where in names.items() if len(where) == 1))
    return Reuse(tuple(ranked), len(names), once, _growth(program, names))


def _growth(program: t.Program, names: Mapping[str, frozenset[str]]) -> tuple[float, ...]:
    of_document: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for measure in program.measures.values():
        counts[measure.document] += 1
    for name, measures in names.items():
        for measure_id in measures:
            of_document.setdefault(program.measures[measure_id].document, set()).add(name)
    order = sorted(counts)
    total = sum(counts.values())
    if total < 4:
        return ()
    draw = random.Random(0)
    quarters = []
    for _ in range(SHUFFLES):
        draw.shuffle(order)
        quarters.append(_quarters(order, counts, of_document, total))
    return tuple(round(mean(one[index] for one in quarters), 2) for index in range(4))


def _quarters(
    order: Sequence[str],
    counts: Mapping[str, int],
    of_document: Mapping[str, set[str]],
    total: int,
) -> list[float]:
    """New names a measure in each quarter of one order; a document's names are spread over its measures."""
    known: set[str] = set()
    new, done = [0.0] * 4, 0
    for document in order:
        fresh = of_document.get(document, set()) - known
        known |= fresh
        for _ in range(counts[document]):
            new[min(3, done * 4 // total)] += len(fresh) / counts[document]
            done += 1
    return [one / (total / 4) for one in new]


# ---------------------------------------------------------------- size
def sizes(files: Mapping[str, str]) -> tuple[float, float]:
    """(lines, characters) of a measure as written, median: no examples, margins, comments, service fields, blanks."""
    found = [size for text in files.values() for size in _sizes(text)]
    if not found:
        return 0.0, 0.0
    return median(lines for lines, _ in found), median(chars for _, chars in found)


def _sizes(text: str) -> Iterator[tuple[int, int]]:
    lines: list[str] | None = None
    skipping = False
    for line in (*text.splitlines(), "# end"):
        if line and not line[0].isspace():
            if lines:
                yield len(lines), sum(len("".join(one.split())) for one in lines)
            lines = [_MARGIN.sub("", line)] if line.startswith("事项 ") else None
            skipping = False
        elif lines is not None and line.strip() and not line.lstrip().startswith(("#", "@")):
            if not line.startswith("   "):
                skipping = bool(_SERVICE.match(line))
            if not skipping:
                lines.append(_MARGIN.sub("", line))
