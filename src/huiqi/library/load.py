"""Reads vocabularies and rule files from disk into a checked library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiqi.language.problems import Problem
from huiqi.library.cache import Cache, Later, code_fingerprint, collector_off, key_of, settled
from huiqi.library.library import Library, library_from_texts
from huiqi.library.paths import cache_dir, data_root, policies_dir, vocabulary_dir
from huiqi.vocabulary.declare import (
    Declaration,
    DeclarationError,
    Vocabulary,
    declare,
    make_vocabulary,
)

if TYPE_CHECKING:
    from huiqi.language import syntax as s

RULES = "*.rule"


def load(
    policies: Path | None = None, vocabulary: Path | None = None, *, cache: bool = True
) -> Library:
    """Every rule file below a folder (or one file), checked against a vocabulary.

    By default the shipped rules and the shipped vocabulary. Files that are unreadable, not UTF-8 or
    wrong in part become `problems` of the library; the rest is loaded. What was checked is kept in
    the cache folder (HUIQI_CACHE_DIR moves it) and used again while nothing changes. A library is
    meant to stay: with it, what the process holds by then leaves later garbage collections
    (`gc.freeze`); `gc.unfreeze()` takes that back.

    Raises FileNotFoundError for a place that does not exist, DeclarationError or CodeError for a
    vocabulary that cannot be used, OSError where one cannot be read.
    """
    rules = policies if policies is not None else policies_dir()
    words = vocabulary if vocabulary is not None else vocabulary_dir()
    found, unread = read_rules(rules)
    if not cache:
        return _with(unread, _checked(found, words))
    inputs = {**{f"rule {name}": text.encode() for name, text in found.items()}, **_inputs(words)}
    store = Cache(cache_dir())
    key = key_of(inputs, code_fingerprint())
    kept = store.get(key)
    if kept is not None:
        known, program, problems = kept
        trees = _Trees(store, key, found, words)
        library = Library(known, program, Later(trees.files), Later(trees.sections), problems)
        settled()
        return _with(unread, library)
    with collector_off():
        library = _checked(found, words)
        store.put(key, (library.vocabulary, library.program, library.problems))
        store.put(f"{key}-trees", (dict(library.files), dict(library.sections)))
    settled()
    return _with(unread, library)


def _with(unread: list[Problem], library: Library) -> Library:
    return replace(library, problems=(*unread, *library.problems)) if unread else library


def _checked(found: Mapping[str, str], vocabulary: Path) -> Library:
    return library_from_texts(found, load_vocabulary(vocabulary))


class _Trees:
    """The syntax trees of a library from the cache: from their own file, or else parsed again."""

    def __init__(self, store: Cache, key: str, found: Mapping[str, str], words: Path) -> None:
        self._store, self._key, self._found, self._words = store, key, found, words
        self._read: tuple[Mapping[str, s.RuleFile], Mapping[str, s.Section]] | None = None

    def _both(self) -> tuple[Mapping[str, s.RuleFile], Mapping[str, s.Section]]:
        if self._read is None:
            kept = self._store.get(f"{self._key}-trees")
            if kept is None:
                library = _checked(self._found, self._words)
                kept = (library.files, library.sections)
            self._read = kept
        return self._read

    def files(self) -> Mapping[str, s.RuleFile]:
        return self._both()[0]

    def sections(self) -> Mapping[str, s.Section]:
        return self._both()[1]


def read_rules(place: Path) -> tuple[dict[str, str], list[Problem]]:
    """Name → text of every rule file below a folder, and what could not be read."""
    if not place.exists():
        raise FileNotFoundError(2, "没有这个文件夹 · no such folder", str(place))
    paths = sorted(place.rglob(RULES)) if place.is_dir() else [place]
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        name = _shown(path)
        try:
            if not path.is_dir():
                found[name] = _decoded(path.read_bytes())
        except UnicodeDecodeError as error:
            problems.append(_not_utf8(name, error))
        except OSError as error:
            reason = error.strerror or str(error)
            problems.append(
                Problem("E-unreadable", f"读不了：{reason}", f"cannot be read: {reason}", file=name)
            )
    if not paths:
        problems.append(
            Problem(
                "E-no-rules",
                "里面没有 .rule 文件",
                "holds no .rule files",
                fix_zh="规则文件的名字以 .rule 结尾",
                fix_en="names of rule files end in .rule",
                file=str(place),
                severity="warning",
            )
        )
    return found, problems


def _shown(path: Path) -> str:
    """How messages name a file: shipped ones from the root of the data, others as given."""
    root = data_root()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _decoded(content: bytes) -> str:
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(name: str, error: UnicodeDecodeError) -> Problem:
    content = error.object
    line = content.count(b"\n", 0, error.start) + 1
    col = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
    guess = ""
    for encoding in ("gb18030", "utf-16"):
        try:
            if "政策" in content.decode(encoding):
                guess = encoding.upper()
                break
        except UnicodeDecodeError:
            continue
    seems, seems_en = (f"，像是 {guess}", f"; it looks like {guess}") if guess else ("", "")
    return Problem(
        "E-encoding",
        f"不是 UTF-8 编码{seems}",
        f"not UTF-8{seems_en}",
        line,
        col,
        "另存为 UTF-8",
        "save the file as UTF-8",
        name,
    )


def _inputs(vocabulary: Path) -> dict[str, bytes]:
    if not vocabulary.is_dir():
        raise FileNotFoundError(2, "没有这个文件夹 · no such folder", str(vocabulary))
    paths = (*(vocabulary / "facts").glob("*.yaml"), *(vocabulary / "codes").iterdir())
    return {
        path.relative_to(vocabulary).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file()
    }


def load_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary in a folder of facts/*.yaml and codes/*. Raises DeclarationError."""
    from huiqi.library.tables import load_code_tables

    declarations: list[Declaration] = []
    for path in sorted((folder / "facts").glob("*.yaml")):
        entries = read_yaml(path)
        declarations += [declare(str(name), entry) for name, entry in entries.items()]
    return make_vocabulary(declarations, load_code_tables(folder))


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises DeclarationError where it is none."""
    import yaml

    try:
        with path.open(encoding="utf-8") as stream:
            loaded = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        first = " ".join(str(error).split())
        raise DeclarationError(path.name, f"不是可读的 YAML：{first}", "no valid YAML") from None
    if loaded is not None and not isinstance(loaded, dict):
        raise DeclarationError(path.name, "应写作“名称: 声明”", "a mapping is expected")
    return loaded or {}
