"""Tables become fact files; what does not fit is reported with its row, column, value, reason."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiqi.intake import ImportResult, TableError, import_table, parse_mapping

MAPPING = """\
名称: 企业名称
标识: 代码
期间列: 年份
列:
  注册地: {事实: 注册地}
  收入: {事实: 营业收入, 单位: 万元, 期间: 本行, 来源: 年报}
  人数: {事实: 职工总数, 单位: 人, 期间: 本行, 空值: ["", "-"]}
忽略: [备注]
"""
HEADER = "企业名称,代码,年份,注册地,收入,人数,备注\n"


def imported(tmp_path: Path, rows: str, mapping: str = MAPPING, **options: Any) -> ImportResult:
    file = tmp_path / "firms.csv"
    file.write_text(rows, encoding="utf-8")
    return import_table(parse_mapping(mapping), file, **options)


def faults(result: ImportResult) -> list[tuple[int, str, str, str]]:
    return [(f.row, f.column, f.value, f.code) for f in result.faults]


def test_rows_of_one_identifier_are_one_subject(tmp_path: Path) -> None:
    rows = '甲厂,A1,2020,温岭市,2100,,x\n甲厂,A1,2021,温岭市,"2,300.50",305人,\n'
    result = imported(tmp_path, HEADER + rows)
    assert not result.faults
    assert result.subjects == [
        {
            "名称": "甲厂",
            "标识": "A1",
            "事实": {
                "注册地": "温岭市",
                "营业收入": {
                    "2020年度": {"值": "2100万元", "来源": "年报"},
                    "2021年度": {"值": "2300.50万元", "来源": "年报"},
                },
                "职工总数": {"2021年度": "305人"},
            },
        }
    ]


def test_a_bad_row_is_rejected_whole_and_the_good_ones_come_through(tmp_path: Path) -> None:
    rows = "甲厂,A1,2021,温岭市,约2000万,-3,\n乙厂,A2,2021,玉环市,500元,多,\n丙厂,A3,2021,,7,-,\n"
    result = imported(tmp_path, HEADER + rows)
    assert [s["名称"] for s in result.subjects] == ["丙厂"]
    assert faults(result) == [
        (2, "收入", "约2000万", "not-a-number"),
        (3, "收入", "500元", "other-unit"),
        (3, "人数", "多", "not-a-number"),
    ]
    assert result.rejected_rows == [2, 3]
    assert (result.rows_read, result.rows_taken) == (3, 1)
    assert result.faults[1].text("zh") == "“500元”自带的单位和映射里的“万元”不同"


def test_what_identifies_a_row_must_be_there(tmp_path: Path) -> None:
    rows = ",A1,2021,,1,,\n甲,,2021,,1,,\n乙,A2,,,1,,\n丙,A3,去年,,1,,\n"
    result = imported(tmp_path, HEADER + rows)
    assert [code for *_, code in faults(result)] == ["no-name", "no-id", "no-period", "bad-period"]
    assert not result.subjects


def test_a_repeated_row_is_reported_and_a_contradicting_one_rejected(tmp_path: Path) -> None:
    rows = "甲,A1,2021,,5,,\n甲,A1,2021,,5,,\n甲,A1,2021,,6,9,\n"
    result = imported(tmp_path, HEADER + rows)
    assert faults(result) == [(3, "企业名称", "甲", "duplicate"), (4, "收入", "6万元", "conflict")]
    assert result.rejected_rows == [4]
    assert result.faults[1].text("zh") == "与第 2 行不一致：“2021年度 营业收入”已是“5万元”"
    assert "职工总数" not in result.subjects[0]["事实"]  # nothing of the rejected row was kept


def test_a_new_name_for_an_identifier_is_noted(tmp_path: Path) -> None:
    result = imported(tmp_path, HEADER + "甲,A1,2020,,5,,\n新甲,A1,2021,,6,,\n")
    assert result.subjects[0]["名称"] == "新甲"
    assert faults(result) == [(3, "企业名称", "新甲", "renamed")]


def test_columns_and_blank_rows_nobody_mentioned_are_reported(tmp_path: Path) -> None:
    header = HEADER.replace("备注", "电话")
    result = imported(tmp_path, header + "\n甲,A1,2020,,5,,1\n,,,,,,\n乙,A2,2020,,5,,,余,\n")
    assert faults(result) == [
        (0, "电话", "", "unmapped"),
        (5, "", "余", "extra-cells"),
        (0, "", "", "blank-rows"),
    ]
    assert result.faults[-1].text("zh") == "2 个空行"


def test_a_value_map_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    mapping = "名称: 名\n列:\n  高企: {事实: 高新技术企业, 对应: {是: 有, 否: 无, '': 无}}\n"
    result = imported(tmp_path, "名,高企\n甲,是\n乙,\n丙,申请中\n", mapping)
    assert [s["事实"] for s in result.subjects] == [{"高新技术企业": "有"}, {"高新技术企业": "无"}]
    assert faults(result) == [(4, "高企", "申请中", "not-in-map")]


def test_parts_make_entries(tmp_path: Path) -> None:
    mapping = """\
