"""A YAML mapping with known keys in two languages, whose every complaint has a position."""

from collections.abc import Mapping
from difflib import get_close_matches

import yaml

from huiqi.intake.fault import MappingError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

YES = {"是", "yes", "true", "True"}
NO = {"否", "no", "false", "False"}


def root_node(text: str, file: str, keys: Mapping[str, str]) -> "MapNode":
    """The outermost mapping of a YAML text. Raises MappingError."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise MappingError("yaml", file, line, column, reason=reason) from None
    return MapNode(node, file, keys, "")


class MapNode:
    """One mapping of the file: values by their English key, whichever language was written."""

    def __init__(
        self, node: yaml.Node | None, file: str, keys: Mapping[str, str], name: str
    ) -> None:
        self._file, self._name, self._keys = file, name, keys
        self._node = node
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, name or "映射 (mapping)", "“键: 值” (key: value)")
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            self._add(key, value)

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        written = _scalar(key)
        english = self._keys.get(written, written)
        if english not in self._keys.values():
            known = [*self._keys, *self._keys.values()]
            near = get_close_matches(written, known, n=1)
            raise _at(
                key, self._file, "unknown-key", "nearest" if near else "",
                value=written, nearest="".join(near),
            )  # fmt: skip
        if english in self._values:
            raise _at(key, self._file, "twin-key", value=written)
        self._values[english] = value

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """A value that must be there."""
        value = self.optional(key)
        if value is None:
            written = self._written(key)
            raise _at(self._node, self._file, "missing-key", value=written)
        return value

    def optional(self, key: str) -> str | None:
        node = self._values.get(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self._wrong(node, self._written(key), "一个值 (one value)")
        return str(node.value) or None

    def number(self, key: str, default: int) -> int:
        written = self.optional(key)
        if written is None:
            return default
        if not written.isascii() or not written.isdigit() or int(written) < 1:
            raise self._wrong(self._values[key], self._written(key), "正整数 (a whole number)")
        return int(written)

    def flag(self, key: str) -> bool:
        written = self.optional(key)
        if written is not None and written not in YES | NO:
            raise self._wrong(self._values[key], self._written(key), "是或否 (yes or no)")
        return written in YES

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        node = self._values.get(key)
        if node is None:
            return default
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(node, self._written(key), "列表 (a list)")
        return tuple(_scalar(item) for item in node.value)

    def pairs(self, key: str) -> dict[str, str]:
        """A mapping of the user's own words to values, as of `对应`."""
        node = self._values[key]
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, self._written(key), "“表里的写法: 值” (as written: value)")
        found: dict[str, str] = {}
        for left, right in node.value:
            if _scalar(left) in found:
                raise _at(left, self._file, "twin-key", value=_scalar(left))
            found[_scalar(left)] = _scalar(right)
        return found

    def child(self, key: str, keys: Mapping[str, str]) -> "MapNode":
        return MapNode(self._values[key], self._file, keys, self._written(key))

    def children(self, key: str, keys: Mapping[str, str]) -> list[tuple[str, "MapNode"]]:
        """The user's own names under a key, each with a mapping of its own."""
        node = self._values.get(key)
        if node is None:
            raise _at(self._node, self._file, "missing-key", value=self._written(key))
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, self._written(key), "“列名: {事实: …}” (header: {fact: …})")
        found: dict[str, MapNode] = {}
        for name, value in node.value:
            if _scalar(name) in found:
                raise _at(name, self._file, "twin-key", value=_scalar(name))
            found[_scalar(name)] = MapNode(value, self._file, keys, _scalar(name))
        return list(found.items())

    def error(self, code: str, key: str, suggestion: str = "", **details: str) -> MappingError:
        """A complaint about the value of a key."""
        return _at(self._values.get(key, self._node), self._file, code, suggestion, **details)

    def _written(self, english: str) -> str:
        return next((zh for zh, en in self._keys.items() if en == english), english)

    def _wrong(self, node: yaml.Node | None, name: str, expected: str) -> MappingError:
        return _at(node, self._file, "wrong-shape", value=name, expected=expected)


def _scalar(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _at(
    node: yaml.Node | None, file: str, code: str, suggestion: str = "", **details: str
) -> MappingError:
    line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
    return MappingError(code, file, line, column, suggestion, **details)
