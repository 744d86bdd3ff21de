"""`huiqi ask` with answers from a pipe."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Ran

RULES = """\
政策 测试〔2024〕1号 提问
  施行: 2024-01-01
  核对: 未核

事项 研发补助
  年度: 上年度
  条件:
    注册地 属于 温岭市    @未核
    研发费用 ≥ 100万元    @未核
  奖励: 50万元            @未核
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "规则").mkdir()
    (tmp_path / "规则" / "提问.rule").write_text(RULES, encoding="utf-8")
    (tmp_path / "企业.yaml").write_text("名称: 某公司\n申报日: 2024-06-30\n事实: {}\n", "utf-8")
    return tmp_path


def ask(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch, lines: str, *more: object
) -> Ran:
    monkeypatch.setattr("sys.stdin", StringIO(lines))
    return huiqi("ask", place / "企业.yaml", "--policies", place / "规则", *more)


def test_answers_lead_to_the_result(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = ask(huiqi, place, monkeypatch, "温岭市\n120万元\n")
    assert ran.code == 0
    assert "待补充 → 符合：研发补助" in ran.out
    assert "合计确定 50万元" in ran.out
    assert "没有还能改变结果的问题了。" in ran.out


def test_quitting_early_still_gives_the_result_so_far(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = ask(huiqi, place, monkeypatch, "退出\n")
    assert ran.code == 0
    assert "待补充  1 项" in ran.out


def test_what_was_answered_is_saved_and_not_asked_again(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = place / "企业.yaml"
    ask(huiqi, place, monkeypatch, "温岭市\n不知道\n", "--out", saved)
    again = ask(huiqi, place, monkeypatch, "")
    assert "问题 1" not in again.out
    assert "没有还能改变结果的问题了。" in again.out
    assert "研发费用:" in saved.read_text("utf-8")


def test_what_was_answered_can_be_saved_as_json(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = place / "企业.json"
    ask(huiqi, place, monkeypatch, "温岭市\n120万元\n", "--out", saved)
    assert json.loads(saved.read_text("utf-8"))["事实"]["研发费用"] == {"2023年度": "120万元"}
    assert huiqi("calc", saved, "--policies", place / "规则").code == 0


def test_json_goes_to_stdout_and_the_talk_to_stderr(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = ask(huiqi, place, monkeypatch, "温岭市\n120万元\n", "--json")
    assert json.loads(ran.out)["results"][0]["verdict"] == "eligible"
    assert "问题 1" in ran.err


def test_the_interview_speaks_english(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = ask(huiqi, place, monkeypatch, "quit\n", "--lang", "en")
    assert "Question 1 (1 measures wait, undecided: " in ran.out


def test_only_what_the_named_measures_need_is_asked(
    huiqi: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("退出\n"))
    ran = huiqi("ask", place / "企业.yaml", "--measure", "收入首次上台阶")
    assert "关系到 1 个事项" in ran.out
