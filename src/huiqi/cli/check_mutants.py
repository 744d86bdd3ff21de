"""Mutation scores rule by rule, on every core of the machine: each rule's mutants stand alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.library.library import Library
from huiqi.mutation.score import MutationScore, score
from huiqi.vocabulary.declare import Vocabulary

_FEW = 8  # fewer rules are done before other processes have started


def scores(library: Library, owners: Sequence[str]) -> Iterator[tuple[str, MutationScore]]:
    """Owner and score, in the order in which they are done."""
    program, sections, words = library.program, dict(library.sections), library.vocabulary
    cores = os.cpu_count() or 1
    if cores == 1 or len(owners) < _FEW:
        for owner in owners:
            yield owner, score(program, sections, words, [owner])
        return
    # A fresh process each: a fork would copy the threads of the progress bar half-alive.
    with ProcessPoolExecutor(
        cores, get_context("spawn"), _begin, (program, sections, words)
    ) as pool:
        waiting = {pool.submit(_score, owner): owner for owner in owners}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


_RULES: list[tuple[t.Program, Mapping[str, s.Section], Vocabulary]] = []  # of this worker process


def _begin(program: t.Program, sections: Mapping[str, s.Section], words: Vocabulary) -> None:
    _RULES[:] = [(program, sections, words)]


def _score(owner: str) -> MutationScore:
    program, sections, words = _RULES[0]
    return score(program, sections, words, [owner])
