"""The fields of a section: each label has one form, listed in `words.LABELS`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from huiqi.language import syntax as s
from huiqi.language.blocks import BlockReader
from huiqi.language.examples import read_examples
from huiqi.language.grammar import parse_line
from huiqi.language.layout import Entry, hoisted
from huiqi.language.problems import Problem, RuleError, fail
from huiqi.language.words import CHECKED_AS, SCOPES, STACK_VERBS, WORD_VALUES

_ENGLISH_CHECKED = {english: zh for zh, english in CHECKED_AS.items()}
_ENGLISH_VERBS = {english: zh for zh, english in STACK_VERBS.items()}
_ENGLISH_SCOPES = {english: zh for zh, english in SCOPES.items()}
_ENGLISH_TERMS = {english: zh for zh, english in WORD_VALUES["应为"].items()}
# Forms of one line, and forms whose line may carry rows, members or lines of its own below it.
_ONE_LINE = frozenset(
    {"words", "grant", "recipients", "instalments", "window", "checked", "opening"}
)
_WITH_ROWS = frozenset({"block", "budget", "caps", "examples"})
_DUTY = re.compile(
    r"(?:(?P<when>.*?)\s+)?(?P<must>应当|不得|must_not|must)\s*「(?P<what>[^」]*)」"
    r"(?:\s*(?:违者|breach)\s*「(?P<breach>[^」]*)」)?"
)
_SHARE = re.compile(r"(?P<who>[^「」\s]+)(?:「(?P<role>[^」]*)」)?(?:\s+(?P<share>[\d.]+%))?")
_INSTALMENT = re.compile(
    r"(?P<share>[\d.]+(?:%|[百千万亿]*元))\s*(?:(?:评审|judged)「(?P<judged>[^」]*)」|(?P<when>.*))"
)
_REPLY = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})\s+(?P<key>\S+)\s+(?P<measure>\S+):\s*(?P<choice>甲|乙|first|second)"
)


class FieldReader:
    """Reads the content of a field by its form; all methods take the text after the label and the entry."""

    def __init__(self, problems: list[Problem], blocks: BlockReader) -> None:
        self.problems = problems
        self.blocks = blocks
        self.forms: dict[str, Callable[[str, Entry], s.Content]] = {
            "words": self.words,
            "list": self.word_list,
            "block": self.block,
            "grant": self.grant,
            "caps": self.caps,
            "budget": self.budget,
            "recipients": self.recipients,
            "instalments": self.instalments,
            "duties": self.duties,
            "stacking": self.stacking,
            "window": self.window,
            "checked": self.checked,
            "opening": self.opening,
            "examples": self.examples,
        }

    def read(self, form: str, text: str, entry: Entry) -> s.Content:
        if form not in self.forms:
            raise fail(
                "E-named-field",
                "这个字段要带名称或地址，写在冒号之前",
                "this field carries its name or address before the colon",
                fix_zh="写作 例外 名称: · 略过 §第六条: 理由 · 答复 2024-03-05 D7 事项名: 乙",
                fix_en="write exception name: · skipped §article: reason · reply date key measure: 乙",
            )
        beside = bool(text) and form not in _WITH_ROWS
        stray = entry.children[:1] if beside or form in _ONE_LINE else _grandchildren(entry, form)
        if stray:
            raise fail(
                "E-child",
                "这一行不该在这里：上一行已经写完，下面没有下级",
                "nothing stands below the line before this one",
                line=stray[0].line,
                col=stray[0].indent + 1,
                fix_zh="检查缩进",
                fix_en="check the indent",
            )
        if not text and (form in _ONE_LINE or form == "budget"):
            raise fail("E-empty-field", "这个字段没有内容", "this field is empty")
        return self.forms[form](text, entry)

    def words(self, text: str, entry: Entry) -> s.Content:
        return s.Words((text,))

    def word_list(self, text: str, entry: Entry) -> s.Content:
        if text:
            return s.Words(tuple(part.strip() for part in _split_list(text)))
        items = []
        for child in entry.children:
            if not child.text.startswith("- "):
                raise fail(
                    "E-list-bullet",
                    "清单的每一项以“- ”开头",
                    "each item of a list begins with “- ”",
                    line=child.line,
                    col=child.indent + 1,
                )
            items.append(child.text[2:].strip())
            entry.marks = hoisted(entry.marks, child.marks)
        if not items:
            raise fail("E-empty-field", "这个字段没有内容", "this field is empty")
        return s.Words(tuple(items), listed=True)

    def block(self, text: str, entry: Entry) -> s.Content:
        if text:
            return s.Block((self.blocks.line(entry, text, 0),), inline=True)
        if not entry.children:
            raise fail("E-empty-field", "这个字段没有内容", "this field is empty")
        return s.Block(self.blocks.block(entry.children))

    def grant(self, text: str, entry: Entry) -> s.Content:
        match = re.fullmatch(r"(\S+?)(?:\s+(\d{1,3})(年|个月))?", text)
        if not match:
            raise fail("E-grant", "授予要写成 称号 3年", "grants: title 3年")
        name = s.Name(tuple(match.group(1).split(".")))
        return s.Grant(name, s.Num(match.group(2), match.group(3)) if match.group(2) else None)

    def _each(self, text: str, entry: Entry) -> list[tuple[str, Entry]]:
        if text:
            return [(text, entry)]
        if not entry.children:
            raise fail("E-empty-field", "这个字段没有内容", "this field is empty")
        return [(child.text, child) for child in entry.children]

    def caps(self, text: str, entry: Entry) -> s.Content:
        return s.Caps(tuple(self._cap(line, at) for line, at in self._each(text, entry)))

    def _cap(self, text: str, entry: Entry) -> s.Cap:
        words = text.split(" ")
        scopes: list[str] = []
        while words and _ENGLISH_SCOPES.get(words[0], words[0]) in SCOPES:
            scopes.append(_ENGLISH_SCOPES.get(words[0], words[0]))
            words.pop(0)
        if not scopes:
            raise fail(
                "E-scope",
                f"上限的范围“{words[0]}”不认识",
                f"unknown scope “{words[0]}”",
                fix_zh="可用：" + " ".join(SCOPES),
                fix_en="use: " + " ".join(SCOPES.values()),
            )
        limit, condition = parse_line(" ".join(words), "cap")
        content = self.blocks.with_rows(entry, limit, 0)
        return s.Cap(tuple(scopes), s.Line(content, entry.marks, entry.line, text), condition)

    def budget(self, text: str, entry: Entry) -> s.Content:
        match = re.fullmatch(r"(.*?)\s*(发完即止|按比例|first_come|pro_rata)?", text)
        assert match is not None
        mode = {"first_come": "发完即止", "pro_rata": "按比例"}.get(
            match.group(2) or "", match.group(2) or ""
        )
        total = self.blocks.with_rows(entry, parse_line(match.group(1).strip()), 0)
        return s.Budget(total, mode)

    def recipients(self, text: str, entry: Entry) -> s.Content:
        shares = []
        for part in _split_list(text):
            match = _SHARE.fullmatch(part.strip())
            if not match:
                raise fail(
                    "E-recipient", f"领取人“{part}”读不懂", f"cannot read recipient “{part}”"
                )
            who = {"applicant": "本企业"}.get(match.group("who"), match.group("who"))
            shares.append(s.Share(who, match.group("role") or "", match.group("share") or ""))
        return s.Recipients(tuple(shares))

    def instalments(self, text: str, entry: Entry) -> s.Content:
        parts = []
        for part in text.split(","):
            match = _INSTALMENT.fullmatch(part.strip())
            if not match:
                raise fail(
                    "E-instalment",
                    f"拨付“{part.strip()}”应写成 50% 立项后",
                    "an instalment is 50% when",
                )
            parts.append(
                s.Instalment(
                    match.group("share"),
                    (match.group("when") or "").strip(),
                    match.group("judged") or "",
                )
            )
        return s.Instalments(tuple(parts))

    def duties(self, text: str, entry: Entry) -> s.Content:
        duties = []
        for line, at in self._each(text, entry):
            match = _DUTY.fullmatch(line)
            if not match or line.startswith("-"):
                raise fail(
                    "E-duty",
                    "义务要写成 [时点] 应当「…」 违者「…」",
                    "a duty is [when] must「…」 breach「…」",
                    line=at.line,
                    col=at.indent + 1,
                )
            duties.append(
                s.Duty(
                    match.group("must") in ("应当", "must"),
                    match.group("what"),
                    match.group("when") or "",
                    match.group("breach") or "",
                    at.marks,
                )
            )
        return s.Duties(tuple(duties))

    def stacking(self, text: str, entry: Entry) -> s.Content:
        return s.Stacking(tuple(self._stack(line, at) for line, at in self._each(text, entry)))

    def _stack(self, text: str, entry: Entry) -> s.StackLine:
        main, _, condition = text.partition(" 若 ")
        if not condition:
            main, _, condition = text.partition(" if ")
        words = main.split(" ")
        verb = _ENGLISH_VERBS.get(words[0], words[0])
        if verb not in STACK_VERBS:
            raise fail(
                "E-stack",
                f"叠加方式“{words[0]}”不认识",
                f"unknown stacking verb “{words[0]}”",
                line=entry.line,
                col=entry.indent + 1,
                fix_zh="可用：" + " ".join(STACK_VERBS),
                fix_en="use: " + " ".join(STACK_VERBS.values()),
            )
        over: list[str] = []
        scopes: list[str] = []
        same = False
        rest: list[str] = []
        for word in words[1:]:
            scope = _ENGLISH_SCOPES.get(word, word)
            if word in ("同一事项", "same_matter"):
                same = True
            elif scope in SCOPES:
                scopes.append(scope)
            elif (scopes or (verb == "限额" and over)) or rest:
                rest.append(word)
            elif word:
                over += [part for part in word.split("、") if part]
        limit = parse_line(" ".join(rest)) if rest else None
        return s.StackLine(
            verb,
            tuple(over),
            same,
            tuple(scopes),
            limit,
            parse_line(condition.strip(), "condition") if condition else None,
            entry.marks,
            entry.line,
        )

    def window(self, text: str, entry: Entry) -> s.Content:
        if text in ("常年", "all_year"):
            return s.Window("常年")
        yearly, _, rest = text.partition(" ")
        if yearly in ("每年", "each_year"):
            return s.Window("每年", parse_line(rest))
        span = parse_line(text)
        return s.Window("日期" if isinstance(span, s.Between) else "期间", span)

    def checked(self, text: str, entry: Entry) -> s.Content:
        how, _, detail = text.partition(" ")
        how = _ENGLISH_CHECKED.get(how, how)
        if how not in CHECKED_AS:
            raise fail(
                "E-checked",
                f"核对“{how}”不认识",
                f"unknown way of checking “{how}”",
                fix_zh="可用：全文 日期 · 仅二手 出处 · 未核",
                fix_en="use: full_text date · secondary where · unchecked",
            )
        return s.Checked(how, detail.strip())

    def opening(self, text: str, entry: Entry) -> s.Content:
        what, _, full = text.partition(" 满分 ")
        if not full:
            what, _, full = text.partition(" full_marks ")
        number = parse_line(full) if full else None
        what = _ENGLISH_TERMS.get(what.strip(), what.strip())
        return s.Opening(what, number if isinstance(number, s.Num) else None)

    def examples(self, text: str, entry: Entry) -> s.Content:
        if text:
            raise fail("E-examples", "例子写在“例:”的下一级", "examples stand below 例:")
        return s.Examples(read_examples(entry.children, self.problems))

    def skipped(self, text: str) -> s.Skipped:
        address, _, reason = text.replace("：", ":", 1).partition(":")
        if not reason.strip():
            raise fail(
                "E-skipped",
                "略过要写成 略过 §第六条: 理由",
                "skipped is 略过 §article: reason",
                fix_zh="每处略过都要有理由",
                fix_en="give the reason",
            )
        return s.Skipped(address.strip().lstrip("§"), reason.strip())

    def reply(self, text: str) -> s.Reply:
        match = _REPLY.fullmatch(text)
        if not match:
            raise fail(
                "E-reply",
                "答复要写成 答复 2024-03-05 D7 事项名: 乙",
                "reply is 答复 date key measure: 乙",
            )
        try:
            date.fromisoformat(match.group("day"))
        except ValueError:
            raise fail(
                "E-date",
                f"没有“{match.group('day')}”这一天",
                f"there is no day {match.group('day')}",
            ) from None
        choice = {"first": "甲", "second": "乙"}.get(match.group("choice"), match.group("choice"))
        return s.Reply(match.group("day"), match.group("key"), match.group("measure"), choice)

    def report(self, error: RuleError, entry: Entry) -> None:
        self.blocks.report(error, entry)


def _grandchildren(entry: Entry, form: str) -> list[Entry]:
    """What stands below the lines of a field whose lines have nothing below them."""
    if form not in ("list", "duties", "stacking"):
        return []
    return [below for child in entry.children for below in child.children]


def _split_list(text: str) -> list[str]:
    """Items between 、 outside 「」."""
    parts: list[str] = []
    quoted = False
    start = 0
    for index, char in enumerate(text):
        if char == "「":
            quoted = True
        elif char == "」":
            quoted = False
        elif char == "、" and not quoted:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
