"""The vocabulary gate: what a name may not hide, and how many names the rules live on.

A yes/no fact called 近两年研发费用超过300万元或有专利 reads as well as a computed condition and relates
to nothing. So a name holds no alternative, figure, period or comparison, and a statement is defined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.nearest import distance

# Official terms that carry a border word in their name.
TERMS_OF_ART = frozenset({"规模以上"})
_NUMERAL = "[一二两三四五六七八九十百千]"
_SHAPES: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    ("N-joined", re.compile(r"或(?!有)|且|以及|和/"), "连着两件事", "joins two things"),
    (
        "N-figure",
        re.compile(
            rf"(?<![A-Za-z\d.])\d(?!\d*[A-Za-z])|{_NUMERAL}+(?:年|个月|万|亿|元|人|项|家|倍|成)"
        ),
        "含有数字",
        "holds a figure",
    ),
    (
        "N-period",
        re.compile(rf"近{_NUMERAL}|近期|上年|前年|去年|今年|本年|当年|上月|当月"),
        "含有期间",
        "holds a period",
    ),
    (
        "N-comparison",
        re.compile(
            r"以上|以下|以内|超过|不足|不满|达到|不低于|不高于|大于|小于|高于|低于|至少|至多|[≥≤<>=]"
        ),
        "含有比较",
        "holds a comparison",
    ),
)
_NEAR_LENGTH = 4


@dataclass(frozen=True, slots=True)
class NameFinding:
    """What is wrong with a declared name; `other` is the name it nearly repeats."""

    code: str
    name: str
    zh: str
    en: str
    fix_zh: str
    fix_en: str
    other: str = ""

    @property
    def is_warning(self) -> bool:
        return self.code == "N-near"


@dataclass(frozen=True, slots=True)
class NameReport:
    """`total`: names that the rules use; `used_once`: by one measure; `unused`: declared only."""

    total: int
    measures: int
    used_once: tuple[str, ...]
    unused: tuple[str, ...]
    findings: tuple[NameFinding, ...]

    @property
    def per_measure(self) -> float:
        """Names per measure; aimed at fewer than 1.2 new ones a measure, and falling."""
        return round(self.total / self.measures, 3) if self.measures else 0.0


def check_names(
    vocabulary: Vocabulary, uses: Mapping[str, frozenset[str]], measures: int
) -> NameReport:
    """Hold declared names to the gate.

    `uses`: name → the measures that read it, fields as 知识产权.类别; `measures`: how many there are.
    """
    declared = dict(_declared(vocabulary))
    used = {name: where for name, where in uses.items() if name in declared and where}
    findings = [one for name, item in declared.items() for one in _own_faults(name, item)]
    findings += _near(declared)
    return NameReport(
        len(used),
        measures,
        tuple(sorted(name for name, where in used.items() if len(where) == 1)),
        tuple(sorted(name for name in declared if name not in used)),
        tuple(findings),
    )


def _declared(vocabulary: Vocabulary) -> Iterator[tuple[str, Declaration]]:
    for name, item in vocabulary.facts.items():
        yield name, item
        for key, inner in item.fields.items():
            yield f"{name}.{key}", inner


def _own_faults(name: str, item: Declaration) -> Iterator[NameFinding]:
    if item.name not in TERMS_OF_ART:
        for code, shape, zh, en in _SHAPES:
            found = shape.search(item.name)
            if found is not None:
                yield NameFinding(
                    code,
                    name,
                    f"名称“{name}”{zh}（{found[0]}）",
                    f"the name “{name}” {en} ({found[0]})",
                    "把它写成条件：名称只说是哪个数或哪件事",
                    "write it as a condition; a name only says which figure or thing",
                )
    if item.type == "yes_no" and not item.definition.strip():
        yield NameFinding(
            "N-undefined",
            name,
            f"是非事实“{name}”没有定义",
            f"the statement “{name}” has no definition",
            "写 definition: 什么情况算是，以何为证",
            "say in definition: when it is so and what proves it",
        )


def _near(declared: Mapping[str, Declaration]) -> Iterator[NameFinding]:
    """Names of one owner and type that differ by one character, unless a definition tells them apart."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, item in declared.items():
        owner, _, _ = name.rpartition(".")
        if len(item.name) >= _NEAR_LENGTH:
            groups.setdefault((owner, item.type), []).append(name)
    for names in groups.values():
        for one, other in combinations(names, 2):
            if distance(one, other, 1) > 1 or _told_apart(one, other):
                continue
            if not _mentions(declared[one], declared[other]):
                yield NameFinding(
                    "N-near",
                    one,
                    f"“{one}”与“{other}”只差一个字",
                    f"“{one}” and “{other}” differ by one character",
                    "若是同一件事，另一个写进 aliases；若不是，在 definition: 里说明与它的区别",
                    "make one an alias of the other, or tell them apart in a definition",
                    other,
                )


# Characters that make two names different things: 国家级 / 省级, 大型 / 中型; 独角兽 / 准独角兽.
_TELLING = frozenset("国省市县大中小微男女新旧内外前后上下进出首末年月日甲乙丙ABC人企")
_QUALIFYING = frozenset("准非不未总净毛实原副")


def _mentions(one: Declaration, other: Declaration) -> bool:
    return other.name in one.definition or one.name in other.definition


def _told_apart(one: str, other: str) -> bool:
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        at = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
        return longer[at] in _QUALIFYING
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return any(a in _TELLING and b in _TELLING for a, b in differing)
