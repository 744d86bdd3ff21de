"""Which sentences of an official text give something to an enterprise or its people.

A list of giving verbs and forms of help. It reads form, not meaning: what it lists is for a person
to encode, leave open or skip with a reason.
"""

from __future__ import annotations

import re

_HELP = (
    "奖励|奖补|补助|补贴|资助|贴息|津贴|补偿|扶持|支持|资金|优惠|减免|倾斜|待遇|便利|"
    "减半|返还|免费|免房租|服务|经费|担保|政策"
)
_AWARD = "奖励|奖补|补助|补贴|资助"
_SUM = r"\d+(?:\.\d+)?(?:[十百千]?[万亿]?元|%|‰)"
_PATTERNS = (
    rf"(?:给予|予以|给与|发放|兑现|落实).{{0,70}}?(?:{_HELP})",
    r"享受(?!.{0,20}的).{0,40}?(?:待遇|政策|优惠|补贴|服务)",
    rf"(?:再|另|各|分别|一次性|最高|最高可|每[项个家户人件年].{{0,6}})(?:{_AWARD})",
    rf"(?:{_AWARD}|返还)[^,。]{{0,20}}?{_SUM}",
    rf"{_SUM}[^,。]{{0,12}}(?:返还|贴息|{_AWARD})",
    r"(?:奖补|奖励|补助|补贴|返还)比例[为分]",
    r"(?:减按|免征|减征|免收|减收|先征后返|即征即退|返还|退还).{0,30}(?:税|费|%)",
    r"(?:费率|税率)(?:政策)?(?:至|为|的|降|延续)|缓缴",
    r"免.{0,4}租|租金减半",
    r"(?:在税前|税前|应纳税所得额中|一次性全额).{0,20}(?:扣除|摊销)(?!额|政策|优惠|比例|的)",
    r"(?:计算|实行|进行|可以?|实施).{0,20}加计扣除(?!额|政策|优惠|比例|的)",
    r"加计扣除比例(?:提高|为)",
    r"可以?(?:按.{0,12})?(?:追溯)?(?:享受|申请|申领|申报|领取)",
    r"优先(?:支持|纳入|安排|列为|列入|申报|享受|推荐|给予|获得)",
    r"同等条件.{0,8}(?:优先|倾斜|支持)",
    r"(?:公告|认定|公告认定)为.{2,24}(?:企业|中心|基地|平台)[。;]",
    r"可直接(?:确认|认定)",
    r"可按不低于",
    r"(?:支持|允许).{0,40}(?:参与|享受|纳入).{0,12}(?:交易|优惠|目录|计划)",
    r"^推荐.{0,40}(?:申报|参加)|为企业提供.{0,30}服务",
)
_GIVES = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
# What denies, limits or takes back is no gift; titles in 《》 and offices in charge say nothing.
_NOT = re.compile(
    r"《[^》]*》|(?:不得|不予|不再|不宜|不能|不适用|停止|取消|追回|退回|退还)[^,;。]*|\(责任单位:[^)]*\)"
)
# Work of offices on the money, the publicity or themselves; aims; definitions.
_NO_GIFT = re.compile(
    r"(?:各地|各级|各市|各县|有关部门|各有关部门|[省市县区]?.{0,8}(?:部门|厅|局|委))(?:要|应|应当|将|须|负责|建立)"
    r"|(?:第.{1,4}条)?(?:为|根据).*(?:制定本.{1,4}|制定以下政策|如下|请[遵认]?[照真]?.{0,4}执行)[。:]$"
    r"|.{0,30}所称.{0,60}指"
)
_NUMBERED_HEADING = re.compile(r"(?:\([^)]*\)|[一二三四五六七八九十]+、)[^\d]{0,30}。")
_HEADING_LENGTH = 40
_STOP = "。;!?"


def gives(sentence: str) -> bool:
    """Whether a normalised sentence gives something."""
    if sentence[-1:] not in _STOP and len(sentence) <= _HEADING_LENGTH:
        return False
    said = _NOT.sub("", sentence)
    if _NUMBERED_HEADING.fullmatch(said) or _NO_GIFT.match(said):
        return False
    return _GIVES.search(said) is not None
