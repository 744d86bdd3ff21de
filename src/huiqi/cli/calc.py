"""企业能得到什么：每个事项的结论、金额、理由、还缺的事实。

What a firm can get: every measure's verdict, amount, reason and missing facts. FACTS is a fact file
(.yaml .json .xlsx); entries that cannot be used are reported and the rest is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from huiqi.cli.options import (
    AsJson,
    AsOf,
    Everywhere,
    FactsPath,
    KnownAt,
    Lang,
    Language,
    Place,
    Policies,
)

if TYPE_CHECKING:
    from huiqi.library.fact_files import FactFile
    from huiqi.library.library import Library
    from huiqi.reasoning.answer import Answer


def command(
    facts: FactsPath,
    policies: Policies = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    place: Place = None,
    everywhere: Everywhere = False,
    every: Annotated[
        bool, typer.Option("--all", help="也列出不符合的和原因 · list the ineligible too")
    ] = False,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import inputs, screen
    from huiqi.cli.codes import FINE, PROBLEMS
    from huiqi.library.conventions import convention_titles
    from huiqi.reasoning.answer import calculate
    from huiqi.reasoning.answer_json import answer_json, outlook_json
    from huiqi.reasoning.reach import ending_soon, within_reach
    from huiqi.reasoning.why import Explainer

    library = inputs.library_at(policies)
    file = inputs.placed(inputs.facts_at(facts, library), place, library)
    day = inputs.as_of_day(as_of, file)
    known = inputs.day_of(known_at, "--known-at")
    answer = calculate(
        library.program, library.vocabulary, file.facts, day, known, everywhere=everywhere
    )
    rule_problems = tuple(one for one in library.problems if one.severity == "error")
    if as_json:
        explainer = Explainer(library.program, library.vocabulary, lang.value)
        made = answer_json(answer, explainer, convention_titles(lang.value))
        reaches = within_reach(answer, file.facts, library.program, library.vocabulary)
        endings = ending_soon(answer, file.facts, library.vocabulary)
        made |= outlook_json(reaches, endings, lang.value)
        made["errors"] += inputs.errors_of(file.problems, "fact", lang.value)
        made["errors"] += inputs.errors_of(rule_problems, "rule", lang.value)
        screen.print_json(
            {"firm": file.name, "is_example": file.is_example, "place": place, **made}
        )
    else:
        _print(answer, file, library, lang.value, every, place)
        screen.print_problems(
            file.problems,
            lang.value,
            "没有采用的事实（其余照算）"
            if lang is Lang.zh
            else "Facts not used (the rest is answered)",
        )
        screen.print_problems(
            rule_problems,
            lang.value,
            "有问题的规则（其余照算）"
            if lang is Lang.zh
            else "Rules with problems (the rest is answered)",
        )
    return PROBLEMS if file.problems or rule_problems or answer.errors else FINE


def _print(
    answer: Answer, file: FactFile, library: Library, lang: str, every: bool, place: str | None
) -> None:
    from huiqi.cli import screen

    shown = screen.AnswerScreen(library.vocabulary, lang)
    shown.out.print(heading(file.name, file.is_example, answer, lang), style="bold")
    if place is not None:
        supposed = f"假如在{place}" if lang == "zh" else f"supposing it were in {place}"
        shown.out.print(supposed, style="yellow")
    shown.show(answer, every=every)
    shown.outlook(answer, file.facts, library.program)
    for error in answer.errors:
        shown.out.print(f"! {error.measure}: {error.zh if lang == 'zh' else error.en}", style="red")


def heading(name: str, is_example: bool, answer: Answer, lang: str) -> str:
    """`温岭市示例泵业有限公司（示例） 申报日 2022-06-30 试算 135 个事项`"""
    count, day = len(answer.results), answer.as_of.isoformat()
    if lang == "zh":
        example = "（示例）" if is_example else ""
        known = f"，按 {answer.known_at} 已有的文件" if answer.known_at else ""
        return f"{name}{example}  申报日 {day}{known}  试算 {count} 个事项"
    example = " (example)" if is_example else ""
    known = f", as known on {answer.known_at}" if answer.known_at else ""
    return f"{name}{example}  as of {day}{known}  {count} measures calculated"
