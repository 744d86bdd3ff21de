"""A guide published as cards (one measure a card) read as one official text.

A `.json` file with a list of cards, each with an `id` of the form `<guide>-<number>`, is the text
`<guide>`: card number n is its article 第n条, the title its heading, every other field a paragraph.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

_NOT_WORDS = frozenset({"id", "title", "pdf_page"})


def read_cards(path: Path, only: Collection[str] | None = None) -> Mapping[str, str]:
    """Guide id → its text; empty where the file holds no cards. Raises OSError."""
    content = path.read_bytes()
    if only is not None and not any(f'"{guide}-'.encode() in content for guide in only):
        return {}
    try:
        cards = msgspec.json.decode(content)
    except msgspec.DecodeError:
        return {}
    articles: dict[str, list[str]] = {}
    for card in cards if isinstance(cards, list) else ():
        guide, _, number = str(card.get("id", "") if isinstance(card, dict) else "").rpartition("-")
        if guide and number.isdecimal() and (only is None or guide in only):
            articles.setdefault(guide, []).append(_article(int(number), card))
    return {guide: "\n".join(parts) for guide, parts in articles.items()}


def _article(number: int, card: Mapping[str, object]) -> str:
    fields = [
        f"{name}：{words}" for name, words in card.items() if name not in _NOT_WORDS and words
    ]
    return "\n".join((f"第{number}条 {card.get('title', '')}", *fields))
