"""Checks a measure: whom it is for, which year, its conditions and award, its exceptions and general rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import msgspec

from huiqi.checking import conditions, units
from huiqi.checking import expressions as x
from huiqi.checking.benefits import (
    budget_total,
    duties,
    grant_months,
    granted_title,
    instalments,
    limits,
    recipients,
    window,
)
from huiqi.checking.scope import EVENT, FIRM, NOTHING_DUE, Builder, Scope
from huiqi.checking.sections import checked_as, items, noted, words
from huiqi.checking.stacking import stacking
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import fail
from huiqi.vocabulary.units import MONEY, POINTS, is_currency

IN_KIND = frozenset({"券", "实物", "服务"})
RELIEFS = frozenset({"减免", "税前扣除"})
FORMS = IN_KIND | RELIEFS | {"奖励", "补助", "贴息", "奖补", "股权投入", "资助", "补贴"}
_FIXED_YEAR = re.compile(r"\d{4}年度")


def year_scope(section: s.Section, scope: Scope) -> tuple[str, Scope]:
    year = words(section, "年度")
    if not year:
        return "", scope
    if year not in ("上年度", "前年度", "当年", "所属年度") and not _FIXED_YEAR.fullmatch(year):
        found = section.field("年度")
        raise fail(
            "E-year",
            f"年度“{year}”不认识",
            f"unknown year “{year}”",
            line=found.line if found else 0,
            col=1,
            fix_zh="可用：上年度、前年度、当年、2023年度",
            fix_en="use last_year, this_year or 2023年度",
        )
    return year, scope.yearly()


def subject_of(section: s.Section, builder: Builder) -> str:
    subject = words(section, "对象") or FIRM
    if subject == FIRM:
        return FIRM
    found = builder.vocabulary.find(subject)
    if found is None or found.type != "records":
        field = section.field("对象")
        raise fail(
            "E-subject",
            f"对象“{subject}”不是声明过的清单",
            f"subject “{subject}” is no declared kind of record",
            line=field.line if field else 0,
            col=1,
            fix_zh="在词汇表里以 type: records 声明",
            fix_en="declare it with type: records",
        )
    return found.name


def measure(
    section: s.Section,
    head: t.Document,
    builder: Builder,
    generals: Iterable[tuple[str, s.Section]] = (),
) -> t.Measure:
    """One measure with the general rules of its document attached. Raises RuleError."""
    subject = subject_of(section, builder)
    year, scope = year_scope(section, Scope(builder, head.id, subject, line=section.line))
    carried: set[str] = set()
    scope = replace(scope, carried=carried)
    attached_parts: list[t.Node] = []
    owed: list[t.Duty] = []
    stacks: list[t.Stack] = list(stacking(section, scope, section.name))
    notes: list[str] = []
    for name, general in generals:
        attached, more_duties, more_stacks, more_notes = general_rule(name, general, scope)
        attached_parts += attached
        owed += more_duties
        stacks += more_stacks
        notes += more_notes
    own = block_of(section, "条件", scope)
    parts: list[t.Node] = [own] if own is not None else []
    amount, kind = amount_of(section, scope)
    for field in section.all("例外"):
        if isinstance(field.content, s.ExceptionOf):
            parts, amount, kind = exceptional(field, parts, amount, kind, scope)
    # An exception stands in for the measure's own conditions; the general rules hold beside it.
    own_conditions = (len(attached_parts), len(attached_parts) + len(parts))
    parts = [*attached_parts, *parts]
    event = section.field("事件")
    if event is not None and isinstance(event.content, s.Block):
        carried.add(EVENT)
        line = event.content.lines[0]
        node, _ = x.value_of(line.content, scope.at(line.line), "date")
        source = x.source_of(line)
        parts.append(t.Clause(t.EventInTime(node), replace(source, text=f"事件: {source.text}")))
    term = _term(section, scope, bool(year))
    if term is not None:
        parts.append(term)
    if "C9" in carried or "F2" in carried:
        for key in sorted(carried & {"C9", "F2"}):
            amount = t.Carried("并列", key, amount) if amount is not None else None
    how, detail = weakest((checked_as(section), (head.checked, head.checked_detail)))
    grant = section.field("授予")
    granted = grant.content if grant and isinstance(grant.content, s.Grant) else None
    form = items(section, "形式")
    for one in form:
        if one not in FORMS:
            form_field = section.field("形式")
            raise fail(
                "E-form",
                f"形式“{one}”不认识",
                f"unknown form “{one}”",
                line=form_field.line if form_field else 0,
                col=1,
                fix_zh="可用：" + "、".join(sorted(FORMS)),
                fix_en="see docs/reference for the list",
            )
    budget = section.field("预算")
    budget_content = budget.content if budget and isinstance(budget.content, s.Budget) else None
    if amount is None and granted is None and not items(section, "提供"):
        raise fail(
            "E-no-benefit",
            f"事项“{section.name}”没有写给什么",
            f"measure “{section.name}” gives nothing",
            line=section.line,
            col=1,
            fix_zh="写 奖励: 授予: 或 提供: 之一；金额不明写 奖励: 待定「…」",
            fix_en="write award:, grants: or provides:; an open amount is 待定「…」",
        )
    return t.Measure(
        id=f"{head.id} {section.name}",
        name=section.name,
        document=head.id,
        address=section.marks.addresses,
        summary=words(section, "摘要"),
        subject=subject,
        year=year,
        condition=t.AllOf(tuple(parts)),
        own_conditions=own_conditions,
        amount=amount,
        dims=kind.dims if kind else (),
        can_be_nothing=NOTHING_DUE in carried,
        one_time=EVENT in carried,
        form=form[0] if len(form) == 1 else "、".join(form) or "奖励",
        grants=granted_title(granted, section, builder),
        grant_months=grant_months(granted),
        provides=items(section, "提供"),
        recipients=recipients(section),
        limits=limits(section, scope),
        budget=(budget_content.mode or "总额控制") if budget_content else "",
        budget_total=budget_total(budget_content, scope),
        instalments=instalments(section),
        duties=(*duties(section, ""), *owed),
        stacking=tuple(stacks),
        matters=items(section, "同一事项"),
        edition_of=items(section, "沿革"),
        window=window(section, scope),
        term=term,
        priority=tuple(
            word.strip("「」") for field in section.all("优先") for word in _items(field)
        ),
        checked=how,
        checked_detail=detail,
        unverified_lines=count_unverified(section),
        channel=items(section, "渠道"),
        department=items(section, "部门"),
        papers=items(section, "材料"),
        fund=words(section, "资金") or head.fund,
        notes=tuple(notes) + tuple(text for text, _ in noted(section, "未尽")),
        source=t.Source(section.name, section.line, (), section.marks.addresses),
    )


def _items(field: s.Field) -> tuple[str, ...]:
    return field.content.items if isinstance(field.content, s.Words) else ()


def weakest(ways: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """A rule's verification is that of its weakest source (I2)."""
    order = {"未核": 0, "仅二手": 1, "全文": 2}
    found = [way for way in ways if way[0]]
    return min(found, key=lambda way: order[way[0]]) if found else ("未核", "")


