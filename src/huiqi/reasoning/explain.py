"""A result in readable lines: each condition with its mark and word, its clause, what was observed, what is missing.

✓ 满足 职工总数 ≤ 500人 〔第六条第二款「职工总数不超过500人」〕 2021年度 职工总数 = 68人；余 432人
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from huiqi.mechanisms.truth import F, T
from huiqi.reasoning.answer import OWN, Result
from huiqi.reasoning.context import Trace
from huiqi.reasoning.delivery import instalments, recipients
from huiqi.reasoning.english import all_told, title_label, told
from huiqi.reasoning.saving import saving
from huiqi.reasoning.why import Clause, Explainer, Seen, Why
from huiqi.reasoning.wording import CHECKED, KINDS, amount_text, fact_label, state_words, words
from huiqi.vocabulary.quantity import format_quantity
from huiqi.vocabulary.units import MONEY

_GROUPS = {
    "all": ("全部满足", "all of"),
    "any": ("任一满足", "any of"),
    "none": ("都不满足", "none of"),
    "not": ("不是", "not"),
    "soft": ("原则上", "in principle"),
    "readings": ("两种读法", "two readings"),
    "amount": ("金额", "amount"),
}
_HEADS = {
    "why": ("理由", "Why"),
    "missing": ("还缺", "Missing"),
    "missing_amount": ("影响金额的事实", "Facts that move the amount"),
    "judgement": ("由人评定", "For a person to decide"),
    "readings": ("读法", "Readings"),
    "conventions": ("所用约定", "Conventions used"),
    "notes": ("说明", "Notes"),
    "delivery": ("领取与拨付", "Paid to, paid when"),
    "duties": ("义务", "Duties"),
    "apply": ("办理", "Applying"),
}
MOST_SEEN = 6  # facts of records shown on one line; the JSON has them all
_WINDOW = ("申报窗口", "Window")


def explain_lines(
    result: Result, explainer: Explainer, titles: Mapping[str, str] | None = None
) -> list[str]:
    """The explanation of one result, in the explainer's language; two blanks of indentation a level."""
    return list(_Lines(result, explainer, titles or {}).all())


def amount_words(result: Result, lang: str = "zh") -> str:
    """`36万元（确定）`, with 若符合 while the verdict is open; empty where no money is given."""
    amount = result.amount
    if amount is None:
        return ""
    if result.state == F:
        return "计得 0 元" if lang == "zh" else "comes to 0 yuan"
    granted = ""
    if result.state != T:
        granted = "，若符合" if lang == "zh" else ", if granted"
    if amount.kind == "unstated":
        return f"{amount.text(lang)}{granted}"
    if amount.low == 0 and amount.high is None:
        return f"{amount_text(amount, lang)}{granted}"
    kind = words(KINDS[amount.kind], lang)
    shown = amount.text(lang)
    return f"{shown}（{kind}{granted}）" if lang == "zh" else f"{shown} ({kind}{granted})"


