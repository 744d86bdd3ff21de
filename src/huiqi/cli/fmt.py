"""规则文件的标准写法：字段顺序、缩进、符号、最短的数；意思和注释不变。

Rewrite rule files in the canonical format; meaning and comments stay. A file with problems is never
touched. --check only says which files would change (exit code 1); --lang zh or en prints the files to
stdout with keywords in that language instead of rewriting them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from huiqi.cli.options import AsJson, Lang
from huiqi.language.problems import Problem


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file: its canonical text, or why it has none. `changed`: it is not in that form now."""

    path: Path
    name: str
    text: str = ""
    changed: bool = False
    problems: tuple[Problem, ...] = ()


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="规则文件或文件夹 · rule files or folders"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="只看不写，有要改的退出码 1 · change nothing")
    ] = False,
    as_json: AsJson = False,
    lang: Annotated[
        Lang | None,
        typer.Option(help="打印到屏幕，关键词用这种语言，不改文件 · print with these keywords"),
    ] = None,
) -> int:
    from huiqi.cli.codes import FINE, PROBLEMS, CommandError
    from huiqi.library.paths import policies_dir

    try:
        found = [one for path in paths or [policies_dir()] for one in formatted(path, lang)]
    except OSError as error:
        reason = error.strerror or error
        raise CommandError(
            f"读不了 {error.filename}：{reason}", f"cannot read {error.filename}: {reason}"
        ) from None
    unwritten = [] if check or lang is not None else _write(found)
    if as_json:
        _print_json(found, unwritten)
    elif lang is not None:
        print("\n".join(one.text for one in found if not one.problems), end="")
    else:
        _print(found, check)
    problems = [problem for one in found for problem in one.problems] + unwritten
    if not as_json:
        _report(problems)
    changed = check and any(one.changed for one in found)
    return PROBLEMS if problems or changed else FINE


def formatted(place: Path, lang: Lang | None = None) -> list[Formatted]:
    """Every rule file at a place, in canonical form. Raises FileNotFoundError, OSError."""
    from huiqi.language.format import format_rule_file
    from huiqi.language.parse import parse
    from huiqi.library.load import read_rules
    from huiqi.library.paths import data_root

    root = data_root()
    is_shipped = place.resolve().is_relative_to(root)  # named from the root of the data
    texts, unread = read_rules(place.resolve() if is_shipped else place)
    found = [Formatted(Path(one.file), one.file, problems=(one,)) for one in unread]
    for name, text in texts.items():
        path = root / name if is_shipped else Path(name)
        parsed = parse(text, name)
        if any(problem.severity == "error" for problem in parsed.problems):
            found.append(Formatted(path, name, problems=parsed.problems))
            continue
        made = format_rule_file(parsed.tree, lang.value if lang else "zh")
        again = parse(made, name).problems  # INVARIANT: what is written can be read
        if again:
            found.append(Formatted(path, name, problems=again))
            continue
        found.append(Formatted(path, name, made, made.encode() != path.read_bytes()))
    return found


def _write(found: list[Formatted]) -> list[Problem]:
    """Replace each changed file as a whole: a reader sees the old text or the new, never a part."""
    failed = []
    for one in found:
        if one.problems or not one.changed:
            continue
        try:
            _replace(one.path, one.text)
        except OSError as error:
            reason = error.strerror or str(error)
            failed.append(
                Problem("E-unwritable", f"写不了：{reason}", f"cannot be written: {reason}", file=one.name)
            )  # fmt: skip
    return failed


def _replace(path: Path, text: str) -> None:
    import os
    from tempfile import NamedTemporaryFile

    real = path.resolve()  # a link stays a link
    beside = NamedTemporaryFile(  # noqa: SIM115
        "wb", dir=real.parent, prefix=f".{real.name}.", suffix=".tmp", delete=False
    )
    try:
        with beside:
            beside.write(text.encode())
            beside.flush()
            os.fsync(beside.fileno())
        Path(beside.name).chmod(real.stat().st_mode)
        Path(beside.name).replace(real)
    except BaseException:
        Path(beside.name).unlink(missing_ok=True)
        raise


def _print(found: list[Formatted], check: bool) -> None:
    changed = [one for one in found if one.changed]
    for one in changed:
        print(f"{'要改' if check else '已改'} {one.name}")
    fine = len(found) - len(changed) - sum(bool(one.problems) for one in found)
    print(
        f"{len(changed)} 个{'要改' if check else '已改'}，{fine} 个已是标准写法 · {len(changed)} changed, {fine} fine"
    )


def _report(problems: list[Problem]) -> None:
    import sys

    for problem in problems:
        print(problem.text("zh"), file=sys.stderr)


def _print_json(found: list[Formatted], unwritten: list[Problem]) -> None:
    from huiqi.cli.screen import print_json

    print_json(
        {
            "changed": [one.name for one in found if one.changed],
            "unchanged": [one.name for one in found if not one.changed and not one.problems],
            "problems": [
                {"code": p.code, "file": p.file, "line": p.line, "column": p.col, "message": p.zh}
                for p in [*(p for one in found for p in one.problems), *unwritten]
            ],
        }
    )
