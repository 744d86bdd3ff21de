"""Checks the head of a document: its dates, region, conventions and recorded replies (SEMANTICS C4, C5)."""

from __future__ import annotations

import re
from datetime import date

from huiqi.checking.scope import Builder, Scope
from huiqi.checking.sections import checked_as, items, noted, words
from huiqi.checking.stacking import stacking
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem, fail
from huiqi.vocabulary.calendar import last_day_of_validity, parse_date, parse_partial_date
from huiqi.vocabulary.mistakes import words_of


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
        open_points=noted(section, "未尽"),
        doubtful=noted(section, "存疑"),
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