名称: 名
列:
  发证: {事实: 高新技术企业, 部分: 授予日, 日期格式: "%Y/%m/%d"}
  到期: {事实: 高新技术企业, 部分: 有效至, 日期格式: "%Y/%m/%d"}
  异常: {事实: 经营异常名录, 部分: 列入, 对应: {在: 是, 不在: 否}}
  查询: {事实: 经营异常名录, 部分: 查询日}
"""
    rows = (
        "名,发证,到期,异常,查询\n甲,2016/11/1,2019/10/31,不在,2022-05-02\n"
        "甲,2019/11/1,2022/10/31,不在,2022-05-02\n乙,2019-11-1,,不在,\n"
    )
    result = imported(tmp_path, rows, mapping)
    assert result.subjects[0]["事实"] == {
        "高新技术企业": [
            {"授予日": "2016-11-01", "有效至": "2019-10-31"},
            {"授予日": "2019-11-01", "有效至": "2022-10-31"},
        ],
        "经营异常名录": {"列入": "否", "查询日": "2022-05-02"},
    }
    assert faults(result) == [(4, "发证", "2019-11-1", "not-a-date")]


def test_each_row_may_be_a_record(tmp_path: Path) -> None:
    mapping = """\
名称: 企业
记录: 知识产权
完整: 是
列:
  种类: {事实: 类别}
  有效: {事实: 有效}
