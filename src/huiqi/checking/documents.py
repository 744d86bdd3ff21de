"""Checks the sections of a document: its dates, conventions and duties, and each measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from huiqi.checking import conditions, units
from huiqi.checking import expressions as x
from huiqi.checking.dispatch import condition
from huiqi.checking.scope import EVENT, FIRM, NOTHING_DUE, Builder, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem, RuleError, fail
from huiqi.vocabulary.calendar import last_day_of_validity, parse_date, parse_partial_date
from huiqi.vocabulary.mistakes import words_of
from huiqi.vocabulary.quantity import parse_quantity
from huiqi.vocabulary.units import MONEY, POINTS, is_currency

IN_KIND = frozenset({"券", "实物", "服务"})
RELIEFS = frozenset({"减免", "税前扣除"})
FORMS = IN_KIND | RELIEFS | {"奖励", "补助", "贴息", "奖补", "股权投入", "资助", "补贴"}
_FIXED_YEAR = re.compile(r"\d{4}年度")


def words(section: s.Section, label: str) -> str:
    found = section.field(label)
    return found.content.items[0] if found and isinstance(found.content, s.Words) else ""


def items(section: s.Section, label: str) -> tuple[str, ...]:
    found = section.field(label)
    return found.content.items if found and isinstance(found.content, s.Words) else ()


def checked_as(section: s.Section) -> tuple[str, str]:
    found = section.field("核对")
    if found and isinstance(found.content, s.Checked):
        return found.content.how, found.content.detail
    return "", ""


def document(section: s.Section, builder: Builder, file: str) -> t.Document:
    """The head of a document. Dates follow SEMANTICS C4 and C5."""
    in_force = _day(section, "施行", builder)
    issued = _day(section, "发布", builder)
    ends = _day(section, "失效", builder)
    validity = words(section, "有效期")
    if validity and ends is None and (in_force or issued):
        ends = _end(validity, in_force or issued, section)
    region = items_of_region(section)
    conventions = items(section, "约定")
    how, detail = checked_as(section)
    scope = Scope(builder, section.document)
    return t.Document(
        id=section.document,
        title=section.name,
        file=file,
        issuers=items(section, "机关"),
        region=region,
        region_codes=_region_codes(region, section, builder),
        source_text=words(section, "来源"),
        issued=issued,
        in_force=in_force or issued,  # no start written: the day of issue (C5)
        ends=ends,
        awards_from=_day(section, "奖励自", builder),
        awards_to=_day(section, "奖励至", builder),
        conventions=conventions,
        choices=tuple(
            (word[:-1], word[-1])
            for word in conventions
            if re.fullmatch(r"[A-I]\d{1,2}[甲乙]", word)
        ),
        replaces=items(section, "替代"),
        continues=words(section, "延续"),
        discretion=words(section, "综合裁量"),
        draft=words(section, "草案"),
        checked=how,
        checked_detail=detail,
        open_points=_noted(section, "未尽"),
        doubtful=_noted(section, "存疑"),
        skipped=tuple(
            (field.content.address, field.content.reason)
            for field in section.all("略过")
            if isinstance(field.content, s.Skipped)
        ),
        replies=tuple(
            t.ReplyOf(
                date.fromisoformat(field.content.day),
                field.content.key,
                field.content.measure,
                field.content.choice,
                "、".join(field.marks.words + field.marks.addresses),
            )
            for field in section.all("答复")
            if isinstance(field.content, s.Reply)
        ),
        stacking=stacking(section, scope, ""),
        fund=words(section, "资金"),
    )


def items_of_region(section: s.Section) -> tuple[str, ...]:
    return tuple(part.strip() for part in words(section, "地区").split("、") if part.strip())


def _region_codes(region: tuple[str, ...], section: s.Section, builder: Builder) -> tuple[str, ...]:
    codes = []
    table = builder.vocabulary.tables.get("行政区划")
    for name in region:
        if name == "全国" or table is None:
            continue
        try:
            codes.append(table.resolve(name))
        except ValueError as error:
            found = section.field("地区")
            builder.problems.append(
                Problem(
                    "E-region",
                    words_of(error, "zh"),
                    words_of(error, "en"),
                    found.line if found else 0,
                    1,
                )
            )
    return tuple(codes)


def _day(section: s.Section, label: str, builder: Builder) -> date | None:
    text = words(section, label)
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        if label in ("发布",):
            try:
                return parse_partial_date(text).first
            except ValueError:
                pass
        found = section.field(label)
        builder.problems.append(
            Problem(
                "E-date",
                f"{label}: {words_of(error, 'zh')}",
                words_of(error, "en"),
                found.line if found else 0,
                1,
                "写作 2020-11-30",
                "write 2020-11-30",
            )
        )
        return None


def _end(validity: str, start: date | None, section: s.Section) -> date | None:
    match = re.fullmatch(r"(\d+)(年|个月)", validity)
    if match is None or start is None:
        found = section.field("有效期")
        raise fail(
            "E-validity",
            "有效期写作 3年 或 18个月",
            "validity is 3年 or 18个月",
            line=found.line if found else 0,
            col=1,
        )
    count = int(match.group(1))
    years, months = (count, 0) if match.group(2) == "年" else (0, count)
    return last_day_of_validity(start, years, months)


def _noted(section: s.Section, label: str) -> tuple[tuple[str, t.Source], ...]:
    return tuple(
        (
            field.content.items[0],
            t.Source("", field.line, field.marks.words, field.marks.addresses),
        )
        for field in section.all(label)
        if isinstance(field.content, s.Words)
    )


def stacking(section: s.Section, scope: Scope, measure: str) -> tuple[t.Stack, ...]:
    found = section.field("叠加")
    if found is None or not isinstance(found.content, s.Stacking):
        return ()
    stacks = []
    for line in found.content.lines:
        at = scope.at(line.line).yearly()
        limit = None
        if line.limit is not None:
            limit, kind = x.value_of(line.limit, at, "number")
            if not is_currency(kind.dims):
                raise at.refuse("E-unit", "限额应是金额", "a limit is money", line.limit)
        holds = condition(line.condition, at) if line.condition is not None else None
        if line.verb == "限额" and limit is None:
            raise at.refuse(
                "E-stack",
                "限额要写金额",
                "a limit needs its amount",
                fix_zh="例如 限额 本政策 每户 每年 5000万元",
                fix_en="for example limit 本政策 per_firm per_year 5000万元",
            )
        stacks.append(
            t.Stack(
                line.verb,
                line.over,
                line.same_matter,
                line.scopes,
                limit,
                holds,
                section.document or scope.document,
                measure,
                t.Source("", line.line, line.marks.words, line.marks.addresses),
            )
        )
    return tuple(stacks)


# ---------------------------------------------------------------- measures
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
    parts: list[t.Node] = []
    duties: list[t.Duty] = []
    stacks: list[t.Stack] = list(stacking(section, scope, section.name))
    notes: list[str] = []
    for name, general in generals:
        attached, more_duties, more_stacks, more_notes = general_rule(name, general, scope)
        parts += attached
        duties += more_duties
        stacks += more_stacks
        notes += more_notes
    own = block_of(section, "条件", scope)
    if own is not None:
        parts.append(own)
    amount, kind = amount_of(section, scope)
    for field in section.all("例外"):
        if isinstance(field.content, s.ExceptionOf):
            parts, amount, kind = exceptional(field, parts, amount, kind, scope)
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
        amount=amount,
        dims=kind.dims if kind else (),
        can_be_nothing=NOTHING_DUE in carried,
        one_time=EVENT in carried,
        form=form[0] if len(form) == 1 else "、".join(form) or "奖励",
        grants=_granted_title(granted, section, builder),
        grant_months=_grant_months(granted),
        provides=items(section, "提供"),
        recipients=_recipients(section),
        limits=_limits(section, scope),
        budget=(budget_content.mode or "总额控制") if budget_content else "",
        budget_total=_budget_total(budget_content, scope),
        instalments=_instalments(section),
        duties=(*_duties(section, ""), *duties),
        stacking=tuple(stacks),
        matters=items(section, "同一事项"),
        edition_of=items(section, "沿革"),
        window=_window(section, scope),
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
        notes=tuple(notes) + tuple(text for text, _ in _noted(section, "未尽")),
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
    notes = [text for text, _ in _noted(section, "未尽")]
    return parts, list(_duties(section, name)), list(stacking(section, firm, "")), notes


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


def _granted_title(grant: s.Grant | None, section: s.Section, builder: Builder) -> str:
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


def _grant_months(grant: s.Grant | None) -> int:
    if grant is None or grant.validity is None:
        return 0
    return int(grant.validity.number) * (12 if grant.validity.unit == "年" else 1)


def _recipients(section: s.Section) -> tuple[t.Recipient, ...]:
    field = section.field("领取")
    if field is None or not isinstance(field.content, s.Recipients):
        return ()
    return tuple(
        t.Recipient(
            share.who, share.role, Fraction(share.share[:-1]) / 100 if share.share else None
        )
        for share in field.content.shares
    )


def _limits(section: s.Section, scope: Scope) -> tuple[t.Limit, ...]:
    field = section.field("上限")
    if field is None or not isinstance(field.content, s.Caps):
        return ()
    limits = []
    for cap in field.content.caps:
        at = scope.at(cap.limit.line)
        node, kind = x.value_of(cap.limit.content, at, "number")
        counts = not is_currency(kind.dims)
        holds = condition(cap.condition, at) if cap.condition is not None else None
        limits.append(t.Limit(cap.scopes, node, counts, holds, x.source_of(cap.limit)))
    return tuple(limits)


def _budget_total(budget: s.Budget | None, scope: Scope) -> t.Node | None:
    if budget is None or isinstance(budget.total, s.OpenText):
        return None
    return x.value_of(budget.total, scope, "number")[0]


def _instalments(section: s.Section) -> tuple[tuple[Fraction, str, str], ...]:
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


def _duties(section: s.Section, origin: str) -> tuple[t.Duty, ...]:
    field = section.field("义务")
    if field is None or not isinstance(field.content, s.Duties):
        return ()
    return tuple(
        t.Duty(duty.must, duty.what, duty.when, duty.breach, origin)
        for duty in field.content.duties
    )


def _window(section: s.Section, scope: Scope) -> t.WindowRule | None:
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


def count_unverified(section: s.Section) -> int:
    """How many lines of a section are marked 未核."""
    return _count(section)


def _count(node: object) -> int:
    import msgspec

    if isinstance(node, s.Marks):
        return int(node.unverified)
    if isinstance(node, tuple):
        return sum(_count(item) for item in node)
    if isinstance(node, msgspec.Struct):
        return sum(_count(getattr(node, name)) for name in node.__struct_fields__)
    return 0


def report(builder: Builder, error: RuleError, line: int, document: str) -> None:
    """Keep a refusal with its file; the section that it stops is left out, the others go on."""
    found = error.problem
    builder.problems.append(
        replace(
            found, line=found.line or line, file=found.file or builder.files.get(document, document)
        )
    )
