"""Worked examples: the facts of a case and the result that it must give."""

from __future__ import annotations

import re

from huiqi.language import syntax as s
from huiqi.language.blocks import split_colon
from huiqi.language.layout import Entry, hoisted
from huiqi.language.problems import Problem, RuleError, fail
from huiqi.language.words import ENGLISH_PERIODS, EXAMPLE_WORDS, GIVEN_VALUES, PERIODS, TERMINALS

_VERDICTS = {
    spelling: zh for zh, spellings in TERMINALS["VERDICT"].items() for spelling in (zh, *spellings)
}
_ENGLISH_VALUES = {EXAMPLE_WORDS[zh]: zh for zh in GIVEN_VALUES}
_PERIOD = re.compile(
    r"(?P<period>\d{4}年度|\d{4}-\d{2}(?:-\d{2})?|\d{4}年\d{1,2}月|\d{4}年?[第]?[一二三四1234]季度|"
    + "|".join([*PERIODS, *ENGLISH_PERIODS])
    + r")\s+(?P<name>.+)"
)
_OPENING = re.compile(r"[(\[「]")
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_RESULT = re.compile(
    r"(?P<body>.*?)(?:\s*(?:另读|noted)\s+(?P<other>.*?))?(?:\s*(?:(?<!金额)缺|missing)\s+(?P<missing>.*?))?"
    r"(?:\s*(?:金额缺|missing_for_amount)\s+(?P<amount>.*))?"
)


def split_top(text: str, separator: str) -> list[tuple[int, str]]:
    """Parts between separators outside brackets and 「」, each with its column (0-based)."""
    parts: list[tuple[int, str]] = []
    if not _OPENING.search(text):
        at = 0
        for part in text.split(separator):
            parts.append((at, part))
            at += len(part) + 1
        return _trimmed(parts)
    depth = 0
    quoted = False
    start = 0
    for index, char in enumerate(text):
        if char == "「":
            quoted = True
        elif char == "」":
            quoted = False
        elif not quoted and char in "([":
            depth += 1
        elif not quoted and char in ")]":
            depth -= 1
        elif not quoted and depth == 0 and char == separator:
            parts.append((start, text[start:index]))
            start = index + 1
    parts.append((start, text[start:]))
    return _trimmed(parts)


