"""Small rules as text, drawn over a small vocabulary: every mechanism of the language has its turn."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from huiqi.library.load import load_vocabulary
from huiqi.library.paths import vocabulary_dir
from huiqi.vocabulary.declare import Vocabulary, declare

DECLARED: dict[str, dict[str, object]] = {
    "甲额": {"en": "sum a", "type": "money"},
    "乙额": {"en": "sum b", "type": "money"},
    "丙额": {"en": "sum c", "type": "money", "min": "none"},
    "年收": {"en": "takings", "type": "money", "period": "year"},
    "年利": {"en": "profit", "type": "money", "period": "year", "min": "none"},
    "在册": {"en": "persons", "type": "number", "unit": "人"},
    "占比": {"en": "share", "type": "ratio"},
    "成立日": {"en": "founded", "type": "date"},
    "开工日": {"en": "begun", "type": "date"},
    "合规": {"en": "in order", "type": "yes_no", "definition": "检查合格"},
    "守信": {"en": "faithful", "type": "yes_no", "definition": "承诺履约"},
    "等级": {"en": "grade", "type": "code", "codes": "级别"},
    "行当": {"en": "trade", "type": "code", "codes": "行业"},
    "门类": {"en": "trades", "type": "code", "codes": "行业", "many": True},
    "样式": {"en": "make", "type": "text"},
    "名号": {
        "en": "title",
        "type": "title",
        "fields": {"级别": {"en": "level", "type": "code", "codes": "级别"}},
    },
    "失信册": {"en": "black list", "type": "register"},
    "过失": {"en": "fault", "type": "event"},
    "工程": {
        "en": "works",
        "type": "records",
        "fields": {
            "投资": {"en": "cost", "type": "money"},
            "完工": {"en": "finished", "type": "date"},
            "样式": {"en": "make", "type": "text"},
            "合格": {"en": "sound", "type": "yes_no", "definition": "验收合格"},
            "级别": {"en": "level", "type": "code", "codes": "级别"},
        },
    },
}


@cache
def vocabulary() -> Vocabulary:
    """The shipped code tables with the facts above."""
    shipped = load_vocabulary(vocabulary_dir())
    return shipped.extended(declare(name, entry) for name, entry in DECLARED.items())


def _of(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


sums = _of("0元", "1万元", "2万元", "2万元", "3万元", "5万元")
signs = _of("≥", "≥", ">", "≤", "<", "=", "≠")
rates = _of("10%", "50%", "100%", "-20%")
years = _of("上年度", "前年度")
spans = _of("近两年", "近三年")
windows = _of("近两年", "近三年", "滚动两年", "近三年含当年", "2022-03-01~2024-02-29")


# ---------------------------------------------------------------- numbers
@st.composite
def firm_money(draw: st.DrawFn) -> str:
    """A sum of money about the enterprise."""
    annual = draw(_of("年收", "年利"))
    made: st.SearchStrategy[str] = st.one_of(
        _of("甲额", "甲额", "乙额", "丙额"),
        _of("甲额 + 乙额", "甲额 − 乙额", "丙额 − 甲额", "甲额 × 占比"),
        years.map(lambda year: f"{year} {annual}"),
        st.builds(
            lambda how, span: f"{how}({span} {annual})",
            _of("均值", "合计", "最大", "最小"),
            spans,
        ),
        _of("取小(甲额, 乙额)", "取大(甲额, 2万元)", "取大(甲额, 丙额)", "增量(上年度 年收)"),
        _of("合计(工程[合格], 投资)", "最大(工程, 投资)", "最小(工程[合格], 投资)"),
        _of("均值(工程[样式 = 新], 投资)", "合计(工程[完工 ≥ 2023-01-01 且 合格], 投资 × 50%)"),
        _of("满数(甲额, 2万元) × 1万元", "取整(乙额, 1万元)", "舍去(乙额, 1万元)"),
    )
    return draw(made)


@st.composite
def firm_shares(draw: st.DrawFn) -> str:
    return draw(
        _of(
            "占比",
            "甲额 / 乙额",
            "乙额 / 丙额",
            "增速(上年度 年收)",
            "增速(上年度 年利)",
            "均值(近两年 增速(年收))",
            "复合增速(近三年 年收)",
            "复合增速(近三年 年利)",
        )
    )


# ---------------------------------------------------------------- conditions
@st.composite
def firm_conditions(draw: st.DrawFn) -> str:
    """One line: an atom about the enterprise."""
    kind = draw(st.integers(0, 15))
    if kind <= 3:
        return f"{draw(firm_money())} {draw(signs)} {draw(sums)}"
    if kind == 4:
        return f"{draw(firm_shares())} {draw(signs)} {draw(rates)}"
    if kind == 5:
        low, high = draw(_of("1万元 3万元", "2万元 2万元", "3万元 10万元")).split()
        return f"{draw(firm_money())} {draw(_of('属于', '不属于'))} {low}~{high}"
    if kind == 6:
        return draw(
            _of("合规", "守信", "非 合规", "合规 或 守信", "合规 且 守信", "非 (合规 且 守信)")
        )
    if kind == 7:
        return draw(_of("在册 ≥ 10人", "在册 < 20人", "数(工程[合格]) ≥ 1项", "数(工程) ≤ 1项"))
    if kind == 8:
        verb: str = draw(_of("有", "无", "曾获", "获", f"{draw(windows)} 曾获"))
        return f"{verb} 名号{draw(_of('', '', '[级别 属于 省级以上]'))}"
    if kind == 9:
        return draw(_of("首次(获 名号)", "有 名号 或 合规", "未列入 失信册", "列入 失信册"))
    if kind == 10:
        return f"{draw(_of('', '非 '))}{draw(windows)} 发生 过失"
    if kind == 11:
        return draw(
            _of(
                "自 成立日 满 2年",
                "自 开工日 满 6个月",
                "开工日 ≤ 2023-12-31",
                "开工日 属于 2023-01-01~2024-02-29",
                "开工日 属于 自 成立日 起 1年",
                "月份(开工日) 属于 3月~6月",
                "年份(开工日) ≥ 2023",
            )
        )
    if kind == 12:
        return draw(
            _of(
                "行当 属于 制造业",
                "行当 不属于 C39、I65",
                "门类 属于 C39",
                "门类 不属于 C39",
                "等级 ≥ 省级",
                "等级 = 市级",
                "样式 = 新",
                "样式 属于 新、旧",
                "最大(工程[合格], 级别) ≥ 省级",
            )
        )
    if kind == 13:
        window = draw(_of("", f"{draw(windows)} "))
        return f"{window}有 工程[{draw(_of('合格', '合格 且 样式 = 新', '投资 ≥ 2万元', '级别 属于 省级以上'))}]"
    if kind == 14:
        return draw(
            _of(
                "每年(近两年 年收 ≥ 2万元)",
                "每年(近两年 年利 / 年收 ≥ 10%)",
                "每年(近两年 增速(年收) > 0%)",
            )
        )
    return draw(_of("评审「行业领先」", "待定「认定办法」", f"原则上 {draw(firm_money())} ≥ 2万元"))


def record_conditions() -> st.SearchStrategy[str]:
    return _of(
        "投资 ≥ 2万元",
        "投资 属于 1万元~3万元",
        "完工 ≥ 2023-01-01",
        "自 完工 满 1年",
        "合格",
        "非 合格",
        "样式 = 新",
        "级别 属于 省级以上",
        "企业.合规",
        "企业.甲额 ≥ 2万元",
        "有 企业.名号",
        "评审「优」",
        "投资 + 企业.甲额 ≥ 3万元",
    )


@st.composite
def condition_blocks(
    draw: st.DrawFn, atoms: st.SearchStrategy[str], indent: int, depth: int = 2
) -> list[str]:
    """Lines of a condition: an atom, a group, or two readings."""
    pad = " " * indent
    kind = draw(st.integers(0, 7))
    if kind <= 4 or depth == 0:
        return [pad + draw(atoms)]
    if kind == 5:
        mark, name = draw(_of("并列", "备注")), draw(_of("D7", "G2"))
        return [
            f"{pad}解读 {mark} {name} 两种读法:",
            f"{pad}  甲: {draw(atoms)}",
            f"{pad}  乙: {draw(atoms)}",
        ]
    return draw(_group(atoms, indent, 1))


@st.composite
def _group(draw: st.DrawFn, atoms: st.SearchStrategy[str], indent: int, dashes: int) -> list[str]:
    pad, bullet = " " * indent, "-" * dashes
    size = draw(st.integers(2, 3))
    head = draw(_of("任一:", "全部:", "都不:", f"至少{draw(st.integers(1, size))}项:"))
    lines = [pad + (f"{'-' * (dashes - 1)} " if dashes > 1 else "") + head]
    for _ in range(size):
        if dashes < 3 and draw(st.integers(0, 3)) == 0:
            lines += draw(_group(atoms, indent + 2, dashes + 1))
        else:
            lines.append(f"{pad}  {bullet} {draw(atoms)}")
    return lines


# ---------------------------------------------------------------- amounts
def _rows(pad: str, rows: list[str]) -> list[str]:
    return [f"{pad}{row}" for row in rows]


@st.composite
def tables(draw: st.DrawFn, subject: str, indent: int, lead: str = "") -> list[str]:
    """A table over a sum of money, in one of its modes; `lead` stands before 按."""
    pad = " " * indent
    a, b, c = (draw(_of("1万元", "2万元", "0元", "甲额 × 10%", "至多 3万元")) for _ in range(3))
    tail = draw(_of("", "", " 封顶 1.5万元"))
    kind = draw(st.integers(0, 5))
    if kind == 0:
        head, rows = "", [f"≥ 3万元: {a}", f"≥ 1万元 且 < 3万元: {b}", f"其他: {c}"]
    elif kind == 1:
        head, rows = " 取最高档", [f"≥ 1万元: {a}", f"> 3万元: {b}", f"≥ 5万元: {c}"]
    elif kind == 2:
        head, rows = " 各档都给", [f"≥ 1万元: {a}", f"≥ 3万元: {b}", f"≥ 5万元: {c}"]
    elif kind == 3:
        head, rows = " 分段", ["≤ 2万元: 50%", "> 2万元 且 ≤ 5万元: 20%", "> 5万元: 至多 10%"]
    elif kind == 4:
        head, rows = "", [f"1万元~3万元: {a}", f"3万元~5万元: {b}"]
    else:
        head, rows = "", [f"< 2万元: {a}", f"> 2万元: {b}"]
    return [f"{pad}{lead}按 {subject}{head}{tail}", *_rows(pad + "  ", rows)]


@st.composite
def other_tables(draw: st.DrawFn, indent: int, lead: str = "") -> list[str]:
    """A table over a code, a text, a yes or no, or cases."""
    pad = " " * indent
    a, b, c = (draw(_of("1万元", "2万元", "0元", "乙额 × 50%")) for _ in range(3))
    heads = {
        "等级": [f"国家级: {a}", f"省级、市级: {b}", f"其他: {c}"],
        "行当 取最高档": [f"C: {a}", f"C39: {b}", f"其他: {c}"],
        "行当 各档都给": [f"C: {a}", f"C39: {b}"],
        "门类": [f"C: {a}", f"I65: {b}", f"其他: {c}"],
        "样式": [f"新: {a}", f"旧: {b}"],
        "合规": [f"是: {a}", f"否: {b}"],
        "情形": [f"甲额 ≥ 2万元: {a}", f"合规: {b}", f"其他: {c}"],
        "月份(开工日)": [f"3月~6月: {a}", f"7月~9月: {b}", f"其他: {c}"],
    }
    head = draw(st.sampled_from(sorted(heads)))
    return [f"{pad}{lead}按 {head}", *_rows(pad + "  ", heads[head])]


@st.composite
def plain_amounts(draw: st.DrawFn, base: st.SearchStrategy[str]) -> str:
    """An amount on one line."""
    of = draw(base)
    wrapped = f"({of})" if " + " in of or " − " in of else of
    core = draw(
        st.sampled_from(
            [
                "2万元",
                "2万元",
                f"{wrapped} × 10%",
                f"{wrapped} × 50% 封顶 1万元",
                f"{wrapped} × 至多 30%",
                f"至多 {wrapped}",
                "1万元~3万元",
                f"{wrapped} × 20% 保底 0.5万元",
            ]
        )
    )
    if "封顶" in core or "保底" in core:
        return core
    return core + draw(_of("", "", "", " 若 合规", " 若 评审「好」"))


@st.composite
def amount_blocks(draw: st.DrawFn, first_time: bool) -> list[str]:
    """The field 奖励 of a measure about the enterprise."""
    kind = draw(st.integers(-1, 7 if first_time else 5))
    if kind == -1:
        return [
            "  奖励:",
            f"    解读 {draw(_of('并列', '备注'))} D7 两种读法:",
            f"      甲: {draw(plain_amounts(firm_money()))}",
            f"      乙: {draw(plain_amounts(firm_money()))}",
        ]
    if kind <= 1:
        return [f"  奖励: {draw(plain_amounts(firm_money()))}"]
    if kind == 2:
        return draw(tables(draw(firm_money()), 2, "奖励: "))
    if kind == 3:
        return draw(other_tables(2, "奖励: "))
    if kind in (4, 5):
        how = draw(_of("合计", "择优", "择一"))
        parts = [draw(plain_amounts(firm_money())) for _ in range(2)]
        return ["  奖励:", f"    {how}:", *(f"      - {part}" for part in parts)]
    mode = draw(_of("取最高档", "取最高档 补差", "各档都给"))
    low = draw(_of("≥", ">"))
    return [
        f"  奖励: 按 年收 首次达到 {mode}",
        f"    {low} 2万元: 1万元",
        "    ≥ 3万元: 2万元",
        "    ≥ 5万元: 4万元",
    ]


@st.composite
def scores(draw: st.DrawFn) -> list[str]:
    """A definition that adds points given by facts and by people."""
    return [
        "定义 得分",
        "  合计:",
        *draw(_score_table()),
        f"    - 好坏: {draw(_of('评审「好」 0分~10分', '5分 若 合规', '占比 × 10分'))}",
        "    - 每项 每满足一项 3分:",
        f"      -- {draw(firm_conditions())}",
        f"      -- {draw(firm_conditions())}",
    ]


@st.composite
def _score_table(draw: st.DrawFn) -> list[str]:
    if draw(st.booleans()):
        subject = draw(firm_money())
        rows = ["≥ 3万元: 10分", "≥ 1万元 且 < 3万元: 5分", "其他: 0分"]
    else:
        subject = draw(firm_shares())
        rows = ["≥ 50%: 10分", "≥ 10% 且 < 50%: 5分", "其他: 0分"]
    return [f"    - 事实: 按 {subject}", *_rows("      ", rows)]


# ---------------------------------------------------------------- whole rules
_HEADS: list[list[str]] = [
    [],
    [],
    ["政策 例政〔2022〕1号 示例", "  施行: 2022-03-01"],
    ["政策 例政〔2022〕1号 示例", "  施行: 2021-01-01", "  有效期: 5年"],
    [
        "政策 例政〔2022〕1号 示例",
        "  施行: 2022-01-01",
        "  奖励自: 2021-01-01",
        "  失效: 2023-12-31",
    ],
]


@st.composite
def firm_rules(draw: st.DrawFn) -> str:
    """A rule about the enterprise, with a document's head, a score, limits and an exception now and then."""
    lines = list(draw(st.sampled_from(_HEADS)))
    scored = draw(st.integers(0, 4)) == 0
    if scored:
        lines += draw(scores())
    lines += ["事项 例", "  年度: 上年度", "  条件:"]
    if scored:
        lines.append(f"    得分 {draw(_of('≥', '>', '<'))} {draw(_of('5分', '10分', '13分'))}")
    for _ in range(draw(st.integers(0 if scored else 1, 2))):
        lines += draw(condition_blocks(firm_conditions(), 4))
    if draw(st.integers(0, 5)) == 0:
        lines.append(f"  期限: 自 开工日 起 {draw(_of('2年', '3年度', '6个月'))}")
    lines += draw(amount_blocks(True))
    if draw(st.integers(0, 3)) == 0:
        lines.append(
            f"  上限: 每户 {draw(_of('1万元', '乙额 × 10%', '1万元 若 守信', '每年 1万元'))}"
        )
    if draw(st.integers(0, 4)) == 0:
        lines += ["  例外 特例:", f"    情形: {draw(firm_conditions())}"]
        lines.append(f"    奖励: {draw(plain_amounts(firm_money()))}")
    return "\n".join(lines) + "\n"


