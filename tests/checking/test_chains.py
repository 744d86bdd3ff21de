"""Definitions, parameters and opened terms that rest on one another."""

from __future__ import annotations

from itertools import pairwise

import pytest

from huiqi.checking.named import MAX_CHAIN
from huiqi.checking.program import check_library
from huiqi.language.parse import parse
from tests.language.shipped import vocabulary


def _codes(text: str) -> list[str]:
    found = parse(text)
    assert [problem.text() for problem in found.problems] == []
    return [one.code for one in check_library({"": found.tree}, vocabulary()).problems]


@pytest.mark.parametrize(
    "text",
    [
        "定义 甲\n  甲\n",
        "定义 甲\n  乙 ≥ 1元\n\n定义 乙\n  丙 + 1元\n\n定义 丙\n  乙 × 2\n",
        "参数 甲 按 所属年度\n  2016年度起: 甲\n",
        "参数 甲 按 所属年度\n  2016年度起: 乙\n\n定义 乙\n  甲 × 2\n",
        "打开 甲\n  应为: 得分 满分 5分\n  未落实: 甲\n",
        "政策 无文号「两 字」 题\n\n定义 甲\n  甲\n",
    ],
)
def test_circle_is_refused(text: str) -> None:
    assert set(_codes(text)) == {"E-cycle"}


@pytest.mark.parametrize("length", [MAX_CHAIN, MAX_CHAIN + 1, 400])
def test_long_chain_is_refused_and_a_shorter_one_is_not(length: int) -> None:
    names = [f"甲{chr(0x4E00 + place)}" for place in range(length)]
    links = [f"定义 {one}\n  {next_} + 1元\n" for one, next_ in pairwise(names)]
    codes = _codes("\n".join([*links, f"定义 {names[-1]}\n  5元\n"]))
    assert set(codes) == (set() if length <= MAX_CHAIN else {"E-too-deep"})


def test_long_lines_in_a_long_chain_are_refused() -> None:
    line = "(".join(["1元 + "] * 45) + "{}" + ")" * 44
    names = [f"甲{chr(0x4E00 + place)}" for place in range(20)]
    links = [f"定义 {one}\n  {line.format(next_)}\n" for one, next_ in pairwise(names)]
    assert set(_codes("\n".join([*links, f"定义 {names[-1]}\n  5元\n"]))) <= {"E-too-deep"}
