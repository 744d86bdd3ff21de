"""From the text of a rule file to its syntax tree.

Every problem is collected and what can be read is read; a section that lost a line is marked, and answers nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

import msgspec

from huiqi.language import syntax as s
from huiqi.language.blocks import BlockReader, split_colon
from huiqi.language.fields import FieldReader
from huiqi.language.grammar import parse_line
from huiqi.language.layout import MAX_CHARACTERS, Entry, hoisted, read_layout
from huiqi.language.problems import Problem, RuleError, fail
from huiqi.language.words import (
    ENGLISH_LABELS,
    ENGLISH_SECTIONS,
    LABELS,
    PLACES,
    PROSE,
    REPEATABLE,
    SECTIONS,
    WORD_VALUES,
)

LANGUAGE_VERSION = 1
_VERSION = re.compile(r"(?:语言|language)\s+(\d+)")
_UNNUMBERED = re.compile(r"(无文号|unnumbered)\s*「([^」]+)」\s*(.*)")
_DEFINING = ("定义", "落实")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A rule file's tree and what was wrong with its text."""

    tree: s.RuleFile
    problems: tuple[Problem, ...]


def parse(text: str, file: str = "") -> Parsed:
    """Read a rule file. Never raises for what a user can write; problems carry `file`."""
    problems: list[Problem] = []
    if len(text) > MAX_CHARACTERS:
        problem = Problem(
            "E-too-large",
            f"文件有 {len(text)} 字，超过 {MAX_CHARACTERS} 字的上限",
            f"the file has {len(text)} characters, more than {MAX_CHARACTERS}",
            1,
            1,
            "一个文件只写一份政策文件",
            "one document a file",
        )
        return Parsed(s.RuleFile(()), (problem.within(file),))
    entries, end_comments, found = read_layout(text.removeprefix("\ufeff"))
    problems += found
    reader = _SectionReader(problems)
    sections = tuple(section for entry in entries if (section := reader.section(entry)))
    sections = _marked_broken(sections, problems)
    return Parsed(
        s.RuleFile(sections, end_comments, reader.language),
        tuple(problem.within(file) for problem in problems),
    )


# Problems of examples leave the rule itself whole.
_OF_EXAMPLES = frozenset({"E-given", "E-no-arrow", "E-result", "E-example", "E-record-bullet"})


def _marked_broken(
    sections: tuple[s.Section, ...], problems: list[Problem]
) -> tuple[s.Section, ...]:
    """A section that lost a line would say something else than its author: it is kept, but marked.

    A line that slid out to the left margin belongs to the section above it.
    """
    lines = sorted(p.line for p in problems if p.severity == "error" and p.code not in _OF_EXAMPLES)
    marked = []
    for index, section in enumerate(sections):
        end = sections[index + 1].line if index + 1 < len(sections) else sys.maxsize
        lost = any(section.line <= line < end for line in lines)
        marked.append(msgspec.structs.replace(section, broken=True) if lost else section)
    return tuple(marked)


