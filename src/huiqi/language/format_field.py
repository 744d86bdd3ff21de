"""The fields of a section in canonical form: one printer for each form of content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiqi.language import syntax as s
from huiqi.language.format_example import example
from huiqi.language.format_expression import WIDE, ExpressionPrinter
from huiqi.language.format_lines import LinePrinter
from huiqi.language.sheet import Sheet
from huiqi.language.words import (
    CHECKED_AS,
    LABELS,
    OTHER_WORDS,
    SCOPES,
    STACK_VERBS,
    WORD_VALUES,
)


class FieldPrinter:
    """Writes fields to a sheet."""

    def __init__(self, sheet: Sheet, words: ExpressionPrinter, lines: LinePrinter) -> None:
        self.sheet = sheet
        self.words = words
        self.lines = lines
        self.english = words.lang == "en"
        self._beside: dict[type, Callable[[Any], str]] = {
            s.Grant: self._grant,
            s.Recipients: self._recipients,
            s.Instalments: self._instalments,
            s.Window: self._window,
            s.Checked: self._checked,
            s.Opening: self._opening,
            s.Skipped: lambda content: f"§{content.address}: {content.reason}",
            s.Reply: self._reply,
        }
        self._below: dict[type, Callable[[int, str, s.Field, Any], None]] = {
            s.Words: self._words,
            s.Block: self._block,
            s.Budget: self._budget,
            s.Caps: self._caps,
            s.Duties: self._duties,
            s.Stacking: self._stacking,
            s.ExceptionOf: self._exception,
            s.Examples: self._examples,
        }

    def field(self, indent: int, field: s.Field) -> None:
        """A field with everything below it."""
        label = LABELS[field.label][0] if self.english else field.label
        below = self._below.get(type(field.content))
        if below:
            below(indent, label, field, field.content)
            return
        colon = "" if isinstance(field.content, s.Skipped | s.Reply) else ":"
        text = self._beside[type(field.content)](field.content)
        self.sheet.add(indent, f"{label}{colon} {text}", field.marks, prose=not colon)

    def _one(self, zh: str, table: dict[str, str]) -> str:
        return table.get(zh, zh) if self.english else zh

    def _other(self, zh: str) -> str:
        return self._one(zh, OTHER_WORDS)

    # ------------------------------------------------------------ on the line of the label
    def _grant(self, content: s.Grant) -> str:
        title = ".".join(content.title.path)
        return f"{title} {self.words.number(content.validity)}" if content.validity else title

    def _recipients(self, content: s.Recipients) -> str:
        def one(share: s.Share) -> str:
            role = f"「{share.role}」" if share.role else ""
            return f"{self._other(share.who)}{role}" + (f" {share.share}" if share.share else "")

        return "、".join(one(share) for share in content.shares)

    def _instalments(self, content: s.Instalments) -> str:
        def one(part: s.Instalment) -> str:
            when = f"{self.words.word('评审')}「{part.judged}」" if part.judged else part.when
            return f"{part.share} {when}".rstrip()

        return ", ".join(one(part) for part in content.parts)

    def _window(self, content: s.Window) -> str:
        if content.span is None:
            return self._other("常年")
        span = self.words.show(content.span)
        yearly = "each_year" if self.english else "每年"
        return f"{yearly} {span}" if content.kind == "每年" else span

    def _checked(self, content: s.Checked) -> str:
        return f"{self._one(content.how, CHECKED_AS)} {content.detail}".rstrip()

    def _opening(self, content: s.Opening) -> str:
        what = self._one(content.what, WORD_VALUES["应为"])
        return f"{what} {self.words.full(content.full)}" if content.full else what

    def _reply(self, content: s.Reply) -> str:
        choice = self._other(content.choice)
        return f"{content.day} {content.key} {content.measure}: {choice}"

    # ------------------------------------------------------------ with lines below
    def _words(self, indent: int, label: str, field: s.Field, content: s.Words) -> None:
        items = [self._one(item, WORD_VALUES.get(field.label, {})) for item in content.items]
        if not content.listed:
            self.sheet.add(indent, f"{label}: {'、'.join(items)}", field.marks, prose=True)
            return
        self.sheet.add(indent, f"{label}:", field.marks)
        for item in items:
            self.sheet.add(indent + 2, f"- {item}", prose=True)

    def _block(self, indent: int, label: str, field: s.Field, content: s.Block) -> None:
        if content.inline:
            self.lines.line(indent, content.lines[0], 0, f"{label}: ")
            return
        self.sheet.add(indent, f"{label}:", field.marks)
        for line in content.lines:
            self.lines.line(indent + 2, line)

    def _budget(self, indent: int, label: str, field: s.Field, content: s.Budget) -> None:
        mode = f" {self._other(content.mode)}" if content.mode else ""
        self.lines.expression(indent, content.total, f"{label}: ", field.marks, 0, mode)

    def _caps(self, indent: int, label: str, field: s.Field, content: s.Caps) -> None:
        if len(content.caps) == 1 and content.caps[0].limit.marks == field.marks:
            self._cap(indent, f"{label}: ", content.caps[0])
            return
        self.sheet.add(indent, f"{label}:", field.marks)
        for cap in content.caps:
            self._cap(indent + 2, "", cap)

    def _cap(self, indent: int, before: str, cap: s.Cap) -> None:
        before += "".join(f"{self._one(scope, SCOPES)} " for scope in cap.scopes)
        limit, condition = cap.limit, self._if(cap.condition)
        self.lines.expression(indent, limit.content, before, limit.marks, 0, condition, WIDE)

    def _if(self, condition: s.Expr | None) -> str:
        return f" {self.words.word('若')} {self.words.show(condition)}" if condition else ""

    def _duties(self, indent: int, label: str, field: s.Field, content: s.Duties) -> None:
        def one(duty: s.Duty) -> str:
            when = f"{duty.when} " if duty.when else ""
            breach = f" {self._other('违者')}「{duty.breach}」" if duty.breach else ""
            return f"{when}{self._other('应当' if duty.must else '不得')}「{duty.what}」{breach}"

        lines = [(one(duty), duty.marks) for duty in content.duties]
        self._each(indent, label, field, lines)

    def _stacking(self, indent: int, label: str, field: s.Field, content: s.Stacking) -> None:
        def one(line: s.StackLine) -> str:
            said = [self._one(line.verb, STACK_VERBS), "、".join(line.over)]
            said += [self._other("同一事项")] if line.same_matter else []
            said += [self._one(scope, SCOPES) for scope in line.scopes]
            said += [self.words.show(line.limit)] if line.limit else []
            return " ".join(part for part in said if part) + self._if(line.condition)

        self._each(indent, label, field, [(one(line), line.marks) for line in content.lines])

    def _each(
        self, indent: int, label: str, field: s.Field, lines: list[tuple[str, s.Marks]]
    ) -> None:
        """One line beside the label, or all of them below it."""
        if len(lines) == 1 and lines[0][1] == field.marks:
            self.sheet.add(indent, f"{label}: {lines[0][0]}", field.marks, prose=True)
            return
        self.sheet.add(indent, f"{label}:", field.marks)
        for text, marks in lines:
            self.sheet.add(indent + 2, text, marks, prose=True)

    def _exception(self, indent: int, label: str, field: s.Field, content: s.ExceptionOf) -> None:
        self.sheet.add(indent, f"{label} {content.name}:", field.marks, prose=True)
        for inner in content.fields:
            self.field(indent + 2, inner)

    def _examples(self, indent: int, label: str, field: s.Field, content: s.Examples) -> None:
        self.sheet.add(indent, f"{label}:", field.marks)
        for one in content.examples:
            for shift, text, marks in example(one, self.words):
                self.sheet.add(indent + 2 + shift, text, marks)
