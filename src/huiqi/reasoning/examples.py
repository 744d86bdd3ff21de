"""Runs the worked examples of rules: the facts of each must give the result that stands behind its arrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem
from huiqi.mechanisms.number import INF, Num
from huiqi.mechanisms.truth import F
from huiqi.reasoning import measure as m
from huiqi.reasoning.answer import Result, ask
from huiqi.reasoning.context import Context
from huiqi.reasoning.interpret import MEANING, code_of, state, texts_of, value
from huiqi.reasoning.situation import FIRM, Situation, inherited, situation, unknown_bases
from huiqi.reasoning.verdict import verdict_of
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.mistakes import QuantityError
from huiqi.vocabulary.quantity import format_quantity, parse_quantity
from huiqi.vocabulary.units import Dims

DEFAULT_AS_OF = date(2024, 6, 30)


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One example with what came out of it; `problem` is None where both agree.

    `outside`: its figures come from outside the rule (an interpretation, a guide), as its margin says.
    """

    owner: str
    line: int
    expected: str
    found: str
    problem: Problem | None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class PreparedExample:
    """An example with its facts read, ready to be run against any version of its rule."""

    owner: str
    example: s.Example
    made: Situation
    file: str
    failure: ExampleRun | None = None


def run_examples(
    owner: str,
    section: s.Section,
    program: t.Program,
    vocabulary: Vocabulary,
    file: str = "",
) -> Iterator[ExampleRun]:
    """Every example of a measure or definition, in order."""
    for prepared in prepare(owner, section, program, vocabulary, file):
        made = run_prepared(prepared, program, vocabulary)
        yield replace(made, outside=bool(prepared.example.marks.addresses))


def prepare(
    owner: str,
    section: s.Section,
    program: t.Program,
    vocabulary: Vocabulary,
    file: str = "",
) -> Iterator[PreparedExample]:
    """Read the facts of every example; what cannot be used is kept as a failure."""
    field = section.field("例")
    if field is None or not isinstance(field.content, s.Examples):
        return
    examples = field.content.examples
    bad = unknown_bases(examples)
    subject = _subject(owner, program)

    def year_of(as_of: date | None) -> int | None:
        day = as_of or _default_day(owner, program)
        word = program.measures[owner].year if owner in program.measures else "上年度"
        return m.year_of_measure(word or "上年度", day)

    for example, given, records in inherited(examples):
        made = situation(given, records, vocabulary, subject, year_of, one_record=True)
        failure = None
        if example.line in bad:
            words = f"没有可以照抄的例“{bad[example.line]}”"
            failure = _failed(owner, example, file, "E-example", words)
        elif made.problems:
            first = made.problems[0]
            words = f"{first.name}：{first.zh}"
            failure = _failed(owner, example, file, first.code, words, first.fix_zh)
        yield PreparedExample(owner, example, made, file, failure)


def run_prepared(
    prepared: PreparedExample, program: t.Program, vocabulary: Vocabulary
) -> ExampleRun:
    if prepared.failure is not None:
        return prepared.failure
    return _run(prepared.owner, prepared.example, prepared.made, program, vocabulary, prepared.file)


def _subject(owner: str, program: t.Program) -> str:
    if owner in program.measures:
        return program.measures[owner].subject
    return program.definitions[owner].subject


def _run(
    owner: str,
    example: s.Example,
    made: Situation,
    program: t.Program,
    vocabulary: Vocabulary,
    file: str,
) -> ExampleRun:
    as_of = made.as_of or _default_day(owner, program)
    try:
        if owner in program.measures:
            result = ask(
                program.measures[owner], program, vocabulary, m.Question(made.facts, as_of)
            )
            wrong, found = compare_result(example, result)
        else:
            wrong, found = _compare_definition(owner, example, made, as_of, program, vocabulary)
    except QuantityError as error:
        return _failed(owner, example, file, "E-result", str(error), en=error.message("en"))
    except (ArithmeticError, AssertionError, KeyError, TypeError, ValueError) as error:
        return _failed(
            owner, example, file, "R-evaluate", f"算不了：{type(error).__name__} {error}"
        )
    expected = expected_text(example)
    if not wrong:
        return ExampleRun(owner, example.line, expected, found, None)
    return ExampleRun(
        owner,
        example.line,
        expected,
        found,
        Problem(
            "E-example-fails",
            f"例子写 {expected}，算得 {found}（{'；'.join(wrong)}）",
            f"the example says {expected}, it comes out as {found}",
            example.line,
            1,
            "改规则或改例子",
            "mend the rule or the example",
            file,
        ),
    )


def _default_day(owner: str, program: t.Program) -> date:
    document = (
        program.measures[owner].document
        if owner in program.measures
        else program.definitions[owner].document
    )
    head = program.documents[document]
    start = head.in_force or head.issued
    if start is not None and start > DEFAULT_AS_OF:
        return start
    if head.ends is not None and head.ends < DEFAULT_AS_OF:
        return head.ends
    return DEFAULT_AS_OF


def _failed(
    owner: str, example: s.Example, file: str, code: str, zh: str, fix: str = "", en: str = ""
) -> ExampleRun:
    return ExampleRun(
        owner,
        example.line,
        expected_text(example),
        zh,
        Problem(code, zh, en or zh, example.line, 1, fix, "", file),
    )


