"""Official texts and the lock file on disk; texts are imported by their users, never shipped.

A folder of texts holds `<id>.txt` files, `*.jsonl` with `id` and `text` a line, or guides as
`*cards*.json` (`text_cards`); the id is what 来源: names.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from huiqi.anchors.lock import Lock, LockError, read_lock, write_lock
from huiqi.library.paths import data_root, is_checkout
from huiqi.library.text_cards import read_cards

LOCK_NAME = "anchors.lock.json"
_BESIDE_CHECKOUT = Path("shared", "data")


class _Stored(msgspec.Struct):
    id: str
    text: str = ""


def texts_dir() -> Path | None:
    """Where texts lie if no folder is given: HUIQI_TEXTS_DIR, else beside a checkout."""
    named = os.environ.get("HUIQI_TEXTS_DIR")
    if named is not None:
        return Path(named) if named else None
    if not is_checkout():
        return None
    folder = data_root().parent / _BESIDE_CHECKOUT
    return folder if (folder / "policies" / "texts.jsonl").is_file() else None


def load_texts(
    folder: Path | None = None, only: Collection[str] | None = None
) -> Mapping[str, str]:
    """Text id → stored text, from `folder` or the default place; empty where there is none.

    `only`: the ids wanted. Raises OSError for a folder that cannot be read; a line that is no text
    is passed over.
    """
    place = folder if folder is not None else texts_dir()
    if place is None:
        return {}
    texts: dict[str, str] = {}
    if place.is_file():
        _read_lines(place, only, texts)
        return texts
    # Beside a checkout the texts lie sorted into folders of their own.
    for folder in (place, place / "policies", place / "structured"):
        for path in sorted(folder.glob("*.jsonl")):
            _read_lines(path, only, texts)
        for path in sorted(folder.glob("*cards*.json")):
            texts |= read_cards(path, only)
        for path in sorted(folder.glob("*.txt")):
            if only is None or path.stem in only:
                texts[path.stem] = path.read_text(encoding="utf-8-sig")
    return texts


def _read_lines(path: Path, only: Collection[str] | None, texts: dict[str, str]) -> None:
    wanted = None if only is None else [f'"{key}"'.encode() for key in only]
    decoder = msgspec.json.Decoder(_Stored)
    with path.open("rb") as lines:
        for line in lines:
            # Most lines are not wanted: look for an id before decoding a whole text.
            if wanted is not None and not any(key in line for key in wanted):
                continue
            try:
                stored = decoder.decode(line)
            except msgspec.MsgspecError:
                continue
            if stored.text and (only is None or stored.id in only):
                texts[stored.id] = stored.text


def load_lock(policies: Path) -> Lock:
    """The lock beside the rules; an empty one where there is none. Raises LockError."""
    path = policies / LOCK_NAME
    if not path.is_file():
        return Lock()
    try:
        return read_lock(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise LockError(str(error)) from None


def save_lock(policies: Path, lock: Lock) -> bool:
    """Write the lock beside the rules; whether it changed."""
    path = policies / LOCK_NAME
    content = write_lock(lock)
    if path.is_file() and path.read_text(encoding="utf-8") == content:
        return False
    path.write_text(content, encoding="utf-8")
    return True
