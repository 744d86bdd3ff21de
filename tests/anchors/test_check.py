"""Rules held against a text: a wrong rate, sign, date or a forgotten sentence is seen."""

import pytest

from huiqi.anchors import Lock, read_lock, write_lock
from huiqi.anchors.report import AnchorReport

from .case import BARE, HEAD, TEXT, codes, measure, report

GOOD = """
事项 投资奖励 @§一
  条件: 投资额 ≥ 300万元 @投资额在300万元以上
  奖励: 投资额 × 12% 封顶 200万元 @按投资额12%奖励 @最高奖励200万元

事项 用工奖励 @§第一条第二款
  条件: 职工数 > 0人 @对职工
  奖励: 按 职工数 @300人及以上的企业
    ≥ 300人: 20万元
    < 300人: 10万元

事项 升级奖励 @§二
  条件: 首次(获 高新技术企业) @新认定的高新技术企业
  奖励: 20万元~30万元 @奖励20、30万元
"""


def changed(old: str, new: str) -> list[str]:
    assert old in GOOD
    return codes(GOOD.replace(old, new, 1))


def test_a_faithful_rule_has_nothing_against_it() -> None:
    found = report(GOOD)
    assert found.problems == ()
    assert (found.total.giving, found.total.encoded, found.total.untouched) == (3, 3, 0)
    assert (found.atoms.atoms, found.atoms.anchored, found.atoms.found) == (7, 7, 8)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("× 12%", "× 21%", "E-figure"),
        ("≥ 300万元", "≥ 30万元", "E-figure"),
        ("≥ 300万元", "> 300万元", "E-border"),
        ("≥ 300万元", "≤ 300万元", "E-border"),
        ("≥ 300人", "> 300人", "E-border"),
        ("封顶 200万元", "封顶 250万元", "E-figure"),
        ("封顶 200万元", "保底 200万元", "E-border"),
        ("@新认定的高新技术企业", "@重新认定的高新技术企业", "E-anchor-orphan"),
        ("@§二", "@§九", "E-address"),
        ("10万元\n", "15万元\n", "E-figure"),
    ],
)
def test_a_slip_is_caught(old: str, new: str, code: str) -> None:
    assert code in changed(old, new)


def test_a_shared_unit_is_understood() -> None:
    assert changed("奖励: 20万元~30万元 @奖励", "奖励: 30万元 @奖励") == []


def test_a_shifted_date_is_caught() -> None:
    head = HEAD.replace("施行: 2023-05-01", "施行: 2023-06-01")
    assert codes(GOOD, head=head) == ["E-date-anchor"]


def test_a_date_that_is_no_day_is_left_to_the_checker() -> None:
    assert codes(measure("申报日 ≤ 2023-02-30 @对投资额")) == []


def test_an_invented_date_is_caught() -> None:
    assert codes(measure("申报日 ≥ 2023-01-01 @对投资额")) == ["E-date-anchor"]


def test_an_orphan_names_the_nearest_words() -> None:
    found = report(measure("投资额 ≥ 300万元 @投资额超过了300万元以上")).problems
    (orphan,) = [problem for problem in found if problem.code == "E-anchor-orphan"]
    assert "300万元以上" in orphan.zh


def test_a_line_above_lends_its_words() -> None:
    rows = """
事项 用工奖励 @§一
  条件: 职工数 > 0人
  奖励: 按 职工数 @300人及以上的企业
    ≥ 300人: 20万元
    其他: 10万元
"""
    assert codes(rows) == []
    assert codes(rows.replace("@300人及以上的企业", "@300人及以下的企业")) == ["E-anchor-orphan"]


def test_words_in_several_sentences_are_ambiguous_unless_a_figure_settles_them() -> None:
    assert codes(measure("职工数 > 0人 @企业")) == ["W-anchor-ambiguous"]
    text = "一、甲奖励5万元。乙奖励20万元。"
    assert codes(measure("职工数 > 0人 @乙", "20万元 @奖励"), text, BARE) == []


def test_words_elide_with_an_ellipsis() -> None:
    assert codes(measure("投资额 ≥ 300万元 @投资额…以上的项目", "投资额 × 12% @按…奖励")) == []


def test_a_corrupt_figure_carries_no_rule() -> None:
    found = report(
        measure("职工数 > 0人 @企业", "33万元 @给予"), "一、对企业给予033万元。", head=BARE
    )
    assert [(p.code, "录入错误" in p.zh) for p in found.problems] == [("E-figure", True)]


def test_an_atom_of_a_whole_text_rests_on_something() -> None:
    bare = "\n事项 奖励\n  条件: 职工数 > 0人\n  奖励: 20万元 @奖励２０万元\n"
    assert codes(bare) == ["E-no-anchor"]
    assert codes(bare, head=HEAD.replace("核对: 全文 2026-11-24", "核对: 未核")) == []


def test_unverified_lines_stay_out_of_measures_checked_in_full() -> None:
    line = measure("职工数 > 0人 @未核")
    assert codes(line) == ["E-unverified"]
    assert codes(line + "  核对: 仅二手 转载页\n") == []
    used = "\n定义 有人 @§一\n  职工数 > 0人 @未核\n" + measure("有人 @对职工")
    assert codes(used) == ["E-unverified"]


