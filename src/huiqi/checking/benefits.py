"""Checks what stands around an award: title, recipients, limits, budget, instalments, duties, window."""

from __future__ import annotations

from fractions import Fraction

from huiqi.checking import expressions as x
from huiqi.checking.dispatch import condition
from huiqi.checking.scope import Builder, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import fail
from huiqi.vocabulary.quantity import parse_quantity
from huiqi.vocabulary.units import is_currency


def granted_title(grant: s.Grant | None, section: s.Section, builder: Builder) -> str:
    if grant is None:
        return ""
    name = grant.title.path[0]
    found = builder.vocabulary.find(name)
    if found is None or found.type != "title":
        field = section.field("授予")
        raise fail(
            "E-grant",
            f"授予的“{name}”不是声明过的荣誉",
            f"“{name}” is no declared title",
            line=field.line if field else 0,
            col=1,
            fix_zh="在词汇表里以 type: title 声明",
            fix_en="declare it with type: title",
        )
    return found.name


def grant_months(grant: s.Grant | None) -> int:
    if grant is None or grant.validity is None:
        return 0
    return int(grant.validity.number) * (12 if grant.validity.unit == "年" else 1)


def recipients(section: s.Section) -> tuple[t.Recipient, ...]:
    field = section.field("领取")
    if field is None or not isinstance(field.content, s.Recipients):
        return ()
    return tuple(
        t.Recipient(
            share.who, share.role, Fraction(share.share[:-1]) / 100 if share.share else None
        )
        for share in field.content.shares
    )


def limits(section: s.Section, scope: Scope) -> tuple[t.Limit, ...]:
    field = section.field("上限")
    if field is None or not isinstance(field.content, s.Caps):
        return ()
    limits = []
    for cap in field.content.caps:
        at = scope.at(cap.limit.line)
        node, kind = x.value_of(cap.limit.content, at, "number")
        counts = not is_currency(kind.dims)
        holds = condition(cap.condition, at) if cap.condition is not None else None
        if counts and "每级" in cap.scopes:
            raise scope.at(cap.limit.line).refuse(
                "E-scope",
                "每级几次没有可以数的：清单里的级别要写明",
                "so many a level cannot be counted: name the levels",
                fix_zh="一级一行，例如 每户 1个 若 级别 = 省级",
                fix_en="one line a level: per_firm 1 … if level = …",
            )
        limits.append(t.Limit(cap.scopes, node, counts, holds, x.source_of(cap.limit)))
    return tuple(limits)


def budget_total(budget: s.Budget | None, scope: Scope) -> t.Node | None:
    if budget is None or isinstance(budget.total, s.OpenText):
        return None
    return x.value_of(budget.total, scope, "number")[0]


def instalments(section: s.Section) -> tuple[tuple[Fraction, str, str], ...]:
    field = section.field("拨付")
    if field is None or not isinstance(field.content, s.Instalments):
        return ()
    if not all(part.share.endswith("%") for part in field.content.parts):
        return tuple(
            (Fraction(parse_quantity(part.share).value), part.when, part.judged)
            for part in field.content.parts
        )
    parts = tuple(
        (Fraction(part.share[:-1]) / 100, part.when, part.judged) for part in field.content.parts
    )
    if sum(part[0] for part in parts) != 1:
        raise fail(
            "E-instalment",
            "各期拨付加起来不是 100%",
            "the instalments do not add up to 100 %",
            line=field.line,
            col=1,
        )
    return parts


def duties(section: s.Section, origin: str) -> tuple[t.Duty, ...]:
    field = section.field("义务")
    if field is None or not isinstance(field.content, s.Duties):
        return ()
    return tuple(
        t.Duty(duty.must, duty.what, duty.when, duty.breach, origin)
        for duty in field.content.duties
    )


def window(section: s.Section, scope: Scope) -> t.WindowRule | None:
    field = section.field("窗口")
    if field is None or not isinstance(field.content, s.Window):
        return None
    window = field.content
    if window.kind == "常年":
        return t.WindowRule("常年")
    span = window.span
    if (
        isinstance(span, s.Between)
        and isinstance(span.low, s.MonthLit)
        and isinstance(span.high, s.MonthLit)
    ):
        return t.WindowRule(
            "每年", (span.low.month, span.low.day or 1), (span.high.month, span.high.day or 31)
        )
    if isinstance(span, s.MonthLit):
        return t.WindowRule("每年", (span.month, span.day or 1), (span.month, span.day or 31))
    assert span is not None
    node, _ = x.value_of(span, scope.at(field.line), "span")
    if isinstance(node, t.DateRangeConstant):
        return t.WindowRule("日期", node.first, node.last)
    return t.WindowRule("期间", span=node)
