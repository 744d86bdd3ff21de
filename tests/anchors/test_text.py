"""The searchable form of a stored text, its clauses and their addresses."""

import pytest

from huiqi.anchors.clauses import address_of, find_clause, parse_address, read_clauses
from huiqi.anchors.text import read_text

FLAT = (
    "如下：一、激发活力（一）激励龙头企业。给予100万元支持。（责任单位：省工信厅）培育企业。"
    "（二）梯度培育。按照前条第（一）项执行。二、提升能力（三）加大投入。给予补助。本措施自发布之日起实施。"
)
LAW = """评价办法
第一章总则
第一条为支持企业，制定本办法。
第二章评价
第二条企业须满足以下条件：
（一）在境内注册。
（二）职工不超过500人。
第三条满分100分。
1.人员指标。
A.30%以上（20分）
B.10%以下（0分）
2.投入指标。企业从（1）、（2）中选一项。
（1）占收入比例。
（2）占成本比例。
不计分的另行说明。
附件1
一、公告条件
（一）近三年获奖。
附件2
一、认定条件
（一）满2年。"""


def words(raw: str, address: str) -> str:
    text = read_text(raw)
    span = find_clause(read_clauses(text), address)
    return "" if span is None else text.text[span[0] : span[1]]


def test_reading_noise_is_dropped_and_leads_back() -> None:
    raw = "　　奖励２０ 万\n元，最高３０％。"
    text = read_text(raw)
    assert text.text == "奖励20万元,最高30%。"
    start = text.text.index("20万")
    assert raw[slice(*text.raw_span(start, start + 3))] == "２０ 万"


def test_a_text_that_holds_its_document_twice_counts_once() -> None:
    once = (
        "第一条对企业给予奖励十万元，按年度兑现。" * 4
        + "第二条由省工信厅负责解释，自发布之日起施行，有效期五年。"
    )
    body = once + "".join(f"第{n}条另有内容{n}。" for n in range(3, 30))
    text = read_text(body + "\n\n" + body)
    assert text.repeated
    assert text.text == read_text(body).text


def test_a_text_without_repetition_stays_whole() -> None:
    assert not read_text(LAW).repeated


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("第二条（二）", "(二)职工"),
        ("第二条第二项", "(二)职工"),
        ("第三条第二项", "2.投入"),
        ("第三条2（2）", "(2)占成本"),
        ("附件1一（一）", "(一)近三年"),
        ("附件2一（一）", "(一)满2年"),
        ("前言", "评价办法"),
    ],
)
def test_addresses_of_a_numbered_law(address: str, begins: str) -> None:
    assert words(LAW, address).startswith(begins)


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("一（一）", "(一)激励"),
        ("一（二）", "(二)梯度"),
        ("二（三）", "(三)加大"),
        ("第二条（三）", "(三)加大"),
    ],
)
def test_numbers_inside_a_flattened_paragraph_open_clauses(address: str, begins: str) -> None:
    assert words(FLAT, address).startswith(begins)


def test_a_number_that_is_only_mentioned_opens_nothing() -> None:
    assert words(FLAT, "一（二）").endswith("第(一)项执行。")
    assert "占收入" not in words(LAW, "第三条1")


def test_paragraphs_count_without_the_items_between_them() -> None:
    text = "一、支持。\n第一段。\n第二段。\n二、其他。"
    assert words(text, "第一条第二款") == "第一段。"
    assert words(text, "第一条第三款") == "第二段。"
    assert words(text, "第一条第四款") == ""


def test_addresses_that_the_text_lacks_are_not_found() -> None:
    assert words(LAW, "第九条") == ""
    assert words(LAW, "附件3") == ""
    assert parse_address("规上企业") is None


@pytest.mark.parametrize(
    ("raw", "piece", "address"),
    [
        (FLAT, "给予补助", "二（三）"),
        (LAW, "职工不超过", "第二条（二）"),
        (LAW, "满2年", "附件2一（一）"),
    ],
)
def test_the_address_of_a_position(raw: str, piece: str, address: str) -> None:
    text = read_text(raw)
    assert address_of(read_clauses(text), text.text.index(piece)) == address


def test_high_article_numbers_are_spelled() -> None:
    text = read_text("第一百二十条甲。\n第一百零三条乙。\n第二百条丙。")
    root = read_clauses(text)
    found = [address_of(root, text.text.index(piece)) for piece in "甲乙丙"]
    assert found == ["第一百二十条", "第一百零三条", "第二百条"]
