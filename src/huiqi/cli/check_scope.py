"""Which rules a check is about: the paths given, among the shipped rules that they may cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from huiqi.anchors import Lock, LockError
from huiqi.language.problems import Problem
from huiqi.library.library import Library
from huiqi.library.load import load, read_rules
from huiqi.library.texts import LOCK_NAME, load_lock, load_texts


@dataclass(frozen=True, slots=True)
class Scope:
    """The library to check in; the names of the files asked for (None = all); the lock and its folder.

    `problems`: what was found wrong while reading, besides those of the library.
    """

    library: Library
    files: tuple[str, ...] | None
    lock: Lock
    folder: Path
    problems: tuple[Problem, ...] = ()


def scope(paths: Sequence[Path], policies: Path) -> Scope:
    """The rules at these files and folders; a document given here counts before a shipped one of its number.

    Raises FileNotFoundError for a place that does not exist, OSError for a folder that cannot be read.
    """
    if not paths:
        lock, problems = _lock(policies)
        return Scope(load(policies), None, lock, policies, problems)
    found: dict[str, str] = {}
    outside: dict[str, str] = {}
    unread: list[Problem] = []
    for path in paths:
        is_shipped = path.resolve().is_relative_to(policies.resolve())
        texts, unreadable = read_rules(path.resolve() if is_shipped else path)
        found |= texts
        outside |= {} if is_shipped else texts
        unread += unreadable
    folder = next((p for p in paths if p.is_dir() and (p / LOCK_NAME).is_file()), policies)
    lock, lock_problems = _lock(folder)
    problems = (*unread, *lock_problems)
    names = (*found, *(problem.file for problem in unread))
    shipped = load(policies)
    library = _among(shipped, outside) if outside else shipped
    known = set(library.problems)
    return Scope(library, names, lock, folder, tuple(p for p in problems if p not in known))


def _among(shipped: Library, texts: Mapping[str, str]) -> Library:
    from huiqi.checking.program import check_library
    from huiqi.language.parse import parse

    parsed = {name: parse(text, name) for name, text in texts.items()}
    own = {
        section.document
        for one in parsed.values()
        for section in one.tree.sections
        if section.kind == "政策"
    }
    around = {
        name: tree
        for name, tree in shipped.files.items()
        if not any(one.kind == "政策" and one.document in own for one in tree.sections)
    }
    files = {**around, **{name: one.tree for name, one in parsed.items()}}
    checked = check_library(files, shipped.vocabulary)
    of_texts = [problem for one in parsed.values() for problem in one.problems]
    return Library(
        shipped.vocabulary,
        checked.program,
        files,
        checked.sections,
        (*of_texts, *checked.problems),
    )


def _lock(folder: Path) -> tuple[Lock, tuple[Problem, ...]]:
    try:
        return load_lock(folder), ()
    except LockError as error:
        problem = Problem(
            "E-lock",
            f"锁文件读不了：{error}",
            f"the lock file cannot be read: {error}",
            fix_zh="在有文本的地方用 huiqi check --write-lock 重写",
            fix_en="write it anew with huiqi check --write-lock where the texts are",
            file=str(folder / LOCK_NAME),
        )
        return Lock(), (problem,)


def texts_for(library: Library, place: Path | None) -> Mapping[str, str]:
    """The official texts that the library's documents name, as far as they are here. Raises OSError."""
    ids = {head.source_text for head in library.program.documents.values() if head.source_text}
    return load_texts(place, ids)
