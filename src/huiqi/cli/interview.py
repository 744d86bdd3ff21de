"""An interview about one enterprise: asks, takes answers, shows why it asks and what each answer changed.

Hears lines and says lines; the terminal is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from huiqi.language import tree as t
from huiqi.reasoning.answer import Answer, calculate
from huiqi.reasoning.ask import Question, question_text, questions
from huiqi.reasoning.reply import Change, answered, changes
from huiqi.reasoning.verdict import Verdict
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import FactError, Facts
from huiqi.vocabulary.quantity import format_quantity
from huiqi.vocabulary.units import MONEY, Number

SKIP = ("跳过", "skip")
QUIT = ("退出", "quit", "exit")
ASKED_AT_MOST = (
    2  # a fact whose answer left it open (≥ 300万元, a title without its day) is asked once more
)
SHOWN_STAKES = 3
SHOWN_NAMES = 12


@dataclass(slots=True)
class Interview:
    """The conversation. `run` ends when nothing is worth asking, or at 退出, or when no line comes any more."""

    program: t.Program
    vocabulary: Vocabulary
    firm: Facts
    as_of: date
    say: Callable[[str], None]
    hear: Callable[[], str | None]
    lang: str = "zh"
    measures: tuple[str, ...] | None = None
    passed: set[str] = field(default_factory=set)
    times: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def run(self) -> Answer:
        """Ask until nothing is left; the answer on the facts as they stand then."""
        answer = self._calculated()
        self.say(self._standing(answer))
        while True:
            question = self._next(answer)
            if question is None:
                self.say(
                    self._("没有还能改变结果的问题了。", "Nothing is left that could change it.")
                )
                return answer
            self.count += 1
            self._put(question)
            if not self._take(question):
                return answer
            if question.id in self.passed:
                self.say(self._("  → 先跳过", "  → skipped for now"))
                continue
            after = self._calculated()
            self.say(self._changed(changes(answer, after)))
            answer = after

    def _calculated(self) -> Answer:
        return calculate(
            self.program, self.vocabulary, self.firm, self.as_of, measures=self.measures
        )

    def _next(self, answer: Answer) -> Question | None:
        tired = {name for name, times in self.times.items() if times >= ASKED_AT_MOST}
        waiting = questions(answer, self.firm, self.vocabulary, self.passed | tired)
        return waiting[0] if waiting else None

    # ------------------------------------------------------------ asking
    def _put(self, question: Question) -> None:
        count = len(question.stakes)
        money = self._money(question.undecided)
        if any(stake.is_unbounded for stake in question.stakes):
            money = self._("没有上限", "without bound")
        self.say("")
        self.say(
            self._(
                f"问题 {self.count}（关系到 {count} 个事项，未定金额{money}）",
                f"Question {self.count} ({count} measures wait, undecided: {money})",
            )
        )
        self.say(question_text(question, self.firm, self.lang))
        definition = question.declaration.definition
        if definition and self.lang == "zh":
            self.say(f"  口径：{definition}")
        for stake in question.stakes[:SHOWN_STAKES]:
            clause = f"（{stake.clause}）" if stake.clause else ""
            self.say(self._("  为什么问：", "  Why: ") + f"{stake.name}{clause}")
            for line in stake.lines[:2]:
                self.say(f"    {line}")
        if count > SHOWN_STAKES:
            rest = count - SHOWN_STAKES
            self.say(self._(f"  还有 {rest} 个事项也等着它", f"  and {rest} more measures"))
        self.say("  " + hint(question, self.vocabulary, self.lang))

    def _take(self, question: Question) -> bool:
        """Hear answers until one can be used; False ends the interview."""
        while True:
            text = self._heard(question)
            if text is None or text.strip().lower() in QUIT:
                return False
            if text.strip().lower() in SKIP:
                self.passed.add(question.id)
                return True
            try:
                self.firm = answered(question, text, self.firm, self.vocabulary, self.as_of)
            except FactError as error:
                problem = error.problem
                reason = problem.zh if self.lang == "zh" else problem.en
                fix = problem.fix_zh if self.lang == "zh" else problem.fix_en
                self.say(
                    self._("  这个回答用不了：", "  This cannot be used: ")
                    + reason
                    + (f" → {fix}" if fix else "")
                )
                continue
            self.times[question.id] = self.times.get(question.id, 0) + 1
            return True

    def _heard(self, question: Question) -> str | None:
        """One line; for a list, lines up to an empty one (or a word that answers all of it)."""
        first = self.hear()
        if first is None or question.declaration.type != "records":
            return first
        lines: list[str] = []
        line: str | None = first
        while line is not None and line.strip():
            lines.append(line)
            if len(lines) == 1 and _is_word(line):
                break
            line = self.hear()
        return "\n".join(lines)

    # ------------------------------------------------------------ telling
    def _standing(self, answer: Answer) -> str:
        counts = dict.fromkeys(Verdict, 0)
        for one in answer.results:
            counts[one.verdict] += 1
        shown = "，".join(f"{verdict.label(self.lang)} {counts[verdict]}" for verdict in Verdict)
        return (
            self._(f"申报日 {self.as_of}：", f"As of {self.as_of}: ")
            + shown
            + "；"
            + (self._total(answer.total.certain, answer.total.possible))
        )

    def _total(self, certain: Number, possible: Number | None) -> str:
        top = (
            self._("可能的上端未定", "no upper bound yet")
            if possible is None
            else self._("至多 ", "at most ") + self._money(possible)
        )
        return self._("合计确定 ", "certain in all ") + f"{self._money(certain)}，{top}"

    def _changed(self, change: Change) -> str:
        if change.is_nothing:
            return self._("  → 结果不变", "  → nothing changed")
        lines = []
        moved: dict[tuple[Verdict, Verdict], list[str]] = {}
        for one in change.verdicts:
            moved.setdefault((one.before, one.after), []).append(one.name)
        for (before, after), names in moved.items():
            lines.append(
                f"  → {before.label(self.lang)} → {after.label(self.lang)}：{self._names(names)}"
            )
        if change.narrowed:
            lines.append(
                self._("  → 金额更准：", "  → amounts narrowed: ") + self._names(change.narrowed)
            )
        if change.certain[0] != change.certain[1] or change.possible[0] != change.possible[1]:
            lines.append("  → " + self._total(change.certain[1], change.possible[1]))
        return "\n".join(lines)

    def _names(self, names: list[str] | tuple[str, ...]) -> str:
        shown = "、".join(names[:SHOWN_NAMES])
        rest = len(names) - SHOWN_NAMES
        return shown + (self._(f"等 {len(names)} 项", f" and {rest} more") if rest > 0 else "")

    def _money(self, fen: Number) -> str:
        return format_quantity(fen, MONEY, self.lang)

    def _(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def _is_word(line: str) -> bool:
    from huiqi.reasoning.reply import NONE, NOT_APPLICABLE, NOT_KNOWN

    return line.strip().lower() in (*NONE, *NOT_KNOWN, *NOT_APPLICABLE, *SKIP, *QUIT)


# ---------------------------------------------------------------- how to answer
def hint(question: Question, vocabulary: Vocabulary, lang: str = "zh") -> str:
    """How an answer is written, with an example of its form."""
    form = _form(question.declaration, vocabulary, lang)
    if lang == "zh":
        return f"写法：{form}；也可以答 不知道、不适用、跳过、退出"
    return f"Write {form}; or: not known, not applicable, skip, quit"


def _form(fact: Declaration, vocabulary: Vocabulary, lang: str) -> str:
    zh = lang == "zh"
    if fact.type == "records":
        fields = "、".join(fact.fields) if zh else ", ".join(f.en for f in fact.fields.values())
        return (
            f"一行一项，如 {_sample(fact)}，空行结束，没有就写 没有（可写的：{fields}）"
            if zh
            else f"one item a line, an empty line ends; or none (fields: {fields})"
        )
    if fact.type == "code":
        labels = _labels(fact, vocabulary, lang)
        many = ("，可以有几个，用、分开" if zh else ", several joined by 、") if fact.many else ""
        return ("如 " if zh else "such as ") + labels + many
    forms = {
        "money": ("如 2300万元，只知道范围写 ≥ 300万元 或 100万元~200万元", "such as 2300万元"),
        "ratio": ("如 12.5%", "such as 12.5%"),
        "number": (
            f"如 {_SAMPLES.get(fact.unit, 12)}{fact.unit}",
            f"such as {_SAMPLES.get(fact.unit, 12)}{fact.unit}",
        ),
        "date": ("如 2021-06-30", "such as 2021-06-30"),
        "month": ("如 6月", "such as 6月"),
        "yes_no": ("是 或 否", "yes or no"),
        "title": (
            "有、无，或授予日 2022-11-01，或起止 2022-11-01~2025-10-31",
            "yes, no, the day 2022-11-01, or 2022-11-01~2025-10-31",
        ),
        "register": ("是 或 否（答否即作书面承诺）", "yes or no (a no is your signed statement)"),
        "event": (
            "没有，或发生日 2022-11-01（答没有即作书面承诺）",
            "no, or its day 2022-11-01 (a no is your signed statement)",
        ),
        "text": ("照实写几个字", "a few words"),
    }
    return forms[fact.type][0 if zh else 1]


_SAMPLES = {"个月": 6, "年": 2, "人": 120, "项": 3, "分": 80, "天": 365, "平方米": 800, "家": 3}


def _sample(fact: Declaration) -> str:
    return ", ".join(f"{name}: …" for name in list(fact.fields)[:2]) or "…"


def _labels(fact: Declaration, vocabulary: Vocabulary, lang: str) -> str:
    table = vocabulary.table(fact.codes)
    codes = list(table.codes())
    few = len(codes) <= 12
    shown = [table.label(code, lang) for code in (codes if few else codes[:3])]
    return "、".join(shown) + ("" if few else "…")
