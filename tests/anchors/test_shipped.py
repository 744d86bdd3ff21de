"""The shipped rules rest on their words, as of the lock and wherever their texts are."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.anchors import AnchorReport, Lock, check_anchors
from huiqi.anchors.dates import dates_in
from huiqi.anchors.figures import figures_in
from huiqi.anchors.giving import gives
from huiqi.checking.program import Checked, check_library
from huiqi.language import syntax as s
from huiqi.language.parse import parse
from huiqi.language.uses import name_problems, names_used
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import policies_dir, vocabulary_dir
from huiqi.library.texts import load_lock, load_texts
from huiqi.vocabulary.gate import check_names

from .case import report


@lru_cache
def shipped() -> tuple[Checked, dict[str, s.RuleFile]]:
    root = policies_dir()
    files = {}
    for path in sorted(root.rglob("*.rule")):
        name = str(path.relative_to(root))
        files[name] = parse(path.read_text(encoding="utf-8"), name).tree
    return check_library(files, load_vocabulary(vocabulary_dir())), files


def checked_with(texts: dict[str, str]) -> AnchorReport:
    checked, files = shipped()
    return check_anchors(checked.program, files, texts, load_lock(policies_dir()))


def errors(found: AnchorReport) -> list[str]:
    return [problem.text() for problem in found.problems if problem.severity == "error"]


def test_nothing_is_wrong_as_of_the_lock() -> None:
    found = checked_with({})
    assert errors(found) == []
    assert found.total.giving > 100
    assert found.total.untouched == 0


def test_nothing_is_wrong_where_the_texts_are() -> None:
    documents = shipped()[0].program.documents.values()
    texts = dict(load_texts(only={d.source_text for d in documents if d.source_text}))
    if not texts:
        pytest.skip("the official texts are not shipped")
    found = checked_with(texts)
    assert errors(found) == []
    assert found.total.untouched == 0
    assert found.atoms.orphaned == 0


def test_the_shipped_names_pass_the_gate() -> None:
    program = shipped()[0].program
    vocabulary = load_vocabulary(vocabulary_dir())
    names = check_names(vocabulary, names_used(program, vocabulary), len(program.measures))
    assert [p.text() for p in name_problems(names) if p.severity == "error"] == []


TEXTS = st.text(
    alphabet="第一二三条款（）、1.2万元%年月日至以上不超过奖励\n。；附件A 　０", max_size=120
)


@given(TEXTS)
def test_any_text_can_be_read(raw: str) -> None:
    figures_in(raw)
    dates_in(raw)
    gives(raw)
    sections = "\n事项 甲 @§一\n  条件: 投资额 ≥ 1万元 @以上\n  奖励: 1万元 @§第二条\n"
    report(sections, raw, Lock())
