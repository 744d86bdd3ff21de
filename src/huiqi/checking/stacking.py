"""Checks 叠加: who combines with whom, and limits on sums."""

from __future__ import annotations

from huiqi.checking import expressions as x
from huiqi.checking.dispatch import condition
from huiqi.checking.scope import Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.vocabulary.units import is_currency


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
