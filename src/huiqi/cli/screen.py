"""Printing for people: one console, verdict lines, totals, problems."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from huiqi.language.problems import Problem
from huiqi.reasoning.answer import OWN, Answer, Result
from huiqi.reasoning.english import all_told, form_words, title_label, told
from huiqi.reasoning.explain import amount_words
from huiqi.reasoning.places import Whereabouts
from huiqi.reasoning.values import NO_ROW
from huiqi.reasoning.verdict import Verdict
from huiqi.reasoning.wording import CHECKED, distance, fact_label, words
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.quantity import format_quantity
from huiqi.vocabulary.units import MONEY, Number

if TYPE_CHECKING:
    from rich.console import Console

    from huiqi.language.tree import Program
    from huiqi.reasoning.context import Trace
    from huiqi.reasoning.reach import Reach
    from huiqi.vocabulary.given import Facts

MARKS = {
    Verdict.ELIGIBLE: ("✓", "green"),
    Verdict.NEEDS_REVIEW: ("◇", "magenta"),
    Verdict.UNDETERMINED: ("?", "yellow"),
    Verdict.INELIGIBLE: ("✗", "red"),
}
MOST_MISSING = 4
ENDINGS = {
    "window": ("申报截止", "window closes:"),
    "document": ("文件到期", "document ends:"),
    "title": ("称号到期", "title expires:"),
}
WIDTH_WITHOUT_TERMINAL = 120


def console(to_error: bool = False) -> Console:
    from rich.console import Console

    stream = sys.stderr if to_error else sys.stdout
    width = None if stream.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(stderr=to_error, width=width, highlight=False, soft_wrap=False, markup=False)


def print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_problems(problems: Sequence[Problem], lang: str, title: str) -> None:
    """Problems go to stderr, so that an answer can be piped on."""
    if not problems:
        return
    out = console(to_error=True)
    out.print(title, style="bold")
    for problem in problems:
        out.print(f"  {problem.text(lang)}", soft_wrap=True)


class AnswerScreen:
    """An answer as lines for the terminal."""

    def __init__(self, vocabulary: Vocabulary, lang: str, out: Console | None = None) -> None:
        self.vocabulary, self.lang = vocabulary, lang
        self.out = out or console()

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def show(
        self, answer: Answer, *, every: bool = False, most: Mapping[Verdict, int] | None = None
    ) -> None:
        """Verdict by verdict, the best first; `every` lists the ineligible too.

        `most` limits how many of a verdict are shown; of the ineligible, those of the firm's place.
        """
        for verdict in Verdict:
            found = [one for one in answer.results if one.verdict is verdict]
            if found:
                order = self._by_nearness if verdict is Verdict.UNDETERMINED else _by_money
                limit = most.get(verdict) if most else None
                self.block(verdict, sorted(found, key=order), every, limit)
        self.total(answer)
        self.elsewhere(answer)

    def block(self, verdict: Verdict, results: list[Result], every: bool, most: int | None) -> None:
        mark, colour = MARKS[verdict]
        count = self._t(f"{len(results)} 项", str(len(results)))
        self.out.print(f"{mark} {verdict.label(self.lang)}  {count}", style=f"bold {colour}")
        if verdict is Verdict.INELIGIBLE and not every:
            for one in [one for one in results if self._is_local(one)][: most or 0]:
                self.result(one)
            return
        shown = results if most is None else results[:most]
        for one in shown:
            self.result(one)
        if len(shown) < len(results):
            more = len(results) - len(shown)
            self.out.print(self._t(f"  …另有 {more} 项", f"  … and {more} more"), style="dim")

    def result(self, one: Result) -> None:
        from rich.text import Text

        line = Text(
            f"  {one.measure.name}", style="bold" if one.verdict is Verdict.ELIGIBLE else ""
        )
        money = amount_words(one, self.lang)
        gives = money or "、".join((*self.granted(one), *one.measure.provides))
        if gives:
            line.append(f"  {gives}", style="cyan")
        if one.measure.form not in ("奖励", ""):
            line.append(f"  {form_words(one.measure.form, self.lang)}")
        others = [who.who for who in one.measure.recipients if who.who != OWN]
        if others:
            line.append(self._t(f"  给{'、'.join(others)}", f"  to {', '.join(others)}"))
        where = " ".join((one.document.id, *one.measure.address[:1]))
        line.append(f"  {where}", style="dim")
        if one.measure.checked != "全文":
            checked = words(CHECKED.get(one.measure.checked, CHECKED["未核"]), self.lang)
            line.append(f"  {checked}", style="yellow")
        self.out.print(line, soft_wrap=True)
        for label, items in self.below(one):
            if items:
                self.out.print(f"    {label}{items}", style="dim", soft_wrap=True)

    def below(self, one: Result) -> Iterable[tuple[str, str]]:
        if one.verdict is Verdict.INELIGIBLE:
            yield "", first_failure(one, self.lang)
            return
        if one.verdict is Verdict.UNDETERMINED:
            yield self._t("缺 ", "missing "), self.names(one.missing)
        if one.verdict is not Verdict.ELIGIBLE:
            causes = all_told(dict.fromkeys(cause for _, cause in one.judgement), self.lang)
            shown = self._t("；", "; ").join(causes[:2]) + ("…" if len(causes) > 2 else "")
            yield self._t("由人评定 ", "a person decides: "), shown
        if one.missing_for_amount:
            yield self._t("影响金额 ", "moves the amount: "), self.names(one.missing_for_amount)
        no_row = [note for note in one.notes if note.startswith(NO_ROW)]
        yield "", self._t("；", "; ").join(all_told(dict.fromkeys(no_row), self.lang))
        readings = [note for note in one.readings if note.startswith("按另")]
        yield "", self._t("；", "; ").join(all_told(dict.fromkeys(readings), self.lang))
        if one.window.state in ("open", "not_open", "closed"):
            days = "~".join(day.isoformat() for day in (one.window.opens, one.window.closes) if day)
            yield self._t("窗口 ", "window "), f"{one.window.label(self.lang)} {days}"

    def _by_nearness(self, one: Result) -> tuple[object, ...]:
        """Rules of the firm's own place, sure money before perhaps money, then few open facts."""
        sure = one.amount is not None and one.amount.low > 0
        return (not self._is_local(one), not sure, len(one.missing), *_by_money(one))

    def _is_local(self, one: Result) -> bool:
        """Whether the document is national or of a place where the firm is."""
        if one.evaluated is None:
            return not one.document.region_codes
        firm = one.evaluated.ctx.firm
        return Whereabouts(firm, self.vocabulary).may_concern(one.document)

    def elsewhere(self, answer: Answer) -> None:
        count = len(answer.elsewhere)
        if count:
            self.out.print(
                self._t(
                    f"别处的 {count} 项没有算（--place 地名：假如在那里；--everywhere：都算）",
                    f"{count} measures of other places were not asked (--place NAME: if it were there;"
                    " --everywhere: all)",
                ),
                style="dim",
            )

    def outlook(self, answer: Answer, firm: Facts, program: Program) -> None:
        """What lies just outside the answer: the measures worth most within reach, and what ends soon."""
        from huiqi.reasoning.reach import SOON_DAYS, ending_soon, within_reach

        near = within_reach(answer, firm, program, self.vocabulary)
        if near:
            self.out.print(self._t("够得着的", "Within reach"), style="bold blue")
        for reach in near:
            self.out.print(f"  {self._worth(reach)}", soft_wrap=True)
            if reach.short is not None:
                self.out.print(f"    {self._short(reach.short)}", style="dim", soft_wrap=True)
            if reach.missing:
                missing = self._t("缺 ", "missing ") + self.names(reach.missing)
                self.out.print(f"    {missing}", style="dim", soft_wrap=True)
        ending = ending_soon(answer, firm, self.vocabulary)
        if ending:
            title = self._t(f"{SOON_DAYS} 天内到期", f"Ends within {SOON_DAYS} days")
            self.out.print(title, style="bold blue")
        for one in ending:
            of = title_label(one.of, self.vocabulary, self.lang) if one.kind == "title" else one.of
            what = words(ENDINGS[one.kind], self.lang)
            self.out.print(f"  {one.day.isoformat()}  {what} {of}", soft_wrap=True)

    def _worth(self, reach: Reach) -> str:
        one = reach.result
        gives = amount_words(one, self.lang) or "、".join(self.granted(one))
        where = " ".join((one.document.id, *one.measure.address[:1]))
        return f"{one.measure.name}  {gives}  {where}"

    def _short(self, trace: Trace) -> str:
        gap = distance(trace, self.lang)[1]
        return self._t("差在 ", "short of ") + "，".join(part for part in (trace.text, gap) if part)

    def granted(self, one: Result) -> tuple[str, ...]:
        if not one.measure.grants:
            return ()
        title = title_label(one.measure.grants, self.vocabulary, self.lang)
        return (self._t(f"称号 {title}", f"title: {title}"),)

    def names(self, missing: Sequence[str]) -> str:
        labels = [fact_label(name, self.vocabulary, self.lang) for name in missing[:MOST_MISSING]]
        joined = self._t("、", ", ").join(labels)
        more = len(missing) - MOST_MISSING
        return joined + (self._t(f" 等 {len(missing)} 项", f" and {more} more") if more > 0 else "")

    def total(self, answer: Answer) -> None:
        total = answer.total
        certain = format_quantity(total.certain, MONEY, self.lang)
        line = self._t(f"合计  确定 {certain}", f"Total  certain {certain}")
        if total.possible is None:
            line += self._t("，最多多少还要补事实", ", the most is not known yet")
        elif total.possible != total.certain:
            most = format_quantity(total.possible, MONEY, self.lang)
            line += self._t(f"，最多 {most}", f", at most {most}")
        if total.unverified_share:
            share = round(float(total.unverified_share) * 100)
            line += self._t(
                f"（其中 {share}% 来自未核对全文的规则）", f" ({share} % from unverified rules)"
            )
        self.out.print(line, style="bold")
        for label, low, high in (
            (self._t("减免另计", "tax relief apart:"), total.relief_low, total.relief_high),
            (
                self._t("税前扣除另计", "deducted from the tax base, apart:"),
                total.deduction_low,
                total.deduction_high,
            ),
        ):
            if high != 0:
                self.out.print(f"  {label} {self.range(low, high)}")
        for note in all_told(total.notes, self.lang):
            self.out.print(f"  {note}")
        if total.only_statement_missing:
            self.out.print(
                self._t(
                    f"  {total.only_statement_missing} 项只差一份承诺或一次名录查询",
                    f"  {total.only_statement_missing} wait only for a statement or a register query",
                )
            )

    def range(self, low: Number, high: Number | None) -> str:
        shown = format_quantity(low, MONEY, self.lang)
        if high is None:
            return self._t(f"{shown}以上", f"{shown} or more")
        return shown if low == high else f"{shown}~{format_quantity(high, MONEY, self.lang)}"


def first_failure(one: Result, lang: str = "zh") -> str:
    """The first condition that fails, in the rule's words: the shortest reason for a no."""
    from huiqi.mechanisms.truth import F

    def find(trace: Trace) -> Trace | None:
        for child in trace.children:
            if child.state == F and trace.op in ("all", "agree"):
                found = find(child)
                if found is not None:
                    return found
        return trace if trace.text or trace.notes else None

    found = find(one.why)
    notes = found.notes if found is not None else one.why.notes
    shown = "；".join(told(note, lang) for note in notes)
    return "：".join(part for part in (found.text if found is not None else "", shown) if part)


def _by_money(one: Result) -> tuple[object, ...]:
    amount = one.amount
    if amount is None or amount.dims != MONEY or amount.kind == "unstated":
        return (1, 0, one.id)
    high = amount.headline if amount.high is None else max(amount.headline, amount.high)
    return (0, -high, one.id)
