"""A rule held against an official text, both written in the test."""

from collections.abc import Mapping

from huiqi.anchors import AnchorReport, Lock, check_anchors
from huiqi.checking.program import check_library
from huiqi.language.parse import parse
from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.declare import declare, make_vocabulary

FACTS = {
    "投资额": {"en": "investment", "type": "money"},
    "营业收入": {"en": "revenue", "type": "money", "period": "year"},
    "职工数": {"en": "staff", "type": "number", "unit": "人"},
    "高新技术企业": {"en": "high-tech enterprise", "type": "title"},
}
TABLES: Mapping[str, CodeTable] = {}
TEXT = """关于支持企业发展的若干政策
为支持企业发展，制定以下政策。
一、支持企业投资。对投资额在300万元以上的项目，按投资额12%奖励，最高奖励200万元。
对职工300人及以上的企业奖励２０ 万元，300人以下的奖励10万元。
二、支持企业升级。对新认定的高新技术企业，分别奖励20、30万元。
三、本政策自2023年5月1日起施行。"""
HEAD = """政策 测〔2023〕1号 支持企业发展
  地区: 全国
  来源: t1
  施行: 2023-05-01 @自2023年5月1日起施行
  约定: 以上含、以下含
  核对: 全文 2026-11-24
"""
BARE = HEAD.replace("  施行: 2023-05-01 @自2023年5月1日起施行\n", "")


def report(
    sections: str, text: str | None = TEXT, lock: Lock | None = None, head: str = HEAD
) -> AnchorReport:
    """What the check says; `text` None: the official text is not here."""
    files = {"a.rule": parse(head + sections, "a.rule").tree}
    vocabulary = make_vocabulary([declare(name, one) for name, one in FACTS.items()], TABLES)
    program = check_library(files, vocabulary).program
    texts = {} if text is None else {"t1": text}
    return check_anchors(program, files, texts, lock or Lock())


def codes(sections: str, text: str | None = TEXT, head: str = HEAD) -> list[str]:
    """The codes found on the lines of the sections; coverage and lost figures aside."""
    found = report(sections, text, head=head).problems
    return [one.code for one in found if one.code not in ("E-untouched", "W-figure-lost")]


def measure(condition: str, award: str = "20万元 @奖励20", address: str = "一") -> str:
    """One measure with one condition and one amount."""
    return f"""
事项 奖励 @§{address}
  条件: {condition}
  奖励: {award}
"""
