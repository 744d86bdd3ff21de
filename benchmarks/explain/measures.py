"""Measures and enterprises from a seed: plain data, then rule text for Huiqi, neutral for peers.

A measure is `{"id", "all": [test or {"any": [tests]}], "amount"}`; a test is one of
`{"fact", "in"}` (names), `{"fact", "prefix"}` (industry codes), `{"fact", "op", "value"}` (whole
yuan, heads, yyyymmdd) and `{"title"}`. An amount is fixed, a capped percentage, or tiers.
The shapes are those of shipped measures: three to eight tests, one group in three measures,
round thresholds.
"""

import random
from pathlib import Path
from typing import Any

from neutral import answer as plain_answer

AS_OF = "2022-06-30"
YEAR = "2021年度"
COUNTIES = [
    "温岭市", "玉环市", "临海市", "黄岩区", "椒江区", "路桥区", "天台县", "仙居县", "三门县",
]  # fmt: skip
INDUSTRIES = [
    "C3441", "C3421", "C3812", "C3670", "C1952", "C2929", "C2927", "C3443", "C3311", "C3489",
    "C2710", "C2720", "C3360", "C3525", "C3599", "C3857", "C3982", "C4011", "C1811", "C2239",
    "I6513", "I6531", "I6420", "M7320", "M7340", "M7452", "F5179", "G5432", "A0412", "C1361",
]  # fmt: skip
TITLES = ["高新技术企业", "科技型中小企业", "创新型中小企业", "专精特新中小企业", "瞪羚企业"]
WAN = 10_000
REVENUE = [500 * WAN, 1000 * WAN, 2000 * WAN, 5000 * WAN, 10_000 * WAN, 40_000 * WAN]
STAFF = [10, 20, 50, 100, 300, 500, 1000]
RESEARCH = [20 * WAN, 50 * WAN, 100 * WAN, 500 * WAN, 1000 * WAN]
FOUNDED = [20101231, 20151231, 20181231, 20201231]

Test = dict[str, Any]
Measure = dict[str, Any]
Firm = dict[str, Any]


def make_measures(count: int, seed: int = 7) -> list[Measure]:
    rnd = random.Random(f"measures-{seed}")
    return [_measure(rnd, number) for number in range(count)]


def make_firms(count: int, seed: int = 7) -> list[Firm]:
    rnd = random.Random(f"firms-{seed}")
    return [_firm(rnd, number) for number in range(count)]


def _measure(rnd: random.Random, number: int) -> Measure:
    tests: list[Any] = [{"fact": "注册地", "in": rnd.sample(COUNTIES, rnd.choice([1, 3, 6, 9]))}]
    if rnd.random() < 0.7:
        codes = rnd.sample(INDUSTRIES, rnd.randint(2, 12))
        cuts = sorted({code[: rnd.choice([1, 3, 3, 4])] for code in codes})
        widest = [cut for cut in cuts if not any(cut[:n] in cuts for n in range(1, len(cut)))]
        tests.append({"fact": "行业", "prefix": widest})
    limits = [_revenue(rnd), _staff(rnd), _research(rnd), _founded(rnd)]
    tests += rnd.sample(limits, rnd.randint(1, 4))
    if rnd.random() < 0.5:
        tests.append({"title": rnd.choice(TITLES)})
    if rnd.random() < 0.35:
        tests.append({"any": [{"title": rnd.choice(TITLES)}, _research(rnd), _revenue(rnd)]})
    return {"id": number, "all": tests, "amount": _amount(rnd)}


def _revenue(rnd: random.Random) -> Test:
    return {"fact": "营业收入", "op": ">=", "value": rnd.choice(REVENUE)}


def _staff(rnd: random.Random) -> Test:
    return {"fact": "职工总数", "op": "<=", "value": rnd.choice(STAFF)}


def _research(rnd: random.Random) -> Test:
    return {"fact": "研发费用", "op": ">=", "value": rnd.choice(RESEARCH)}


def _founded(rnd: random.Random) -> Test:
    return {"fact": "成立日", "op": "<=", "value": rnd.choice(FOUNDED)}


