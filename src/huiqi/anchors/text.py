"""An official text as it is searched: without reading noise, once, in sentences.

Crawled texts carry full-width digits, blanks inside numbers, lost line breaks, and some hold their
document twice (SEMANTICS G7). Everything here works on the normal form; `raw_at` leads back.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALIKE = _WIDE | {
    ord(odd): plain
    for odd, plain in {
        "“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'",
        "–": "-", "—": "-", "―": "-", "－": "-", "−": "-", "‐": "-", "～": "~", "〜": "~",
        "﹪": "%", "〇": "〇", "○": "〇", "［": "〔", "］": "〕", "[": "〔", "]": "〕",
    }.items()
}  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u00ad")
_SENTENCE_END = re.compile(r"[。！？;!?]+[)」』]*")
_REPEAT_PROBE = 120


def plain(words: str) -> str:
    """`words` without blanks and in one spelling, as official texts and locators are compared."""
    return "".join(
        char for char in words.translate(_ALIKE) if not char.isspace() and char not in _INVISIBLE
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or unit between semicolons, as a span of the normal form."""

    start: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True)
class OfficialText:
    """The normal form, its paragraphs and sentences, and the way back to the stored text."""

    id: str
    text: str
    raw_at: tuple[int, ...]
    paragraphs: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    digest: str
    repeated: bool = False

    def sentence_at(self, position: int) -> Sentence:
        index = bisect_right(self.sentences, position, key=lambda sentence: sentence.start)
        return self.sentences[max(0, index - 1)]

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences that the span touches."""
        if start >= end:
            return ()
        first = bisect_right(self.sentences, start, key=lambda sentence: sentence.start) - 1
        found = []
        for sentence in self.sentences[max(0, first) :]:
            if sentence.start >= end:
                break
            found.append(sentence)
        return tuple(found)

    def words(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the stored text."""
        return self.raw_at[start], self.raw_at[end - 1] + 1


def read_text(raw: str, text_id: str = "") -> OfficialText:
    """The searchable form of a stored text."""
    chars: list[str] = []
    raw_at: list[int] = []
    paragraphs: list[int] = []
    fresh = True
    for index, char in enumerate(raw):
        if char in "\r\n\u2028\u2029":
            fresh = True
        elif not char.isspace() and char not in _INVISIBLE:
            if fresh:
                paragraphs.append(len(chars))
                fresh = False
            chars.append(char.translate(_ALIKE))
            raw_at.append(index)
    text = "".join(chars)
    length = _length_once(text)
    repeated = length < len(text)
    text = text[:length]
    starts = tuple(start for start in paragraphs if start < length)
    return OfficialText(
        text_id,
        text,
        tuple(raw_at[:length]),
        starts,
        _sentences(text, starts),
        digest_of(text),
        repeated,
    )


def digest_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _length_once(text: str) -> int:
    """Where the document ends when the text holds it twice in a row, else the whole length."""
    probe = text[:_REPEAT_PROBE]
    if len(probe) < _REPEAT_PROBE:
        return len(text)
    again = text.find(probe, _REPEAT_PROBE)
    while again != -1:
        if again * 2 >= len(text) and text.startswith(text[again:]):
            return again
        again = text.find(probe, again + 1)
    return len(text)


def _sentences(text: str, paragraphs: tuple[int, ...]) -> tuple[Sentence, ...]:
    ends = {match.end() for match in _SENTENCE_END.finditer(text)} | set(paragraphs) | {len(text)}
    made = []
    start = 0
    for end in sorted(ends - {0}):
        made.append(Sentence(start, end, digest_of(text[start:end])))
        start = end
    return tuple(made)
