"""落实: what a lower text fills in where a higher one opens a term (SEMANTICS G2, G6)."""

from __future__ import annotations

from collections.abc import Mapping

from huiqi.checking import expressions as x
from huiqi.checking import units
from huiqi.checking.named import Named
from huiqi.checking.scope import Builder, Scope
from huiqi.checking.sections import words
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import Problem, RuleError, fail


class Fillings:
    """All fillings of a library by term (文号 名); `bad`: terms with a filling in error.

    The 未落实 default of such a term would answer in its stead.
    """

    def __init__(self, builder: Builder, named: Named) -> None:
        self.builder, self.named = builder, named
        self.filled: dict[str, list[t.Filled]] = {}
        self.bad: set[str] = set()

    def add(self, document: str, head: t.Document, section: s.Section) -> None:
        try:
            if not section.broken:
                self._check(document, head, section)
                return
        except RuleError:
            self.bad.add(f"{section.document} {section.name}")
            raise
        self.bad.add(f"{section.document} {section.name}")

    def _check(self, document: str, head: t.Document, section: s.Section) -> None:
        term = f"{section.document} {section.name}"
        opened = self.named.opened_of(section.name, Scope(self.builder, section.document))
        scope = Scope(self.builder, document, annual=True, line=section.line)
        body, kind = x.block(section.body, scope)
        if opened is not None and opened.document == section.document:
            if kind.kind != opened.type.kind:
                raise fail(
                    "E-fill",
                    f"“{section.name}”应是{units.shown(opened.type)}，这里是{units.shown(kind)}",
                    f"“{section.name}” shall be a {opened.type.kind}",
                    line=section.line,
                    col=1,
                )
            full = body.of if isinstance(body, t.Clause) else body
            if (
                isinstance(full, t.ValueGroup)
                and opened.full is not None
                and full.full != opened.full
            ):
                raise fail(
                    "E-full",
                    f"打开的满分是 {opened.full}分，这里是 {full.full}分",
                    f"the opened term has full marks {opened.full}",
                    line=section.line,
                    col=1,
                )
        if not words(section, "依据"):
            raise fail(
                "E-fill",
                "落实要写 依据:",
                "a filling cites its basis",
                line=section.line,
                col=1,
                fix_zh="写明上级文件的哪一条授权",
                fix_en="name the article that allows it",
            )
        self.filled.setdefault(term, []).append(
            t.Filled(
                term,
                document,
                head.region_codes,
                body,
                t.Source(section.name, section.line, section.marks.words, section.marks.addresses),
            )
        )

    def settle(self, heads: Mapping[str, t.Document]) -> None:
        """Once all are known: none may compete, each needs its opened term."""
        self._compete()
        self._have_a_place(heads)

    def _compete(self) -> None:
        """Two fillers for the same place are an error, never a silent winner."""
        for term, found in self.filled.items():
            for index, one in enumerate(found):
                for other in found[index + 1 :]:
                    if set(one.region) & set(other.region) or not one.region or not other.region:
                        self.builder.problems.append(
                            Problem(
                                "E-two-fillers",
                                f"“{term}”在同一地区有两个落实：{one.document} 与 {other.document}",
                                f"two fillings of “{term}” for one place",
                                other.source.line,
                                1,
                                file=self.builder.files.get(other.document, ""),
                            )
                        )

    def _have_a_place(self, heads: Mapping[str, t.Document]) -> None:
        """A filling whose higher text is not loaded, or does not open that term, fills nothing."""
        for term, found in self.filled.items():
            if term in self.builder.opened:
                continue
            for one in found:
                above, _, name = term.partition(" ")
                loaded = above in heads
                self.builder.problems.append(
                    Problem(
                        "E-fill",
                        f"{above} 没有打开“{name}”，这个落实用不上"
                        if loaded
                        else f"上级文件 {above} 没有装进来，“{name}”的落实用不上",
                        f"{above} opens no “{name}”: this filling is not used"
                        if loaded
                        else f"the higher text {above} is not loaded: this filling is not used",
                        one.source.line,
                        1,
                        fix_zh=f"在 {above} 的文件里写 打开 {name}"
                        if loaded
                        else "把上级文件的 .rule 放进同一个文件夹，或改正文号",
                        fix_en=f"write 打开 {name} in the file of {above}"
                        if loaded
                        else "put the higher text's .rule beside it, or correct its number",
                        file=self.builder.files.get(one.document, ""),
                    )
                )
