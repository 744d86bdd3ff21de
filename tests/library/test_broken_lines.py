"""A section that lost a line would say something else than its author: it does not answer; the rest does."""

from pathlib import Path

import pytest

from huiqi.library.library import Library
from huiqi.library.load import load

HEAD = """政策 测试〔2024〕1号 试行补贴
  地区: 温岭市
  发布: 2024-01-01

"""
FIRST = """事项 甲补贴
  条件:
    上年度 职工总数 ≥ 10人
    上年度 营业收入 ≥ 100万元
  奖励: 10万元
"""
SECOND = """事项 乙补贴
  条件: 上年度 职工总数 ≥ 10人
  奖励: 20万元
"""


def loaded(tmp_path: Path, text: str) -> Library:
    (tmp_path / "a.rule").write_text(HEAD + text, encoding="utf-8")
    return load(tmp_path)


def names(library: Library) -> list[str]:
    return [measure.name for measure in library.program.measures.values()]


def test_whole_sections_all_answer(tmp_path: Path) -> None:
    library = loaded(tmp_path, FIRST + SECOND)
    assert library.problems == ()
    assert names(library) == ["甲补贴", "乙补贴"]


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("    上年度 营业收入 ≥ 100万元\n", "    上年度 营业收入 ≥ ≥ 100万元\n"),  # not a condition
        ("    上年度 营业收入 ≥ 100万元\n", "   上年度 营业收入 ≥ 100万元\n"),  # stands at no level
        (
            "    上年度 营业收入 ≥ 100万元\n",
            "上年度 营业收入 ≥ 100万元\n",
        ),  # slid out of its section
        ("    上年度 营业收入 ≥ 100万元\n", "    上年度 营业受入 ≥ 100万元\n"),  # no such name
        ("  奖励: 10万元\n", "  奖厉: 10万元\n"),  # no such label
    ],
)
def test_a_measure_that_lost_a_line_does_not_answer(tmp_path: Path, line: str, put: str) -> None:
    library = loaded(tmp_path, FIRST.replace(line, put) + SECOND)
    assert all(6 < one.line < 11 for one in library.problems) and library.problems
    assert names(library) == ["乙补贴"]


def test_a_broken_general_rule_withholds_the_measures_it_binds(tmp_path: Path) -> None:
    general = "通则 共同条件\n  适用: 甲补贴\n  条件:\n    上年度 营业收入 ≥ ≥ 1万元\n"
    library = loaded(tmp_path, general + FIRST + SECOND)
    assert [one.code for one in library.problems] != []
    assert names(library) == ["乙补贴"]


def test_a_broken_head_withholds_every_measure_of_its_document(tmp_path: Path) -> None:
    text = (HEAD + FIRST).replace("发布: 2024-01-01", "发布: 去年")
    (tmp_path / "a.rule").write_text(text, encoding="utf-8")
    library = load(tmp_path)
    assert len(library.problems) == 1
    assert names(library) == []


def test_a_broken_definition_refuses_its_users_and_nothing_else(tmp_path: Path) -> None:
    text = """定义 大厂
  上年度 职工总数 ≥ 10人
  上年度 营业收入 ≥ ≥ 100万元
事项 丙补贴
  条件: 大厂
  奖励: 30万元
"""
    library = loaded(tmp_path, text + SECOND)
    assert [one.code for one in library.problems].count("E-broken-definition") == 1
    assert names(library) == ["乙补贴"]


def test_a_broken_override_withholds_what_it_replaces(tmp_path: Path) -> None:
    text = """另有规定 小厂
  取代: 甲补贴
  情形: 上年度 职工总数 < < 100人
  奖励: 5万元
"""
    library = loaded(tmp_path, FIRST + SECOND + text)
    assert names(library) == ["乙补贴"]


def test_a_broken_example_leaves_its_measure(tmp_path: Path) -> None:
    text = SECOND + "  例:\n    上年度 职工总数: 10人\n"
    library = loaded(tmp_path, FIRST + text)
    assert len(library.problems) == 1
    assert names(library) == ["甲补贴", "乙补贴"]
