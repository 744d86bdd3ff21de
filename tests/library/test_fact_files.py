"""Fact files: every way of writing a fact, and a clear message for everything that cannot be used."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from huiqi.library.fact_files import FactFile, fact_file, facts_of, read_fact_file
from huiqi.library.fact_writing import facts_content
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import vocabulary_dir
from huiqi.library.written import UnreadableError, from_yaml
from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import Bounds, Candidate, Entries, Entry, Facts, Said

YUAN = 100


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(vocabulary_dir())


def read(text: str, vocabulary: Vocabulary) -> FactFile:
    return fact_file(from_yaml(text), vocabulary, "f.yaml")


def given(facts: Mapping[str, Any], vocabulary: Vocabulary) -> Facts:
    made, problems = facts_of(facts, vocabulary)
    assert not problems, [one.text() for one in problems]
    return made


def one(facts: Facts, name: str, period: str = "") -> Candidate:
    entry = facts.entry(name, period)
    assert entry is not None and len(entry.candidates) == 1
    return entry.candidates[0]


def codes(text: str, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in read(text, vocabulary).problems]


# ---------------------------------------------------------------- what may be written
def test_the_head_of_a_file(vocabulary: Vocabulary) -> None:
    file = read(
        "名称: 甲厂\n标识: A1\n示例: true\n申报日: 2022-06-30\n事实: {注册地: 温岭市}", vocabulary
    )
    assert (file.name, file.identifier, file.is_example) == ("甲厂", "A1", True)
    assert file.as_of == date(2022, 6, 30)
    assert file.facts.is_example
    assert not file.problems


def test_english_keys_and_labels_are_the_same(vocabulary: Vocabulary) -> None:
    chinese = read(
        "名称: 甲\n申报日: 2022-06-30\n事实:\n"
        "  营业收入: {2021年度: {值: 2300万元, 来源: 审计报告, 日期: 2022-03-01}}\n"
        "  高新技术企业: [{授予日: 2019-11-01, 有效至: 2022-10-31}]\n"
        "  经营异常名录: {列入: 否, 查询日: 2022-05-02}\n"
        "  知识产权: {完整: 是, 清单: [{类别: 发明专利}]}\n",
        vocabulary,
    )
    english = read(
        "name: 甲\nas_of: 2022-06-30\nfacts:\n"
        "  operating revenue: {2021: {value: 23 million yuan, source: 审计报告, date: 2022-03-01}}\n"
        "  高新技术企业: [{granted: 2019-11-01, expires: 2022-10-31}]\n"
        "  经营异常名录: {listed: no, queried: 2022-05-02}\n"
        "  intellectual property: {complete: yes, items: [{kind: 发明专利}]}\n",
        vocabulary,
    )
    assert not english.problems
    assert english == chinese


def test_a_value_with_source_and_date(vocabulary: Vocabulary) -> None:
    facts = given(
        {"营业收入": {"2021年度": {"值": "2300万元", "来源": "审计报告", "日期": "2022-03-01"}}},
        vocabulary,
    )
    found = one(facts, "营业收入", "2021")
    assert (found.value, found.source, found.on) == (
        23_000_000 * YUAN,
        "审计报告",
        date(2022, 3, 1),
    )


def test_sources_that_disagree_are_both_kept(vocabulary: Vocabulary) -> None:
    facts = given(
        {
            "职工总数": {
                "2021年度": [{"值": "298人", "来源": "社保"}, {"值": "305人", "来源": "自报"}]
            }
        },
        vocabulary,
    )
    entry = facts.entry("职工总数", "2021")
    assert entry is not None
    assert [(c.value, c.source) for c in entry.candidates] == [(298, "社保"), (305, "自报")]


def test_four_answers_are_told_apart(vocabulary: Vocabulary) -> None:
    facts = given(
        {
            "营业收入": {"2021年度": "未知", "2020年度": "不知道"},
            "合并营业收入": {"2021年度": "不适用"},
        },
        vocabulary,
    )
    entries = [
        facts.entry("营业收入", "2021"),
        facts.entry("营业收入", "2020"),
        facts.entry("合并营业收入", "2021"),
    ]
    assert [entry.said for entry in entries if entry] == [
        Said.NOT_ASKED,
        Said.NOT_KNOWN,
        Said.NOT_APPLICABLE,
    ]


def test_a_list_that_nobody_knows_is_kept_as_said(vocabulary: Vocabulary) -> None:
    facts = given({"项目": "不知道"}, vocabulary)
    assert facts.entry("项目", "") == Entry(Said.NOT_KNOWN)
    assert "项目" not in facts.records
    assert given(facts_content(facts, vocabulary)["事实"], vocabulary) == facts


def test_bounds_dates_and_plain_python_values(vocabulary: Vocabulary) -> None:
    facts = given(
        {
            "营业收入": {2021: "≥ 300万元", "2020": "100万元~200万元"},
            "成立日": date(2009, 4, 16),
            "独立法人": True,
            "此前最高 主营业务收入": "1050万元",
        },
        vocabulary,
    )
    assert one(facts, "营业收入", "2021").value == Bounds(3_000_000 * YUAN, None)
    assert one(facts, "营业收入", "2020").value == Bounds(1_000_000 * YUAN, 2_000_000 * YUAN)
    assert one(facts, "成立日").value == DateRange(date(2009, 4, 16), date(2009, 4, 16))
    assert one(facts, "独立法人").value is True
    assert one(facts, "主营业务收入", "此前最高").value == 10_500_000 * YUAN


def test_codes_that_hold_several_values(vocabulary: Vocabulary) -> None:
    facts = given({"主营领域": ["人工智能", "大数据"], "行业": "C3441"}, vocabulary)
    assert one(facts, "主营领域").value == ("人工智能", "大数据")
    assert one(facts, "行业").value == "C3441"


@pytest.mark.parametrize(
    ("written", "count", "complete"),
    [
        ("有", 1, True),
        ("无", 0, True),
        ("2019-11-01", 1, True),
        ([{"授予日": "2019-11-01", "有效至": "2022-10-31"}], 1, True),
        ({"授予日": "2019-11-01"}, 1, True),
        (["2016-11-21", "2019-12-04"], 2, True),
        ({"完整": "否", "清单": [{"授予日": "2019-11-01"}]}, 1, False),
        ([], 0, True),
    ],
    ids=str,
)
def test_a_title(vocabulary: Vocabulary, written: object, count: int, complete: bool) -> None:
    entries = one(given({"高新技术企业": written}, vocabulary), "高新技术企业").value
    assert isinstance(entries, Entries)
    assert (len(entries.items), entries.complete) == (count, complete)


def test_a_title_with_facts_of_its_own(vocabulary: Vocabulary) -> None:
    entries = one(
        given({"瞪羚企业": [{"授予日": "2021-12-20", "级别": "省级"}]}, vocabulary), "瞪羚企业"
    ).value
    assert isinstance(entries, Entries)
    fields = entries.items[0].fields
    assert fields is not None and one(fields, "级别").value == "省级"


def test_a_register_says_when_it_was_queried_or_that_it_is_a_statement(
    vocabulary: Vocabulary,
) -> None:
    facts = given(
        {
            "经营异常名录": {"列入": "否", "查询日": "2022-05-02"},
            "严重违法失信名单": {"承诺": "2022-05-01"},
            "严重失信主体名单": {"列入": "是"},
        },
        vocabulary,
    )
    queried, stated, listed = (
        one(facts, name).value for name in ("经营异常名录", "严重违法失信名单", "严重失信主体名单")
    )
    assert queried == Entries(queried=date(2022, 5, 2))
    assert stated == Entries(statement=date(2022, 5, 1))
    assert isinstance(listed, Entries) and len(listed.items) == 1


def test_records_and_their_completeness(vocabulary: Vocabulary) -> None:
    facts = given(
        {
            "知识产权": {"完整": "否", "清单": [{"类别": "发明专利", "有效": "是"}]},
            "榜单": [{"名次": {"2021年度": "第83名"}}],
            "项目": "无",
        },
        vocabulary,
    )
    patents = facts.records["知识产权"]
    assert not patents.complete and one(patents.items[0], "有效").value is True
    assert facts.records["榜单"].complete
    assert one(facts.records["榜单"].items[0], "名次", "2021").value == 83
    assert facts.records["项目"].items == () and facts.records["项目"].complete


def test_what_was_granted_before(vocabulary: Vocabulary) -> None:
    facts = given({"此前已获 数字经济企业营收晋级奖励": "20万元"}, vocabulary)
    assert one(facts, "此前已获", "数字经济企业营收晋级奖励").value == 200_000 * YUAN


# ---------------------------------------------------------------- what cannot be used
@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("职公总数: {2021年度: 68人}", "F-unknown", "职工总数"),
        ("营业收入: {2021年度: 2300人}", "Q-wrong-unit", "元"),
        ("营业收入: {2021年度: 2300}", "Q-no-unit", "2300元"),
        ("营业收入: {2021年度: 约2000万}", "Q-approx", "约数"),
        ("营业收入: 2300万元", "F-no-year", "2023年度"),
        ("营业收入: {上年度: 2300万元}", "F-period", "2023年度"),
        ("营业收入: {1850年度: 2300万元}", "F-year", "1900"),
        ("营业收入: {2021年度: }", "F-form", "没有值"),
        ("营业收入: {2021年度: {来源: 审计报告}}", "F-form", "值"),
        ("营业收入: {2021年度: {值: 1万元, 出处: 账}}", "F-form", "出处"),
        ("职工总数: {2021年度: -3人}", "Q-below-minimum", "最小"),
        ("职工总数: {2021年度: 很多}", "Q-number", "不是一个数"),
        ("注册地: {2021年度: 温岭市}", "F-period", "当天"),
        ("成立日: {2021年度: 2009-04-16}", "F-period", "不分期间"),
        ("注册地: 温领市", "F-code", "温岭市"),
        ("注册地: 鼓楼区", "F-code", "4个"),
        ("行业: C9999", "F-code", "C9999"),
        ("成立日: 2009-02-30", "F-date", "2009-02-28"),
        ("成立日: 1850-01-01", "F-date", "1900"),
        ("独立法人: 也许", "F-yes-no", "是 或 否"),
        ("高新技术企业: 2022-11-01~2021-10-31", "F-order", "早于"),
        ("高新技术企业: [{授予日: 去年}]", "F-date", "去年"),
        ("高新技术企业: [{授予日: 无}]", "F-date", "一天"),
        ("高新技术企业: [{授予日: 2016-11-21、2019-12-04}]", "F-date", "几条"),
        ("高新技术企业: [{级别: 省级}]", "F-unknown", "级别"),
        ("经营异常名录: {查询日: 2022-05-02}", "F-form", "列入"),
        ("经营异常名录: {列入: 否, 查询日: 昨天}", "F-date", "昨天"),
        ("知识产权: 3项", "F-list", "一条一条"),
        ("知识产权: {清单: [{类型: 发明专利}]}", "F-unknown", "类别"),
        ("知识产权: [发明专利]", "F-list", "一条一条"),
        ("此前已获 某奖励: 很多", "Q-number", "不是一个数"),
        ("职工总数: {2021年度: 68人, 2021: 70人}", "F-twice", "两次"),
    ],
    ids=str,
)
def test_a_wrong_entry_is_told_with_its_line_and_the_rest_is_kept(
    vocabulary: Vocabulary, line: str, code: str, words: str
) -> None:
    file = read(f"名称: 甲\n事实:\n  独立核算: 是\n  {line}\n", vocabulary)
    assert [(problem.code, problem.line) for problem in file.problems] == [(code, 4)]
    assert words in file.problems[0].text()
    assert file.problems[0].en
    assert one(file.facts, "独立核算").value is True


def test_an_abolished_place_names_its_successor(vocabulary: Vocabulary) -> None:
    (problem,) = read("事实: {注册地: 余杭市}", vocabulary).problems
    assert "撤销" in problem.zh or "没有" in problem.zh


@pytest.mark.parametrize(
    ("facts", "doubtful"),
    [
        ("成立日: 2015-01-01, 注销日: 2010-01-01", ["成立日", "注销日"]),
        ("科技人员数: {2021年度: 80人}, 职工总数: {2021年度: 68人}", ["科技人员数", "职工总数"]),
        (
            "主营业务收入: {2021年度: 3亿元}, 营业收入: {2021年度: 2亿元}",
            ["主营业务收入", "营业收入"],
        ),
        ("成立日: 2015-01-01, 高新技术企业: [{授予日: 2012-11-01}]", ["高新技术企业"]),
        ("成立日: 2015-01-01, 营业收入: {2013年度: 2亿元}", ["营业收入"]),
        ("成立日: 2023-01-01", ["成立日"]),
    ],
)
def test_contradictions_are_told_and_count_as_unknown(
    vocabulary: Vocabulary, facts: str, doubtful: list[str]
) -> None:
    file = read(f"申报日: 2022-06-30\n事实: {{独立法人: 是, {facts}}}", vocabulary)
    assert [problem.code for problem in file.problems] == ["F-contradiction"]
    assert {name for name, _ in file.facts.values} & set(doubtful) == set()
    assert one(file.facts, "独立法人").value is True


def test_overlapping_ranges_do_not_contradict(vocabulary: Vocabulary) -> None:
    file = read("事实: {科技人员数: {2021年度: 60人~80人}, 职工总数: {2021年度: 68人}}", vocabulary)
    assert not file.problems


def test_a_fact_in_the_wrong_place_and_a_mistyped_head(vocabulary: Vocabulary) -> None:
    assert codes("名称: 甲\n注册地: 温岭市\n事实: {}\n", vocabulary) == [("F-head", 2)]
    assert codes("名称: 甲\n实事: {注册地: 温岭市}\n", vocabulary) == [("F-head", 2), ("F-form", 1)]
    assert codes("申报日: 昨天\n事实: {}\n", vocabulary) == [("F-date", 1)]


def test_a_fact_given_twice_keeps_the_first(vocabulary: Vocabulary) -> None:
    file = read("事实:\n  注册地: 温岭市\n  注册地: 玉环市\n", vocabulary)
    assert [(p.code, p.line) for p in file.problems] == [("F-twice", 3)]
    assert one(file.facts, "注册地").value == "331081"


def test_a_record_that_cannot_be_read_leaves_its_list_incomplete(vocabulary: Vocabulary) -> None:
    file = read("事实: {知识产权: [发明专利, {类别: 发明专利}]}", vocabulary)
    assert len(file.facts.records["知识产权"].items) == 1
    assert not file.facts.records["知识产权"].complete


def test_a_title_that_cannot_be_read_may_be_any(vocabulary: Vocabulary) -> None:
    file = read("事实: {高新技术企业: [{授予日: 去年}]}", vocabulary)
    entries = one(file.facts, "高新技术企业").value
    assert isinstance(entries, Entries) and not entries.complete


# ---------------------------------------------------------------- other forms
def test_json_and_yaml_say_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    content = {"名称": "甲", "事实": {"职工总数": {"2021年度": "68人"}, "研发机构": []}}
    path = tmp_path / "f.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert read_fact_file(path, vocabulary) == fact_file(content, vocabulary)


def test_a_key_twice_in_json_is_noticed(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"事实": {"注册地": "温岭市", "注册地": "玉环市"}}', encoding="utf-8")
    assert [p.code for p in read_fact_file(path, vocabulary).problems] == ["F-twice"]


def sheet(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def test_a_sheet_with_name_period_value_and_source(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "f.xlsx",
        [
            ["名称", "期间", "值", "单位", "来源"],
            ["企业名称", None, "甲厂"],
            ["申报日", None, date(2022, 6, 30)],
            ["营业收入", "2021年度", 2300, "万元", "审计报告"],
            ["职工总数", 2021, "298人", None, "社保"],
            ["职工总数", 2021, "305人", None, "自报"],
            ["成立日", None, date(2009, 4, 16)],
            ["高新技术企业.授予日", None, date(2019, 11, 1)],
            ["高新技术企业.有效至", None, "2022-10-31"],
            ["经营异常名录.列入", None, "否"],
            ["经营异常名录.查询日", None, "2022-05-02"],
            ["知识产权1.类别", None, "发明专利"],
            ["知识产权1.有效", None, "是"],
            ["知识产权2.类别", None, "实用新型"],
            [None, None, None],
            ["营收", "2021年度", "1元"],
        ],
    )
    file = read_fact_file(path, vocabulary)
    assert (file.name, file.as_of) == ("甲厂", date(2022, 6, 30))
    assert one(file.facts, "营业收入", "2021").source == "审计报告"
    entry = file.facts.entry("职工总数", "2021")
    assert entry is not None and len(entry.candidates) == 2
    title = one(file.facts, "高新技术企业").value
    assert isinstance(title, Entries) and title.items[0].expires == date(2022, 10, 31)
    assert one(file.facts, "经营异常名录").value == Entries(queried=date(2022, 5, 2))
    assert len(file.facts.records["知识产权"].items) == 2
    assert [(p.code, p.line) for p in file.problems] in ([("F-unknown", 16)], [])


def test_a_sheet_without_its_columns_is_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = sheet(tmp_path / "f.xlsx", [["事项", "数"], ["营业收入", 1]])
    with pytest.raises(UnreadableError) as caught:
        read_fact_file(path, vocabulary)
    assert caught.value.code == "F-columns"


def test_a_chain_of_aliases_does_not_explode(vocabulary: Vocabulary) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    with pytest.raises(UnreadableError) as caught:
        read("\n".join(lines), vocabulary)
    assert caught.value.code == "F-deep"
