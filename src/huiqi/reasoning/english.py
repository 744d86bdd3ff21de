"""The interpreter's remarks in English: causes, notes and readings, each by the pattern it is made with.

What quotes a rule or an official text stays as it is; a remark without a pattern is shown in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.quantity import QuantityError, format_quantity, parse_quantity

_DAY = r"(\d{4}-\d\d-\d\d)"
# (pattern of the whole remark, English). {0} is the first group, {0:t} the same told in English itself.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"评审：(.+)", "review: {0}"),
    (
        r"参数没有这一年的数：(.+)（(\d+)年度），由规则库补，不用企业填",
        "no row of {0} for {1}: for the rules to supply, not for the firm",
    ),
    (r"文件未载明：(.+)", "the text does not say: {0}"),
    (r"金额未载明：(.+)", "no sum stated: {0}"),
    (r"金额未载明", "no sum stated"),
    (r"解读 (.+)", "two readings: {0}"),
    (r"原则上", "in principle"),
    (r"期满后受理", "whether applications after the end are taken"),
    (r"存量承诺", "promises from before the end"),
    (r"在写明的范围内由主管部门确定", "the authority decides within the stated range"),
    (r"落实文件未见：(.+)（由(.+)规定）", "not seen: the text on {0} (of {1})"),
    (r"不适用：(.+)", "not applicable: {0}"),
    (r"按另一种读法：(.+)", "by another reading: {0:t}"),
    (r"(并列 .+?)：两种读法都(\S+)", "{0:t}: {1:t} by both readings"),
    (r"(并列 .+?)：甲 (.+)，乙 (.+)", "{0:t}: first {1:t}, second {2:t}"),
    (r"并列 (.+)", "two readings {0}"),
    (r"滚动 (.+)", "(rolling) {0:t}"),
    (r"日历年 (.+)", "(calendar years) {0:t}"),
    (r"没有", "none"),
    (r"清单为空", "the list is empty"),
    (r"清单里没有这样的记录", "no such record in the list"),
    (r"无对象", "no such record"),
    (r"计得金额为0", "comes to nothing"),
    (r"计得金额大于0", "comes to more than nothing"),
    (r"尚未施行", "not in force yet"),
    (rf"{_DAY} 起施行", "in force from {0}"),
    (rf"文件已于 {_DAY} 到期", "the text ended on {0}"),
    (r"(文件已于 \S+ 到期)；(.+)", "{0:t}; {1:t}"),
    (r"已有后续版本，按事件发生时的版本", "a later edition exists; that of the day of the event counts"),
    (rf"已于 {_DAY} 到期", "expired on {0}"),
    (r"文件的时间尚未开始", "the text's time has not begun"),
    (r"事件不在文件的时间内", "the event lies outside the text's time"),
    (rf"最后一日 {_DAY}", "last day {0}"),
    (r"复核中", "under review"),
    (r"以企业承诺为据", "on the firm's signed statement"),
    (r"成立不满", "founded too late for it"),
    (r"(\d+)年尚未成立", "not founded yet in {0}"),
    (r"(\d+)年的比较缺上一年：(.+)", "no year before {0} to compare with: {1:t}"),
    (r"增长率无定义", "no growth rate from such a base"),
    (r"比例无定义", "the ratio is not defined"),
    (r"恰在分界", "exactly on the border"),
    (r"条文分档有缺口", "a gap between the bands of the text"),
    (r"表内没有这一行", "no such row in the table"),
    (r"适用例外：(.+)", "exception applies: {0}"),
    (r"“(.+)”由 (.+) 落实", "“{0}” is filled in by {1}"),
    (r"(.+)（(\d+)年度）依据 (.+)", "{0} ({1}) rests on {2}"),
    (r"取(.+)（另可选 (.+)）", "{0} is chosen (or {1})"),
    (r"上限原则上不超过，可突破", "the cap holds in principle and may be exceeded"),
    (r"每户最多 (\d+) 项，取最高的", "at most {0} a firm: the highest count"),
    (r"按此前未领取计", "taken as if nothing was received before"),
    (r"综合裁量：(.+)", "discretion over the whole: {0}"),
    (rf"{_DAY} 答复：(.+) 按(.)（(.+)）", "answered on {0}: {1} is reading {2} ({3})"),
    (r"未尽：(.+)", "left open: {0}"),
    (r"优先：(.+)", "preferred: {0}"),
    (r"领取：(.+)", "paid to: {0}"),
    (r"按现有文件", "by the texts known now"),
    (r"年久待核", "over five years old: whether it still stands is to be checked"),
    (r"至多待评审", "at best a person decides"),
    (r"至少待评审", "at least a person decides"),
    (r"另有(\d+)项金额未载明", "{0} more without a stated sum"),
    (r"另有(\d+)项待折算", "{0} more to be converted"),
    (r"叠加未载明", "the texts do not say whether these add up"),
    (r"可能同一事项", "some may count as one matter"),
    (r"叠加条件还缺事实", "facts for the stacking rules are missing"),
    (r"限额砍在哪一项上只是分摊示意，只有合计是准的", "a shared cap is exact in the total only"),
    (r"(.+)：就高，补足差额", "{0}: topped up to the higher"),
    (r"(.+)：已获支持，不再给", "{0}: supported before, nothing more"),
    (r"(.+)：以(.+)为准，不另给", "{0}: {1} governs, nothing more"),
    (r"符合", "eligible"),
    (r"不符合", "ineligible"),
    (r"待评审", "needs review"),
    (r"待补充", "undetermined"),
    (r"(符合|不符合|待评审|待补充) (.+)", "{0:t} {1:t}"),
    (r"(.+)以上", "{0:t} or more"),
    (r"(.+)~(.+)", "{0:t}~{1:t}"),
)  # fmt: skip


def told(text: str, lang: str) -> str:
    """A remark in the language asked for."""
    if lang == "zh":
        return text
    for pattern, english in _COMPILED:
        match = pattern.fullmatch(text)
        if match:
            return english.format(*map(_Told, match.groups()))
    return _figure(text)


def all_told(texts: Iterable[str], lang: str) -> list[str]:
    return [told(text, lang) for text in texts]


class _Told(str):
    """A piece of a remark; formatted with `t` it is told in English in its turn."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return told(str(self), "en") if spec == "t" else str(self)


_COMPILED = tuple((re.compile(pattern), english) for pattern, english in _PATTERNS)


def _figure(text: str) -> str:
    """50万元 → 500000 yuan; anything else as it is."""
    if not text[:1].isdigit():
        return text
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return text
    return format_quantity(quantity.value, quantity.dims, "en")


FORMS = {
    "奖励": "award",
    "补助": "subsidy",
    "贴息": "interest rebate",
    "减免": "tax relief",
    "税前扣除": "tax deduction",
    "券": "voucher",
    "实物": "goods",
    "服务": "service",
    "股权投入": "equity",
}


def form_words(form: str, lang: str) -> str:
    """The form of a benefit; several are joined."""
    if lang == "zh":
        return form
    return ", ".join(FORMS.get(one, one) for one in form.split("、"))


def title_label(name: str, vocabulary: Vocabulary, lang: str) -> str:
    """A title or role by its English label where it has one."""
    found = vocabulary.find(name) if lang == "en" else None
    return found.en if found is not None else name
