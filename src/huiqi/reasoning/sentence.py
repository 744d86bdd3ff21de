"""A measure in one plain sentence: who, doing what, gets how much (谁，做到什么，得多少)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.reasoning.decision_table import DecisionTable, decision_table
from huiqi.reasoning.ladder import Step, ladder
from huiqi.reasoning.plain_words import Label, PlainWords, as_written

_GIVEN = {
    "奖励": ("给予奖励", "is awarded"),
    "补助": ("给予补助", "is subsidised"),
    "贴息": ("给予贴息", "has its interest subsidised"),
    "减免": ("减免", "is relieved of"),
    "税前扣除": ("可税前扣除", "may deduct before tax"),
    "券": ("发给券", "receives vouchers worth"),
    "实物": ("给予实物", "receives goods worth"),
    "服务": ("获得服务", "receives services worth"),
    "股权投入": ("获得股权投入", "receives an equity investment of"),
}


@dataclass(frozen=True, slots=True)
class Description:
    """A measure as `huiqi show` prints it."""

    sentence: str
    conditions: Step
    amounts: DecisionTable


def describe(
    measure: t.Measure,
    section: s.Section,
    lang: str = "zh",
    definitions: Mapping[str, s.Section] | None = None,
    label: Label = as_written,
) -> Description:
    """Sentence, ladder and decision table of a checked measure and the section it was read from."""
    return Description(
        plain_sentence(measure, section, lang, label),
        ladder(measure, section, lang, definitions),
        decision_table(section, lang),
    )


def plain_sentence(
    measure: t.Measure, section: s.Section, lang: str = "zh", label: Label = as_written
) -> str:
    """谁，做到什么，得多少。 `label` gives a name's label in the language (Declaration.label)."""
    words = PlainWords(lang, label)
    who, what, gets = _who(measure, words), _what(section, words), _gets(measure, section, words)
    if words.zh:
        return f"{who}{f'，{what}的' if what else ''}，{gets}。"
    return f"{who}{f', if {what}' if what else ''}, {gets}."


def _who(measure: t.Measure, words: PlainWords) -> str:
    subject = words.label(measure.subject)
    receivers = [
        "".join((words.say("本企业", "the applicant") if one.who == "本企业" else one.who, role))
        for one in measure.recipients
        if (role := f"（{one.role}）" if one.role else "") or one.who != "本企业"
    ]
    if not words.zh:
        subject = f"{'An' if subject[:1].lower() in 'aeiou' else 'A'} {subject}"
    if not receivers:
        return subject
    shown = words.say("、", ", ").join(receivers)
    return subject + words.say(f"（由{shown}领取）", f" (paid to {shown})")


def _what(section: s.Section, words: PlainWords) -> str:
    phrases: list[str] = []
    for label in ("条件", "事件", "期限"):
        field = section.field(label)
        if field is None or not isinstance(field.content, s.Block):
            continue
        say = words.condition if label == "条件" else words.line
        said = [say(line.content) for line in field.content.lines]
        if label == "事件":
            said = [
                words.say(f"{one}在政策有效期内", f"{one} lies in the policy's time")
                for one in said
            ]
        elif label == "期限":
            said = [words.say(f"在{one}内", f"within {one}") for one in said]
        phrases += said
    return words.say("，", ", and ").join(phrases)


def _gets(measure: t.Measure, section: s.Section, words: PlainWords) -> str:
    gifts: list[str] = []
    if measure.grants:
        years = measure.grant_months
        title = words.label(measure.grants)
        valid = words.say(f"（有效{_months(years, words)}）", f" (valid {_months(years, words)})")
        gifts.append(words.say(f"认定为{title}", f"is granted {title}") + (valid if years else ""))
    field = section.field("奖励")
    if field is not None and isinstance(field.content, s.Block):
        amount = words.listed([words.line(line.content) for line in field.content.lines])
        form = _GIVEN.get(measure.form.split("、")[0], _GIVEN["奖励"])
        gifts.append(words.say(f"{form[0]}：{amount}", f"{form[1]}: {amount}"))
    if measure.provides:
        given = "、".join(measure.provides)
        gifts.append(words.say(f"提供{given}", f"is provided {given}"))
    return words.say("，并", " and ").join(gifts)


def _months(months: int, words: PlainWords) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return words.say(f"{months}个月", f"{months} months")
    return words.say(f"{years}年", f"{years} years")
