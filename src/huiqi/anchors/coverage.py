"""Which giving sentences the rules of a document touch, and how."""

from __future__ import annotations

from collections.abc import Iterable

from huiqi.anchors.clauses import Span, address_of
from huiqi.anchors.giving import gives
from huiqi.anchors.lines import Resting
from huiqi.anchors.report import Coverage, Untouched
from huiqi.anchors.resolve import Place, Source, Status
from huiqi.anchors.text import Sentence

# The first nature found on a sentence counts: left open before judged, computed, skipped.
_ORDER = ("open", "judged", "plain", "unsettled", "skipped")
_COUNTED_AS = {
    "open": "open",
    "judged": "judgement",
    "plain": "encoded",
    "unsettled": "open",
    "skipped": "skipped",
}


class Touches:
    """Collects what each line of a document touches in its own text."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._natures: dict[int, set[str]] = {}
        self._sections_with_words: set[int] = set()
        self._section_clauses: list[tuple[int, Span]] = []

    def add(self, line: Resting, places: Iterable[Place], clauses: tuple[Span, ...]) -> None:
        """`places`: of the line's own words; `clauses`: those that its own addresses name."""
        spans = [place.span for place in places if place.status is not Status.ORPHANED]
        for span in spans:
            self._touch(self.source.sentences(span), line.nature)
            if line.nature == "skipped":
                self._skip_heading(span, clauses)
        if line.label:
            self._sections_with_words |= {id(line.marks[-1])} if spans else set()
            left_out = not spans and line.nature not in ("plain", "judged")
            if left_out or (line.own.addresses and not line.own.words):
                for clause in clauses:
                    self._touch(self.source.sentences(clause), line.nature)
        elif not line.own.words:
            self._section_clauses += [(id(line.own), clause) for clause in clauses]

    def _skip_heading(self, span: Span, clauses: tuple[Span, ...]) -> None:
        """Words in the heading of a skipped clause skip all of it."""
        for clause in clauses:
            first = self.source.sentences(clause)[0]
            if first.start <= span[0] < first.end:
                self._touch(self.source.sentences(clause), "skipped")

    def _touch(self, sentences: Iterable[Sentence], nature: str) -> None:
        for sentence in sentences:
            self._natures.setdefault(sentence.start, set()).add(nature)

    def _items(self, sentence: Sentence, words: str) -> set[str]:
        """A sentence that only leads to a list (…条件之一:) is touched through its items."""
        if not words.endswith(":"):
            return set()
        clause = self.source.around((sentence.start, sentence.end))
        inside = self.source.sentences((sentence.end, clause[1]))
        return set().union(*(self._natures.get(item.start, set()) for item in inside))

    def encoded(self) -> Iterable[tuple[str, str]]:
        """(address, words) of the giving sentences that a condition or an amount rests on."""
        for sentence in self.source.text.sentences:
            natures = self._natures.get(sentence.start, set())
            words = self.source.text.words(sentence)
            if natures & {"plain", "judged"} and "open" not in natures and gives(words):
                yield address_of(self.source.root, sentence.start), words

    def counted(self, document: str) -> tuple[Coverage, tuple[Untouched, ...]]:
        # A measure whose lines carry no words at all rests on the clause it names.
        for section, clause in self._section_clauses:
            if section not in self._sections_with_words:
                self._touch(self.source.sentences(clause), "plain")
        counts = dict.fromkeys(("encoded", "judgement", "open", "skipped", "untouched"), 0)
        untouched = []
        for sentence in self.source.text.sentences:
            words = self.source.text.words(sentence)
            if not gives(words):
                continue
            natures = self._natures.get(sentence.start, set()) | self._items(sentence, words)
            nature = next((n for n in _ORDER if n in natures), None)
            counts[_COUNTED_AS[nature] if nature else "untouched"] += 1
            if nature is None:
                address = address_of(self.source.root, sentence.start)
                untouched.append(Untouched(document, address, words))
        return Coverage(sum(counts.values()), **counts), tuple(untouched)