def _trimmed(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [
        (at + len(part) - len(part.lstrip()), trimmed)
        for at, part in parts
        if (trimmed := part.strip())
    ]


def read_given(text: str, line: int, indent: int = 0) -> tuple[s.Given, ...]:
    """`名: 值, 2020年度 名: 值` -> the facts. Raises RuleError at a pair without a colon."""
    given: list[s.Given] = []
    for at, part in split_top(text, ","):
        pair = split_colon(part)
        if pair is None or not pair[1]:
            raise fail(
                "E-given",
                f"“{part}”应写成 名称: 值",
                f"“{part}” should be name: value",
                line=line,
                col=at + indent + 1,
            )
        name, value = pair
        if name.startswith("-"):
            raise fail(
                "E-bullet",
                "短横只用在清单里",
                "a bullet stands in a list of records only",
                line=line,
                col=at + indent + 1,
                fix_zh="清单的每一项比清单名深两格",
                fix_en="each record is two spaces deeper than the name of its list",
            )
        match = _PERIOD.fullmatch(name)
        period = ""
        if match:
            period = ENGLISH_PERIODS.get(match.group("period"), match.group("period"))
            name = match.group("name").strip()
        value = _ENGLISH_VALUES.get(value, value)
        given.append(s.Given(name, value, period, at + indent + 1, line))
    return tuple(given)


def read_base(text: str) -> tuple[str, str, str]:
    """(base, rest, "") of `同上, …` or `同 名, …`; base is empty without one."""
    head, _, rest = text.partition(",")
    head = head.strip()
    if head in ("同上", "as_above"):
        return "同上", rest.strip(), ""
    match = re.fullmatch(r"(?:同|as)\s+(\S+)", head)
    if match:
        return match.group(1), rest.strip(), ""
    return "", text, ""


def read_result(text: str, line: int, col: int) -> dict[str, object]:
    match = _RESULT.fullmatch(text.strip())
    assert match is not None
    body = match.group("body").strip()
    head, _, rest = body.partition(" ")
    verdict = _VERDICTS.get(head, "")
    amount = rest.strip() if verdict else body
    if not body:
        raise fail("E-result", "箭头后面没有结果", "no result after the arrow", line=line, col=col)

    stray = next((sign for sign in ("→", "->", ",") if sign in text), "")
    stray = stray or next((word for word in ("缺", "另读") if word in amount), "")
    if stray:
        raise fail(
            "E-result",
            f"结果里不该有“{stray}”",
            f"a result holds no “{stray}”",
            line=line,
            col=col,
            fix_zh="一行一个例子；几个名称之间用、",
            fix_en="one example a line; 、 between names",
        )

    def names(found: str | None) -> tuple[str, ...]:
        return tuple(part.strip() for part in (found or "").split("、") if part.strip())

    return {
        "verdict": verdict,
        "amount": {"unstated": "未载明"}.get(amount, amount),
        "other": (match.group("other") or "").strip(),
        "missing": names(match.group("missing")),
        "missing_amount": names(match.group("amount")),
    }


def read_examples(entries: list[Entry], problems: list[Problem]) -> tuple[s.Example, ...]:
    """All examples of a section, in order; a broken one is reported and left out."""
    examples: list[s.Example] = []
    for entry in entries:
        try:
            examples.append(_block(entry) if entry.children else _inline(entry))
        except RuleError as error:
            found = error.problem
            problems.append(
                Problem(
                    found.code,
                    found.zh,
                    found.en,
                    found.line or entry.line,
                    found.col or entry.indent + 1,
                    found.fix_zh,
                    found.fix_en,
                )
            )
    return tuple(examples)


def _is_heading(name: str) -> bool:
    """Whether a name can head lines below it: a line of facts cannot."""
    return bool(name) and not any(sign in name for sign in (":", ",", "→", "->"))


def _inline(entry: Entry) -> s.Example:
    arrow = _ARROW.search(entry.text)
    if arrow is None:
        raise fail(
            "E-no-arrow",
            "例子要以 → 结论 结尾",
            "an example ends with → and its result",
            fix_zh="例如 … → 符合 30万元",
            fix_en="for example … → eligible 30万元",
        )
    base, rest, _ = read_base(entry.text[: arrow.start()])
    shift = entry.indent + len(entry.text[: arrow.start()]) - len(rest) if base else entry.indent
    return s.Example(
        read_given(rest, entry.line, shift) if rest else (),
        base=base,
        marks=entry.marks,
        line=entry.line,
        **read_result(entry.text[arrow.end() :], entry.line, entry.indent + arrow.end()),  # type: ignore[arg-type]
    )


def _block(entry: Entry) -> s.Example:
    name = entry.text[:-1].strip()
    base = ""
    if not entry.text.endswith(":") or not _is_heading(name):
        raise fail("E-example", "例子的名字后面要有冒号", "an example's name ends with a colon")
    children = entry.children
    for inner in (*children, *(item for child in children for item in child.children)):
        entry.marks = hoisted(entry.marks, inner.marks)
    first: tuple[s.Given, ...] = ()
    if children and not children[0].children:
        base, rest, _ = read_base(children[0].text.rstrip(","))
        if base:
            first = read_given(rest, children[0].line, children[0].indent) if rest else ()
            children = children[1:]
    given, records, result = read_facts(children)
    given = first + given
    if result is None:
        raise fail("E-no-arrow", f"例“{name}”没有 → 结果", f"example “{name}” has no → result")
    text, line, col = result
    return s.Example(
        given,
        name=name,
        base=base,
        records=records,
        block=True,
        marks=entry.marks,
        line=entry.line,
        **read_result(text, line, col),  # type: ignore[arg-type]
    )


def read_facts(
    entries: list[Entry],
) -> tuple[tuple[s.Given, ...], tuple[s.GivenRecords, ...], tuple[str, int, int] | None]:
    """Lines of `key: value`, blocks of records, and the closing `→ …` where there is one."""
    given: list[s.Given] = []
    records: list[s.GivenRecords] = []
    result: tuple[str, int, int] | None = None
    for child in entries:
        arrow = _ARROW.match(child.text)
        if result is not None or (arrow and child.children):
            stray = child.children[0] if arrow and child.children else child
            raise fail(
                "E-child",
                "→ 是例子的最后一行",
                "→ is the last line of an example",
                line=stray.line,
                col=stray.indent + 1,
                fix_zh="检查缩进",
                fix_en="check the indent",
            )
        if arrow:
            result = (child.text[arrow.end() :], child.line, child.indent + 1)
        elif child.children or child.text.endswith(":"):
            records.append(_records(child))
        else:
            given += read_given(child.text, child.line, child.indent)
    return tuple(given), tuple(records), result


def _records(entry: Entry) -> s.GivenRecords:
    kind = entry.text[:-1].strip()
    if not entry.text.endswith(":") or not _is_heading(kind):
        raise fail(
            "E-child",
            "这一行下面不该有下级：有下级的是清单，写成 名称:",
            "nothing stands below this line; a list of records is headed by name:",
            line=entry.line,
            col=entry.indent + 1,
            fix_zh="检查缩进",
            fix_en="check the indent",
        )
    items: list[tuple[s.Given, ...]] = []
    complete = True
    for child in entry.children:
        if not child.text.startswith("- "):
            raise fail(
                "E-record-bullet",
                "清单里每一项以“- ”开头",
                "each record begins with “- ”",
                line=child.line,
                col=child.indent + 1,
            )
        if child.children:
            raise fail(
                "E-child",
                "清单的一项写在一行里",
                "a record is one line",
                line=child.children[0].line,
                col=child.children[0].indent + 1,
            )
        text = child.text[2:].strip()
        if text in ("其余未知", "rest_unknown"):
            complete = False
        else:
            items.append(read_given(text, child.line, child.indent + 2))
    return s.GivenRecords(kind, tuple(items), complete, entry.line)
