"""What a line is checked against: the vocabulary, the documents around it, whose facts bare names are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem, RuleError, fail
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.nearest import nearest

FIRM = "企业"

# What a value may carry up to the line it stands in: readings of a construct, and facts about the amount.
NOTHING_DUE = "nothing"  # the words can leave nothing due (SEMANTICS A16)
YEARLY = "year"  # a yearly figure stands in it
EVENT = "event"  # the measure is about a one-time event (C3, C6)


@dataclass(frozen=True, slots=True)
class Constructs:
    """Node type -> how it is checked: as a value, or as a condition (assembled in `constructs.py`)."""

    values: Mapping[type, Callable[[Any, Scope], tuple[t.Node, t.Type]]]
    conditions: Mapping[type, Callable[[Any, Scope], t.Node]]
    other_condition: Callable[[Any, Scope], t.Node]


@dataclass(slots=True)
class Builder:
    """The registries that documents fill together; definitions are checked when first used."""

    vocabulary: Vocabulary
    constructs: Constructs
    problems: list[Problem] = field(default_factory=list)
    sections: dict[str, list[tuple[str, s.Section]]] = field(default_factory=dict)
    definitions: dict[str, t.Definition] = field(default_factory=dict)
    carried: dict[str, frozenset[str]] = field(default_factory=dict)
    parameters: dict[str, t.Parameter] = field(default_factory=dict)
    opened: dict[str, t.Opened] = field(default_factory=dict)
    in_progress: list[str] = field(default_factory=list)
    conventions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    definition_of: Callable[[str, Scope], t.Definition | None] = lambda name, scope: None
    parameter_of: Callable[[str, Scope], t.Parameter | None] = lambda name, scope: None
    opened_of: Callable[[str, Scope], t.Opened | None] = lambda name, scope: None


@dataclass(slots=True)
class Scope:
    """`subject`: whose facts bare names are; `inside`: the records or title whose fields a filter reads first."""

    builder: Builder
    document: str
    subject: str = FIRM
    annual: bool = False
    inside: str = ""
    line: int = 0
    carried: set[str] = field(default_factory=set)

    def at(self, line: int) -> Scope:
        return replace(self, line=line, carried=self.carried)

    def fresh(self) -> Scope:
        """The same place with nothing carried yet."""
        return replace(self, carried=set())

    def within(self, kind: str) -> Scope:
        return replace(self, inside=kind, carried=self.carried)

    def of_firm(self) -> Scope:
        return replace(self, subject=FIRM, inside="", carried=self.carried)

    def of_document(self, document: str) -> Scope:
        return replace(self, document=document, carried=self.carried)

    def yearly(self) -> Scope:
        return replace(self, annual=True, carried=self.carried)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.builder.vocabulary

    def has_convention(self, word: str) -> bool:
        return word in self.builder.conventions.get(self.document, ())

    def declaration(self, name: str) -> tuple[Declaration, bool] | None:
        """(declaration, whether it is the enterprise's) of a bare name here, or None."""
        for kind in (self.inside, self.subject):
            if kind and kind != FIRM:
                owner = self.vocabulary.find(kind)
                if owner and name in owner.fields:
                    return owner.fields[name], False
        if self.subject == FIRM:
            found = self.vocabulary.find(name)
            if found is not None:
                return found, True
        return None

    def refuse(self, code: str, zh: str, en: str, node: object = None, **fix: str) -> RuleError:
        col = getattr(node, "col", 0) if node is not None else 0
        return fail(code, zh, en, line=self.line, col=col, **fix)

    def unknown_name(self, name: str, node: object) -> RuleError:
        """The refusal of a name that nobody declared, with the nearest names, their types and units."""
        if name.endswith(("平均增长率", "平均增速", "平均增长")):
            return self.refuse(
                "E-bare-mean-growth",
                f"“{name}”官方有两种算法",
                f"“{name}” is computed both ways by official texts",
                node,
                fix_zh="算术平均写 均值(近两年 增速(x))，复合写 复合增速(近三年 x)；说不清的用 解读 并列 B11 写出两种",
                fix_en="write mean(last_2_years growth(x)), compound_growth(last_3_years x), or a reading B11 with both",
            )
        names = list(self.vocabulary.facts) if self.subject == FIRM else []
        for kind in (self.inside, self.subject):
            owner = self.vocabulary.find(kind) if kind and kind != FIRM else None
            names += list(owner.fields) if owner else []
        names += [key for key in self.builder.sections if key]
        found = nearest(name, names)
        shown = "、".join(self._described(item) for item in found[:3])
        hint = ""
        if self.subject != FIRM and self.vocabulary.find(name):
            hint = f"企业.{name}"
            shown = hint
        return self.refuse(
            "E-unknown-name",
            f"“{name}”没有声明",
            f"“{name}” is not declared",
            node,
            fix_zh=f"是否想写 {shown}？" if shown else "先在词汇表里声明",
            fix_en=f"did you mean {hint or '、'.join(found[:3])}?"
            if found or hint
            else "declare it first",
        )

    def _described(self, name: str) -> str:
        found = self.vocabulary.find(name)
        if found is None:
            return name
        return f"{name}（{found.type}{'，' + found.unit if found.unit else ''}）"
