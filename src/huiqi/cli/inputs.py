"""What commands read: the library, a fact file, a day; what cannot be read ends the command with a message."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from huiqi.cli.codes import CommandError
from huiqi.language.problems import Problem
from huiqi.language.tree import Measure
from huiqi.library.fact_files import FactFile, read_fact_file
from huiqi.library.library import Library
from huiqi.library.load import load
from huiqi.library.written import UnreadableError
from huiqi.reasoning.places import DIVISIONS, moved_to
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import DeclarationError
from huiqi.vocabulary.mistakes import VocabularyError
from huiqi.vocabulary.nearest import nearest


def library_at(policies: Path | None) -> Library:
    """The rules in a folder, or those shipped; a line on the screen while they are read anew."""
    try:
        with working("正在读规则 · reading the rules"):
            library = load(policies)
    except DeclarationError as error:
        raise CommandError(
            f"词汇表不可用：{error.zh}", f"unusable vocabulary: {error.en}"
        ) from None
    except VocabularyError as error:
        raise CommandError(error.message("zh"), error.message("en")) from None
    except OSError as error:
        where = error.filename or policies
        raise CommandError(
            f"读不了 {where}：{error.strerror}", f"cannot read {where}: {error.strerror}"
        ) from None
    for problem in library.problems:
        if problem.code == "E-no-rules":
            raise CommandError(problem.text("zh"), problem.text("en"))
    return library


def facts_at(path: Path, library: Library) -> FactFile:
    try:
        return read_fact_file(path, library.vocabulary)
    except UnreadableError as error:
        at = f"{path}:{error.line}:{error.col}" if error.line else str(path)
        raise CommandError(
            f"{at}: {error.code} {error.zh}", f"{at}: {error.code} {error.en}"
        ) from None
    except OSError as error:
        raise CommandError(
            f"读不了 {path}：{error.strerror or error}",
            f"cannot read {path}: {error.strerror or error}",
        ) from None


def day_of(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return parse_date(text)
    except VocabularyError as error:
        raise CommandError(
            f"{option}：{error.message('zh')}", f"{option}: {error.message('en')}"
        ) from None


def as_of_day(given: str | None, file: FactFile) -> date:
    """The day on the command line, else the one in the file, else today."""
    return day_of(given, "--as-of") or file.as_of or date.today()


def placed(file: FactFile, place: str | None, library: Library) -> FactFile:
    """The firm as if it were in `place`; as it is where no place is given."""
    if place is None:
        return file
    code = place_code(place, library)
    return replace(file, facts=moved_to(file.facts, code, library.vocabulary))


def place_code(place: str, library: Library) -> str:
    """The division that `place` (a name or code) is. Raises CommandError with what it may have meant."""
    try:
        return library.vocabulary.table(DIVISIONS).resolve(place)
    except VocabularyError as error:
        raise CommandError(
            f"--place：{error.message('zh')}", f"--place: {error.message('en')}"
        ) from None


def measure_named(name: str, library: Library) -> Measure:
    """A measure by its id (文号 and name) or its name alone."""
    try:
        return library.measure(name)
    except KeyError:
        pass
    measures = library.program.measures.values()
    same = [one.id for one in measures if one.name == name]
    if same:
        listed = "\n  ".join(same)
        raise CommandError(
            f"有 {len(same)} 个事项叫“{name}”，请写全：\n  {listed}",
            f"{len(same)} measures are called “{name}”; give the whole id:\n  {listed}",
        )
    parts = [one.id for one in measures if name in one.id][:5]
    near = parts or nearest(name, [one.name for one in measures])[:5]
    hint = "\n  ".join(near)
    raise CommandError(
        f"没有事项“{name}”" + (f"，是不是：\n  {hint}" if near else ""),
        f"no measure “{name}”" + (f"; did you mean:\n  {hint}" if near else ""),
    )


@contextmanager
def working(words: str) -> Iterator[None]:
    """A moving line on a terminal while something takes its time; nothing where output is piped."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def errors_of(problems: tuple[Problem, ...], kind: str, lang: str) -> list[dict[str, object]]:
    """Problems as entries of `errors` in JSON."""
    return [
        {
            "kind": kind,
            "where": f"{problem.file}:{problem.line}" if problem.line else problem.file,
            "code": problem.code,
            "text": problem.zh if lang == "zh" else problem.en,
            "fix": problem.fix_zh if lang == "zh" else problem.fix_en,
        }
        for problem in problems
    ]
