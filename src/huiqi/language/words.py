"""Every keyword of the language, Chinese first, with its English equivalent and accepted spellings.

The first Chinese spelling is canonical: the syntax tree holds it whatever the file was written in.
"""

from __future__ import annotations

# section heads
SECTIONS: dict[str, str] = {
    "政策": "policy",
    "定义": "define",
    "参数": "parameter",
    "事项": "measure",
    "通则": "general",
    "打开": "open",
    "落实": "fill",
    "另有规定": "special",
}

# field labels: canonical Chinese -> (English, how its content is read)
LABELS: dict[str, tuple[str, str]] = {
    "机关": ("issuer", "list"),
    "地区": ("region", "words"),
    "来源": ("source", "words"),
    "发布": ("issued", "words"),
    "施行": ("in_force", "words"),
    "失效": ("ends", "words"),
    "有效期": ("validity", "words"),
    "奖励自": ("awards_from", "words"),
    "奖励至": ("awards_to", "words"),
    "约定": ("conventions", "list"),
    "替代": ("replaces", "list"),
    "延续": ("continues", "words"),
    "依据": ("basis", "words"),
    "综合裁量": ("discretion", "words"),
    "草案": ("draft", "words"),
    "答复": ("reply", "reply"),
    "略过": ("skipped", "skipped"),
    "摘要": ("summary", "words"),
    "对象": ("subject", "words"),
    "领取": ("recipient", "recipients"),
    "年度": ("year", "words"),
    "事件": ("event", "block"),
    "适用": ("applies_to", "list"),
    "取代": ("overrides", "list"),
    "情形": ("case", "block"),
    "应为": ("shall_be", "opening"),
    "可由": ("may_be_filled_by", "words"),
    "凭": ("by_text", "words"),
    "未落实": ("unfilled", "words"),
    "条件": ("conditions", "block"),
    "期限": ("term", "block"),
    "授予": ("grants", "grant"),
    "提供": ("provides", "list"),
    "形式": ("form", "list"),
    "奖励": ("award", "block"),
    "上限": ("limits", "caps"),
    "预算": ("budget", "budget"),
    "拨付": ("instalments", "instalments"),
    "义务": ("duties", "duties"),
    "叠加": ("stacking", "stacking"),
    "同一事项": ("matter", "list"),
    "沿革": ("edition_of", "list"),
    "窗口": ("window", "window"),
    "渠道": ("channel", "list"),
    "部门": ("department", "list"),
    "材料": ("papers", "list"),
    "资金": ("fund", "words"),
    "优先": ("priority", "list"),
    "核对": ("checked", "checked"),
    "未尽": ("open_points", "words"),
    "存疑": ("doubtful", "words"),
    "例外": ("exception", "exception"),
    "例": ("examples", "examples"),
}
REPEATABLE = frozenset({"略过", "未尽", "存疑", "例外", "答复", "优先"})
ENGLISH_LABELS = {english: zh for zh, (english, _) in LABELS.items()}
ENGLISH_SECTIONS = {english: zh for zh, english in SECTIONS.items()}

# Words of a line: terminal -> {canonical: (spellings)}. English spellings are single tokens.
TERMINALS: dict[str, dict[str, tuple[str, ...]]] = {
    "AND": {"且": ("and",)},
    "OR": {"或": ("or",)},
    "NOT": {"非": ("not",)},
    "SOFTLY": {"原则上": ("in_principle",)},
    "IN": {"属于": ("in",)},
    "NOTIN": {"不属于": ("not_in",)},
    "HOLD": {
        "有": ("has",),
        "无": ("has_no",),
        "曾获": ("ever_held",),
        "获": ("newly_granted",),
        "列入": ("listed_in",),
        "未列入": ("not_listed_in",),
        "发生": ("suffered",),
    },
    "SINCE": {"自": ("since",)},
    "STARTING": {"起": ("for",)},
    "FULLFOR": {"满": ("at_least",)},
    "IF": {"若": ("if",)},
    "CAP": {"封顶": ("capped_at",)},
    "SOFT": {"可突破": ("may_be_exceeded",)},
    "FLOOR": {"保底": ("floored_at",)},
    "NA": {"不适用则": ("if_not_applicable",)},
    "JUDGE": {"评审": ("judged",)},
    "OPEN": {"待定": ("left_open",)},
    "ATMOST": {"至多": ("up_to",)},
    "ATLEAST": {"至少": ("no_less_than",)},
    "BY": {"按": ("by",)},
    "CASES": {"情形": ("cases",)},
    "MODE": {
        "首次达到": ("first_reached",),
        "取最高档": ("highest_row",),
        "各档都给": ("every_row",),
        "分段": ("marginal",),
        "补差": ("less_granted",),
    },
    "GROUP": {
        "任一": ("any_of",),
        "全部": ("all_of",),
        "都不": ("none_of",),
        "合计": ("sum_of",),
        "择优": ("best_of",),
        "择一": ("one_of",),
    },
    "EACH": {"每满足一项": ("each_met",)},
    "FULL": {"满分": ("full_marks",)},
    "ELSE": {"其他": ("otherwise",)},
    "VERDICT": {
        "符合": ("eligible",),
        "待评审": ("needs_review",),
        "待补充": ("undetermined",),
        "不符合": ("ineligible",),
    },
    "CMP": {
        "≥": (">=", "不低于", "≧"),
        "≤": ("<=", "不高于", "≦"),
        ">": ("高于", "＞"),
        "<": ("低于", "＜"),
        "=": ("＝", "=="),
        "≠": ("!=", "<>"),
    },
    "PLUS": {"+": ("＋",)},
    "MINUS": {"−": ("-", "－")},
    "TIMES": {"×": ("*", "＊")},
    "OVER": {"/": ("÷", "／")},
    "TILDE": {"~": ("～", "〜")},
    "STAR": {},
}

