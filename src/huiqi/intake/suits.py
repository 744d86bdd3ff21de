"""Whether imported values suit the vocabulary: the usual `check` of an import."""

from functools import cache

from huiqi.intake.rows import Check
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import FactError, FactProblem, FactReader, read_value

_DAY = Declaration(name="日期", en="date", type="date")
_YES_NO = Declaration(name="是否", en="yes or no", type="yes_no")
# The parts that every title, register and fault has; what else it has is declared as its fields.
ENTRY_PARTS = {
    "授予日": _DAY, "有效至": _DAY, "发生日": _DAY, "查询日": _DAY, "承诺": _DAY, "列入": _YES_NO,
}  # fmt: skip


def suits(vocabulary: Vocabulary, lang: str = "zh") -> Check:
    """Asks the vocabulary about each value; complaints come in `lang`, with what to write."""

    @cache  # a column holds few different values, and many rows
    def check(fact: str, value: str, period: str | None) -> str | None:
        problem = _problem(vocabulary, fact, value, period)
        if problem is None:
            return None
        words, fix = (problem.zh, problem.fix_zh) if lang == "zh" else (problem.en, problem.fix_en)
        return f"{words} → {fix}" if fix else words

    return check


def _problem(
    vocabulary: Vocabulary, fact: str, value: str, period: str | None
) -> FactProblem | None:
    name, _, part = fact.partition(".")
    owner = vocabulary.find(name)
    if part and owner is not None and owner.type != "records":
        return _part_problem(vocabulary, owner, part, value)
    reader = FactReader(vocabulary)
    kind, asked = (name, part) if part else ("企业", name)
    reader.put({}, kind, asked, period or "", value)
    return reader.problems[0] if reader.problems else None


def _part_problem(
    vocabulary: Vocabulary, owner: Declaration, part: str, value: str
) -> FactProblem | None:
    declared = ENTRY_PARTS.get(part) or owner.fields.get(part)
    if declared is None:
        known = "、".join([*ENTRY_PARTS, *owner.fields])
        return FactProblem(
            "F-unknown", owner.name,
            f"“{owner.name}”没有“{part}”这一项（有：{known}）",
            f"“{owner.name}” has no part “{part}” (known: {known})",
        )  # fmt: skip
    try:
        read_value(value, declared, vocabulary)
    except FactError as error:
        return error.problem
    return None
