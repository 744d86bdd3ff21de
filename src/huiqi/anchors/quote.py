"""The official sentence behind a line, for views that show it beside the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiqi.anchors.clauses import address_of
from huiqi.anchors.resolve import Library, Status, locate
from huiqi.language import tree as t


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence as the stored text writes it, and its clause."""

    words: str
    address: str
    text: str


class Quotes:
    """Looks up official sentences in the texts that are present."""

    def __init__(self, program: t.Program, texts: Mapping[str, str]) -> None:
        known = {key: d.source_text for key, d in program.documents.items() if d.source_text}
        self._library = Library(texts, known)
        self._texts = texts

    def of(
        self, document: str, source: t.Source, within: tuple[str, ...] = ()
    ) -> tuple[Quote, ...]:
        """The sentences of a line's locators, in order; none where the text is not here.

        `within`: the addresses of its section, for a line that has none of its own.
        """
        scope, _ = self._library.scope(document, source.addresses or within)
        if scope is None:
            return ()
        found: dict[int, Quote] = {}
        for words in source.words:
            place = locate(words, scope)
            if place.status is Status.ORPHANED:
                continue
            text = scope.source.text
            for sentence in text.sentences_in(*place.span):
                start, end = text.raw_span(sentence.start, sentence.end)
                shown = "".join(self._texts[text.id][start:end].split())
                address = address_of(scope.source.root, sentence.start)
                found.setdefault(sentence.start, Quote(shown, address, text.id))
        return tuple(found[start] for start in sorted(found))
