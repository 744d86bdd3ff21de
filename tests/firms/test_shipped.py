"""The shipped firms use declared names, and what is doubtful is never used silently."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiqi.intake import import_table, read_mapping

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "firms" / "examples").glob("*.yaml"))
LISTED = ROOT / "firms" / "listed"
TABLE = LISTED / "taizhou_listed_2019_2021.csv"
RECEIVED = "此前已获 "  # the award of a measure, not a fact of the vocabulary
ENTRY_PARTS = {"授予日", "有效至", "来源", "日期"}

TWINS = {
    ("wenling_pump", "wenling_pump_less_research"): "归集研发费用",
    ("wenling_motor_2026", "wenling_motor_2026_low_revenue"): "营业收入",
    ("yuhuan_lathe", "yuhuan_lathe_december"): "规模以上",
    ("huzhou_software", "huzhou_software_deqing"): "注册地",
    ("shijiazhuang_sensor", "shijiazhuang_sensor_abnormal"): "经营异常名录",
    ("shijiazhuang_labour", "shijiazhuang_labour_31"): "参保职工数",
    ("nanning_cloud", "nanning_cloud_award_unknown"): "此前已获 数字经济企业营收晋级奖励",
}


def read(file: Path) -> dict[str, Any]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for file in sorted((ROOT / "vocabulary" / "facts").glob("*.yaml")):
        found |= read(file)
    return found


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 14


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_marked_and_uses_declared_names(
    file: Path, declared: dict[str, dict[str, Any]]
) -> None:
    firm = read(file)
    assert firm["示例"] is True
    assert "示例" in firm["名称"]
    for name, value in firm["事实"].items():
        if name.startswith(RECEIVED):
            continue
        assert name in declared, name
        fields = declared[name].get("fields", {})
        if declared[name]["type"] == "records" and isinstance(value, dict):
            assert {key for item in value["清单"] for key in item} <= fields.keys(), name
        if declared[name]["type"] == "title" and isinstance(value, list):
            assert {key for item in value for key in item} <= fields.keys() | ENTRY_PARTS, name
        if declared[name].get("period") == "year":
            assert isinstance(value, dict), f"{name} needs a year"


@pytest.mark.parametrize("pair", TWINS, ids=lambda pair: pair[1])
def test_twins_differ_in_one_fact(pair: tuple[str, str]) -> None:
    one, other = (read(ROOT / "firms" / "examples" / f"{name}.yaml") for name in pair)
    facts, others = one["事实"], other["事实"]
    assert {name for name in facts if facts[name] != others[name]} == {TWINS[pair]}
    assert facts.keys() == others.keys()
    assert one["申报日"] == other["申报日"]


@pytest.mark.parametrize("name", ["mapping", "mapping_as_own"])
def test_every_row_of_the_listed_companies_is_imported(
    name: str, declared: dict[str, dict[str, Any]]
) -> None:
    result = import_table(read_mapping(LISTED / f"{name}.yaml"), TABLE)
    assert not result.faults
    assert len(result.subjects) == 56
    assert {fact for firm in result.subjects for fact in firm["事实"]} <= declared.keys()


def test_consolidated_figures_never_become_the_firms_own() -> None:
    result = import_table(read_mapping(LISTED / "mapping.yaml"), TABLE)
    used = {fact for firm in result.subjects for fact in firm["事实"]}
    assert used & {"营业收入", "研发费用", "净利润", "年末从业人员"} == set()


def test_a_doubtful_cell_is_empty_or_replaced_and_says_so() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {(row["简称"], row["年度"]): row for row in csv.DictReader(file)}
    assert rows["伟星股份", "2021"]["合并营业收入"].startswith("33556")
    assert "差10倍" in rows["伟星股份", "2021"]["存疑"]
    assert rows["伟星新材", "2021"]["合并年末职工数"] == ""
    assert "439人" in rows["伟星新材", "2021"]["存疑"]
    for row in rows.values():
        staff, research = row["合并年末职工数"], row["合并研发人员数"]
        assert not (staff and research) or int(research) < int(staff)


def test_each_listed_company_has_a_place_an_industry_and_the_reason_for_it() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    companies = {row["证券代码"] for row in rows}
    assert {row["证券代码"] for row in rows if row["注册县"]} == companies
    with_industry = [row for row in rows if row["行业代码"]]
    assert {row["证券代码"] for row in with_industry} == companies
    assert all(row["行业理由"] for row in with_industry)
