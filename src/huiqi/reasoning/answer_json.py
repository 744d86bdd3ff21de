"""An answer as the JSON object of `huiqi calc --json`; its schema is docs/reference/answer.schema.json.

Money is a decimal string in yuan ("360000.00"); an end without bound is null. Ids of verdicts, kinds and states
are English words or the letters of SEMANTICS A1; texts are in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from huiqi.language import tree as t
from huiqi.reasoning.answer import Amount, Answer, Result, Totals
from huiqi.reasoning.delivery import instalments, recipients
from huiqi.reasoning.english import all_told, told
from huiqi.reasoning.explain import notes_below
from huiqi.reasoning.reach import Ending, Reach
from huiqi.reasoning.saving import saving
from huiqi.reasoning.why import Clause, Explainer, Seen, Why
from huiqi.reasoning.wording import CHECKED, distance
from huiqi.vocabulary.quantity import format_yuan
from huiqi.vocabulary.units import MONEY, Number, unit_text

Json: TypeAlias = dict[str, Any]


def answer_json(
    answer: Answer, explainer: Explainer, titles: Mapping[str, str] | None = None
) -> Json:
    """The whole answer. `titles` words the conventions by number; without it they are numbers alone."""
    return {
        "as_of": answer.as_of.isoformat(),
        "known_at": _day(answer.known_at),
        "answer": "calculation",
        "results": [result_json(one, explainer, titles) for one in answer.results],
        "total": total_json(answer.total, explainer.lang),
        "drafts": list(answer.drafts),
        "elsewhere": list(answer.elsewhere),
        "errors": [
            {
                "kind": "measure",
                "where": error.measure,
                "code": error.code,
                "text": error.zh if explainer.lang == "zh" else error.en,
            }
            for error in answer.errors
        ],
    }


def outlook_json(reaches: Iterable[Reach], endings: Iterable[Ending], lang: str) -> Json:
    """What lies just outside the answer: `within_reach` and `ending`."""
    return {
        "within_reach": [
            {
                "measure": one.result.id,
                "worth": format_yuan(one.worth) if one.worth else None,
                "missing": list(one.missing),
                "short": one.short.text if one.short is not None else None,
                "gap": distance(one.short, lang)[1] or None if one.short is not None else None,
            }
            for one in reaches
        ],
        "ending": [{"day": one.day.isoformat(), "kind": one.kind, "of": one.of} for one in endings],
    }


def result_json(
    result: Result, explainer: Explainer, titles: Mapping[str, str] | None = None
) -> Json:
    """One measure's part of an answer."""
    measure, document, lang = result.measure, result.document, explainer.lang
    made: Json = {
        "measure": measure.id,
        "title": measure.name,
        "summary": measure.summary,
        "document": document.id,
        "document_title": document.title,
        "edition": _edition(measure, document),
        "clauses": list(measure.address),
        "checked": _checked(measure),
        "verdict": result.verdict.value,
        "remaining": [verdict.value for verdict in result.remaining],
        "amount": amount_json(result.amount) if result.amount is not None else None,
        "missing": list(result.missing),
        "missing_for_amount": list(result.missing_for_amount),
        "only_statement_missing": result.only_statement,
        "judgement": [
            {"text": text, "cause": told(cause, lang)} for text, cause in result.judgement
        ],
        "readings": all_told(result.readings, lang),
        "conventions": [_convention(number, titles) for number in result.conventions],
        "notes": all_told(notes_below(result), lang),
        "delivery": _delivery(result),
        "grants": measure.grants or None,
        "provides": list(measure.provides),
        "window": {
            "state": result.window.state,
            "opens": _day(result.window.opens),
            "closes": _day(result.window.closes),
        },
        "duties": [
            {
                "must": duty.must,
                "what": duty.what,
                "when": duty.when,
                "breach": duty.breach,
                "origin": duty.origin,
            }
            for duty in measure.duties
        ],
        "papers": list(measure.papers),
        "department": list(measure.department),
        "channel": list(measure.channel),
        "saving": _saving(result),
        "why": why_json(explainer.explain(result)),
    }
    return made


def amount_json(amount: Amount) -> Json:
    """Ends in yuan; other units (points, other currencies) as plain decimals with their unit."""
    unstated = amount.kind == "unstated"
    return {
        "low": None if unstated else _figure(amount.low, amount),
        "high": None if amount.high is None else _figure(amount.high, amount),
        "headline": None if unstated else _figure(amount.headline, amount),
        "unit": _unit(amount),
        "kind": amount.kind,
        "per": amount.per,
        "form": amount.form,
    }