@st.composite
def record_rules(draw: st.DrawFn) -> str:
    """A rule about each of the enterprise's works."""
    lines = ["事项 例", "  对象: 工程", "  条件:"]
    for _ in range(draw(st.integers(1, 2))):
        lines += draw(condition_blocks(record_conditions(), 4))
    lines.append(
        f"  奖励: {draw(_of('投资 × 10%', '投资 × 50% 封顶 1万元', '1万元', '至多 投资', '1万元 若 合格'))}"
    )
    limits = draw(
        st.lists(
            _of(
                "每户 1个",
                "每户 1.5万元",
                "每项 0.8万元 若 合格",
                "每户 1万元 若 企业.守信",
                "每户 1个 若 合格",
            ),
            max_size=2,
            unique=True,
        )
    )
    if limits:
        lines += ["  上限:", *(f"    {limit}" for limit in limits)]
    return "\n".join(lines) + "\n"


rules = st.one_of(firm_rules(), firm_rules(), firm_rules(), record_rules())


# ---------------------------------------------------------------- several measures that meet
@st.composite
def stacked_rules(draw: st.DrawFn) -> str:
    """Two or three measures of one document under stacking lines (group E)."""
    names = ["例", "例乙", "例丙"][: draw(st.integers(2, 3))]
    lines = ["政策 例政〔2022〕1号 示例", "  施行: 2021-01-01"]
    if draw(st.booleans()):
        lines.append(f"  叠加: {draw(_stacking(names))}")
    for name in names:
        lines += [
            f"事项 {name}",
            f"  条件: {draw(_of('合规', '守信', '甲额 ≥ 2万元', '评审「好」', '甲额 ≥ 0元'))}",
        ]
        lines.append(f"  奖励: {draw(plain_amounts(_of('甲额', '乙额')))}")
        if draw(st.booleans()):
            lines.append(f"  叠加: {draw(_stacking(names))}")
        if draw(st.booleans()):
            lines.append(f"  同一事项: {draw(_of('升规', '扩建'))}")
    return "\n".join(lines) + "\n"


@st.composite
def _stacking(draw: st.DrawFn, names: list[str]) -> str:
    verb = draw(_of("就高", "不再", "不重复", "任选", "互斥", "优先", "并存", "限额"))
    scope = "、".join(names[:2]) if draw(st.booleans()) else "本政策"
    if verb == "优先":
        scope = "、".join(names[:2])
    if verb == "限额":
        return f"限额 {scope} 每户 每年 {draw(_of('1万元', '3万元', '乙额'))}"
    matter = draw(_of("", " 同一事项")) if verb != "优先" else ""
    return f"{verb} {scope}{matter}{draw(_of('', '', ' 若 守信'))}"
