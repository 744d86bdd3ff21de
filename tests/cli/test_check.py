"""What `huiqi check` finds, prints and returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiqi.library.paths import data_root, policies_dir
from tests.cli.conftest import Command

GOOD = """\
政策 测试〔2024〕7号 好规则
  施行: 2024-01-01
  核对: 未核

事项 研发补助
  年度: 上年度
  条件: 研发费用 ≥ 100万元        @未核
  奖励: 研发费用 × 10% 封顶 50万元  @未核
  例:
    研发费用: 100万元 → 符合 10万元
    研发费用: 99.99万元 → 不符合
    研发费用: 500万元 → 符合 50万元
    研发费用: 499万元 → 符合 49.9万元
    研发费用: 未知 → 待补充
"""
KEYS = {
    "documents",
    "measures",
    "examples",
    "examples_from_outside",
    "coverage",
    "names",
    "anchors",
    "problems",
}


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    path = tmp_path / "好.rule"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_good_file_passes_with_the_promised_keys(huiqi: Command, rule: Path) -> None:
    ran = huiqi("check", rule, "--json")
    assert ran.code == 0, ran.out
    data = json.loads(ran.out)
    assert set(data) >= KEYS
    assert (data["documents"], data["measures"], data["examples"]) == (1, 1, 5)
    assert set(data["coverage"]) == {
        "giving", "encoded", "judgement", "open", "skipped", "untouched",
    }  # fmt: skip
    assert set(data["names"]) == {"total", "per_measure", "used_once"}
    assert data["anchors"] == {"atoms": 2, "anchored": 0, "unverified": 2}
    assert data["problems"] == []
    assert "mutants" not in data


def test_mutants_are_counted_and_survivors_named_by_line(huiqi: Command, tmp_path: Path) -> None:
    path = tmp_path / "弱.rule"
    path.write_text(GOOD.replace("    研发费用: 99.99万元 → 不符合\n", ""), encoding="utf-8")
    data = json.loads(huiqi("check", path, "--mutants", "--json").out)
    made, killed = data["mutants"]["made"], data["mutants"]["killed"]
    assert made > killed > 0
    survivors = data["mutants"]["survivors"]
    assert len(survivors) == made - killed
    assert {
        "file": str(path),
        "line": 7,
        "rule": "测试〔2024〕7号 研发补助",
        "what": "门槛",
        "why": "",
    } in survivors


def test_the_author_says_beside_a_line_why_no_example_can_tell(
    huiqi: Command, tmp_path: Path
) -> None:
    weak = GOOD.replace("    研发费用: 99.99万元 → 不符合\n", "")
    line = weak.splitlines()[6]
    path = tmp_path / "弱.rule"
    path.write_text(
        weak.replace(line, f"{line}  # 例子看不出：两档在这里给的一样"), encoding="utf-8"
    )
    data = json.loads(huiqi("check", path, "--mutants", "--json").out)
    whys = {one["why"] for one in data["mutants"]["survivors"] if one["line"] == 7}
    assert whys == {"两档在这里给的一样"}
    assert "两档在这里给的一样" in huiqi("check", path, "--mutants").out


def test_an_example_that_fails_is_a_problem_with_its_line(huiqi: Command, tmp_path: Path) -> None:
    path = tmp_path / "错.rule"
    path.write_text(GOOD.replace("→ 符合 10万元", "→ 符合 11万元"), encoding="utf-8")
    ran = huiqi("check", path)
    assert ran.code == 1
    assert f"{path}:10:1: E-example-fails" in ran.out


def test_broken_files_are_reported_and_the_good_one_still_checked(
    huiqi: Command, tmp_path: Path, rule: Path
) -> None:
    (tmp_path / "坏.rule").write_text("政策 测试〔2024〕8号 坏\n  机关 : 某\n   条\n", "utf-8")
    (tmp_path / "旧编码.rule").write_bytes(GOOD.encode("gb18030"))
    (tmp_path / "新.rule").write_text("语言 99\n\n" + GOOD.replace("7号", "9号"), "utf-8")
    ran = huiqi("check", tmp_path, "--json")
    assert ran.code == 1
    by_file = {Path(one["file"]).name: one["code"] for one in json.loads(ran.out)["problems"]}
    assert by_file["旧编码.rule"] == "E-encoding"
    assert by_file["新.rule"] == "E-newer"
    assert "坏.rule" in by_file
    assert "好.rule" not in by_file
    assert json.loads(ran.out)["examples"] >= 5


def test_a_five_megabyte_file_is_refused_at_once(huiqi: Command, tmp_path: Path) -> None:
    (tmp_path / "大.rule").write_text("# 字\n" * 1_200_000, encoding="utf-8")
    ran = huiqi("check", tmp_path, "--json")
    assert [one["code"] for one in json.loads(ran.out)["problems"]] == ["E-too-large"]


def test_a_file_may_rest_on_the_shipped_rules(huiqi: Command, tmp_path: Path) -> None:
    path = tmp_path / "引用.rule"
    path.write_text(
        "政策 测试〔2024〕9号 引用\n  施行: 2024-01-01\n  核对: 未核\n\n"
        "事项 小企业补助\n  年度: 上年度\n  条件: 企业规模 属于 小型、微型  @未核\n"
        "  奖励: 1万元  @未核\n",
        encoding="utf-8",
    )
    ran = huiqi("check", path)
    assert ran.code == 0, ran.out


def test_a_place_that_does_not_exist_is_wrong_usage(huiqi: Command, tmp_path: Path) -> None:
    ran = huiqi("check", tmp_path / "没有.rule")
    assert ran.code == 2
    assert "没有.rule" in ran.err


def test_an_official_text_given_is_held_against_the_rules(huiqi: Command, tmp_path: Path) -> None:
    rule = GOOD.replace("核对: 未核", "核对: 全文 2024-01-02\n  来源: abcdefabcdef")
    rule = rule.replace("≥ 100万元        @未核", "≥ 100万元  @研发费用100万元以上的")
    rule = rule.replace("封顶 50万元  @未核", "封顶 50万元  @按10%补助，最高40万元")
    path = tmp_path / "对照.rule"
    path.write_text(rule, encoding="utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "abcdefabcdef.txt").write_text(
        "第一条 研发费用100万元以上的企业，按10%补助，最高40万元。\n", encoding="utf-8"
    )
    ran = huiqi("check", path, "--texts", texts, "--json")
    assert "E-figure" in {one["code"] for one in json.loads(ran.out)["problems"]}, ran.out


def test_without_the_texts_coverage_and_anchors_are_as_of_the_lock(
    huiqi: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIQI_TEXTS_DIR", "")
    shipped = next(policies_dir().rglob("湖政办发*.rule"))
    data = json.loads(huiqi("check", shipped, "--json").out)
    assert data["as_of_lock"] == ["湖政办发〔2020〕35号"]
    assert data["coverage"]["giving"] > 0
    assert data["coverage"]["untouched"] == 0
    assert data["anchors"]["anchored"] == data["anchors"]["atoms"]


def test_the_english_report_speaks_english(huiqi: Command, rule: Path) -> None:
    ran = huiqi("check", rule, "--lang", "en")
    assert "No problems" in ran.out
    assert "1 documents, 1 measures, 5 examples" in ran.out


def test_the_shipped_rules_pass(huiqi: Command) -> None:
    ran = huiqi("check", "--json")
    assert [one for one in json.loads(ran.out)["problems"] if one["severity"] == "error"] == []
    assert ran.code == 0
    assert json.loads(ran.out)["measures"] >= 60
    assert json.loads(ran.out)["coverage"]["untouched"] == 0


def test_a_copy_of_a_shipped_file_is_checked_in_its_place(
    huiqi: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = next(policies_dir().rglob("湖政办发*.rule"))
    copy = tmp_path / shipped.relative_to(data_root())
    copy.parent.mkdir(parents=True)
    copy.write_text(
        shipped.read_text("utf-8").replace("→ 符合 36万元", "→ 符合 37万元", 1), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    problems = json.loads(huiqi("check", "policies", "--json").out)["problems"]
    assert [one["code"] for one in problems] == ["E-example-fails"]


@pytest.mark.slow
def test_many_rules_are_mutated_on_every_core_with_the_same_score(huiqi: Command) -> None:
    from huiqi.library.load import load
    from huiqi.mutation.score import score

    shipped = next(policies_dir().rglob("湖政办发*.rule"))
    data = json.loads(huiqi("check", shipped, "--mutants", "--json").out)
    library = load()
    owners = [
        key
        for group in (library.program.definitions, library.program.measures)
        for key, rule in group.items()
        if rule.document == "湖政办发〔2020〕35号"
    ]
    alone = score(library.program, library.sections, library.vocabulary, owners)
    assert data["mutants"]["made"] == alone.made
    assert data["mutants"]["killed"] == alone.killed
    assert alone.share >= 0.9