"""
    rows = "企业,种类,有效\n甲,发明专利,是\n甲,发明专利,是\n甲,软著,\n"
    assert imported(tmp_path, rows, mapping).subjects[0]["事实"] == {
        "知识产权": {
            "完整": "是",
            "清单": [
                {"类别": "发明专利", "有效": "是"},
                {"类别": "发明专利", "有效": "是"},
                {"类别": "软著"},
            ],
        }
    }


def test_a_cell_may_hold_several_values(tmp_path: Path) -> None:
    mapping = "名称: 名\n列:\n  领域: {事实: 主营领域, 分隔: 、}\n"
    result = imported(tmp_path, "名,领域\n甲,软件、物联网\n乙,\n", mapping)
    assert [s["事实"] for s in result.subjects] == [{"主营领域": ["软件", "物联网"]}, {}]


def test_the_vocabulary_is_asked_about_each_value(tmp_path: Path) -> None:
    asked = []

    def check(fact: str, value: str, period: str | None) -> str | None:
        asked.append((fact, value, period))
        return "不能为负" if value.startswith("-") else None

    result = imported(tmp_path, HEADER + "甲,A1,2021,温岭市,5,-3,\n", check=check)
    assert asked == [
        ("注册地", "温岭市", None),
        ("营业收入", "5万元", "2021年度"),
        ("职工总数", "-3人", "2021年度"),
    ]
    assert faults(result) == [(2, "人数", "-3人", "refused")]
    assert result.faults[0].text("zh") == "不能为负"


@pytest.mark.parametrize(
    ("encoding", "guess"), [("gbk", "gbk"), ("gb18030", "gbk"), ("utf-16", "utf-16")]
)
def test_another_encoding_is_named_and_can_be_declared(
    tmp_path: Path, encoding: str, guess: str
) -> None:
    file = tmp_path / "firms.csv"
    file.write_text(HEADER + "甲,A1,2021,温岭市,5,3,\n", encoding=encoding)
    with pytest.raises(TableError) as caught:
        import_table(parse_mapping(MAPPING), file)
    assert caught.value.code == "encoding"
    assert f"编码: {guess}" in caught.value.text("zh")
    declared = parse_mapping(f"文件: {{编码: {guess}}}\n{MAPPING}")
    assert import_table(declared, file).subjects[0]["事实"]["注册地"] == "温岭市"


def test_a_declared_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_bytes(b"\xff\xfe\xff\x81")
    for encoding in ("gbk", "没有"):
        with pytest.raises(TableError):
            import_table(parse_mapping(f"文件: {{编码: {encoding}}}\n{MAPPING}"), file)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-table"),
        (b"a,b\n", "no-column"),
        ("企业名称,代码,代码\n".encode(), "twin-header"),
        (b"PK\x03\x04junk", "unreadable"),
        (b"PAR1junk", "unreadable"),
        ('"企业名称,代码\n'.encode(), "unreadable"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "table"
    file.write_bytes(content)
    with pytest.raises(TableError) as caught:
        import_table(parse_mapping(MAPPING), file)
    assert caught.value.code == code
    assert str(file) in caught.value.text("en")


def test_a_missing_file_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="找不到文件"):
        import_table(parse_mapping(MAPPING), tmp_path / "none.csv")
    with pytest.raises(TableError, match="没有列“企业名称”。是不是“企业名”？"):
        imported(tmp_path, "企业名,代码\n")


def workbook(tmp_path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("名单")
    for row in rows:
        sheet.append(row)
    book.save(file := tmp_path / "firms.xlsx")
    return file


EXCEL = """\
文件: {工作表: 名单, 表头行: 2}
名称: 名
列:
  收入: {事实: 营业收入, 单位: 元, 期间: 2021年度}
  成立: {事实: 成立日期}
  独立: {事实: 独立法人}
"""


def test_excel_cells_say_what_people_see(tmp_path: Path) -> None:
    day = datetime.datetime(2011, 3, 1)
    rows: list[list[Any]] = [
        ["标题"],
        ["名", "收入", "成立", "独立"],
        ["甲", 0.1 + 0.2, day, True],
        ["乙", 2100.0],
    ]
    result = import_table(parse_mapping(EXCEL), workbook(tmp_path, rows))
    assert not result.faults
    assert [s["事实"] for s in result.subjects] == [
        {"营业收入": {"2021年度": "0.3元"}, "成立日期": "2011-03-01", "独立法人": "是"},
        {"营业收入": {"2021年度": "2100元"}},
    ]


def test_failed_formulas_and_inexact_numbers_reject_their_row(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        ["名", "收入", "成立", "独立"],
        ["甲", "#N/A"],
        ["乙", "=1+1"],
        [91331081123456789, 1],
    ]
    result = import_table(parse_mapping(EXCEL), workbook(tmp_path, rows))
    assert [(row, code) for row, *_, code in faults(result)] == [
        (3, "cell-error"),
        (4, "cell-error"),
        (5, "long-number"),
    ]


def test_an_unknown_sheet_names_those_there_are(tmp_path: Path) -> None:
    mapping = parse_mapping(EXCEL.replace("名单", "企业"))
    with pytest.raises(TableError, match="有：Sheet、名单"):
        import_table(mapping, workbook(tmp_path, [["名"]]))


def test_parquet_gives_the_same_as_csv(tmp_path: Path) -> None:
    columns = {
        "企业名称": ["甲", "乙"],
        "代码": ["A1", "A2"],
        "年份": [2021, 2021],
        "注册地": ["温岭市", None],
        "收入": pa.array([5.25, float("nan")], pa.float32()),
        "人数": [3, 4],
        "备注": [["x"], []],
    }
    pq.write_table(pa.table(columns), file := tmp_path / "firms.parquet")
    result = import_table(parse_mapping(MAPPING), file)
    rows = "甲,A1,2021,温岭市,5.25,3,\n"
    assert result.subjects == imported(tmp_path, HEADER + rows).subjects
    assert faults(result) == [(3, "收入", "nan", "infinite")]