def total_json(total: Totals, lang: str = "zh") -> Json:
    return {
        "certain": format_yuan(total.certain),
        "possible": None if total.possible is None else format_yuan(total.possible),
        "headline": format_yuan(total.headline),
        "unstated": total.unstated,
        "in_kind": total.in_kind,
        "to_convert": total.to_convert,
        "relief": _ends(total.relief_low, total.relief_high),
        "deduction": _ends(total.deduction_low, total.deduction_high),
        "only_statement_missing": total.only_statement_missing,
        "unverified_share": _share(total.unverified_share),
        "counted": list(total.counted),
        "dropped": list(total.dropped),
        "missing": list(total.missing),
        "notes": all_told(total.notes, lang),
    }


def _ends(low: Number, high: Number | None) -> Json:
    return {"low": format_yuan(low), "high": None if high is None else format_yuan(high)}


def why_json(why: Why) -> Json:
    """A node of the explanation; keys without content are left out, but for kind, words and state."""
    made: Json = {"kind": why.kind, "words": why.words, "state": why.state.name}
    optional = {
        "clause": _clause(why.clause) if why.clause else None,
        "count": why.count,
        "observed": [_seen(one) for one in why.seen],
        "value": why.value,
        "difference": why.difference,
        "gap": why.gap,
        "missing": list(why.missing),
        "causes": list(why.causes),
        "notes": list(why.notes),
        "children": [why_json(child) for child in why.children],
    }
    return made | {key: value for key, value in optional.items() if value}


def _clause(clause: Clause) -> Json:
    return {
        "document": clause.document,
        "addresses": list(clause.addresses),
        "words": list(clause.words),
        "line": clause.line,
        "unverified": clause.unverified,
    }


def _seen(seen: Seen) -> Json:
    return {
        "fact": seen.fact,
        "label": seen.label,
        "value": seen.value,
        "source": seen.source,
        "date": seen.on or None,
    }


def _edition(measure: t.Measure, document: t.Document) -> Json:
    return {
        "issued": _day(document.issued),
        "in_force": _day(document.in_force),
        "ends": _day(document.ends),
        "follows": " ".join(measure.edition_of) or None,
    }


def _checked(measure: t.Measure) -> Json:
    how = CHECKED.get(measure.checked, CHECKED["未核"])[0]
    return {
        "how": how,
        "detail": measure.checked_detail,
        "unverified_lines": measure.unverified_lines,
    }


def _convention(number: str, titles: Mapping[str, str] | None) -> Json:
    return {"number": number, "title": (titles or {}).get(number, "")}


def _delivery(result: Result) -> Json:
    """How and to whom it is paid; sums only where the award is exact."""
    measure, amount = result.measure, result.amount
    own = amount.headline if amount and amount.kind == "exact" and amount.dims == MONEY else None
    award = result.evaluated.amount if result.evaluated else None
    whole = award.point if own is not None and award is not None else None
    paid = result.instalments if own is not None else ()
    return {
        "form": measure.form,
        "recipients": [
            {
                "who": one.who,
                "role": one.role,
                "share": None if one.share is None else _share(one.share),
                "amount": None if one.amount is None else format_yuan(one.amount),
            }
            for one in recipients(measure, whole)
        ],
        "instalments": [
            {
                "share": None if one.share is None else _share(one.share),
                "when": one.when,
                "judgement": one.judged,
                "amount": None if one.amount is None else format_yuan(one.amount),
            }
            for one in instalments(measure, paid)
        ],
        "fund": measure.fund,
    }


def _saving(result: Result) -> Json | None:
    found = saving(result)
    if found is None:
        return None
    return {
        "low": format_yuan(found.low),
        "high": None if found.high is None else format_yuan(found.high),
        "missing": list(found.missing),
    }


def _figure(value: Number, amount: Amount) -> str:
    """Currencies are held in hundredths; points as they are."""
    if amount.dims == MONEY or "元" in unit_text(amount.dims):
        return format_yuan(value)
    return _share(value)


def _unit(amount: Amount) -> str:
    return "CNY" if amount.dims == MONEY else unit_text(amount.dims)


def _share(value: Number) -> str:
    """An exact number as a decimal of at most four places, rounded half up."""
    scaled = (Fraction(value) * 20_000 + 1) // 2
    whole, rest = divmod(scaled, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
