"""`huiqi calc` and `huiqi explain`: exit codes, the JSON that programs read, messages for people."""

import json
import shutil
from pathlib import Path

import pytest

from huiqi.reasoning.answer_schema import AnswerOf, read_answer
from tests.cli.conftest import EXAMPLES, ROOT, Command

PUMP = EXAMPLES / "wenling_pump.yaml"
SOFTWARE = EXAMPLES / "huzhou_software.yaml"


def facts_file(folder: Path, text: str, name: str = "firm.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_answer_in_json_has_the_documented_shape(huiqi: Command) -> None:
    ran = huiqi("calc", PUMP, "--json")
    answer = read_answer(ran.out)
    assert isinstance(answer, AnswerOf)
    assert (ran.code, answer.answer, answer.as_of) == (0, "calculation", "2022-06-30")
    assert answer.firm == "温岭市示例泵业有限公司" and answer.is_example
    assert not answer.errors and ran.err == ""


def test_money_is_a_decimal_string_in_yuan(huiqi: Command) -> None:
    answer = read_answer(huiqi("calc", SOFTWARE, "--json").out)
    (result,) = [one for one in answer.results if one.title == "收入首次上台阶"]
    assert result.verdict == "eligible"
    assert result.amount is not None
    assert (result.amount.low, result.amount.headline, result.amount.unit) == (
        "300000.00",
        "300000.00",
        "CNY",
    )
    assert result.amount.kind == "exact"


def test_measures_of_other_places_are_counted_and_can_be_asked(huiqi: Command) -> None:
    here = read_answer(huiqi("calc", PUMP, "--json").out)
    assert here.elsewhere and not any("冀" in one.document for one in here.results)
    everywhere = read_answer(huiqi("calc", PUMP, "--everywhere", "--json").out)
    assert everywhere.elsewhere == []
    assert {one.measure for one in everywhere.results} == {
        *here.elsewhere,
        *(one.measure for one in here.results),
    }
    hebei = read_answer(huiqi("calc", PUMP, "--place", "河北省", "--json").out)
    assert hebei.place == "河北省"
    assert any("冀" in one.document for one in hebei.results)
    assert "别处的" in huiqi("calc", PUMP).out
    assert (
        "supposing it were in 河北省"
        in huiqi("calc", PUMP, "--place", "河北省", "--lang", "en").out
    )


def test_a_place_that_is_none_is_refused(huiqi: Command) -> None:
    ran = huiqi("calc", PUMP, "--place", "河北生")
    assert ran.code == 2 and "--place" in ran.err and "河北省" in ran.err


def test_the_day_on_the_command_line_goes_before_the_one_in_the_file(huiqi: Command) -> None:
    ran = huiqi("calc", PUMP, "--as-of", "2023年1月5日", "--json")
    assert json.loads(ran.out)["as_of"] == "2023-01-05"


def test_known_at_is_shown(huiqi: Command) -> None:
    ran = huiqi("calc", PUMP, "--known-at", "2022-01-01", "--json")
    assert json.loads(ran.out)["known_at"] == "2022-01-01"


def test_wrong_entries_are_reported_and_the_rest_is_answered(
    huiqi: Command, tmp_path: Path
) -> None:
    path = facts_file(
        tmp_path,
        "名称: 甲厂\n申报日: 2022-06-30\n事实:\n"
        "  注册地: 温岭市\n  营业收入: {2021年度: 约2000万}\n  职公总数: {2021年度: 68人}\n",
    )
    ran = huiqi("calc", path)
    assert ran.code == 1
    assert "试算" in ran.out
    assert f"{path}:5:1: Q-approx" in ran.err
    assert f"{path}:6:1: F-unknown" in ran.err and "职工总数" in ran.err
    answer = read_answer(huiqi("calc", path, "--json").out)
    assert [(one.kind, one.code) for one in answer.errors] == [
        ("fact", "Q-approx"),
        ("fact", "F-unknown"),
    ]
    assert answer.results


def test_english_texts_carry_the_labels_of_the_vocabulary(huiqi: Command) -> None:
    ran = huiqi("explain", PUMP, "科技型中小企业", "--lang", "en")
    assert ran.code == 0
    assert "staff, mean of four quarters (2021) = 68 persons; 432 persons to spare" in ran.out
    assert "✓ eligible" in ran.out


def test_an_explanation_shows_words_clause_value_and_distance(huiqi: Command) -> None:
    ran = huiqi("explain", PUMP, "科技型中小企业")
    assert (
        "✓ 满足 职工总数 ≤ 500人 〔「职工总数不超过500人」〕  2021年度 职工总数 = 68人；余 432人"
        in ran.out
    )


def test_an_explanation_in_json_is_one_result(huiqi: Command) -> None:
    made = json.loads(huiqi("explain", PUMP, "科技型中小企业", "--json").out)
    assert made["measure"] == "国科发政〔2017〕115号 科技型中小企业"
    assert made["why"]["kind"] == "measure" and made["why"]["children"]


def test_a_mistyped_measure_gets_suggestions(huiqi: Command) -> None:
    ran = huiqi("explain", PUMP, "科技型小企业")
    assert ran.code == 2
    assert "科技型中小企业" in ran.err


def test_a_broken_rule_file_costs_itself_alone(huiqi: Command, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    shutil.copy(next((ROOT / "policies").rglob("国科发政*.rule")), rules / "good.rule")
    (rules / "gbk.rule").write_bytes("政策 一号 标题\n  机关: 某局\n".encode("gb18030"))
    (rules / "broken.rule").write_text("政策 二号 标题\n  条件\n没有这种行", encoding="utf-8")
    (rules / "newer.rule").write_text("语言 99\n政策 三号 标题\n", encoding="utf-8")
    (rules / "huge.rule").write_text("政策 四号 标题\n" + "# 长\n" * 1_300_000, encoding="utf-8")
    ran = huiqi("calc", PUMP, "--policies", rules)
    assert ran.code == 1
    assert "科技型中小企业" in ran.out
    for words in (
        "gbk.rule:1:1: E-encoding 不是 UTF-8 编码，像是 GB18030",
        "broken.rule:",
        "newer.rule:",
        "huge.rule:1:1: E-too-large",
    ):
        assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("calc",), "FACTS"),
        (("calc", "没有.yaml"), "读不了 没有.yaml"),
        (("calc", EXAMPLES), "读不了"),
        (("calc", PUMP, "--as-of", "2022-02-30"), "2022-02-28"),
        (("calc", PUMP, "--as-of", "明天"), "不是日期"),
        (("calc", PUMP, "--policies", "没有"), "读不了 没有"),
        (("calc", PUMP, "--policies", ROOT / "firms"), "没有 .rule 文件"),
        (("calc", PUMP, "--lang", "fr"), "fr"),
        (("nope",), "nope"),
    ],
    ids=str,
)
def test_unusable_input_ends_with_a_message(
    huiqi: Command, args: tuple[object, ...], words: str
) -> None:
    ran = huiqi(*args)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == "" and "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gbk.yaml", "名称: 温岭\n".encode("gb18030"), "F-encoding"),
        ("empty.yaml", b"", "F-empty"),
        ("broken.yaml", b"a: [1, 2", "F-yaml"),
        ("list.yaml", b"- 1", "F-form"),
        ("broken.json", b'{"a": ', "F-json"),
        ("deep.json", b"[" * 5000 + b"]" * 5000, "F-deep"),
        ("broken.xlsx", b"no workbook", "F-sheet"),
        ("firms.csv", b"a,b", "F-table"),
    ],
)
def test_an_unreadable_fact_file_says_why(
    huiqi: Command, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    ran = huiqi("calc", path)
    assert ran.code == 2
    assert code in ran.err


def test_a_fault_of_the_program_is_told_without_traceback(
    huiqi: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("huiqi.reasoning.answer.calculate", broken)
    ran = huiqi("calc", PUMP)
    assert ran.code == 70
    assert "broken on purpose" in ran.err and "Traceback" not in ran.err
