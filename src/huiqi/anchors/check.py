"""Checks the anchors of all documents: locators found; figures, dates, borders held to their words.

Where a document's official text is here, everything is resolved anew and compared with the lock;
where it is not, the lock is what is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from huiqi.anchors.borders import document_borders
from huiqi.anchors.compare import compare, context_of
from huiqi.anchors.coverage import Touches
from huiqi.anchors.findings import ambiguous, moved, orphaned, problem, unlocked
from huiqi.anchors.lines import Resting, resting_lines
from huiqi.anchors.lock import Lock, LockedAnchor, LockedDocument, LockedText
from huiqi.anchors.lost import lost_figures
from huiqi.anchors.report import AnchorReport, Atoms, Coverage, Untouched
from huiqi.anchors.resolve import Hints, Library, Place, Scope, Source, Status, candidates, locate
from huiqi.anchors.rests import missing_anchors, unverified_in_full_texts
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem

_ISSUED_THEN = ("发布之日", "公布之日", "印发之日", "发文之日")


def check_anchors(
    program: t.Program,
    files: Mapping[str, s.RuleFile],
    texts: Mapping[str, str],
    lock: Lock,
) -> AnchorReport:
    """Hold every line of the rules against the official texts that are present.

    `program`: the checked tree; `files`: file name → syntax tree of the same rules; `texts`: text
    id (来源) → stored text. Never raises for what a rule file, a text or a lock can hold.
    """
    library = Library(
        texts, {key: d.source_text for key, d in program.documents.items() if d.source_text}
    )
    lines: dict[str, list[Resting]] = {}
    for file, tree in files.items():
        for line in resting_lines(file, tree):
            lines.setdefault(line.document, []).append(line)
    checks = [
        _DocumentCheck(document, lines.get(key, []), library, lock)
        for key, document in program.documents.items()
    ]
    problems: list[Problem] = []
    for check in checks:
        problems += check.problems
    problems += unverified_in_full_texts(program, lines)
    total, atoms = Coverage(), Atoms()
    for check in checks:
        total, atoms = total.plus(check.coverage), atoms.plus(check.atoms)
    covered = {c.document.id: c.coverage for c in checks if c.document.source_text}
    return AnchorReport(
        tuple(sorted(problems, key=lambda p: (p.file, p.line, p.code))),
        covered,
        total,
        atoms,
        {c.document.id: c.atoms for c in checks},
        tuple(one for check in checks for one in check.untouched),
        tuple(c.document.id for c in checks if c.is_as_of_lock),
        _merged(lock, checks, library),
    )


class _DocumentCheck:
    """One document's lines against its own text and those it cites."""

    def __init__(
        self, document: t.Document, lines: list[Resting], library: Library, lock: Lock
    ) -> None:
        self.document = document
        self.lines = lines
        self.library = library
        self.problems: list[Problem] = []
        self.untouched: tuple[Untouched, ...] = ()
        self.coverage = Coverage()
        self.locked = lock.documents.get(document.id)
        self.known: dict[tuple[str, str, str], list[LockedAnchor]] = {}
        for anchor in self.locked.anchors if self.locked else ():
            self.known.setdefault(anchor.key, []).append(anchor)
        self.anchors: list[LockedAnchor] = []
        self.counts = dict.fromkeys(("found", "ambiguous", "orphaned", "unresolved"), 0)
        self.source = library.source(document.id)
        self.is_as_of_lock = bool(document.source_text) and self.source is None
        self.touches = Touches(self.source) if self.source else None
        self.own_dates = _own_dates(document, self.source)
        self.borders = document_borders(document.conventions)
        self.sure: dict[tuple[str, str], set[int]] = {}
        for line in lines:
            self._note_sure(line)
        anchored = sum([self._line(line) for line in lines])
        self._cover()
        self.problems += missing_anchors(document, lines)
        atoms = [line for line in lines if line.is_atom]
        self.atoms = Atoms(
            len(atoms),
            anchored,
            sum(line.is_unverified for line in atoms),
            sum(self.counts.values()),
            **self.counts,
        )

    # ------------------------------------------------------------ one line
    def _scope(self, line: Resting) -> tuple[Scope | None, list[str]]:
        addresses = (line.address,) if line.nature == "skipped" else line.addresses()
        return self.library.scope(self.document.id, addresses)

    def _note_sure(self, line: Resting) -> None:
        """The sentences that a section rests on beyond doubt."""
        if not line.own.words or line.section == "政策":
            return
        scope, _ = self._scope(line)
        if scope is None:
            return
        for words in line.own.words:
            hits = candidates(words, scope)
            if len(hits) == 1:
                key = line.where, scope.source.text.id
                start = scope.source.text.sentence_at(hits[0][0]).start
                self.sure.setdefault(key, set()).add(start)

    def _hints(self, line: Resting, scope: Scope) -> Hints:
        around = []
        for marks in line.marks[1:-1]:
            for words in marks.words:
                hits = candidates(words, scope)
                if len(hits) == 1:
                    around.append(scope.source.around(hits[0]))
        sure = self.sure.get((line.where, scope.source.text.id), set())
        figures = tuple(figure for figure, _ in line.claims.figures)
        return Hints(figures, tuple(around), frozenset(sure))

    def _line(self, line: Resting) -> bool:
        """Check a line; whether it is an atom that rests on words or a clause, and not 未核."""
        is_counted = line.is_atom and not line.is_unverified
        scope, unknown = self._scope(line)
        if line.own.addresses or line.address:
            self._unknown_addresses(line, unknown)
        if scope is None:
            own = [self._from_lock(line, words) for words in line.own.words]
            known = any(status in ("found", "ambiguous") for status in own)
            return is_counted and (known or bool(line.words() or line.addresses()))
        hints = self._hints(line, scope) if line.words() else Hints()
        own_places = [self._place(line, words, scope, hints) for words in line.own.words]
        places = own_places
        if not line.own.words:
            places = [locate(words, scope, hints) for words in line.words()]
        if self.touches is not None and scope.source is self.source:
            self.touches.add(line, own_places, scope.clauses)
        if line.claims and not line.is_unverified:
            context = context_of(scope, places)
            self.problems += compare(line, context, self.own_dates, self.borders)
        stands = any(place.status is not Status.ORPHANED for place in places)
        return is_counted and (stands or bool(scope.clauses))

    def _place(self, line: Resting, words: str, scope: Scope, hints: Hints) -> Place:
        place = locate(words, scope, hints)
        self.counts[place.status.value] += 1
        sentence = ""
        if place.status is not Status.ORPHANED:
            sentence = scope.source.text.sentence_at(place.span[0]).digest
        anchor = LockedAnchor(
            line.where,
            words,
            "、".join(line.addresses()),
            place.status.value,
            "" if scope.source is self.source else scope.source.text.id,
            place.span,
            sentence,
        )
        if anchor not in self.anchors:
            self.anchors.append(anchor)
        known = self.known.get(anchor.key, [])
        if place.status is Status.ORPHANED:
            self.problems.append(orphaned(line, words, place))
        elif known and sentence not in {one.sentence for one in known}:
            self.problems.append(moved(line, words))
        elif place.status is Status.AMBIGUOUS:
            self.problems.append(ambiguous(line, words))
        return place

    def _from_lock(self, line: Resting, words: str) -> str:
        """The outcome as of the lock; "" for words that lead to no stored text."""
        known = self.known.get((line.where, words, "、".join(line.addresses())))
        if known:
            self.counts[known[0].status] += 1
            if known[0].status == Status.ORPHANED.value:
                self.problems.append(orphaned(line, words, Place(Status.ORPHANED, "")))
            return known[0].status
        if not self.is_as_of_lock:
            return ""
        self.counts["unresolved"] += 1
        if self.locked is not None:
            self.problems.append(unlocked(line, words))
        return "unresolved"

    def _unknown_addresses(self, line: Resting, unknown: list[str]) -> None:
        for address in unknown:
            self.problems.append(
                problem(
                    line,
                    "E-address",
                    f"原文里没有“§{address}”",
                    f"the text has no clause “§{address}”",
                    "按原文的编号写，例如 §第四条第一款、§二（七）",
                    "number it as the text does",
                )
            )

    # ------------------------------------------------------------ the document
    def _cover(self) -> None:
        if self.touches is not None:
            self.coverage, self.untouched = self.touches.counted(self.document.id)
            for one in self.untouched:
                shown = one.words if len(one.words) <= 50 else one.words[:48] + "…"
                self._untouched(f"原文 {one.address} 有一句给了东西，没有一行碰到它：“{shown}”")
            for address, words in lost_figures(self.touches, self.lines):
                self._lost(address, words)
        elif self.locked is not None and self.is_as_of_lock:
            was = self.locked
            self.coverage = Coverage(
                was.giving, was.encoded, was.judgement, was.open, was.skipped, was.untouched
            )
            if was.untouched:
                self._untouched(f"据锁文件，有 {was.untouched} 句给了东西而没有编码")

    def _lost(self, address: str, words: str) -> None:
        self.problems.append(
            Problem(
                "W-figure-lost",
                f"原文 {address} 编过的一句里，“{words}”的数规则里没有",
                f"“{words}” stands in a sentence that is encoded; no rule says its figure",
                self.lines[0].line if self.lines else 0,
                1,
                "是漏了限额、档位、期限就编上；不用编的在 未尽、存疑 或 略过 的话里提到它",
                "encode a lost limit, tier or term; else name it in open_points, doubtful or skipped",
                self.document.file,
                "warning",
            )
        )

    def _untouched(self, zh: str) -> None:
        self.problems.append(
            Problem(
                "E-untouched",
                zh,
                "a sentence that gives something is neither encoded, open nor skipped",
                self.lines[0].line if self.lines else 0,
                1,
                "编成事项，或写 未尽: / 略过 §…: 理由 @词",
                "encode it, or write open_points: / skipped: with the reason",
                self.document.file,
            )
        )

    def locked_document(self) -> LockedDocument:
        c = self.coverage
        return LockedDocument(
            self.document.source_text,
            c.giving,
            c.encoded,
            c.judgement,
            c.open,
            c.skipped,
            c.untouched,
            tuple(sorted(self.anchors, key=lambda a: (a.within, a.span, a.words, a.at))),
        )


