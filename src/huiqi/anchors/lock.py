"""The lock file of anchors: spans, hashes and counts, for a clean clone without any text.

It holds no official words beyond the locators that stand in the rules.
"""

from __future__ import annotations

import msgspec

LOCK_VERSION = 1


class LockedAnchor(msgspec.Struct, frozen=True, omit_defaults=True):
    """One locator of a rule: where it was found and the hash of the sentence around it."""

    within: str  # the section: 事项 物联网中台项目奖励
    words: str
    at: str = ""  # the addresses that led the search
    status: str = "found"
    text: str = ""  # of another document than the rule's own
    span: tuple[int, int] = (0, 0)
    sentence: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.within, self.words, self.at


class LockedDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    text: str
    giving: int = 0
    encoded: int = 0
    judgement: int = 0
    open: int = 0
    skipped: int = 0
    untouched: int = 0
    anchors: tuple[LockedAnchor, ...] = ()


class LockedText(msgspec.Struct, frozen=True):
    """A text by its hash and length, both of the normal form."""

    hash: str
    characters: int


class Lock(msgspec.Struct, frozen=True):
    version: int = LOCK_VERSION
    texts: dict[str, LockedText] = msgspec.field(default_factory=dict)
    documents: dict[str, LockedDocument] = msgspec.field(default_factory=dict)


class LockError(ValueError):
    """A lock file that cannot be read; `args[0]` says why."""


def read_lock(content: str) -> Lock:
    """Read a lock file's JSON. Raises LockError; an empty file is an empty lock."""
    if not content.strip():
        return Lock()
    try:
        lock = msgspec.json.decode(content, type=Lock)
    except msgspec.MsgspecError as error:
        raise LockError(str(error)) from None
    if lock.version > LOCK_VERSION:
        raise LockError(f"version {lock.version}")
    return lock


def write_lock(lock: Lock) -> str:
    """The lock as JSON, one anchor a line, documents sorted: a change shows as changed lines."""
    ordered = Lock(
        lock.version, dict(sorted(lock.texts.items())), dict(sorted(lock.documents.items()))
    )
    parts = []
    for key, document in ordered.documents.items():
        head = msgspec.json.encode(msgspec.structs.replace(document, anchors=())).decode()
        lines = ",\n".join("   " + msgspec.json.encode(a).decode() for a in document.anchors)
        anchors = f',"anchors":[\n{lines}\n  ]' if lines else ""
        parts.append(f"  {_text(key)}:{head[:-1]}{anchors}}}")
    texts = ",\n".join(
        f"  {_text(key)}:{msgspec.json.encode(text).decode()}"
        for key, text in ordered.texts.items()
    )
    documents = ",\n".join(parts)
    head = f'{{"version":{ordered.version},\n "texts":{{\n{texts}\n }},'
    return f'{head}\n "documents":{{\n{documents}\n }}}}\n'


def _text(words: str) -> str:
    return msgspec.json.encode(words).decode()
