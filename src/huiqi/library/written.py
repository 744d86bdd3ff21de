"""What people wrote in a fact file, before anything is made of it: texts, lists and keys with their lines.

YAML, JSON, a sheet and plain Python values come to the same form, so that they are judged by one reader. Scalars
stay as written: 是 is no boolean here and 2019-11-01 no date.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_BYTES = 10_000_000
MAX_NODES = 400_000
MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Written:
    """A text, a list of items, or pairs of key and value; `line` counts from 1, 0 = unknown."""

    text: str | None = None
    items: tuple[Written, ...] = ()
    pairs: tuple[tuple[str, Written], ...] | None = None
    line: int = 0

    @property
    def is_text(self) -> bool:
        return self.text is not None

    @property
    def is_mapping(self) -> bool:
        return self.pairs is not None

    @property
    def is_list(self) -> bool:
        return self.text is None and self.pairs is None

    def get(self, *keys: str) -> Written | None:
        """The value under the first of these keys that is there."""
        for key, value in self.pairs or ():
            if key in keys:
                return value
        return None

    def doubled(self) -> Iterator[tuple[str, Written]]:
        """Keys that stand there a second time."""
        seen: set[str] = set()
        for key, value in self.pairs or ():
            if key in seen:
                yield key, value
            seen.add(key)


class UnreadableError(Exception):
    """A file of which nothing can be used: why, in two languages, and where."""

    def __init__(self, code: str, zh: str, en: str, line: int = 0, col: int = 0) -> None:
        super().__init__(zh)
        self.code, self.zh, self.en, self.line, self.col = code, zh, en, line, col


def from_python(value: Any, depth: int = 0) -> Written:
    """The written form of nested dicts, lists and plain values. Raises UnreadableError if too deep."""
    if depth > MAX_DEPTH:
        raise UnreadableError("F-deep", "嵌套太深", "nested too deeply")
    if isinstance(value, Written):
        return value
    if isinstance(value, Mapping):
        return Written(
            pairs=tuple((str(key), from_python(item, depth + 1)) for key, item in value.items())
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Written(items=tuple(from_python(item, depth + 1) for item in value))
    return Written(plain_text(value))


def plain_text(value: object) -> str:
    """A single value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def read_written(path: Path) -> Written:
    """The content of a .yaml, .yml or .json fact file. Raises UnreadableError, OSError."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError(
            "F-too-large", f"超过 {MAX_BYTES // 1_000_000} MB", "the file is too large"
        )
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            "F-encoding", "不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8: save it as UTF-8", line, 1
        ) from None
    return _from_json(text) if path.suffix.lower() == ".json" else from_yaml(text)


def _from_json(text: str) -> Written:
    def pairs(found: list[tuple[str, Any]]) -> Written:
        return Written(pairs=tuple((key, from_python(value)) for key, value in found))

    try:
        loaded = json.loads(
            text, object_pairs_hook=pairs, parse_int=str, parse_float=str, parse_constant=str
        )
        return from_python(loaded)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            "F-json", f"不是可读的 JSON：{error.msg}", f"no valid JSON: {error.msg}",
            error.lineno, error.colno,
        ) from None  # fmt: skip
    except RecursionError:
        raise UnreadableError("F-deep", "嵌套太深", "nested too deeply") from None


def from_yaml(text: str) -> Written:
    """YAML with the line of every value; scalars as written, aliases refused beyond a size."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or " ".join(str(error).split())
        raise UnreadableError(
            "F-yaml",
            f"不是可读的 YAML：{reason}",
            f"no valid YAML: {reason}",
            mark.line + 1 if mark else 0,
            mark.column + 1 if mark else 0,
        ) from None
    except RecursionError:
        raise UnreadableError("F-deep", "嵌套太深", "nested too deeply") from None
    if node is None:
        raise UnreadableError("F-empty", "文件是空的", "the file is empty")
    return _YamlReader().read(node, 0)


class _YamlReader:
    def __init__(self) -> None:
        self.count = 0

    def read(self, node: Any, depth: int) -> Written:
        self.count += 1
        line = node.start_mark.line + 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            raise UnreadableError(
                "F-deep", "嵌套太深或太大", "nested too deeply, or too large", line
            )
        if node.id == "scalar":
            is_null = node.tag == "tag:yaml.org,2002:null"
            return Written("" if is_null else str(node.value).strip(), line=line)
        if node.id == "sequence":
            return Written(
                items=tuple(self.read(item, depth + 1) for item in node.value), line=line
            )
        return Written(
            pairs=tuple(
                (self._key(key, depth), self.read(value, depth + 1)) for key, value in node.value
            ),
            line=line,
        )

    def _key(self, node: Any, depth: int) -> str:
        read = self.read(node, depth + 1)
        return read.text if read.text is not None else "?"