# Words of a field's own small form, recognised only there.
CHECKED_AS = {"全文": "full_text", "仅二手": "secondary", "未核": "unchecked"}
STACK_VERBS = {
    "就高": "better_of",
    "不再": "no_more",
    "不重复": "not_twice",
    "任选": "choose",
    "互斥": "exclusive",
    "限额": "limit",
    "补差": "difference",
    "优先": "prevails",
    "并存": "together",
}
SCOPES = {
    "每项": "per_item",
    "每户": "per_firm",
    "每人": "per_person",
    "每年": "per_year",
    "每级": "per_level",
    "总额": "in_all",
}
EXAMPLE_WORDS = {
    "同上": "as_above",
    "同": "as",
    "缺": "missing",
    "金额缺": "missing_for_amount",
    "未知": "unknown",
    "不知道": "not_known",
    "不适用": "not_applicable",
    "未载明": "unstated",
    "是": "yes",
    "否": "no",
    "有": "has",
    "无": "none",
    "其余未知": "rest_unknown",
    "此前最高": "highest_before",
}
READING_KINDS = {"并列": "equal", "备注": "noted"}
OTHER_WORDS = {
    "甲": "first",
    "乙": "second",
    "常年": "all_year",
    "应当": "must",
    "不得": "must_not",
    "违者": "breach",
    "同一事项": "same_matter",
    "发完即止": "first_come",
    "按比例": "pro_rata",
    "本企业": "applicant",
    "至少": "at_least",
    "无文号": "unnumbered",
}

# Which fields may stand in which section (例外 is a section of its own in this).
_REMARKS = ("核对", "未尽", "存疑")
PLACES: dict[str, frozenset[str]] = {
    section: frozenset((*fields.split(), *_REMARKS))
    for section, fields in {
        "政策": "机关 地区 来源 发布 施行 失效 有效期 奖励自 奖励至 约定 资金 叠加 替代 延续 依据"
        " 综合裁量 草案 略过 答复",
        "定义": "摘要 对象 依据 例",
        "参数": "",
        "事项": "摘要 对象 领取 年度 事件 条件 期限 授予 提供 形式 奖励 上限 预算 拨付 义务 叠加"
        " 同一事项 沿革 窗口 渠道 部门 材料 资金 优先 依据 例外 例",
        "通则": "适用 摘要 对象 年度 条件 义务 叠加 依据 例",
        "打开": "应为 可由 凭 未落实 摘要 依据",
        "落实": "摘要 对象 依据 例",
        "另有规定": "取代 情形 条件 奖励 年度 摘要 依据 例",
        "例外": "情形 条件 奖励 摘要 依据",
    }.items()
}
# Fields of plain words whose content is from a closed list.
WORD_VALUES: dict[str, dict[str, str]] = {
    "年度": {"上年度": "last_year", "前年度": "year_before_last", "当年": "this_year"},
    "形式": {
        "奖励": "award",
        "补助": "subsidy",
        "贴息": "interest_subsidy",
        "减免": "relief",
        "税前扣除": "tax_deduction",
        "券": "voucher",
        "实物": "in_kind",
        "服务": "service",
        "股权投入": "equity",
    },
    "未落实": {"待定": "left_open"},
    "适用": {"本政策": "this_policy", "全部": "all"},
    "应为": {"得分": "score", "比例": "share", "条件": "condition", "金额": "amount"},
}
# Fields of free text: they keep their own punctuation.
PROSE = frozenset(
    {"摘要", "未尽", "存疑", "优先", "材料", "渠道", "依据", "延续", "综合裁量", "草案"}
)
GIVEN_VALUES = ("未知", "不知道", "不适用", "是", "否", "有", "无")

PERIODS: dict[str, str] = {
    "上年度": "last_year",
    "前年度": "year_before_last",
    "当年": "this_year",
    "此前最高": "highest_before",
}
ENGLISH_PERIODS = {english: zh for zh, english in PERIODS.items()}

FUNCTIONS: dict[str, str] = {
    "取小": "min",
    "取大": "max",
    "均值": "mean",
    "合计": "sum",
    "增速": "growth",
    "复合增速": "compound_growth",
    "增量": "increment",
    "数": "count",
    "最大": "greatest",
    "最小": "least",
    "满数": "whole_units",
    "分档": "grade",
    "年差": "years_between",
    "月份": "month_of",
    "年份": "year_of",
    "第几年": "nth_year",
    "每年": "each_year",
    "首次": "first_time",
    "名额": "places",
    "取整": "rounded",
    "舍去": "truncated",
    "月数": "months_of",
    "天数": "days_of",
}
ENGLISH_FUNCTIONS = {english: zh for zh, english in FUNCTIONS.items()}


def token_table() -> dict[str, tuple[str, str]]:
    """Every spelling of an operator word -> (terminal, canonical spelling)."""
    table: dict[str, tuple[str, str]] = {}
    for terminal, words in TERMINALS.items():
        for canonical, spellings in words.items():
            for spelling in (canonical, *spellings):
                table[spelling] = (terminal, canonical)
    return table


def reserved() -> frozenset[str]:
    """Words that cannot name a fact: labels, group words, operators (LANGUAGE section 7)."""
    return frozenset(SECTIONS) | frozenset(LABELS) | frozenset(token_table()) | {"甲", "乙", "解读"}


# Border words that officials write and the language refuses, with what each may mean.
REFUSED_BORDERS = {
    "以上": ("≥", ">"),
    "以下": ("≤", "<"),
    "以内": ("≤", "<"),
    "不足": ("<", "<"),
    "超过": (">", "≥"),
    "达到": ("≥", "≥"),
    "左右": ("", ""),
}