def block_of(section: s.Section, label: str, scope: Scope) -> t.Node | None:
    field = section.field(label)
    if field is None or not isinstance(field.content, s.Block):
        return None
    return conditions.lines(field.content.lines, scope)


def amount_of(section: s.Section, scope: Scope) -> tuple[t.Node | None, t.Type | None]:
    field = section.field("奖励")
    if field is None or not isinstance(field.content, s.Block):
        return None, None
    return amount_block(field.content, scope)


def amount_block(block: s.Block, scope: Scope) -> tuple[t.Node, t.Type]:
    if len(block.lines) == 1 and isinstance(block.lines[0].content, s.OpenText):
        line = block.lines[0]
        assert isinstance(line.content, s.OpenText)
        return t.Clause(t.Unstated(line.content.words), x.source_of(line)), x.number(MONEY)
    node, kind = x.block(block.lines, scope)
    if kind.kind != "number" or not (is_currency(kind.dims) or kind.dims == POINTS):
        line = block.lines[0]
        raise scope.at(line.line).refuse(
            "E-amount",
            f"奖励应是金额，却是{units.shown(kind)}",
            "an award is money",
            line.content,
            fix_zh="检查单位：数 × 元/人、面积 × 元/平方米 等",
            fix_en="check the units",
        )
    return node, kind