class _Lines:
    def __init__(self, result: Result, explainer: Explainer, titles: Mapping[str, str]) -> None:
        self.result, self.explainer, self.titles = result, explainer, titles
        self.lang = explainer.lang

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _head(self, key: str) -> str:
        return words(_HEADS[key], self.lang) + self._t("：", ":")

    def all(self) -> Iterator[str]:
        yield from self.heading()
        yield self._head("why")
        for child in self.explainer.explain(self.result).children:
            yield from self.node(child, 1)
        yield from self.facts("missing", self.result.missing)
        yield from self.facts("missing_amount", self.result.missing_for_amount)
        yield from self.listed(
            "judgement", [_decided(*one, self.lang) for one in self.result.judgement]
        )
        yield from self.listed("readings", all_told(self.result.readings, self.lang))
        yield from self.listed("delivery", self.delivery())
        yield from self.listed("duties", self.duties())
        yield from self.listed("apply", self.applying())
        yield from self.listed("notes", all_told(notes_below(self.result), self.lang))
        yield from self.listed("conventions", self.conventions())

    def heading(self) -> Iterator[str]:
        result, measure, document = self.result, self.result.measure, self.result.document
        where = "、".join(measure.address)
        yield f"{measure.name}  {document.id}《{document.title}》 {where}".rstrip()
        if measure.summary:
            yield measure.summary
        verdict = result.verdict.label(self.lang)
        mark = self.explainer.explain(result).mark
        line = f"{mark} {verdict}"
        if not result.state.is_settled:
            left = self._t("、", ", ").join(one.label(self.lang) for one in result.remaining)
            line += self._t(f"（还可能：{left}）", f" (still possible: {left})")
        money = amount_words(result, self.lang)
        if money:
            line += f"  {money}"
            if measure.subject != "企业":
                kind = title_label(measure.subject, self.explainer.vocabulary, self.lang)
                line += self._t(f"  按{kind}合计", f"  over its records: {kind}")
        yield line
        yield self.standing()

    def standing(self) -> str:
        """Dates in force and how the rule was checked."""
        document, measure = self.result.document, self.result.measure
        parts = []
        for label, day in (
            (self._t("发布", "issued"), document.issued),
            (self._t("施行", "in force"), document.in_force),
            (self._t("到期", "ends"), document.ends),
        ):
            if day is not None:
                parts.append(f"{label} {day.isoformat()}")
        checked = words(CHECKED.get(measure.checked, CHECKED["未核"]), self.lang)
        detail = f" {measure.checked_detail}" if measure.checked_detail else ""
        parts.append(f"{checked}{detail}")
        if measure.unverified_lines:
            parts.append(
                self._t(
                    f"其中 {measure.unverified_lines} 行未核",
                    f"{measure.unverified_lines} lines unverified",
                )
            )
        return self._t("，", ", ").join(parts)

    # ------------------------------------------------------------ the tree
    def node(self, why: Why, depth: int) -> Iterator[str]:
        yield "  " * depth + self.line(why)
        for child in why.children:
            yield from self.node(child, depth + 1)

    def line(self, why: Why) -> str:
        parts = [why.mark, state_words(why.state, self.lang)]
        if why.kind == "amount":
            parts = [why.mark, words(_GROUPS["amount"], self.lang), why.value, "←"]
        elif why.kind == "part":
            parts = [why.mark, why.value]
        if why.kind == "at_least":
            parts.append(self._t(f"至少 {why.count} 项", f"at least {why.count} of"))
        elif (
            why.kind in _GROUPS
            and not why.words.startswith(("解读", "reading"))
            and why.kind != "amount"
            and (not why.words or why.kind == "readings")
        ):
            parts.append(words(_GROUPS[why.kind], self.lang))
        if why.words:
            parts.append(why.words)
        if why.clause is not None:
            parts.append(
                clause_words(why.clause, self.result.measure.document, self.result.measure.address)
            )
        tail = [seen_words(one, self.lang) for one in why.seen[:MOST_SEEN]]
        if len(why.seen) > MOST_SEEN:
            more = len(why.seen) - MOST_SEEN
            tail.append(self._t(f"另有 {more} 个事实", f"and {more} more facts"))
        tail += [why.gap] if why.gap else []
        tail += list(why.causes)
        tail += [note for note in why.notes if note not in why.causes]
        shown = self._t("；", "; ").join(tail)
        return " ".join(part for part in parts if part) + (f"  {shown}" if shown else "")

    # ------------------------------------------------------------ blocks below the tree
    def listed(self, key: str, items: Iterable[str]) -> Iterator[str]:
        found = list(items)
        if found:
            yield self._head(key)
            yield from (f"  {item}" for item in found)

    def facts(self, key: str, names: tuple[str, ...]) -> Iterator[str]:
        labels = [fact_label(name, self.explainer.vocabulary, self.lang) for name in names]
        yield from self.listed(key, labels)

    def conventions(self) -> list[str]:
        return [f"{one} {self.titles.get(one, '')}".strip() for one in self.result.conventions]

    def delivery(self) -> Iterator[str]:
        measure, amount = self.result.measure, self.result.amount
        own = (
            amount.headline if amount and amount.kind == "exact" and amount.dims == MONEY else None
        )
        made = self.result.evaluated.amount if self.result.evaluated else None
        for one in recipients(
            measure, made.point if made is not None and own is not None else None
        ):
            role = f"（{one.role}）" if one.role else ""
            share = f" {format_quantity(one.share)}" if one.share is not None else ""
            paid = (
                f" {format_quantity(one.amount, MONEY, self.lang)}"
                if one.amount is not None
                else ""
            )
            who = self._t(OWN, "the firm") if one.who == OWN else one.who
            yield f"{who}{role}{share}{paid}"
        sums = self.result.instalments if own is not None else ()
        for part in instalments(measure, sums):
            share = f"{format_quantity(part.share)} " if part.share is not None else ""
            paid = (
                f" {format_quantity(part.amount, MONEY, self.lang)}"
                if part.amount is not None
                else ""
            )
            judged = (
                self._t(f"（评审：{part.judged}）", f" (review: {part.judged})")
                if part.judged
                else ""
            )
            yield f"{share}{part.when}{judged}{paid}"
        estimate = saving(self.result)
        if estimate is not None:
            low = format_quantity(estimate.low, MONEY, self.lang)
            high = (
                "…" if estimate.high is None else format_quantity(estimate.high, MONEY, self.lang)
            )
            range_ = low if low == high else f"{low}~{high}"
            yield self._t(
                f"节税估计 {range_}（不计入合计）", f"tax saved, estimated: {range_} (in no sum)"
            )

    def duties(self) -> Iterator[str]:
        for duty in self.result.measure.duties:
            must = self._t("应当", "must") if duty.must else self._t("不得", "must not")
            breach = (
                self._t(f"，违者{duty.breach}", f"; otherwise {duty.breach}") if duty.breach else ""
            )
            origin = f"（{duty.origin}）" if duty.origin else ""
            yield f"{duty.when} {must} {duty.what}{breach}{origin}".strip()

    def applying(self) -> Iterator[str]:
        measure, window = self.result.measure, self.result.window
        if window.state != "unknown":
            days = "~".join(day.isoformat() for day in (window.opens, window.closes) if day)
            yield f"{words(_WINDOW, self.lang)} {window.label(self.lang)} {days}".strip()
        for label, items in (
            (self._t("部门", "office"), measure.department),
            (self._t("渠道", "channel"), measure.channel),
            (self._t("材料", "papers"), measure.papers),
        ):
            if items:
                yield f"{label}{self._t('：', ': ')}{'、'.join(items)}"


