"""一问一答：只问还会改变结果的事实，先问背后未定金额最多、又最好答的。

Interview on the terminal: asks the next fact that can still change something, most undecided money first.
Answers: a value with its unit, 不知道 (never asked again), 不适用, 跳过, 退出. Ends with the result; --out
saves what was learned as a fact file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huiqi.cli.options import AsJson, AsOf, FactsPath, Lang, Language, Policies

if TYPE_CHECKING:
    from huiqi.library.fact_files import FactFile
    from huiqi.library.library import Library


def command(
    facts: FactsPath,
    policies: Policies = None,
    as_of: AsOf = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE", help="只问这些事项要的 · only what these measures need"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="把事实存成文件（.yaml .json）· save the facts"),
    ] = None,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import inputs, screen
    from huiqi.cli.calc import heading
    from huiqi.cli.codes import FINE, PROBLEMS
    from huiqi.cli.interview import Interview

    library = inputs.library_at(policies)
    file = inputs.facts_at(facts, library)
    day = inputs.as_of_day(as_of, file)
    wanted = tuple(inputs.measure_named(name, library).id for name in measure or ()) or None
    said = sys.stderr if as_json else sys.stdout
    screen.print_problems(
        file.problems, lang.value, "没有采用的事实" if lang is Lang.zh else "Facts not used"
    )
    talk = Interview(
        library.program,
        library.vocabulary,
        file.facts,
        day,
        say=lambda words: print(words, file=said, flush=True),
        hear=_hear,
        lang=lang.value,
        measures=wanted,
    )
    answer = talk.run()
    if out is not None:
        _save(out, talk, file, library)
    if as_json:
        from huiqi.library.calculation import to_json

        screen.print_json(to_json(library, answer, lang.value))
    else:
        shown = screen.AnswerScreen(library.vocabulary, lang.value)
        shown.out.print()
        shown.out.print(heading(file.name, file.is_example, answer, lang.value), style="bold")
        shown.show(answer)
        if out is not None:
            shown.out.print(
                f"事实已存入 {out}" if lang is Lang.zh else f"facts saved in {out}", soft_wrap=True
            )
    return PROBLEMS if answer.errors else FINE


def _hear() -> str | None:
    """One line from the terminal or a pipe; None when no more comes."""
    if sys.stdin.isatty():
        try:
            return input("> ")
        except EOFError:
            return None
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _save(out: Path, talk: object, file: FactFile, library: Library) -> None:
    from huiqi.cli.codes import CommandError
    from huiqi.cli.interview import Interview
    from huiqi.library.fact_writing import facts_content, write_facts

    assert isinstance(talk, Interview)
    text = write_facts(talk.firm, library.vocabulary, file.name, talk.as_of)
    if out.suffix.lower() == ".json":
        content = facts_content(talk.firm, library.vocabulary, file.name, talk.as_of)
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise CommandError(f"写不了 {out}：{reason}", f"cannot write {out}: {reason}") from None