def exceptional(
    field: s.Field,
    parts: list[t.Node],
    amount: t.Node | None,
    kind: t.Type | None,
    scope: Scope,
) -> tuple[list[t.Node], t.Node | None, t.Type | None]:
    """例外: while its case holds, its conditions or its award stand in for the measure's own."""
    content = field.content
    assert isinstance(content, s.ExceptionOf)
    inner = s.Section("事项", content.name, fields=content.fields, line=field.line)
    case = block_of(inner, "情形", scope)
    if case is None:
        raise fail(
            "E-exception", "例外要写 情形:", "an exception needs its case", line=field.line, col=1
        )
    own = block_of(inner, "条件", scope)
    if own is not None:
        parts = [t.Exceptional(content.name, case, own, t.AllOf(tuple(parts)))]
    award = inner.field("奖励")
    if award is not None and isinstance(award.content, s.Block):
        other, other_kind = amount_block(award.content, scope)
        amount = other if amount is None else t.Exceptional(content.name, case, other, amount)
        kind = kind or other_kind
    if own is None and award is None:
        raise fail(
            "E-exception",
            "例外要写 条件: 或 奖励:",
            "an exception replaces conditions or the award",
            line=field.line,
            col=1,
        )
    return parts, amount, kind


def general_rule(
    name: str, section: s.Section, scope: Scope
) -> tuple[list[t.Node], list[t.Duty], list[t.Stack], list[str]]:
    """What a 通则 adds to a measure: conditions (of the enterprise), duties, stacking, notes."""
    firm = scope.of_firm()
    parts: list[t.Node] = []
    found = block_of(section, "条件", firm)
    if found is not None:
        assert isinstance(found, t.AllOf)
        for item in found.items:
            assert isinstance(item, t.Clause)
            parts.append(
                t.Clause(item.of, replace(item.source, text=f"{item.source.text}（通则：{name}）"))
            )
    notes = [text for text, _ in noted(section, "未尽")]
    return parts, list(duties(section, name)), list(stacking(section, firm, "")), notes


def _term(section: s.Section, scope: Scope, annual: bool) -> t.Node | None:
    field = section.field("期限")
    if field is None or not isinstance(field.content, s.Block):
        return None
    line = field.content.lines[0]
    span, _ = x.value_of(line.content, scope.at(line.line), "span")
    by_years = isinstance(span, t.SpanFrom) and span.calendar_years > 0
    source = x.source_of(line)
    return t.Clause(
        t.InTerm(span, annual and by_years), replace(source, text=f"期限: {source.text}")
    )


def count_unverified(section: s.Section) -> int:
    """How many lines of a section are marked 未核; its examples rest on nothing and are not looked at."""
    fields = (one for one in section.fields if one.label != "例")
    return sum(map(_count, fields)) + _count((section.body, section.table, section.marks))


def _count(node: object) -> int:
    if isinstance(node, s.Marks):
        return int(node.unverified)
    if isinstance(node, tuple):
        return sum(_count(item) for item in node)
    if isinstance(node, msgspec.Struct):
        return sum(_count(getattr(node, name)) for name in node.__struct_fields__)
    return 0