def _amount(rnd: random.Random) -> dict[str, Any]:
    kind = rnd.choice(["fixed", "rate", "tiers"])
    if kind == "fixed":
        return {"kind": kind, "yuan": rnd.choice([5, 10, 20, 50, 100]) * WAN}
    if kind == "rate":
        percent, cap = rnd.choice([5, 10, 15, 20]), rnd.choice([20, 50, 100, 500]) * WAN
        return {"kind": kind, "percent": percent, "of": "研发费用", "cap": cap}
    floors = sorted(rnd.sample(REVENUE, 3))
    rows = [[floor, (at + 1) * 10 * WAN] for at, floor in enumerate(floors)]
    return {"kind": kind, "of": "营业收入", "rows": rows}


def _firm(rnd: random.Random, number: int) -> Firm:
    revenue = int(rnd.lognormvariate(16.8, 1.4))
    return {
        "名称": f"试验企业{number}",
        "注册地": rnd.choice(COUNTIES),
        "行业": rnd.choice(INDUSTRIES),
        "营业收入": revenue,
        "职工总数": max(1, int(rnd.lognormvariate(4.0, 1.1))),
        "研发费用": int(revenue * rnd.betavariate(1.3, 18)),
        "成立日": rnd.randint(1995, 2021) * 10000 + rnd.randint(1, 12) * 100 + rnd.randint(1, 28),
        "titles": [title for title in TITLES if rnd.random() < 0.3],
    }


# ---- as the peers get them


def neutral(measure: Measure) -> dict[str, Any]:
    parts = [_neutral_test(test) for test in measure["all"]]
    amount = _neutral_amount(measure["amount"])
    return {"id": measure["id"], "condition": ["and", *parts], "amount": amount}


def values_of(firm: Firm) -> dict[str, Any]:
    """The firm's variables: numbers, flags, and a code at each depth of its table."""
    values = {fact: firm[fact] for fact in ("注册地", "营业收入", "职工总数", "研发费用", "成立日")}
    values |= {f"行业{depth}": firm["行业"][:depth] for depth in (1, 3, 4)}
    return values | {title: title in firm["titles"] for title in TITLES}


def _neutral_test(test: Test) -> list[Any]:
    if "any" in test:
        return ["or", *map(_neutral_test, test["any"])]
    if "title" in test:
        return ["flag", test["title"]]
    if "in" in test:
        return ["or", *(["is", test["fact"], name] for name in test["in"])]
    if "prefix" in test:
        return ["or", *(["is", f"行业{len(code)}", code] for code in test["prefix"])]
    return ["cmp", test["op"], ["var", test["fact"]], ["num", test["value"]]]


def _neutral_amount(amount: dict[str, Any]) -> list[Any]:
    if amount["kind"] == "fixed":
        return ["num", amount["yuan"]]
    value = ["var", amount["of"]]
    if amount["kind"] == "rate":
        return ["min", ["mul", value, ["num", amount["percent"] / 100]], ["num", amount["cap"]]]
    form: list[Any] = ["num", 0]
    for floor, yuan_paid in amount["rows"]:
        form = ["if", ["cmp", ">=", value, ["num", floor]], ["num", yuan_paid], form]
    return form


def answer(measure: Measure, firm: Firm) -> int | None:
    """The amount in fen, None if not eligible."""
    yuan_paid = plain_answer(neutral(measure), values_of(firm))
    return None if yuan_paid is None else round(yuan_paid * 100)


# ---- as Huiqi reads them


def rule_documents(measures: list[Measure], per_document: int = 10) -> dict[str, str]:
    """File name → rule text; every measure has the three examples a real one has at least."""
    documents = {}
    for number, start in enumerate(range(0, len(measures), per_document), start=1):
        head = (
            f"政策 试政发〔2021〕{number}号 第{number}号试验政策\n"
            "  机关: 试验机关\n  地区: 台州市\n  发布: 2021-01-01\n  施行: 2021-01-01\n"
            "  核对: 未核\n"
        )
        own = measures[start : start + per_document]
        documents[f"试政发〔2021〕{number}号.rule"] = head + "".join(map(_rule, own))
    return documents


