"""一个事项为什么是这个结论：逐条列出条件、条文、看到的值、还差多少。

Why one measure came out as it did: each condition with its clause, the value seen, the distance.
MEASURE is its name, or its id (文号 and name) where several share the name.
"""

from __future__ import annotations

from typing import Annotated

import typer

from huiqi.cli.options import AsJson, AsOf, FactsPath, KnownAt, Lang, Language, Policies


def command(
    facts: FactsPath,
    measure: Annotated[str, typer.Argument(metavar="MEASURE", help="事项 · name or id")],
    policies: Policies = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import inputs, screen
    from huiqi.cli.codes import FINE, PROBLEMS, CommandError
    from huiqi.library.conventions import convention_titles
    from huiqi.reasoning.answer import calculate
    from huiqi.reasoning.answer_json import result_json
    from huiqi.reasoning.explain import explain_lines
    from huiqi.reasoning.why import Explainer

    library = inputs.library_at(policies)
    rule = inputs.measure_named(measure, library)
    file = inputs.facts_at(facts, library)
    day = inputs.as_of_day(as_of, file)
    known = inputs.day_of(known_at, "--known-at")
    answer = calculate(
        library.program, library.vocabulary, file.facts, day, known, measures=[rule.id]
    )
    if answer.errors:
        error = answer.errors[0]
        raise CommandError(f"{error.measure}：{error.zh}", f"{error.measure}: {error.en}", PROBLEMS)
    if not answer.results:
        raise CommandError(f"{rule.id} 是草案，不作答", f"{rule.id} is a draft and not answered")
    explainer = Explainer(library.program, library.vocabulary, lang.value)
    titles = convention_titles(lang.value)
    if as_json:
        screen.print_json(
            {
                "firm": file.name,
                "as_of": day.isoformat(),
                **result_json(answer.results[0], explainer, titles),
                "errors": inputs.errors_of(file.problems, "fact", lang.value),
            }
        )
    else:
        out = screen.console()
        name = file.name + ("（示例）" if file.is_example and lang is Lang.zh else "")
        out.print(f"{name}  {'申报日' if lang is Lang.zh else 'as of'} {day.isoformat()}")
        for line in explain_lines(answer.results[0], explainer, titles):
            out.print(line, style=_style(line), soft_wrap=True)
        screen.print_problems(
            file.problems,
            lang.value,
            "没有采用的事实" if lang is Lang.zh else "Facts not used",
        )
    return PROBLEMS if file.problems else FINE


def _style(line: str) -> str:
    mark = line.lstrip()[:1]
    return {"✓": "green", "✗": "red", "?": "yellow", "◇": "magenta"}.get(mark, "")