def expected_text(example: s.Example) -> str:
    words = [example.verdict, example.amount]
    if example.missing:
        words.append("缺 " + "、".join(example.missing))
    if example.missing_amount:
        words.append("金额缺 " + "、".join(example.missing_amount))
    if example.other:
        words.append("另读 " + example.other)
    return " ".join(word for word in words if word)


def compare_result(example: s.Example, result: Result) -> tuple[list[str], str]:
    """What differs, and what came out in the words of an example."""
    wrong: list[str] = []
    if example.verdict and result.verdict.label() != example.verdict:
        wrong.append("结论不同")
    if example.amount:
        if example.amount == "未载明":
            if result.amount is None or result.amount.kind != "unstated":
                wrong.append("金额不是未载明")
        elif result.amount is None:
            if result.state != F or not same_amount(example.amount, 0, 0, result.measure.dims):
                wrong.append("没有金额")
        elif not same_amount(
            example.amount, result.amount.low, result.amount.high, result.measure.dims
        ):
            wrong.append("金额不同")
    if example.missing and not same_names(example.missing, result.missing):
        wrong.append("缺的事实不同")
    if example.missing_amount and not same_names(example.missing_amount, result.missing_for_amount):
        wrong.append("影响金额的事实不同")
    if example.other and not any(
        note == f"按另一种读法：{example.other}" for note in result.readings
    ):
        wrong.append("另一种读法不同")
    found = [result.verdict.label()]
    if result.amount is not None:
        found.append(result.amount.text())
    if result.missing:
        found.append("缺 " + "、".join(result.missing))
    if result.missing_for_amount:
        found.append("金额缺 " + "、".join(result.missing_for_amount))
    found += [
        note.replace("按另一种读法：", "另读 ")
        for note in result.readings
        if note.startswith("按另")
    ]
    return wrong, " ".join(found)


def same_amount(expected: str, low: object, high: object, dims: Dims) -> bool:
    first, last = amount_ends(expected, dims)
    return bool(first == low and last == high)


def amount_ends(text: str, dims: Dims) -> tuple[object, object]:
    """`36万元`, `0元~36万元`, `10万元~` (no upper bound) -> ends in base units."""
    del dims
    low, tilde, high = text.partition("~")
    if tilde and not high:
        return parse_quantity(low).value, None
    if tilde and not any(char.isalpha() for char in low):
        low += "".join(char for char in high if not (char.isdigit() or char == "."))
    first = parse_quantity(low).value
    return first, (parse_quantity(high).value if tilde else first)


def same_names(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Same facts; a name without its year or record stands for any of them."""
    remaining = set(found)
    for spelled in expected:
        name = spelled.removeprefix("企业.")
        matches = {
            one for one in remaining if one == name or _bare(one) == name or _field(one) == name
        }
        if not matches:
            return False
        remaining -= matches
    return not remaining


def _bare(name: str) -> str:
    head, _, rest = name.partition("年度 ")
    return rest if rest and head.isdecimal() else name


def _field(name: str) -> str:
    return _bare(name).rpartition(".")[2]


def _compare_definition(
    owner: str,
    example: s.Example,
    made: Situation,
    as_of: date,
    program: t.Program,
    vocabulary: Vocabulary,
) -> tuple[list[str], str]:
    definition = program.definitions[owner]
    ctx = definition_context(definition, made, as_of, program, vocabulary)
    if definition.type == t.CONDITION:
        found = verdict_of(state(definition.body, ctx).state).label()
        return ([] if found == example.verdict else ["结论不同"]), found
    if definition.type.kind == "code":
        code = code_of(definition.body, ctx)
        table = vocabulary.table(definition.type.table)
        found = "、".join(table.label(one) for one in code.options) or "待定"
        return ([] if found == (example.amount or example.verdict) else ["不同"]), found
    if definition.type.kind == "text":
        texts, _ = texts_of(definition.body, ctx)
        found = "、".join(texts)
        return ([] if found == example.amount else ["不同"]), found
    number = value(definition.body, ctx)
    found = number_text(number, definition.type.dims)
    first, last = amount_ends(example.amount, definition.type.dims)
    low = number.low
    high = None if number.high == INF else number.high
    return ([] if (first, last) == (low, high) else ["数不同"]), found


def definition_context(
    definition: t.Definition,
    made: Situation,
    as_of: date,
    program: t.Program,
    vocabulary: Vocabulary,
) -> Context:
    """A context to evaluate a definition alone: 上年度 as its year, the one record given as its subject."""
    head = program.documents[definition.document]
    subject = made.facts
    if definition.subject != FIRM and definition.subject in made.facts.records:
        items = made.facts.records[definition.subject].items
        subject = items[0] if items else made.facts
    return Context(
        MEANING,
        program,
        vocabulary,
        made.facts,
        subject,
        as_of,
        head,
        year=as_of.year - 1,
        last_complete=as_of.year - 1,
        choice=dict(head.choices),
        fields_of=definition.subject,
    )


def number_text(number: Num, dims: Dims) -> str:
    low = format_quantity(number.low, dims) if number.low != -INF else "不限"
    if number.point is not None:
        return low
    high = format_quantity(number.high, dims) if number.high != INF else ""
    return f"{low}~{high}"
