"""The other commands, and what holds for all of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from huiqi.cli.app import COMMANDS, Commands
from tests.cli.conftest import ROOT, Command

LISTED = ROOT / "firms" / "listed"
TABLE = LISTED / "taizhou_listed_2019_2021.csv"


def test_help_lists_every_command_without_importing_one(huiqi: Command) -> None:
    ran = huiqi("--help")
    assert ran.code == 0
    for name in Commands(name="huiqi").list_commands(None):
        assert f"  {name} " in ran.out
    code = "import sys; from huiqi.cli.app import run; run(['--help']); print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    for heavy in (
        "lark",
        "yaml",
        "rich",
        "huiqi.language",
        "huiqi.cli.calc",
        "openpyxl",
        "pyarrow",
    ):
        assert f"'{heavy}'" not in loaded, heavy


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(huiqi: Command, name: str) -> None:
    ran = huiqi(name, "--help")
    assert ran.code == 0
    assert "Usage: huiqi" in ran.out


def test_the_version(huiqi: Command) -> None:
    from huiqi import __version__

    assert huiqi("--version").out == f"huiqi {__version__}\n"


def test_without_arguments_the_help_is_shown(huiqi: Command) -> None:
    assert "calc" in huiqi().out


def test_the_demo_states_its_days_and_where_its_figures_come_from(huiqi: Command) -> None:
    ran = huiqi("demo")
    assert ran.code == 0
    for words in (
        "浙江钱江摩托股份有限公司  申报日 2022-06-30",
        "合并数",
        "温岭市示例泵业有限公司（示例）",
        "只差一个事实",
        "科技型中小企业：符合 → 不符合",
        "理由：",
        "还缺",
        "合计  确定",
    ):
        assert words in ran.out
    assert "Traceback" not in ran.err


def test_the_demo_in_json(huiqi: Command) -> None:
    made = json.loads(huiqi("demo", "--json").out)
    assert sum(firm["consolidated_figures"] for firm in made["firms"]) >= 3
    assert all(firm["as_of"] for firm in made["firms"])
    assert all(sum(firm["verdicts"].values()) > 60 for firm in made["firms"])
    assert all(twin["differences"] != ["没有变化"] for twin in made["twins"])


def test_a_fact_is_looked_up_by_name_alias_or_english(huiqi: Command) -> None:
    assert "利润表营业收入" in huiqi("vocab", "营业收入").out
    assert "operating revenue" in huiqi("vocab", "operating revenue", "--lang", "en").out
    found = json.loads(huiqi("vocab", "知识产权", "--json").out)
    assert {field["name"] for field in found["facts"][0]["fields"]} >= {"类别", "授权日"}


def test_a_code_is_looked_up_and_an_ambiguous_one_is_told(huiqi: Command) -> None:
    found = json.loads(huiqi("vocab", "温岭市", "--json").out)
    assert found["codes"][0]["code"] == "331081"
    assert "南京市鼓楼区" in huiqi("vocab", "鼓楼区").out


def test_an_unknown_word_is_a_problem_with_what_is_near(huiqi: Command) -> None:
    ran = huiqi("vocab", "营业收人")
    assert ran.code == 1
    assert "营业收入" in ran.err


def test_the_vocabulary_as_a_whole(huiqi: Command) -> None:
    made = json.loads(huiqi("vocab", "--json").out)
    assert len(made["facts"]) > 200 and "行政区划" in made["codes"]


def test_import_writes_one_file_a_subject(huiqi: Command, tmp_path: Path) -> None:
    ran = huiqi("import", LISTED / "mapping_as_own.yaml", TABLE, "--out", tmp_path / "firms")
    assert ran.code == 0
    assert len(list((tmp_path / "firms").glob("*.yaml"))) == 56
    assert "56 个企业" in ran.err
    answer = huiqi(
        "calc", tmp_path / "firms" / "浙江钱江摩托股份有限公司.yaml", "--as-of", "2022-06-30"
    )
    assert answer.code == 0 and answer.err == ""


def test_import_reports_every_rejected_row(huiqi: Command, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "名称: 企业\n期间列: 年\n列:\n  收入: {事实: 营业收入, 单位: 万元, 期间: 本行}\n",
        encoding="utf-8",
    )
    table = tmp_path / "t.csv"
    table.write_text("企业,年,收入\n甲,2021,100\n乙,2021,约200\n丙,2021,-5\n", encoding="utf-8")
    ran = huiqi("import", tmp_path / "m.yaml", table, "--json")
    made = json.loads(ran.out)
    assert ran.code == 1
    assert made["rows_rejected"] == [3, 4]
    assert [subject["名称"] for subject in made["subjects"]] == ["甲"]
    assert huiqi("import", tmp_path / "m.yaml", tmp_path / "none.csv").code == 2
