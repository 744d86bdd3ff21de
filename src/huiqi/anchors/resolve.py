"""Finds the words of a locator in an official text: found, ambiguous or orphaned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from huiqi.anchors.clauses import (
    Clause,
    Span,
    find_clause,
    parse_address,
    read_clauses,
    smallest_clause,
    split_addresses,
)
from huiqi.anchors.figures import Figure, figures_in
from huiqi.anchors.text import OfficialText, Sentence, plain, read_text

_ELLIPSIS = re.compile(r"…+|\.{3,}")
_LONGEST_GAP = 200
_NEAR_ENOUGH = 4


class Status(StrEnum):
    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found, in the text of `text`; the first of several when ambiguous."""

    status: Status
    text: str
    span: Span = (0, 0)
    near: str = ""


class Source:
    """A text with its clauses."""

    def __init__(self, text: OfficialText) -> None:
        self.text = text
        self.root: Clause = read_clauses(text)
        self._clauses: dict[str, Span | None] = {}

    def clause(self, address: str) -> Span | None:
        if address not in self._clauses:
            self._clauses[address] = find_clause(self.root, address)
        return self._clauses[address]

    def around(self, span: Span) -> Span:
        return smallest_clause(self.root, span[0])

    def words(self, span: Span) -> str:
        return self.text.text[span[0] : span[1]]

    def sentences(self, span: Span) -> tuple[Sentence, ...]:
        return self.text.sentences_in(*span)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: a text and the clauses that the addresses name (none: all of it)."""

    source: Source
    clauses: tuple[Span, ...] = ()


class Library:
    """The texts that are present, and which document each belongs to."""

    def __init__(self, texts: Mapping[str, str], text_of: Mapping[str, str]) -> None:
        self.text_of = text_of
        self._raw = texts
        self._sources: dict[str, Source] = {}

    def source(self, document: str) -> Source | None:
        """The text of a document, or None where it is not present."""
        key = self.text_of.get(document, "")
        if not key or key not in self._raw:
            return None
        if key not in self._sources:
            self._sources[key] = Source(read_text(self._raw[key], key))
        return self._sources[key]

    def scope(self, document: str, addresses: Iterable[str]) -> tuple[Scope | None, list[str]]:
        """Where addresses of a line in `document` lead, and those that name no clause of the text.

        None: they lead to a text that is not here.
        """
        owner = document
        spans: list[Span] = []
        unknown: list[str] = []
        outside = False
        for written in addresses:
            other, rest = split_document(written, self.text_of)
            if parse_address(split_addresses(rest)[0] if rest else "") is None and not other:
                outside = True
                continue
            if other:
                owner = other
            source = self.source(owner)
            if source is None:
                outside = True
                continue
            for address in split_addresses(rest):
                span = source.clause(address)
                if span is not None:
                    spans.append(span)
                else:
                    unknown.append(address)
        source = self.source(owner)
        if source is None or (outside and not spans and not unknown):
            return None, unknown
        return Scope(source, tuple(spans)), unknown


def split_document(written: str, known: Mapping[str, str]) -> tuple[str, str]:
    """`财税〔2015〕119号 五1` → document and address in it; ("", address) without a document."""
    for document in known:
        if written == document:
            return document, ""
        if written.startswith(document + " "):
            return document, written[len(document) + 1 :].strip()
    head, blank, rest = written.partition(" ")
    if blank and parse_address(head) is None:
        return head, rest.strip()
    return "", written


@lru_cache(maxsize=4096)
def locator_pattern(words: str) -> re.Pattern[str]:
    """The search pattern of a locator; `…` elides up to a long sentence."""
    parts = [re.escape(plain(part)) for part in _ELLIPSIS.split(words)]
    return re.compile(f".{{0,{_LONGEST_GAP}}}?".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Hints:
    """What settles between several places: the line's figures, the clauses of the lines around it,
    the sentences that other lines of its section rest on."""

    figures: tuple[Figure, ...] = ()
    clauses: tuple[Span, ...] = ()
    sentences: frozenset[int] = frozenset()


def candidates(words: str, scope: Scope) -> list[Span]:
    """The places of words in the scope's clauses, else in the whole text; one a sentence."""
    source = scope.source
    hits = [hit for clause in scope.clauses for hit in _hits(words, source, clause)]
    if not hits:
        hits = _hits(words, source, (0, len(source.text.text)))
    first: dict[int, Span] = {}
    for hit in sorted(hits):
        first.setdefault(source.text.sentence_at(hit[0]).start, hit)
    return list(first.values())


def locate(words: str, scope: Scope, hints: Hints = Hints()) -> Place:
    """The place of a locator: one, the best of several, or none."""
    source = scope.source
    text_id = source.text.id
    hits = candidates(words, scope)
    if not hits:
        return Place(Status.ORPHANED, text_id, near=_nearest(words, scope))
    tests: tuple[Callable[[Span], bool], ...] = (
        lambda hit: any(a <= hit[0] < b for a, b in hints.clauses),
        lambda hit: bool(hints.figures) and _holds(source, hit, hints.figures),
        lambda hit: source.text.sentence_at(hit[0]).start in hints.sentences,
    )
    for test in tests:
        if len(hits) > 1:
            hits = [hit for hit in hits if test(hit)] or hits
    return Place(Status.FOUND if len(hits) == 1 else Status.AMBIGUOUS, text_id, hits[0])


def _holds(source: Source, hit: Span, wanted: Iterable[Figure]) -> bool:
    sentences = [source.text.words(sentence) for sentence in source.sentences(hit)]
    there = [figure for words in sentences for figure in figures_in(words)]
    return all(any(figure.same(one) for one in there) for figure in wanted)


def _hits(words: str, source: Source, clause: Span) -> list[Span]:
    pattern = locator_pattern(words)
    if not pattern.pattern:
        return []
    first = plain(next(part for part in _ELLIPSIS.split(words) if part))
    text = source.text.text
    found = []
    for match in pattern.finditer(text, *clause):
        # The shortest stretch: begin where the first part last leads to this end.
        start = match.start()
        later = text.rfind(first, start + 1, match.end())
        while later > start and pattern.fullmatch(text, later, match.end()):
            start, later = later, text.rfind(first, later + 1, match.end())
        found.append((start, match.end()))
    return found


def _nearest(words: str, scope: Scope) -> str:
    """The sentence that shares the longest piece with the words, for the message."""
    wanted = plain(_ELLIPSIS.sub("", words))
    best, size = "", _NEAR_ENOUGH - 1
    spans = scope.clauses or ((0, len(scope.source.text.text)),)
    for span in spans:
        for sentence in scope.source.sentences(span):
            there = scope.source.text.words(sentence)
            match = SequenceMatcher(None, wanted, there, autojunk=False).find_longest_match()
            if match.size > size:
                size = match.size
                best = there[max(0, match.b - 8) : match.b + match.size + 12]
    return best
