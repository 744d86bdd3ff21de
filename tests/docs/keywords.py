"""The table of keywords at the end of docs/reference/language.md, from `huiqi.language.words`.

`python -m tests.docs.keywords` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiqi.language import words as w
from tests.docs.fenced import ROOT

PAGE = ROOT / "docs" / "reference" / "language.md"
BEGIN = "<!-- keywords: written by `python -m tests.docs.keywords` -->\n"
END = "<!-- /keywords -->\n"


def table() -> str:
    """All keywords with their English, by kind."""
    parts = [
        _table("段落 · sections", w.SECTIONS),
        _table("字段 · fields", {zh: en for zh, (en, _) in w.LABELS.items()}),
        _table("行里的词 · words of a line", dict(_terminals())),
        _table("函数 · functions", w.FUNCTIONS),
        _table("期间 · periods", w.PERIODS),
        _table("例 · examples", w.EXAMPLE_WORDS),
        _table("叠加 · stacking", w.STACK_VERBS),
        _table("范围 · scopes", w.SCOPES),
        _table("核对 · checked", w.CHECKED_AS),
        _table("解读 · readings", w.READING_KINDS),
        _table("其他 · others", w.OTHER_WORDS),
        *(
            _table(f"{label}的值 · values of {w.LABELS[label][0]}", values)
            for label, values in w.WORD_VALUES.items()
        ),
    ]
    return "\n".join(parts)


def _terminals() -> Iterable[tuple[str, str]]:
    for spellings in w.TERMINALS.values():
        for zh, others in spellings.items():
            yield zh, " ".join(others) if others else zh


def _table(title: str, words: Mapping[str, str]) -> str:
    cells = "　".join(f"`{zh}` {_spelled(en)}" for zh, en in words.items())
    return f"**{title}**\n\n{cells}\n"


def _spelled(english: str) -> str:
    return " ".join(f"`{one}`" for one in english.split())


def page_with_table(content: str) -> str:
    """The page with its table written anew."""
    before, _, rest = content.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    PAGE.write_text(page_with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
