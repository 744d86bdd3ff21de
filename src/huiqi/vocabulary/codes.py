"""Code tables: hierarchical or ordered lists of values, with groups, old names and plain errors.

A fact holds a code. A condition asks whether it lies under another code or group (行业 属于 C39,
级别 属于 省级以上). A coarse fact (注册地 湖州市) may or may not lie under a finer code (吴兴区):
is_under says what is certain, could_be_under what is possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from huiqi.vocabulary.calendar import DateRange, format_range
from huiqi.vocabulary.mistakes import CodeError
from huiqi.vocabulary.nearest import nearest


class Entry(NamedTuple):
    """One row of a table. `aliases` count as its name; `short` only where no full name fits."""

    code: str
    name: str
    parent: str | None = None
    level: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    short: str = ""
    abolished: DateRange | None = None
    successors: tuple[str, ...] = ()


class CodeTable:
    """A named table of codes. Groups are values too: they resolve, contain and are contained.

    `possible` names members that a group may hold without it being certain from the table alone
    (民营企业: 股份有限公司 depends on who controls it). In an ordered table the first is highest.
    """

    def __init__(
        self,
        name: str,
        label_en: str,
        entries: Iterable[Entry],
        groups: Mapping[str, Sequence[str]] | None = None,
        possible: Mapping[str, Sequence[str]] | None = None,
        ordered: bool = False,
    ) -> None:
        self.name = name
        self.label_en = label_en
        self.ordered = ordered
        self._entries = {entry.code: entry for entry in entries}
        self._given_groups = groups or {}
        self._given_possible = possible or {}
        self._above: dict[str, frozenset[str]] = {}
        self._resolved: dict[str, str] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._entries or code in self._groups

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"CodeTable({self.name!r}, {len(self)} codes)"

    def codes(self) -> Iterator[str]:
        """Every code in force, in the table's order; groups are left out."""
        return (code for code, entry in self._entries.items() if entry.abolished is None)

    def groups(self) -> tuple[str, ...]:
        """The names of the groups."""
        return tuple(self._groups)

    def resolve(self, text: str, on: date | None = None) -> str:
        """The code (or group) that a code, name, alias or path such as 浙江省温岭市 stands for.

        Where one name stands for a row and rows below it (房地产业: K and K70) the broadest is
        meant. With `on`, a code abolished later than that day is still accepted. Raises CodeError:
        C-unknown, C-ambiguous, C-abolished.
        """
        known = self._resolved.get(text)
        if known is not None:
            return known
        found = self._candidates(_key(text))
        if not found:
            raise self._unknown(text)
        if len(found) > 1:
            raise self._ambiguous(text, found)
        code = found[0]
        entry = self._entries.get(code)
        if entry is None or entry.abolished is None:
            self._resolved[text] = code
        elif on is None or on > entry.abolished.last:
            raise self._gone(text, entry)
        return code

    def is_under(self, code: str, ancestor: str) -> bool:
        """Whether `code` certainly is `ancestor`, lies below it, or belongs to that group."""
        above = self._above.get(code)
        if above is None:
            above = self._above[code] = self._all_above(code)
        return ancestor in above

    def could_be_under(self, code: str, ancestor: str) -> bool:
        """Whether what is only known as `code` may turn out to lie under `ancestor`.

        False means certainly not. True whenever is_under is, and where `code` is too coarse to say.
        """
        if self.is_under(code, ancestor):
            return True
        if code in self._groups:
            return any(self.could_be_under(member, ancestor) for member in self._groups[code])
        if ancestor not in self._groups:
            return self.is_under(ancestor, code)
        wanted = (*self._groups[ancestor], *self._possible.get(ancestor, ()))
        return any(self.is_under(code, one) or self.is_under(one, code) for one in wanted)

    def members(self, code: str) -> frozenset[str]:
        """All codes at or below a code, or in a group and below its members."""
        found: set[str] = set()
        open_codes = list(self._groups.get(code, (code,)))
        while open_codes:
            one = open_codes.pop()
            if one not in found:
                found.add(one)
                open_codes.extend(self._children.get(one, ()))
        return frozenset(found)

    def group_codes(self, group: str) -> tuple[str, ...]:
        """The codes that a group lists itself, groups inside it opened up."""
        return self._groups[group]

    def covers(self, rows: Sequence[str]) -> bool:
        """Whether every code without codes below it lies under one of these."""
        return all(
            self.children(code) or any(self.is_under(code, row) for row in rows)
            for code in self.codes()
        )

    def possible_codes(self, group: str) -> tuple[str, ...]:
        """The codes that may belong to a group without the table being able to say."""
        return self._possible.get(group, ())

    def children(self, code: str) -> tuple[str, ...]:
        """The codes directly below."""
        return tuple(self._children.get(code, ()))

    def path(self, code: str) -> tuple[str, ...]:
        """The codes from the top of the hierarchy down to `code`; a group alone."""
        steps = [code]
        while (entry := self._entries.get(steps[-1])) is not None and entry.parent is not None:
            steps.append(entry.parent)
        return tuple(reversed(steps))

    def parent(self, code: str) -> str | None:
        """The code directly above; None at the top and for groups."""
        entry = self._entries.get(code)
        return entry.parent if entry is not None else None

    def level(self, code: str) -> str:
        """The level of a row (province, section, …); empty where the table has none."""
        return self._entries[code].level

    def rank(self, code: str) -> int:
        """Position in an ordered table: 0 is the highest (国家级). Only for ordered tables."""
        assert self.ordered, f"{self.name} is not ordered"
        return self._ranks[code]

    def successors(self, code: str) -> tuple[str, ...]:
        """What took the place of an abolished code; empty for one in force."""
        return self._entries[code].successors

    def label(self, code: str, lang: str = "zh") -> str:
        """The name of a code or group; in English where the table has one."""
        entry = self._entries.get(code)
        if entry is None:
            return self._group_labels.get(code, code) if lang == "en" else code
        return (entry.en if lang == "en" else "") or entry.name

    def described(self, code: str, lang: str = "zh") -> str:
        """The name with its code, unmistakable among namesakes: 南京市鼓楼区（320106）."""
        entry = self._entries.get(code)
        if entry is None or entry.code == entry.name:
            return self.label(code, lang)
        name = self._full_name(code) if lang == "zh" else self.label(code, lang)
        return f"{name} ({code})" if lang == "en" else f"{name}（{code}）"

    def _full_name(self, code: str) -> str:
        """The name, with that of the row above where others share it: 南京市鼓楼区."""
        entry = self._entries[code]
        alone = entry.parent is None or len(self._names[_key(entry.name)]) == 1
        return entry.name if alone else self._entries[entry.parent or ""].name + entry.name

    @cached_property
    def _groups(self) -> dict[str, tuple[str, ...]]:
        """Groups with groups inside them opened up."""
        return {name: self._opened(codes, (name,)) for name, codes in self._given_groups.items()}

    @cached_property
    def _possible(self) -> dict[str, tuple[str, ...]]:
        return {name: self._opened(codes, (name,)) for name, codes in self._given_possible.items()}

    def _opened(self, members: Sequence[str], inside: tuple[str, ...]) -> tuple[str, ...]:
        codes: list[str] = []
        for member in members:
            if member in inside:
                why, why_en = f"组“{member}”含有它自己", f"the group “{member}” holds itself"
                raise CodeError("C-table", table=self.name, why=why, why_en=why_en)
            if member in self._given_groups:
                codes.extend(self._opened(self._given_groups[member], (*inside, member)))
            else:
                codes.append(member)
        return tuple(dict.fromkeys(codes))

    @cached_property
    def _group_labels(self) -> dict[str, str]:
        return {
            name: " / ".join(self.label(code, "en") for code in codes)
            for name, codes in self._groups.items()
            if len(codes) <= 4
        }

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._entries)}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for code, entry in self._entries.items():
            if entry.parent is not None and entry.abolished is None:
                children.setdefault(entry.parent, []).append(code)
        return children

    @cached_property
    def _groups_of(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for name, codes in self._groups.items():
            for code in codes:
                groups.setdefault(code, []).append(name)
        return groups

    def _all_above(self, code: str) -> frozenset[str]:
        if code in self._groups:
            shared = [self._all_above(member) for member in self._groups[code]]
            return frozenset.intersection(*shared) | {code} if shared else frozenset({code})
        chain = self.path(code)
        return frozenset(chain).union(*(self._groups_of.get(step, ()) for step in chain))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Full names and aliases → codes; a name of its own goes before an alias elsewhere."""
        names: dict[str, list[str]] = {}
        for entry in self._entries.values():
            names.setdefault(_key(entry.name), []).append(entry.code)
        for entry in self._entries.values():
            for alias in entry.aliases:
                codes = names.setdefault(_key(alias), [])
                if entry.code not in codes:
                    codes.append(entry.code)
        return names

    @cached_property
    def _shorts(self) -> dict[str, list[str]]:
        """Short and English names of the codes in force."""
        shorts: dict[str, list[str]] = {}
        for entry in self._entries.values():
            if entry.abolished is None:
                for name in filter(None, (entry.short, entry.en)):
                    shorts.setdefault(_key(name).lower(), []).append(entry.code)
        return shorts

    def _candidates(self, key: str) -> list[str]:
        for code in (key, key.upper()):
            if code in self._entries or code in self._groups:
                return [code]
        found = self._names.get(key) or self._shorts.get(key.lower())
        if found:
            return self._broadest(found)
        return self._broadest(self._by_path(key))

    def _broadest(self, codes: list[str]) -> list[str]:
        """Codes in force before abolished ones; one code if it lies above all the others."""
        in_force = self._in_force(codes) or codes
        for code in in_force:
            if all(code in self.path(other) for other in in_force):
                return [code]
        return in_force

    def _in_force(self, codes: list[str]) -> list[str]:
        return [code for code in codes if self._entries[code].abolished is None]

    def _by_path(self, key: str) -> list[str]:
        """Codes named with (some of) what lies above them: 江苏南京鼓楼区."""
        for start in range(1, len(key) - 1):
            ending = key[start:]
            named = self._names.get(ending, []) + self._shorts.get(ending, [])
            found = [code for code in dict.fromkeys(named) if self._leads_to(key[:start], code)]
            if found:
                return found
        return []

    def _leads_to(self, names: str, code: str) -> bool:
        for step in self.path(code)[:-1]:
            entry = self._entries[step]
            for name in (_key(entry.name), _key(entry.short)):
                if name and names.startswith(name):
                    names = names[len(name) :]
                    break
        return not names

    def _unknown(self, text: str) -> CodeError:
        key = _key(text)
        if key[-1:].isdigit():
            begins = (key[:length].upper() for length in range(len(key) - 1, 0, -1))
            near = [code for code in begins if code in self._entries][:1]
        else:
            known = (name for name, codes in self._names.items() if self._in_force(codes))
            near = nearest(key, [*known, *self._groups])
        return CodeError(
            "C-unknown",
            suggestion=" / ".join(near),
            text=text.strip()[:40],
            table=self.name,
            table_en=self.label_en,
        )

    def _ambiguous(self, text: str, codes: list[str]) -> CodeError:
        described = "、".join(self.described(code) for code in codes[:8])
        return CodeError(
            "C-ambiguous",
            suggestion=" / ".join(self._full_name(code) for code in codes[:3]),
            text=text,
            table=self.name,
            table_en=self.label_en,
            count=len(codes),
            candidates=described + ("……" if len(codes) > 8 else ""),
        )

    def _gone(self, text: str, entry: Entry) -> CodeError:
        assert entry.abolished is not None
        names = "、".join(self.described(code) for code in entry.successors)
        return CodeError(
            "C-abolished",
            suggestion=" / ".join(self.label(code) for code in entry.successors),
            text=text,
            date=format_range(entry.abolished),
            successor=f"，现为{names}" if names else "",
            successor_en=f"; now {names}" if names else "",
        )


_NOISE = {
    **{ord(wide): chr(ord(wide) - 0xFEE0) for wide in "（）０１２３４５６７８９"},
    **{code: chr(code - 0xFEE0) for code in range(ord("Ａ"), ord("Ｚ") + 1)},
    **dict.fromkeys(map(ord, " \t\r\n　/>")),
}


def _key(text: str) -> str:
    """The text as compared: without blanks, full-width signs narrowed."""
    return text.translate(_NOISE)
