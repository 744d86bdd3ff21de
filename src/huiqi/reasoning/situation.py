"""From the written facts of an example or a case to Facts: whose they are, which year, which list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from huiqi.language import syntax as s
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import (
    Candidate,
    Entries,
    Entry,
    FactError,
    FactProblem,
    FactReader,
    Facts,
    Grant,
    Records,
    Said,
    read_entry,
)

FIRM = "企业"
AS_OF = ("申报日", "as_of")
GRANTED = "此前已获"
_MONEY = Declaration(GRANTED, "granted before", "money", (("元", 1),), "元", minimum=0)

_NOT_KNOWN = ("未知", "unknown", "不知道")


@dataclass(slots=True)
class Situation:
    """Facts, the as-of day where it was given, and what could not be used."""

    facts: Facts
    as_of: date | None = None
    problems: list[FactProblem] = field(default_factory=list)


def situation(
    given: Iterable[s.Given],
    records: Iterable[s.GivenRecords],
    vocabulary: Vocabulary,
    subject: str = FIRM,
    year_of: Callable[[date | None], int | None] = lambda as_of: None,
    one_record: bool = False,
) -> Situation:
    """Facts for a rule about `subject`: bare names are fields of one record of that kind, `企业.` the enterprise's.

    `one_record`: where no list of that kind is given there is exactly one record, even if nothing is said of it.
    `year_of` gives the year of a yearly figure written without one, from the as-of day of the facts.
    """
    given = tuple(given)
    reader = FactReader(vocabulary, year=year_of(_day_given(given)))
    values: dict[tuple[str, str], Entry] = {}
    own: dict[tuple[str, str], Entry] = {}
    lists: dict[str, Records] = {}
    as_of: date | None = None
    for item in given:
        if item.name in AS_OF:
            try:
                as_of = parse_date(item.value)
            except ValueError as error:
                reader.problems.append(FactProblem("F-date", item.name, str(error), str(error)))
            continue
        _put(item, subject, reader, values, own, lists)
    for block in records:
        _put_list(block, subject, reader, values, own, lists)
    if subject != FIRM and subject not in lists and (own or one_record):
        lists[subject] = Records((Facts(subject, "", own),))
    return Situation(Facts(FIRM, "", values, lists), as_of, reader.problems)


def _day_given(given: Iterable[s.Given]) -> date | None:
    for item in given:
        if item.name in AS_OF:
            try:
                return parse_date(item.value)
            except ValueError:
                return None
    return None


def _put(
    item: s.Given,
    subject: str,
    reader: FactReader,
    values: dict[tuple[str, str], Entry],
    own: dict[tuple[str, str], Entry],
    lists: dict[str, Records],
) -> None:
    name = item.name
    if name.startswith(GRANTED + " "):
        try:
            values[GRANTED, name[len(GRANTED) + 1 :].strip()] = read_entry(
                item.value, _MONEY, reader.vocabulary
            )
        except FactError as error:
            reader.problems.append(error.problem)
        return
    head, _, rest = name.partition(".")
    if head == FIRM and rest:
        _put_firm(rest, item, reader, values, lists)
        return
    if subject != FIRM:
        if head == subject and rest:
            name = rest
        owner = reader.vocabulary.find(subject)
        if owner is not None and name in owner.fields:
            reader.put(own, subject, name, item.period, item.value)
            return
    _put_firm(name, item, reader, values, lists)


def _put_firm(
    name: str,
    item: s.Given,
    reader: FactReader,
    values: dict[tuple[str, str], Entry],
    lists: dict[str, Records],
) -> None:
    found = reader.vocabulary.find(name)
    if found is not None and found.type == "records":
        if item.value in ("无", "none"):
            lists[found.name] = Records(())
        elif item.value not in _NOT_KNOWN:
            reader.problems.append(
                FactProblem(
                    "F-list",
                    name,
                    "清单要一条一条写，没有就写 无",
                    "a list is written item by item; none is 无",
                )
            )
        return
    reader.put(values, FIRM, name, item.period, item.value)


def _put_list(
    block: s.GivenRecords,
    subject: str,
    reader: FactReader,
    values: dict[tuple[str, str], Entry],
    own: dict[tuple[str, str], Entry],
    lists: dict[str, Records],
) -> None:
    name = block.kind.removeprefix(FIRM + ".")
    found = reader.vocabulary.find(name)
    target = values
    if found is None and subject != FIRM:
        owner = reader.vocabulary.find(subject)
        found = owner.fields.get(name) if owner else None
        target = own
    if found is None:
        reader.put(values, FIRM, name, "", "")
        return
    if found.type == "records":
        lists[found.name] = Records(
            tuple(
                record(item, found, f"{found.name}{index}", reader)
                for index, item in enumerate(block.items, start=1)
            ),
            block.complete,
        )
        return
    if found.type in ("title", "register", "event"):
        grants = tuple(
            _grant(
                item, found, f"{found.name}{index}" if len(block.items) > 1 else found.name, reader
            )
            for index, item in enumerate(block.items, start=1)
        )
        target[found.name, ""] = Entry(Said.GIVEN, (Candidate(Entries(grants, block.complete)),))
        return
    reader.problems.append(FactProblem("F-list", name, "不是清单", "this is no list"))


def record(items: Iterable[s.Given], kind: Declaration, label: str, reader: FactReader) -> Facts:
    values: dict[tuple[str, str], Entry] = {}
    for item in items:
        reader.put(values, kind.name, item.name, item.period, item.value)
    return Facts(kind.name, label, values)


def _grant(items: Iterable[s.Given], title: Declaration, label: str, reader: FactReader) -> Grant:
    """One title with its own facts: 授予日, 有效至, 复核中 and the declared fields."""
    values: dict[tuple[str, str], Entry] = {}
    written: dict[str, str] = {}
    for item in items:
        if item.name in ("授予日", "有效至", "复核中"):
            if item.value not in _NOT_KNOWN:  # a grant whose day is not known
                written[item.name] = item.value
        else:
            reader.put(values, title.name, item.name, item.period, item.value)
    made = Grant()
    if "授予日" in written:
        spelled = written["授予日"] + ("~" + written["有效至"] if "有效至" in written else "")
        try:
            entry = read_entry(spelled, title, reader.vocabulary)
            entries = entry.candidates[0].value
            assert isinstance(entries, Entries)
            made = entries.items[0]
        except FactError as error:
            reader.problems.append(error.problem)
    elif "有效至" in written:
        try:
            made = Grant(expires=parse_date(written["有效至"]))
        except ValueError as error:
            reader.problems.append(FactProblem("F-date", title.name, str(error), str(error)))
    return Grant(
        made.granted,
        made.expires,
        Facts(title.name, label, values),
        written.get("复核中") in ("是", "yes"),
    )


def inherited(
    examples: Iterable[s.Example],
) -> list[tuple[s.Example, tuple[s.Given, ...], tuple[s.GivenRecords, ...]]]:
    """Each example with the facts of the one it varies filled in: 同上, or 同 name."""
    named: dict[str, tuple[dict[tuple[str, str], s.Given], dict[str, s.GivenRecords]]] = {}
    above: tuple[dict[tuple[str, str], s.Given], dict[str, s.GivenRecords]] = ({}, {})
    result = []
    for example in examples:
        base = above if example.base == "同上" else named.get(example.base, ({}, {}))
        given = dict(base[0]) if example.base else {}
        lists = dict(base[1]) if example.base else {}
        for item in example.given:
            given[item.period, item.name] = item
        for block in example.records:
            lists[block.kind] = block
            given.pop(("", block.kind), None)
        for _, name in list(given):
            if name in lists and ("", name) in given and any(g.name == name for g in example.given):
                lists.pop(name)
        filled = (given, lists)
        if example.name:
            named[example.name] = filled
        if example.base != "同上":
            above = filled
        result.append((example, tuple(given.values()), tuple(lists.values())))
    return result


def unknown_bases(examples: Iterable[s.Example]) -> Mapping[int, str]:
    """Lines of examples that vary one that does not exist (above them)."""
    found: dict[int, str] = {}
    names: set[str] = set()
    first = True
    for example in examples:
        if (example.base == "同上" and first) or (
            example.base not in ("", "同上") and example.base not in names
        ):
            found[example.line] = example.base
        if example.name:
            names.add(example.name)
        first = False
    return found