def coverage(sections: str, text: str = TEXT) -> tuple[int, int, int, int, int]:
    total = report(sections, text).total
    return total.encoded, total.judgement, total.open, total.skipped, total.untouched


def test_a_sentence_that_nobody_touched_is_listed() -> None:
    found = report(measure("投资额 ≥ 300万元 @投资额在300万元以上", "投资额 × 12% @按投资额12%"))
    assert [one.address for one in found.untouched] == ["一", "二"]
    assert [p.code for p in found.problems if p.severity == "error"] == ["E-untouched"] * 2


def test_a_sentence_counts_by_what_the_rules_do_with_it() -> None:
    judged = measure("评审「项目好」 @投资额在300万元以上", "20万元 @奖励２０万元")
    assert coverage(judged) == (1, 1, 0, 0, 1)
    left_open = measure("投资额 ≥ 300万元 @对投资额", "待定「没写」 @按投资额12%奖励")
    assert coverage(left_open) == (0, 0, 1, 0, 2)


def test_a_skipped_clause_is_skipped_whole_and_words_narrow_it() -> None:
    head = HEAD + "  略过 §一: 不编\n  略过 §二: 不编 @分别奖励\n"
    assert report("", head=head).total.skipped == 3
    narrow = HEAD + "  略过 §一: 不编 @对职工300人\n"
    assert report("", head=narrow).total.skipped == 1
    heading = HEAD + "  略过 §一: 不编 @支持企业投资\n"
    assert report("", head=heading).total.skipped == 2


def test_a_clause_named_without_words_counts_as_touched() -> None:
    assert coverage(measure("职工数 > 0人", "20万元", "二")) == (1, 0, 0, 0, 2)


# ---------------------------------------------------------------- the lock
def locked() -> Lock:
    return read_lock(write_lock(report(GOOD).new_lock))


def outcome(found: AnchorReport) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in found.problems]


def test_the_lock_keeps_what_was_found_without_the_text() -> None:
    here, away = report(GOOD), report(GOOD, None, locked())
    assert away.as_of_lock == ("测〔2023〕1号",)
    assert away.problems == ()
    assert (away.total, away.atoms) == (here.total, here.atoms)
    assert away.new_lock == locked()


def test_the_lock_holds_no_official_words() -> None:
    written = write_lock(report(GOOD).new_lock)
    assert "300万元以上" in written  # the locator itself
    assert "的项目" not in written


def test_a_locator_that_is_not_in_the_lock_is_said_to_be_unchecked() -> None:
    other = GOOD.replace("@对职工", "@的企业")
    assert "W-anchor-unlocked" in [p.code for p in report(other, None, locked()).problems]


def test_a_changed_text_lists_exactly_the_lines_whose_words_moved() -> None:
    moved = TEXT.replace("的项目", "的新项目").replace("为支持", "为了大力支持")
    found = report(GOOD, moved, locked())
    lines = {p.line for p in found.problems}
    assert {p.code for p in found.problems} == {"W-anchor-moved"}
    assert lines == {9, 10}


def test_words_that_are_gone_are_orphans() -> None:
    found = report(GOOD, TEXT.replace("新认定", "首次认定"), locked())
    assert ("E-anchor-orphan", 19) in outcome(found)


def test_a_lock_that_cannot_be_read_is_refused() -> None:
    from huiqi.anchors import LockError

    for broken in ("{", '{"version": 99}', '{"documents": 3}'):
        with pytest.raises(LockError):
            read_lock(broken)
    assert read_lock("") == Lock()


def lost(sections: str) -> list[str]:
    return [one.zh for one in report(sections).problems if one.code == "W-figure-lost"]


def test_a_figure_of_an_encoded_sentence_that_no_rule_says_is_told() -> None:
    without_cap = GOOD.replace(" 封顶 200万元", "").replace(" @最高奖励200万元", "")
    (found,) = lost(without_cap)
    assert "最高奖励200万元" in found and "一" in found
    (found,) = lost(GOOD.replace("20万元~30万元 @奖励", "20万元 @奖励"))
    assert "30万元" in found


def test_a_figure_that_is_named_in_words_is_not_lost() -> None:
    without_cap = GOOD.replace(" 封顶 200万元", "").replace(" @最高奖励200万元", "")
    assert (
        lost(without_cap.replace("事项 用工", "  未尽: 最高奖励200万元怎样分年没有写\n\n事项 用工"))
        == []
    )


def test_sentences_left_out_dates_and_titles_lose_nothing() -> None:
    skipped = GOOD[: GOOD.index("事项 升级")]
    head = HEAD + "  略过 §二: 由别的文件规定 @新认定的高新技术企业\n"
    found = report(skipped, head=head).problems
    assert [one.code for one in found] == []
    dated = TEXT.replace(
        "二、支持企业升级。", "二、2024年12月31日前，按《办法》（第30条）支持企业升级。"
    )
    assert [one.code for one in report(GOOD, dated).problems if one.code == "W-figure-lost"] == []
