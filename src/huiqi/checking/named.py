"""Definitions, parameters and opened terms by name: checked where they are first used, once for each subject."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from huiqi.checking import expressions as x
from huiqi.checking import units
from huiqi.checking.dispatch import typed
from huiqi.checking.scope import FIRM, Builder, Scope
from huiqi.checking.sections import words
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.grammar import parse_line
from huiqi.language.problems import RuleError, fail
from huiqi.vocabulary.units import POINTS

MAX_CHAIN = 24  # definitions that use one another
# Refusals after which a definition may still fit another subject.
_OTHER_SUBJECT = frozenset({"E-unknown-name", "E-filter", "E-records", "E-broken-definition"})


class Named:
    """Looks a name up in the document that uses it, then in the others; two others are ambiguous."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.sections: dict[str, s.Section] = {}  # definition -> its section, for examples
        self.broken: dict[str, RuleError] = {}

    def _find(
        self, name: str, kinds: tuple[str, ...], scope: Scope
    ) -> tuple[str, s.Section] | None:
        found = [entry for entry in self.builder.sections.get(name, []) if entry[1].kind in kinds]
        own = [entry for entry in found if entry[0] == scope.document]
        if own:
            return own[0]
        if len(found) > 1:
            raise scope.refuse(
                "E-ambiguous",
                f"“{name}”在几份文件里都有：{'、'.join(entry[0] for entry in found)}",
                f"“{name}” stands in several documents",
                fix_zh="在本文件里另立定义",
                fix_en="define it in this document",
            )
        return found[0] if found else None

    def definition_of(self, name: str, scope: Scope) -> t.Definition | None:
        found = self._find(name, ("定义",), scope)
        if found is None:
            return None
        document, section = found
        return self.definition(document, section, scope)

    def definition(self, document: str, section: s.Section, scope: Scope) -> t.Definition:
        """The definition as seen from `scope`: about the enterprise, or about the record asked for."""
        subject = scope.inside or scope.subject
        _whole(section, scope)
        error: RuleError | None = None
        for owner in self._owners(section, subject):
            key = f"{document} {section.name}" + ("" if owner == FIRM else f" @{owner}")
            if key in self.builder.definitions:
                return self.builder.definitions[key]
            try:
                with self._in_progress(key, section):
                    return self._check_definition(document, section, owner, key)
            except RuleError as found:
                if found.problem.code not in _OTHER_SUBJECT:
                    raise
                error = error or found
        assert error is not None
        self.broken.setdefault(f"{document} {section.name}", error)
        raise scope.refuse(
            "E-broken-definition",
            f"定义“{section.name}”在这里用不了：{error.problem.zh}",
            f"definition “{section.name}” cannot be used here: {error.problem.en}",
        ) from None

    def _owners(self, section: s.Section, subject: str) -> tuple[str, ...]:
        said = words(section, "对象")
        return (said,) if said else tuple(dict.fromkeys((subject, FIRM)))

    @contextmanager
    def _in_progress(self, key: str, section: s.Section) -> Iterator[None]:
        self._no_cycle(key, section)
        if len(self.builder.in_progress) >= MAX_CHAIN:
            raise too_deep(section)
        self.builder.in_progress.append(key)
        try:
            yield
        except RecursionError:  # long lines in a long chain
            raise too_deep(section) from None
        finally:
            self.builder.in_progress.pop()

    def _no_cycle(self, key: str, section: s.Section) -> None:
        within = self.builder.in_progress
        if key not in within:
            return
        names = [one.partition(" ")[2].partition(" @")[0] for one in within[within.index(key) :]]
        circle = " → ".join([*names, section.name])
        raise fail(
            "E-cycle",
            f"定义互相引用成圈：{circle}",
            f"definitions refer to one another in a circle: {circle}",
            line=section.line,
            col=1,
            fix_zh="去掉其中一处引用",
            fix_en="break one of the references",
        )

    def _check_definition(
        self, document: str, section: s.Section, subject: str, key: str
    ) -> t.Definition:
        made: t.Definition | None = None
        last: RuleError | None = None
        for annual in (False, True):
            scope = Scope(self.builder, document, subject, annual, line=section.line)
            try:
                body, kind = x.block(section.body, scope)
            except RuleError as error:
                last = error
                if error.problem.code != "E-no-year":
                    raise
                continue
            if kind.kind == "span":
                raise scope.refuse(
                    "E-type", "定义应是条件或数", "a definition is a condition or a value"
                )
            made = t.Definition(
                key,
                section.name,
                document,
                body,
                kind,
                subject,
                annual,
                t.Source(section.name, section.line, section.marks.words, section.marks.addresses),
            )
            self.builder.definitions[key] = made
            self.builder.carried[key] = frozenset(scope.carried)
            self.sections.setdefault(key, section)
            break
        if made is None:
            assert last is not None
            raise last
        return made

    def parameter_of(self, name: str, scope: Scope) -> t.Parameter | None:
        found = self._find(name, ("参数",), scope)
        if found is None:
            return None
        document, section = found
        _whole(section, scope)
        key = f"{document} {section.name}"
        if key not in self.builder.parameters:
            with self._in_progress(key, section):
                self.builder.parameters[key] = self._check_parameter(document, section, key)
        return self.builder.parameters[key]

    def _check_parameter(self, document: str, section: s.Section, key: str) -> t.Parameter:
        scope = Scope(self.builder, document, annual=True, line=section.line)
        rows: list[tuple[int, t.Node, t.Source]] = []
        kind: t.Type | None = None
        assert section.table is not None
        for row in section.table.rows:
            at = scope.at(row.value.line)
            year = row.key.from_year
            single = 0
            if not year and len(row.key.values) == 1 and isinstance(row.key.values[0], s.PeriodLit):
                year = single = int(row.key.values[0].word[:4])
            if not year:
                raise at.refuse(
                    "E-key",
                    "参数的行写 2018年度起 或 2023年度",
                    "rows of a parameter are 2018年度起 or 2023年度",
                    row.key,
                )
            node, found = x.value_of(row.value.content, at, "number")
            if kind is not None and not units.same(kind.dims, found.dims):
                raise at.refuse(
                    "E-unit", "各行的单位不同", "the rows have different units", row.key
                )
            kind = found
            rows.append((-year if single else year, node, x.source_of(row.value)))
        assert kind is not None
        rows.sort(key=lambda row: abs(row[0]))
        return t.Parameter(key, section.name, document, tuple(rows), kind.dims)

    def opened_of(self, name: str, scope: Scope) -> t.Opened | None:
        found = self._find(name, ("打开",), scope)
        if found is None:
            return None
        document, section = found
        _whole(section, scope)
        key = f"{document} {section.name}"
        if key not in self.builder.opened:
            with self._in_progress(key, section):
                self.builder.opened[key] = self._check_opened(document, section, key)
        return self.builder.opened[key]

    def _check_opened(self, document: str, section: s.Section, key: str) -> t.Opened:
        field = section.field("应为")
        if field is None or not isinstance(field.content, s.Opening):
            raise fail(
                "E-open",
                "打开要写 应为:",
                "an opened term says what it shall be",
                line=section.line,
                col=1,
            )
        scope = Scope(self.builder, document, line=field.line, annual=True)
        full = x.constant(field.content.full, scope).value if field.content.full else None
        kinds = {"得分": x.number(POINTS), "比例": x.number(), "条件": t.CONDITION}
        kind = kinds.get(field.content.what) or x.number((("元", 1),))
        unfilled: t.Node | None = None
        default = words(section, "未落实")
        if default and default not in ("待定", "left_open"):
            unfilled = typed(parse_line(default), scope)[0]
        return t.Opened(
            key,
            section.name,
            document,
            kind,
            full,
            words(section, "可由"),
            unfilled,
            t.Source(section.name, section.line, section.marks.words, section.marks.addresses),
        )


def _whole(section: s.Section, scope: Scope) -> None:
    """Refuse what a line went missing from: the line itself is reported where it stands."""
    if section.broken:
        raise scope.refuse(
            "E-broken-definition",
            f"{section.kind}“{section.name}”有一行读不了，这里用不了它",
            f"“{section.name}” has a line that cannot be read, so it cannot be used here",
            fix_zh="先改好那一行",
            fix_en="mend that line first",
        )


def too_deep(section: s.Section) -> RuleError:
    return fail(
        "E-too-deep",
        f"“{section.name}”经过的定义一层套一层，超过 {MAX_CHAIN} 层",
        f"“{section.name}” rests on more than {MAX_CHAIN} definitions, one inside the other",
        line=section.line,
        col=1,
        fix_zh="减少定义之间的层次",
        fix_en="use fewer levels of definitions",
    )
