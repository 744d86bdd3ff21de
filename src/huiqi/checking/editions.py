"""One measure through its editions (沿革): from the day the next one is in force, the earlier one has ended.

A new text may replace a single measure of an older one, whose document goes on (SEMANTICS C3, G5): the
end is that of the measure. Where the older text says that it lasts longer, the reader is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from huiqi.language import tree as t
from huiqi.language.problems import Problem


def with_successors(
    measures: Mapping[str, t.Measure], heads: Mapping[str, t.Document]
) -> dict[str, t.Measure]:
    """The measures, each earlier edition closed on the day before the next one begins."""
    made = dict(measures)
    for _, old, start in _pairs(measures, heads):
        if start is None:
            continue
        known = made[old.id].superseded_from
        if known is None or start < known:
            made[old.id] = replace(made[old.id], superseded_from=start)
    return made


def edition_problems(
    measures: Mapping[str, t.Measure], heads: Mapping[str, t.Document]
) -> Iterator[Problem]:
    """Editions whose texts overlap in time, and editions of a measure that its document does not have."""
    overlapping: dict[tuple[str, str], list[tuple[t.Measure, t.Measure]]] = {}
    for new, old, start in _pairs(measures, heads):
        ends = heads[old.document].ends
        if start is not None and ends is not None and ends >= start:
            overlapping.setdefault((new.document, old.document), []).append((new, old))
    for (document, before), pairs in overlapping.items():
        start, ends = heads[document].in_force, heads[before].ends
        assert start is not None
        last = start - timedelta(days=1)
        named = "、".join(old.name for _, old in pairs)
        yield Problem(
            "W-edition-overlap",
            f"{before} 写到 {ends}，{document} 自 {start} 起：旧版的 {named} 算到 {last}，以后按新版",
            f"{before} lasts to {ends}, {document} begins on {start}: of the older text {named} "
            f"end on {last}, from then on the new edition answers",
            pairs[0][0].source.line,
            1,
            fix_zh="整份文件被替代的写 替代: 文号；只换这几项的不用改",
            fix_en="write 替代: where the whole text is replaced; else nothing is to be done",
            file=heads[document].file,
            severity="warning",
        )
    for measure in measures.values():
        document = measure.edition_of[0].split(" ")[0] if measure.edition_of else ""
        if document in heads and _earlier(measure, measures) is None:
            spelled = "、".join(measure.edition_of)
            yield Problem(
                "E-edition",
                f"{document} 没有事项“{spelled.removeprefix(document).strip()}”，沿革连不上",
                f"“{spelled}” is no measure, so the editions do not join",
                measure.source.line,
                1,
                fix_zh="写 沿革: 文号 事项名，照那份文件里的名称",
                fix_en="write 沿革: document and measure, as that document names it",
                file=heads[measure.document].file,
            )


def _pairs(
    measures: Mapping[str, t.Measure], heads: Mapping[str, t.Document]
) -> Iterator[tuple[t.Measure, t.Measure, date | None]]:
    for new in measures.values():
        old = _earlier(new, measures)
        head = heads[new.document]
        if old is not None and old.document != new.document and not head.draft:
            yield new, old, head.in_force


def _earlier(measure: t.Measure, measures: Mapping[str, t.Measure]) -> t.Measure | None:
    """The measure that this one names as its earlier edition."""
    if not measure.edition_of:
        return None
    for spelled in (" ".join(measure.edition_of), *measure.edition_of):
        if spelled in measures:
            return measures[spelled]
    return None
