"""A checked library kept on disk between runs, found again by what went into it.

Two files an entry: what answers are computed from, and the syntax trees with their sections, which
only checking and showing need and which are read when first asked for. A file that cannot be read
is as good as none.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")

KEPT = 16  # files in the cache folder; the oldest go first
_MAGIC = b"huiqi-library-1\n"
_PACKAGE = Path(__file__).resolve().parents[1]


def code_fingerprint() -> str:
    """Which program this is: its version, and size and time of every source file of the package."""
    parts = [sys.version, (_PACKAGE / "__init__.py").read_text(encoding="utf-8")]
    for path in sorted(_PACKAGE.rglob("*.py")):
        about = path.stat()
        parts.append(f"{path.relative_to(_PACKAGE)} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def key_of(inputs: Mapping[str, bytes], fingerprint: str) -> str:
    """One key for these files, by name and content, under this program."""
    made = hashlib.sha256(fingerprint.encode())
    for name, content in sorted(inputs.items()):
        made.update(f"{name}\0{len(content)}\0".encode())
        made.update(content)
    return made.hexdigest()[:32]


class Cache:
    """Pickled values under `folder`, each checked against its hash when read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> Any:
        """The value kept under a name; None where there is none that can be used."""
        try:
            content = (self.folder / f"{name}.pickle").read_bytes()
            head = len(_MAGIC) + 32
            body = memoryview(content)[head:]
            if content[: len(_MAGIC)] != _MAGIC:
                return None
            if hashlib.sha256(body).digest() != content[len(_MAGIC) : head]:
                return None
            with collector_off():
                return pickle.loads(body)
        except Exception:  # whatever a damaged or foreign file makes of itself
            return None

    def put(self, name: str, value: object) -> None:
        """Keep a value; a folder that cannot be written is passed over in silence."""
        stream = io.BytesIO()
        _Pickler(stream).dump(value)
        body = stream.getvalue()
        content = _MAGIC + hashlib.sha256(body).digest() + body
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, made = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(made).replace(self.folder / f"{name}.pickle")
            except OSError:
                Path(made).unlink(missing_ok=True)
                raise
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        found = sorted(self.folder.glob("*.pickle"), key=lambda path: path.stat().st_mtime)
        for path in found[:-KEPT]:
            path.unlink(missing_ok=True)


class _Pickler(pickle.Pickler):
    """Dataclasses are made again by calling their class: twice as fast as filling their slots."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._known: dict[type, tuple[str, ...] | None] = {}

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind not in self._known:
            self._known[kind] = _arguments(kind)
        names = self._known[kind]
        if names is None:
            return NotImplemented
        return kind, tuple(getattr(value, name) for name in names)


def _arguments(kind: type) -> tuple[str, ...] | None:
    """The positional arguments of a dataclass; None for any other class."""
    if not dataclasses.is_dataclass(kind):
        return None
    fields = dataclasses.fields(kind)
    if any(field.kw_only or not field.init for field in fields):
        return None
    return tuple(field.name for field in fields)


@contextlib.contextmanager
def collector_off() -> Iterator[None]:
    """Building many objects that all stay is four times slower while the collector looks on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settled() -> None:
    """Takes what is loaded out of later collections: a library stays, and walking it costs 0.2 s each time."""
    gc.freeze()


class Later(Mapping[K, V]):
    """A mapping that is read when first looked into."""

    def __init__(self, read: Callable[[], Mapping[K, V]]) -> None:
        self._read = read
        self._found: Mapping[K, V] | None = None

    @property
    def _known(self) -> Mapping[K, V]:
        if self._found is None:
            self._found = self._read()
        return self._found

    def __getitem__(self, key: K) -> V:
        return self._known[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self._known),)