def _merged(lock: Lock, checks: list[_DocumentCheck], library: Library) -> Lock:
    """The lock after this run: resolved documents anew, the others as they were."""
    texts: dict[str, LockedText] = {}
    documents: dict[str, LockedDocument] = {}
    for check in checks:
        key = check.document.id
        if check.source is not None or (check.anchors and not check.is_as_of_lock):
            documents[key] = check.locked_document()
        elif key in lock.documents:
            documents[key] = lock.documents[key]
        text = check.document.source_text
        if check.source is not None:
            known = check.source.text
            texts[text] = LockedText(known.digest, len(known.text))
        elif text in lock.texts:
            texts[text] = lock.texts[text]
    return Lock(texts=texts, documents=documents)


def _own_dates(document: t.Document, source: Source | None) -> frozenset[date]:
    """The document's own dates that its text bears out: for 发布之日 and windows from then."""
    dates = {document.issued, document.in_force, document.awards_from, document.awards_to}
    if source is not None:
        said = source.text.text
        dates = {document.issued} if any(w in said for w in _ISSUED_THEN) else set()
        dates |= {day for day in (document.issued, document.in_force) if day and _stands(day, said)}
    return frozenset(day for day in dates if day is not None)


def _stands(day: date, text: str) -> bool:
    return f"{day.year}年{day.month}月{day.day}日" in text
