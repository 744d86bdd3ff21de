"""Everything that `huiqi check` finds out about rule files, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiqi.anchors import AnchorReport, Atoms, Coverage, Lock, check_anchors
from huiqi.language import tree as t
from huiqi.language.problems import Problem
from huiqi.library.library import Library
from huiqi.mutation.score import MutationScore
from huiqi.vocabulary.gate import NameReport, check_names


@dataclass(frozen=True, slots=True)
class Step:
    """Where a long check has got to, for a progress bar."""

    zh: str
    en: str
    done: int = 0
    of: int = 0


@dataclass(slots=True)
class DocumentReport:
    """One document's line in the table."""

    document: t.Document
    measures: int = 0
    examples: int = 0
    outside: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    atoms: Atoms = field(default_factory=Atoms)
    errors: int = 0
    warnings: int = 0
    as_of_lock: bool = False
    mutants: MutationScore | None = None


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change to a rule that no example notices; `why`, where the author says so beside the line."""

    file: str
    line: int
    rule: str
    what: str
    why: str = ""


@dataclass(slots=True)
class CheckReport:
    """The whole check. `problems` holds errors and warnings, ordered by file and line."""

    documents: dict[str, DocumentReport]
    measures: int
    examples: int
    outside: int  # examples whose figures come from outside the rule
    coverage: Coverage
    atoms: Atoms
    names: NameReport
    problems: tuple[Problem, ...]
    lock: Lock
    as_of_lock: tuple[str, ...]
    mutants: MutationScore | None = None
    survivors: tuple[Survivor, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def as_json(self, lang: str = "zh") -> dict[str, Any]:
        """The keys that `huiqi check --json` promises; `mutants` only where they were made."""
        c, a = self.coverage, self.atoms
        data: dict[str, Any] = {
            "documents": len(self.documents),
            "measures": self.measures,
            "examples": self.examples,
            "examples_from_outside": self.outside,
            "coverage": {
                "giving": c.giving,
                "encoded": c.encoded,
                "judgement": c.judgement,
                "open": c.open,
                "skipped": c.skipped,
                "untouched": c.untouched,
            },
            "names": {
                "total": self.names.total,
                "per_measure": self.names.per_measure,
                "used_once": len(self.names.used_once),
            },
            "anchors": {"atoms": a.atoms, "anchored": a.anchored, "unverified": a.unverified},
            "problems": [_problem_json(problem, lang) for problem in self.problems],
        }
        if self.mutants is not None:
            data["mutants"] = {
                "made": self.mutants.made,
                "killed": self.mutants.killed,
                "survivors": [
                    {
                        "file": one.file,
                        "line": one.line,
                        "rule": one.rule,
                        "what": one.what,
                        "why": one.why,
                    }
                    for one in self.survivors
                ],
            }
        data["as_of_lock"] = list(self.as_of_lock)
        return data


def _problem_json(problem: Problem, lang: str) -> dict[str, Any]:
    is_zh = lang == "zh"
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.col,
        "message": problem.zh if is_zh else problem.en,
        "fix": problem.fix_zh if is_zh else problem.fix_en,
    }


def check(
    library: Library,
    files: Iterable[str] | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    lock: Lock | None = None,
    mutants: bool = False,
    progress: Callable[[Step], None] = lambda step: None,
    more: Iterable[Problem] = (),
) -> CheckReport:
    """Check a library, or only some of its files (by name); the others are what those may refer to.

    `more`: problems found while reading the files.
    """
    from huiqi.language.uses import name_problems, names_used

    program = library.program
    wanted = None if files is None else set(files)
    heads = {
        key: head
        for key, head in program.documents.items()
        if wanted is None or head.file in wanted
    }
    documents = {key: DocumentReport(head) for key, head in heads.items()}
    measures = [one for one in program.measures.values() if one.document in heads]
    for measure in measures:
        documents[measure.document].measures += 1
    problems = [*more]
    problems += [
        one for one in library.problems if wanted is None or not one.file or one.file in wanted
    ]

    progress(Step("对照原文", "comparing with the texts"))
    anchors = check_anchors(program, library.files, texts or {}, lock or Lock())
    problems += [one for one in anchors.problems if wanted is None or one.file in wanted]
    _note_anchors(documents, anchors)

    owners = [owner for owner in library.sections if _document_of(owner, program) in heads]
    problems += _run_examples(library, owners, documents, progress)
    used = names_used(program, library.vocabulary)
    names = check_names(library.vocabulary, used, len(program.measures))
    problems += name_problems(names, "vocabulary")

    report = CheckReport(
        documents=documents,
        measures=len(measures),
        examples=sum(one.examples for one in documents.values()),
        outside=sum(one.outside for one in documents.values()),
        coverage=_total([one.coverage for one in documents.values()]),
        atoms=_atoms([one.atoms for one in documents.values()]),
        names=names,
        problems=_ordered(problems),
        lock=anchors.new_lock,
        as_of_lock=tuple(key for key in anchors.as_of_lock if key in heads),
    )
    for problem in report.problems:
        for document in documents.values():
            if problem.file and problem.file == document.document.file:
                document.errors += problem.severity == "error"
                document.warnings += problem.severity != "error"
    if mutants:
        _mutate(report, library, progress)
    return report


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda one: (one.file, one.line, one.col, one.code)))


def _total(parts: Sequence[Coverage]) -> Coverage:
    total = Coverage()
    for part in parts:
        total = total.plus(part)
    return total


def _atoms(parts: Sequence[Atoms]) -> Atoms:
    total = Atoms()
    for part in parts:
        total = total.plus(part)
    return total


def _note_anchors(documents: Mapping[str, DocumentReport], anchors: AnchorReport) -> None:
    for key, document in documents.items():
        document.coverage = anchors.coverage.get(key, Coverage())
        document.atoms = anchors.by_document.get(key, Atoms())
        document.as_of_lock = key in anchors.as_of_lock


def _document_of(owner: str, program: t.Program) -> str:
    if owner in program.measures:
        return program.measures[owner].document
    if owner in program.definitions:
        return program.definitions[owner].document
    return ""


def _run_examples(
    library: Library,
    owners: Sequence[str],
    documents: Mapping[str, DocumentReport],
    progress: Callable[[Step], None],
) -> Iterator[Problem]:
    from huiqi.reasoning.examples import run_examples

    for index, owner in enumerate(owners):
        progress(Step("运行例子", "running the examples", index, len(owners)))
        document = documents[_document_of(owner, library.program)]
        runs = run_examples(
            owner,
            library.sections[owner],
            library.program,
            library.vocabulary,
            document.document.file,
        )
        for run in runs:
            document.examples += 1
            document.outside += run.outside
            if run.problem is not None:
                yield run.problem


def _mutate(report: CheckReport, library: Library, progress: Callable[[Step], None]) -> None:
    from huiqi.cli.check_mutants import scores
    from huiqi.mutation.reasons import reasons

    program = library.program
    owners = [
        key
        for group in (program.definitions, program.measures)
        for key in group
        if _document_of(key, program) in report.documents
    ]
    whole = MutationScore()
    for index, (owner, made) in enumerate(scores(library, owners), start=1):
        progress(Step("改动规则，看例子能否发现", "changing rules", index, len(owners)))
        document = report.documents[_document_of(owner, program)]
        document.mutants = _added(document.mutants or MutationScore(), made)
        whole = _added(whole, made)
    said = {owner: reasons(library.sections[owner]) for owner in {o.owner for o in whole.survivors}}
    found = [
        Survivor(
            program.documents[_document_of(one.owner, program)].file,
            one.line or _line_of(one.owner, program),
            one.owner,
            one.what,
            said[one.owner].get(one.line, ""),
        )
        for one in whole.survivors
    ]
    report.mutants = whole
    report.survivors = tuple(sorted(found, key=lambda one: (one.file, one.line, one.what)))


def _line_of(owner: str, program: t.Program) -> int:
    rule = program.measures.get(owner) or program.definitions.get(owner)
    return rule.source.line if rule else 0


def _added(one: MutationScore, other: MutationScore) -> MutationScore:
    return MutationScore(
        one.made + other.made, one.killed + other.killed, [*one.survivors, *other.survivors]
    )