def _rule(measure: Measure) -> str:
    lines = [
        f"事项 {name_of(measure['id'])}",
        "  摘要: 试验用",
        "  年度: 上年度",
        "  条件:",
    ]
    for test in measure["all"]:
        if "any" in test:
            inner = dict.fromkeys(_condition(member) for member in test["any"])
            lines += ["    任一:", *(f"      - {text}" for text in inner)]
        else:
            lines.append(f"    {_condition(test)}")
    return "\n" + "\n".join([*lines, *_award(measure["amount"]), *_examples(measure)]) + "\n"


def _condition(test: Test) -> str:
    if "title" in test:
        return f"有 {test['title']}"
    if "in" in test:
        return f"{test['fact']} 属于 {'、'.join(test['in'])}"
    if "prefix" in test:
        return f"{test['fact']} 属于 {'、'.join(test['prefix'])}"
    sign = "≥" if test["op"] == ">=" else "≤"
    return f"{test['fact']} {sign} {written(test['fact'], test['value'])}"


def _award(amount: dict[str, Any]) -> list[str]:
    if amount["kind"] == "fixed":
        return [f"  奖励: {yuan(amount['yuan'])}"]
    if amount["kind"] == "rate":
        return [f"  奖励: {amount['of']} × {amount['percent']}% 封顶 {yuan(amount['cap'])}"]
    rows = [f"    ≥ {yuan(floor)}: {yuan(value)}" for floor, value in amount["rows"]]
    return [f"  奖励: 按 {amount['of']} 取最高档", *rows, "    其他: 0元"]


def _examples(measure: Measure) -> list[str]:
    """A block of given facts and two variations of it, with the answers worked out here."""
    firm = _firm(random.Random(measure["id"]), measure["id"])
    others = [{**firm, "营业收入": 100_000 * WAN}, {**firm, "职工总数": 5}]
    given = ", ".join(
        [f"{fact}: {written(fact, firm[fact])}" for fact in ("注册地", "行业", "成立日")]
        + [f"{title}: {'有' if title in firm['titles'] else '无'}" for title in TITLES]
    )
    money = ", ".join(
        f"{fact}: {written(fact, firm[fact])}" for fact in ("营业收入", "职工总数", "研发费用")
    )
    return [
        "  例:",
        "    基准:",
        f"      {given}",
        f"      {money}",
        f"      → {_verdict(measure, firm)}",
        f"    同 基准, 营业收入: 10亿元 → {_verdict(measure, others[0])}",
        f"    同 基准, 职工总数: 5人 → {_verdict(measure, others[1])}",
    ]


def _verdict(measure: Measure, firm: Firm) -> str:
    fen = answer(measure, firm)
    if fen is None:
        return "不符合"
    return f"符合 {fen // 100}元" if fen % 100 == 0 else f"符合 {fen // 100}.{fen % 100:02d}元"


def facts_of(firm: Firm) -> dict[str, Any]:
    """The firm as a fact file."""
    facts: dict[str, Any] = {
        fact: written(fact, firm[fact]) for fact in ("注册地", "行业", "成立日")
    }
    for fact in ("营业收入", "职工总数", "研发费用"):
        facts[fact] = {YEAR: written(fact, firm[fact])}
    facts |= {title: "有" if title in firm["titles"] else "无" for title in TITLES}
    return {"名称": firm["名称"], "事实": facts}


def written(fact: str, value: Any) -> str:
    if fact == "职工总数":
        return f"{value}人"
    if fact == "成立日":
        return f"{value // 10000}-{value // 100 % 100:02d}-{value % 100:02d}"
    return yuan(value) if isinstance(value, int) else str(value)


def yuan(value: int) -> str:
    return f"{value // WAN}万元" if value and value % WAN == 0 else f"{value}元"


def name_of(number: int) -> str:
    """What a generated measure is called in its rule."""
    return f"试验奖励{_letters(number)}"


def _letters(number: int) -> str:
    """Names of measures hold no figures."""
    digits = "甲乙丙丁戊己庚辛壬癸"
    return "".join(digits[int(digit)] for digit in f"{number:04d}")


def write_rules(folder: Path, measures: list[Measure]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in rule_documents(measures).items():
        (folder / name).write_text(text, encoding="utf-8")