class _SectionReader:
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.blocks = BlockReader(problems)
        self.fields = FieldReader(problems, self.blocks)
        self.language = 0
        self.pending = s.Marks()

    def section(self, entry: Entry) -> s.Section | None:
        version = _VERSION.fullmatch(entry.text)
        if version:
            self.language = int(version.group(1))
            self.pending = entry.marks
            for child in entry.children:
                self._unknown_label(child)
            if int(version.group(1)) > LANGUAGE_VERSION:
                self._report(
                    "E-newer",
                    f"文件用的是语言第 {version.group(1)} 版，这里只懂到第 {LANGUAGE_VERSION} 版",
                    f"written for language version {version.group(1)}; this is {LANGUAGE_VERSION}",
                    entry,
                    "请升级惠企",
                    "upgrade huiqi",
                )
            return None
        head, _, rest = entry.text.partition(" ")
        kind = ENGLISH_SECTIONS.get(head, head)
        if kind not in SECTIONS:
            hint = (
                "检查缩进：字段应缩进两格"
                if split_colon(entry.text)
                else "可用：" + " ".join(SECTIONS)
            )
            self._report(
                "E-section",
                f"“{head}”不是段落的开头",
                f"“{head}” does not begin a section",
                entry,
                hint,
                "check the indent, or use: " + " ".join(SECTIONS.values()),
            )
            return None
        try:
            return self._read(kind, rest.strip(), entry)
        except RuleError as error:
            self.blocks.report(error, entry)
            return None

    def _read(self, kind: str, rest: str, entry: Entry) -> s.Section:
        document = ""
        entry.marks, self.pending = hoisted(entry.marks, self.pending), s.Marks()
        table: s.Table | None = None
        if kind == "政策":
            rest = entry.raw[len(entry.raw) - len(rest) :] if rest else ""
        if kind in ("政策", "落实"):
            match = _UNNUMBERED.fullmatch(rest)
            if match is None and rest.startswith(("无文号", "unnumbered")):
                raise fail(
                    "E-unnumbered",
                    "没有文号的写成 无文号「短名」 标题",
                    "a document without a number is unnumbered「short name」 title",
                )
            if match:
                document, name = f"无文号「{match.group(2)}」", match.group(3)
            else:
                document, _, name = rest.partition(" ")
            name = name.strip()
        elif kind == "参数":
            name, _, _ = rest.partition(" ")
            content = parse_line(rest[len(name) :].strip())
            if not isinstance(content, s.Table):
                raise fail(
                    "E-parameter", "参数要写成 参数 名 按 所属年度", "a parameter is 参数 name 按 …"
                )
            table = self.blocks.with_rows(entry, content, 0)  # type: ignore[assignment]
        else:
            name = rest
        name = name.strip("「」").strip() if name.startswith("「") else name
        if not name:
            raise fail("E-no-name", f"{kind}后面要有名称", f"{SECTIONS[kind]} needs a name")
        fields: list[s.Field] = []
        lines: list[Entry] = []
        if table is None:
            for child in entry.children:
                field = self._field(child, kind)
                if field is None:
                    lines.append(child)
                elif field is not _BROKEN:
                    fields.append(field)
        self._once(fields)
        if lines and kind not in _DEFINING:
            for line in lines:
                self._unknown_label(line)
            lines = []
        body = self.blocks.block(lines)
        return s.Section(kind, name, document, tuple(fields), body, table, entry.marks, entry.line)

    def _field(self, entry: Entry, section: str) -> s.Field | None:
        """The field on this line; None where it is a line of the body; `_BROKEN` once reported."""
        for label in ("略过", "skipped", "答复", "reply", "例外", "exception"):
            if entry.text.startswith(label + " "):
                named = ENGLISH_LABELS.get(label, label)
                if named not in PLACES[section]:
                    return self._misplaced(named, section, entry)
                return self._named_field(named, entry, len(label))
        parts = split_colon(entry.text)
        if parts is None:
            return None
        label = ENGLISH_LABELS.get(parts[0], parts[0])
        if label not in LABELS:
            return None
        if label not in PLACES[section]:
            return self._misplaced(label, section, entry)
        try:
            own = parts[1]
            if own and label in PROSE:
                own = entry.raw[len(entry.raw) - len(own) :]
            content = self.fields.read(LABELS[label][1], own, entry)
            if isinstance(content, s.Words) and label in WORD_VALUES:
                values = {english: zh for zh, english in WORD_VALUES[label].items()}
                content = s.Words(
                    tuple(values.get(item, item) for item in content.items), content.listed
                )
        except RuleError as error:
            self.blocks.report(error, entry)
            return _BROKEN
        return s.Field(label, content, entry.marks, entry.line)

    def _misplaced(self, label: str, section: str, entry: Entry) -> s.Field:
        places = [place for place, labels in PLACES.items() if label in labels]
        self._report(
            "E-place",
            f"“{label}”不写在“{section}”里",
            f"“{LABELS[label][0]}” does not belong here",
            entry,
            f"它写在 {'、'.join(places)} 里；或检查缩进和字段名",
            "check the label and the indent",
        )
        return _BROKEN

    def _named_field(self, label: str, entry: Entry, length: int) -> s.Field:
        rest = entry.text[length:].strip()
        try:
            if label != "例外" and entry.children:
                raise fail(
                    "E-child",
                    f"“{label}”只有一行",
                    f"{LABELS[label][0]} is one line",
                    line=entry.children[0].line,
                    col=entry.children[0].indent + 1,
                )
            if label == "略过":
                content: s.Content = self.fields.skipped(
                    entry.raw[len(entry.raw) - len(rest) :] if rest else ""
                )
            elif label == "答复":
                content = self.fields.reply(rest)
            else:
                inner = [self._field(child, "例外") for child in entry.children]
                for child, field in zip(entry.children, inner, strict=True):
                    if field is None:
                        self._unknown_label(child)
                content = s.ExceptionOf(
                    rest.rstrip(":").strip(),
                    tuple(field for field in inner if field is not None and field is not _BROKEN),
                )
        except RuleError as error:
            self.blocks.report(error, entry)
            return _BROKEN
        return s.Field(label, content, entry.marks, entry.line)

    def _once(self, fields: list[s.Field]) -> None:
        seen: dict[str, int] = {}
        for field in fields:
            if field.label in seen and field.label not in REPEATABLE:
                self.problems.append(
                    Problem(
                        "E-twice",
                        f"字段“{field.label}”写了两次（另一次在第 {seen[field.label]} 行）",
                        f"field “{field.label}” stands twice (also on line {seen[field.label]})",
                        field.line,
                        1,
                        "并成一个，多行写在下一级",
                        "make it one, with its lines below it",
                    )
                )
            seen.setdefault(field.label, field.line)

    def _unknown_label(self, entry: Entry) -> None:
        parts = split_colon(entry.text)
        word = parts[0] if parts else entry.text
        near = _nearest(word, list(LABELS))
        self._report(
            "E-label",
            f"“{word}”不是这里的字段" if parts else f"“{word}”放不进这里：不是字段，也不在字段之下",
            f"“{word}” is no field here",
            entry,
            f"是否想写 {near}？" if near else "检查缩进：条件写在“条件:”之下",
            f"did you mean {near} ({LABELS[near][0]})?" if near else "check the indent",
        )

    def _report(self, code: str, zh: str, en: str, entry: Entry, fix_zh: str, fix_en: str) -> None:
        self.problems.append(Problem(code, zh, en, entry.line, entry.indent + 1, fix_zh, fix_en))


_BROKEN = s.Field("", s.Words(()))


def _nearest(word: str, names: list[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, names, 1, 0.5)), "")
