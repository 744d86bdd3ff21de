"""查词汇表：事实的含义、单位、期间、怎么问；代码和名称。不写词则列出全部事实。

Look up the vocabulary: what a fact means, its unit, period and question; codes and their names.
Without WORD every fact is listed.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from huiqi.cli.options import AsJson, Lang, Language


def command(
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="名称、英文名、代码 · a name or code")
    ] = None,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import screen
    from huiqi.cli.codes import FINE, PROBLEMS
    from huiqi.library.load import load_vocabulary
    from huiqi.library.paths import vocabulary_dir

    vocabulary = load_vocabulary(vocabulary_dir())
    if word is None:
        entries = [fact_entry(fact) for fact in vocabulary.facts.values()]
        if as_json:
            screen.print_json(
                {"facts": entries, "codes": {k: len(v) for k, v in vocabulary.tables.items()}}
            )
        else:
            _print_all(entries, {k: len(v) for k, v in vocabulary.tables.items()}, lang.value)
        return FINE
    facts = matching(word, vocabulary)
    codes = codes_matching(word, vocabulary, lang.value)
    if as_json:
        screen.print_json({"facts": [fact_entry(fact) for fact in facts], "codes": codes})
    elif facts or codes:
        _print_found(facts, codes, lang.value)
    else:
        _print_nothing(word, vocabulary, lang.value)
    return FINE if facts or codes else PROBLEMS


def matching(word: str, vocabulary: Any) -> list[Any]:
    """The fact of that name and records with such a field; else facts that hold the word somewhere."""
    low = word.lower()
    owners = [
        fact
        for fact in vocabulary.facts.values()
        if word in fact.fields or any(low == field.en.lower() for field in fact.fields.values())
    ]
    exact = vocabulary.find(word)
    if exact is not None or owners:
        return ([exact] if exact is not None else []) + owners
    named = [
        fact
        for fact in vocabulary.facts.values()
        if word in fact.name or low in fact.en.lower() or any(word in one for one in fact.aliases)
    ]
    return named or [fact for fact in vocabulary.facts.values() if word in fact.definition]


def codes_matching(word: str, vocabulary: Any, lang: str) -> list[dict[str, Any]]:
    from huiqi.vocabulary.mistakes import CodeError

    found = []
    for name, table in vocabulary.tables.items():
        try:
            code = table.resolve(word)
        except CodeError as error:
            if error.code != "C-unknown":
                found.append({"table": name, "problem": error.message(lang)})
            continue
        path = [table.label(one, lang) for one in table.path(code)]
        found.append(
            {
                "table": name,
                "code": code,
                "name": table.label(code, lang),
                "path": path,
                "below": [table.label(one, lang) for one in table.children(code)],
                "members": list(table.group_codes(code)) if code in table.groups() else [],
            }
        )
    return found


def fact_entry(fact: Any) -> dict[str, Any]:
    """A declaration as plain data; keys without content are left out."""
    entry = {
        "name": fact.name,
        "en": fact.en,
        "type": fact.type,
        "unit": fact.unit,
        "period": fact.period,
        "definition": fact.definition,
        "aliases": list(fact.aliases),
        "ask": fact.ask,
        "cost": fact.cost,
        "sources": list(fact.sources),
        "codes": fact.codes,
        "many": fact.many,
        "published": fact.library,
        "fields": [fact_entry(field) for field in fact.fields.values()],
    }
    return {key: value for key, value in entry.items() if value}


_LABELS = {
    "en": ("英文名", "English"),
    "definition": ("口径", "definition"),
    "aliases": ("同义词", "aliases"),
    "ask": ("怎么问", "question"),
    "sources": ("来源（好的在前）", "sources, best first"),
    "codes": ("代码表", "code table"),
}
_TYPES = {
    "money": ("金额", "money"),
    "ratio": ("比率", "ratio"),
    "number": ("数", "number"),
    "date": ("日期", "date"),
    "month": ("月份", "month"),
    "text": ("文字", "text"),
    "code": ("代码", "code"),
    "yes_no": ("是否", "yes or no"),
    "title": ("称号", "title"),
    "register": ("名录", "register"),
    "event": ("事件", "event"),
    "records": ("清单", "records"),
}
_PERIODS = {
    "fixed": ("", ""),
    "day": ("时点数", "of a day"),
    "month": ("月度", "monthly"),
    "quarter": ("季度", "quarterly"),
    "year": ("年度", "yearly"),
}


def _kind(fact: dict[str, Any], lang: str) -> str:
    at = 0 if lang == "zh" else 1
    parts = [_TYPES[fact["type"]][at], fact.get("unit", ""), _PERIODS[fact["period"]][at]]
    return " · ".join(part for part in parts if part)


def _print_found(facts: list[Any], codes: list[dict[str, Any]], lang: str) -> None:
    from huiqi.cli import screen

    out = screen.console()
    at = 0 if lang == "zh" else 1
    for entry in map(fact_entry, facts[:20]):
        out.print(f"{entry['name']}  {_kind(entry, lang)}", style="bold")
        for key, label in _LABELS.items():
            if entry.get(key):
                value = entry[key]
                shown = "、".join(value) if isinstance(value, list) else value
                out.print(f"  {label[at]}{'：' if lang == 'zh' else ': '}{shown}")
        for field in entry.get("fields", ()):
            out.print(f"  .{field['name']}  {_kind(field, lang)}  {field['en']}", style="dim")
    if len(facts) > 20:
        out.print("…" + "、".join(fact.name for fact in facts[20:]))
    for code in codes:
        if "problem" in code:
            out.print(f"{code['table']}：{code['problem']}")
            continue
        out.print(f"{code['table']}  {code['code']}  {' › '.join(code['path'])}", style="bold")
        below = code["below"] or code["members"]
        if below:
            out.print("  " + "、".join(below[:30]) + ("…" if len(below) > 30 else ""), style="dim")


def _print_all(entries: list[dict[str, Any]], tables: dict[str, int], lang: str) -> None:
    from huiqi.cli import screen

    out = screen.console()
    at = 0 if lang == "zh" else 1
    out.print(f"{len(entries)} 个事实，{len(tables)} 张代码表" if lang == "zh"
              else f"{len(entries)} facts, {len(tables)} code tables", style="bold")  # fmt: skip
    for kind, label in _TYPES.items():
        named = [
            entry["name"] if lang == "zh" else entry["en"]
            for entry in entries
            if entry["type"] == kind
        ]
        if named:
            out.print(f"{label[at]} {len(named)}", style="bold")
            out.print("  " + ("、" if lang == "zh" else ", ").join(named))
    out.print("代码表" if lang == "zh" else "code tables", style="bold")
    out.print("  " + "、".join(f"{name}（{count}）" for name, count in tables.items()))


def _print_nothing(word: str, vocabulary: Any, lang: str) -> None:
    import sys

    from huiqi.vocabulary.nearest import nearest

    near = "、".join(nearest(word, list(vocabulary.facts))[:5])
    if lang == "zh":
        words = f"词汇表里没有“{word}”" + (f"，相近的有：{near}" if near else "")
    else:
        words = f"“{word}” is not in the vocabulary" + (f"; near it: {near}" if near else "")
    print(words, file=sys.stderr)
