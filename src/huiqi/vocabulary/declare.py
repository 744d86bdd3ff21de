"""Declared facts: what a name means, its type, unit, period, and how to ask for it.

Read from vocabulary/facts/*.yaml (format: vocabulary/README.md). Rules may use no other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.quantity import parse_quantity
from huiqi.vocabulary.units import MONEY, NO_DIMS, Dims, Number, parse_unit

TYPES = frozenset(
    "money ratio number date month text code yes_no title register event records".split()
)
PERIODS = frozenset("fixed day month quarter year".split())
_KEYS = frozenset(
    "en type unit period subject min definition aliases ask cost sources many codes library"
    " locates fields validity dated statement".split()
)
_DATED = ("title", "register", "event")


class DeclarationError(ValueError):
    """A declaration that cannot be used: which name, what is wrong, what to write."""

    def __init__(self, name: str, zh: str, en: str) -> None:
        super().__init__(f"{name}: {zh} ({en})")
        self.name, self.zh, self.en = name, zh, en


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared fact.

    `dims` and `factor` are of its unit (base units: money fen); `minimum` is in base units, None where it may be
    negative; `cost` 1 (by heart) … 5 (published, never asked); `sources` best first (SEMANTICS A8);
    `locates`: a place of 行政区划 that says where the enterprise, or this record of it, is.
    """

    name: str
    en: str
    type: str
    dims: Dims = NO_DIMS
    unit: str = ""
    period: str = "fixed"
    subject: str = "企业"
    minimum: Number | None = None
    definition: str = ""
    aliases: tuple[str, ...] = ()
    ask: str = ""
    cost: int = 2
    sources: tuple[str, ...] = ()
    many: bool = False
    codes: str = ""
    library: bool = False
    locates: bool = False
    validity_months: int = 0
    dated: str = ""
    fields: Mapping[str, Declaration] = field(default_factory=dict)

    @property
    def is_number(self) -> bool:
        return self.type in ("money", "ratio", "number")

    @property
    def is_annual(self) -> bool:
        return self.period == "year"

    def label(self, lang: str = "zh") -> str:
        return self.name if lang == "zh" else self.en


def declare(name: str, entry: Mapping[str, Any], subject: str = "企业") -> Declaration:
    """A declaration from its YAML mapping. Raises DeclarationError with what to mend."""
    if not isinstance(entry, Mapping):
        raise DeclarationError(name, "声明应是键值", "a declaration is a mapping")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise DeclarationError(name, f"不认识的键：{'、'.join(map(str, unknown))}", "unknown keys")
    kind = entry.get("type", "")
    if kind not in TYPES:
        raise DeclarationError(
            name, f"类型“{kind}”不认识，可用：{' '.join(sorted(TYPES))}", f"unknown type {kind}"
        )
    if not entry.get("en"):
        raise DeclarationError(name, "缺英文名 en", "the English label is mandatory")
    period = entry.get("period", "fixed")
    if period not in PERIODS:
        raise DeclarationError(name, f"期间“{period}”不认识", f"unknown period {period}")
    dims, unit = _unit(name, kind, entry.get("unit"))
    own = str(entry.get("subject", subject))
    fields = {key: declare(key, value, name) for key, value in (entry.get("fields") or {}).items()}
    dated = str(entry.get("dated", ""))
    if kind == "records" and not dated:
        dates = [key for key, value in fields.items() if value.type == "date"]
        dated = dates[0] if len(dates) == 1 else ""
    if dated and kind == "records" and dated not in fields:
        raise DeclarationError(name, f"dated 字段“{dated}”不在 fields 里", "dated names no field")
    return Declaration(
        name=name,
        en=str(entry["en"]),
        type=kind,
        dims=dims,
        unit=unit,
        period=period,
        subject=own,
        minimum=_minimum(name, kind, entry),
        definition=str(entry.get("definition", "")),
        aliases=tuple(entry.get("aliases", ())),
        ask=str(entry.get("ask", "")),
        cost=int(entry.get("cost", 2)),
        sources=tuple(entry.get("sources", ())),
        many=bool(entry.get("many", False)),
        codes=str(entry.get("codes", "")),
        library=bool(entry.get("library", False)),
        locates=bool(entry.get("locates", False)),
        validity_months=_validity(name, entry.get("validity")),
        dated=dated,
        fields=fields,
    )


def _unit(name: str, kind: str, unit: Any) -> tuple[Dims, str]:
    if kind == "money":
        spelled = str(unit or "元")
        return (MONEY if spelled == "元" else parse_unit(spelled).dims), spelled
    if kind == "number" and unit:
        try:
            return parse_unit(str(unit)).dims, str(unit)
        except ValueError:
            raise DeclarationError(name, f"单位“{unit}”不认识", f"unknown unit {unit}") from None
    return NO_DIMS, ""


def _minimum(name: str, kind: str, entry: Mapping[str, Any]) -> Number | None:
    if kind not in ("money", "ratio", "number"):
        return None
    value = entry.get("min", 0)
    if value in ("none", None):
        return None
    if isinstance(value, str):
        return parse_quantity(value).value
    return Fraction(str(value)) if isinstance(value, float) else int(value)


def _validity(name: str, value: Any) -> int:
    if not value:
        return 0
    quantity = parse_quantity(str(value))
    if quantity.dims != parse_unit("年").dims or not isinstance(quantity.value, int):
        raise DeclarationError(name, "validity 应写成 3年 或 18个月", "validity is 3年 or 18个月")
    return quantity.value


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All declarations by name and alias, and the code tables they use."""

    facts: Mapping[str, Declaration]
    tables: Mapping[str, CodeTable]
    alias: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Declaration | None:
        found = self.facts.get(name)
        if found is None and name in self.alias:
            found = self.facts[self.alias[name]]
        return found

    def table(self, name: str) -> CodeTable:
        return self.tables[name]

    def extended(
        self, more: Iterable[Declaration], tables: Mapping[str, CodeTable] | None = None
    ) -> Vocabulary:
        """This vocabulary with further declarations; a later one of the same name replaces the earlier."""
        facts = {**self.facts, **{item.name: item for item in more}}
        return make_vocabulary(facts.values(), {**self.tables, **(tables or {})}, strict=False)


def make_vocabulary(
    declarations: Iterable[Declaration], tables: Mapping[str, CodeTable], strict: bool = True
) -> Vocabulary:
    """Collect declarations; names and aliases are unique over all files, code tables must exist."""
    facts: dict[str, Declaration] = {}
    alias: dict[str, str] = {}
    for item in declarations:
        if strict and item.name in facts:
            raise DeclarationError(item.name, "声明了两次", "declared twice")
        facts[item.name] = item
    for item in facts.values():
        for other in item.aliases:
            if strict and (other in facts or other in alias):
                raise DeclarationError(other, f"既是“{item.name}”的同义词又另有声明", "alias clash")
            alias.setdefault(other, item.name)
        for owner in (item, *item.fields.values()):
            if owner.type == "code" and owner.codes not in tables:
                raise DeclarationError(
                    owner.name, f"代码表“{owner.codes}”不存在", "no such code table"
                )
    return Vocabulary(facts, dict(tables), alias)
