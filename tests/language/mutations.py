"""Random damage to rule texts, for the fuzz test: the same texts for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from huiqi.language.words import FUNCTIONS, LABELS, SECTIONS, token_table

_ODD = (
    "「 」 ( ) [ ] : , 、 @ # - -- → ： ， （ 5G 300万元 2000万 12% 第3名 2020-13-45 3月 0 １ 近0年 近99年"
    " 甲: 缺 同上 解读 评审「x」 \x00 \ud800 𠀀"
).split(" ")
_WORDS = [*SECTIONS, *LABELS, *token_table(), *FUNCTIONS, *_ODD, "\n", "  ", "- ", "\t", "\u3000"]


def damaged_texts(sections: list[str], count: int, seed: int) -> Iterator[str]:
    """Words in any order, random bytes, and mostly sections of rules with one to six faults."""
    chance = Random(seed)
    for _ in range(count):
        kind = chance.random()
        if kind < 0.1:
            yield "".join(chance.choice([*_WORDS, " "]) for _ in range(chance.randrange(60)))
        elif kind < 0.2:
            yield chance.randbytes(chance.randrange(200)).decode("utf-8", "replace")
        else:
            text = "\n\n".join(chance.sample(sections, chance.choice([1, 1, 2])))
            for _ in range(chance.choice([1, 1, 2, 3, 6])):
                text = _damaged(text, chance)
            yield text


def _damaged(text: str, chance: Random) -> str:
    kind = chance.randrange(8)
    at = chance.randrange(len(text) + 1)
    if kind == 0:
        return text[:at] + chance.choice(_WORDS) + text[at:]
    if kind == 1:
        return text[:at] + text[at + chance.randrange(1, 12) :]
    if kind == 2:
        return (
            text[:at]
            + chr(chance.choice([chance.randrange(32, 127), chance.randrange(65536)]))
            + text[at + 1 :]
        )
    if kind in (3, 4, 5):
        rows = text.split("\n")
        one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
        if kind == 3:
            rows[one] = " " * chance.randrange(9) + rows[one].lstrip(" ")
        elif kind == 4:
            rows[one], rows[other] = rows[other], rows[one]
        else:
            rows.insert(one, rows[other])
        return "\n".join(rows)
    words = text.split(" ")
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one] = words[other] if kind == 6 else chance.choice(_WORDS)
    return " ".join(words)