def _decided(text: str, cause: str, lang: str) -> str:
    """A cause and the line it stands in, where the line says more than the cause."""
    said = cause.partition("：")[2]
    shown = told(cause, lang)
    return shown if said and said in text else f"{shown} ← {text}"


def notes_below(result: Result) -> list[str]:
    """The notes of a result that no node of its tree carries."""

    def carried(trace: Trace) -> Iterator[str]:
        yield from trace.notes
        for child in trace.children:
            yield from carried(child)

    shown = {*carried(result.why), *(x for part in result.amount_parts for x in carried(part))}
    return [note for note in result.notes if note not in shown]


def clause_words(clause: Clause, document: str, address: tuple[str, ...] = ()) -> str:
    """〔第六条第二款「职工总数不超过500人」〕; the document and address only where they are not the measure's."""
    parts = []
    if clause.document != document:
        parts.append(clause.document)
    if clause.addresses and (clause.addresses != address or clause.document != document):
        parts.append("、".join(clause.addresses))
    made = " ".join(parts) + "".join(f"「{word}」" for word in clause.words)
    if clause.unverified:
        made += "未核"
    return f"〔{made}〕" if made else ""


def seen_words(seen: Seen, lang: str = "zh") -> str:
    """`2021年度 职工总数 = 68人（统计报表，2022-03-01）`, or what is missing."""
    if seen.value is None:
        return f"{seen.label} 未知" if lang == "zh" else f"{seen.label} not known"
    told = ("，" if lang == "zh" else ", ").join(part for part in (seen.source, seen.on) if part)
    if not told:
        return f"{seen.label} = {seen.value}"
    return (
        f"{seen.label} = {seen.value}（{told}）"
        if lang == "zh"
        else f"{seen.label} = {seen.value} ({told})"
    )
