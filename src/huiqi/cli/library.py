"""规则库里有哪些文件：文号、地区、有效、覆盖、事项；可以筛选、抽样、看复用。

The documents of the library with filters; --sample prints documents whole, to be put beside their
official texts; --reuse says what is defined once and used often.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huiqi.cli.options import AsJson, Lang, Language, Policies

if TYPE_CHECKING:
    from rich.console import Console

    from huiqi.anchors.lock import Lock
    from huiqi.library.catalogue import Listed
    from huiqi.library.library import Library


_COLUMNS = (
    ("地区", "place"),
    ("文件", "document"),
    ("有效", "in force"),
    ("状态", "state"),
    ("核对", "checked"),
    ("事项", "measures"),
    ("覆盖", "coverage"),
)


class Level(StrEnum):
    national = "national"
    provincial = "provincial"
    municipal = "municipal"
    county = "county"
    shared = "shared"


class State(StrEnum):
    in_force = "in_force"
    not_yet = "not_yet"
    ended = "ended"
    draft = "draft"
    unknown = "unknown"


class Checked(StrEnum):
    full = "全文"
    secondary = "仅二手"
    unverified = "未核"


def command(
    word: Annotated[
        str | None,
        typer.Argument(metavar="[WORD]", help="文号、标题、地名里的字 · in number, title, place"),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="与这个地方有关的 · what concerns this place"),
    ] = None,
    level: Annotated[Level | None, typer.Option(help="哪一级的文件 · whose documents")] = None,
    state: Annotated[State | None, typer.Option(help="那一天的状态 · its state on the day")] = None,
    checked: Annotated[Checked | None, typer.Option(help="怎样核对过 · how it was checked")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="看哪一天的状态，默认今天 · the day; default: today"),
    ] = None,
    sample: Annotated[
        int, typer.Option(metavar="N", min=0, help="抽 N 份文件全文列出 · print N documents whole")
    ] = 0,
    seed: Annotated[int, typer.Option(metavar="N", help="抽样的种子 · the draw")] = 0,
    reuse: Annotated[
        bool, typer.Option("--reuse", help="定义和名称的复用 · reuse of definitions and names")
    ] = False,
    policies: Policies = None,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import inputs
    from huiqi.cli.codes import FINE
    from huiqi.cli.screen import console, print_json
    from huiqi.library import catalogue as c

    library = inputs.library_at(policies)
    day = inputs.day_of(as_of, "--as-of") or date.today()
    rows = list(
        c.chosen(
            c.catalogue(library, _lock(policies), day),
            c.divisions(library),
            place=inputs.place_code(place, library) if place else None,
            level=level.value if level else None,
            state=state.value if state else None,
            checked=checked.value if checked else None,
            word=word,
        )
    )
    if sample:
        rows = c.sample(rows, sample, seed)
    if as_json:
        print_json(_as_json(rows, library, day, reuse))
        return FINE
    out = console()
    if sample:
        for row in rows:
            _print_whole(row, library, lang.value, out)
    else:
        _print_list(rows, lang.value, out)
    for line in _sums(rows, library, lang.value):
        out.print(line, soft_wrap=True)
    if reuse:
        _print_reuse(library, lang.value, out)
    return FINE


def _lock(policies: Path | None) -> Lock:
    """The anchor lock of the rules asked for; an empty one where a single file is given."""
    from huiqi.anchors.lock import Lock, LockError
    from huiqi.cli.codes import CommandError
    from huiqi.library.paths import policies_dir
    from huiqi.library.texts import load_lock

    folder = policies or policies_dir()
    if not folder.is_dir():
        return Lock()
    try:
        return load_lock(folder)
    except LockError as error:
        raise CommandError(
            f"锁文件读不了：{error}；用 huiqi check --write-lock 重写",
            f"the lock file cannot be read: {error}; write it anew with huiqi check --write-lock",
        ) from None


# ---------------------------------------------------------------- for people
def _print_list(rows: list[Listed], lang: str, out: Console) -> None:
    from rich.table import Table

    from huiqi.library.catalogue import HOW_CHECKED, STATES
    from huiqi.reasoning.wording import words

    table = Table(box=None, pad_edge=False, expand=True)
    for column in _COLUMNS:
        is_long = column[1] == "document"
        table.add_column(
            words(column, lang),
            justify="right" if column[1] in ("measures", "coverage") else "left",
            no_wrap=True,
            ratio=1 if is_long else None,
        )
    for row in rows:
        head = row.document
        table.add_row(
            row.place if head.region or lang == "zh" else "national",
            row.name,
            f"{head.in_force or head.issued or '?'}~{head.ends or ''}",
            words(STATES[row.state], lang),
            words(HOW_CHECKED[head.checked or "未核"], lang),
            str(len(row.measures)),
            covered(row),
        )
    if rows:
        out.print(table)


def covered(row: Listed) -> str:
    """Giving sentences that are dealt with, of all; · where no text was read."""
    if row.coverage is None:
        return "·"
    return f"{row.coverage.giving - row.coverage.untouched}/{row.coverage.giving}"


def _sums(rows: list[Listed], library: Library, lang: str) -> list[str]:
    from huiqi.library.statistics import settled

    with_measures = sum(bool(row.measures) for row in rows)
    count = sum(len(row.measures) for row in rows)
    if lang == "zh":
        lines = [f"{len(rows)} 份文件（{with_measures} 份有事项），{count} 个事项"]
    else:
        lines = [f"{len(rows)} documents ({with_measures} with measures), {count} measures"]
    places = _by_place(rows)
    if len(places) > 1:
        listed = "、" if lang == "zh" else ", "
        title = "各地的事项：" if lang == "zh" else "measures by place: "
        lines.append(title + listed.join(f"{place} {number}" for place, number in places))
    if count == len(library.program.measures):
        how = settled(library.program)
        shares = [f"{part / max(1, how.all):.0%}" for part in (how.facts, how.person, how.open)]
        lines.append(
            f"全由事实决定 {how.facts}（{shares[0]}），有人评定 {how.person}（{shares[1]}），"
            f"文件有没写明的 {how.open}（{shares[2]}）"
            if lang == "zh"
            else f"decided by facts alone {how.facts} ({shares[0]}), with a person's judgement "
            f"{how.person} ({shares[1]}), with something the text leaves open {how.open} ({shares[2]})"
        )
    return lines


def _by_place(rows: list[Listed]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.place] = counts.get(row.place, 0) + len(row.measures)
    return sorted(
        ((place, count) for place, count in counts.items() if count), key=lambda one: -one[1]
    )


def _print_whole(row: Listed, library: Library, lang: str, out: Console) -> None:
    """A document as a reader puts it beside the official text."""
    from huiqi.cli.show import print_measure
    from huiqi.reasoning.wording import CHECKED, words

    head = row.document
    out.rule(f"{head.id} {head.title}", align="left", style="bold")
    checked = " ".join((words(CHECKED[head.checked or "未核"], lang), head.checked_detail)).strip()
    text = f"原文 {head.source_text}" if lang == "zh" else f"text {head.source_text}"
    out.print(
        f"{row.place}  {head.in_force or head.issued or '?'}~{head.ends or ''}  {checked}"
        f"{'  ' + text if head.source_text else ''}",
        style="dim",
        soft_wrap=True,
    )
    for points, title in (
        (head.open_points, ("未尽", "left open by the text")),
        (head.doubtful, ("存疑", "doubtful")),
        (tuple((f"§{at}：{why}",) for at, why in head.skipped), ("略过", "left out")),
    ):
        for point in points:
            out.print(f"{words(title, lang)}  {point[0]}", style="dim", soft_wrap=True)
    for measure in row.measures:
        out.print()
        print_measure(measure, library, lang, out)
    out.print()


def _print_reuse(library: Library, lang: str, out: Console) -> None:
    from huiqi.library.statistics import reuse

    found, zh = reuse(library), lang == "zh"
    out.print()
    out.print(
        "定义，按用到它的事项数" if zh else "Definitions by the measures that use them",
        style="bold",
    )
    for key, count in found.definitions:
        out.print(f"{count:>5}  {key}", soft_wrap=True)
    measures = max(1, len(library.program.measures))
    out.print(
        f"名称 {found.names} 个，每事项 {found.names / measures:.2f}，只用一次的 {len(found.once)} 个"
        if zh
        else f"{found.names} names, {found.names / measures:.2f} a measure, {len(found.once)} used once"
    )
    if found.new_per_measure:
        quarters = " → ".join(f"{one:.2f}" for one in found.new_per_measure)
        out.print(
            f"库变大时每个事项新带来的名称（四等分，文件随机排）：{quarters}"
            if zh
            else f"new names a measure brings as the library grows (quarters, random order): {quarters}"
        )
    out.print(("只用一次的：" if zh else "used once: ") + "、".join(found.once), soft_wrap=True)


# ---------------------------------------------------------------- as data
def _as_json(rows: list[Listed], library: Library, day: date, with_reuse: bool) -> dict[str, Any]:
    from huiqi.library.statistics import reuse, settled

    how = settled(library.program)
    made: dict[str, Any] = {
        "as_of": day.isoformat(),
        "documents": [_row_json(row) for row in rows],
        "measures": sum(len(row.measures) for row in rows),
        "by_place": dict(_by_place(rows)),
        "settled": {"facts": how.facts, "person": how.person, "open": how.open},
    }
    if with_reuse:
        found = reuse(library)
        made["reuse"] = {
            "definitions": dict(found.definitions),
            "names": found.names,
            "used_once": list(found.once),
            "new_per_measure": list(found.new_per_measure),
        }
    return made


def _row_json(row: Listed) -> dict[str, Any]:
    head = row.document
    return {
        "document": head.id,
        "title": head.title,
        "level": row.level,
        "place": list(head.region),
        "issued": head.issued.isoformat() if head.issued else None,
        "in_force": head.in_force.isoformat() if head.in_force else None,
        "ends": head.ends.isoformat() if head.ends else None,
        "state": row.state,
        "checked": head.checked or "未核",
        "text": head.source_text or None,
        "coverage": None
        if row.coverage is None
        else {
            "giving": row.coverage.giving,
            "encoded": row.coverage.encoded,
            "judgement": row.coverage.judgement,
            "open": row.coverage.open,
            "skipped": row.coverage.skipped,
            "untouched": row.coverage.untouched,
        },
        "measures": [one.id for one in row.measures],
        "file": head.file,
    }
