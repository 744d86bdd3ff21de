"""The words of one line, as tokens for the grammar.

A word ends at a blank or a sign, so the tokens of a file do not depend on the vocabulary of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from lark import Token
from lark.lexer import Lexer

from huiqi.language.periods import near_years
from huiqi.language.problems import RuleError, fail
from huiqi.language.words import (
    ENGLISH_FUNCTIONS,
    ENGLISH_PERIODS,
    FUNCTIONS,
    PERIODS,
    REFUSED_BORDERS,
    token_table,
)
from huiqi.vocabulary.units import UnknownUnitError, parse_unit

_WORDS = token_table()
_SIGNS = {
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ",": "COMMA",
    "、": "LISTSEP",
    ":": "COLON",
}
_SCAN = re.compile(
    r"""(?P<blank>[ \u3000]+)
    |(?P<text>「(?P<inner>[^「」]*)」)
    |(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d))
    |(?P<yearfrom>\d{4}年度?起)
    |(?P<year>\d{4}年度)
    |(?P<month>\d{1,2}月(?:\d{1,2}日)?(?![\u4e00-\u9fff]))
    |(?P<rank>第(?P<nth>\d+)(?P<nthunit>名|年|位))
    |(?P<num>\d+(?:\.\d+)?(?P<unit>[A-Za-z%％‰²㎡\u4e00-\u9fff]*(?:/[A-Za-z²㎡\u4e00-\u9fff]+)*))
    |(?P<least>至[少多](?=\d))
    |(?P<op>>=|<=|==|!=|<>|[≥≤≧≦><=≠＞＜＝+＋−－*＊×/÷／~～〜-])
    |(?P<sign>[()\[\],、:])
    |(?P<word>[^\s「」()\[\],、:≥≤≧≦><=≠＞＜＝+＋−－*＊×/÷／~～〜@#]+)""",
    re.VERBOSE,
)
_NEAR = re.compile(r"(?:近|滚动)[一两二三四五六七八九十\d]+年(?:含当年)?")
_GLUED = re.compile(
    r"(最高不超过|不超过|最高|最多|不低于|不高于|不少于|超过|不足|达到|至多|至少|封顶|保底)\d"
)
_ABOUT = re.compile(r"[约近]\d")
_NEAR_EN = re.compile(r"(?:last|rolling)_(\d+)_years(_incl)?")


@lru_cache(maxsize=4096)
def _number(text: str, number: str, unit: str, col: int) -> tuple[str, str]:
    unit = unit.replace("％", "%").replace("㎡", "平方米")
    if not unit or unit == "年度":
        return number, unit
    head = unit.split("/")[0]
    try:
        parse_unit(unit)
    except UnknownUnitError as error:
        if head in ("万", "亿", "千", "百", "千万", "百万"):
            raise fail(
                "E-no-unit",
                f"“{text}”没有单位",
                f"“{text}” has no unit",
                col=col,
                fix_zh=f"写明是 {text}元、{text}人 还是别的",
                fix_en="say 元, 人 …",
            ) from None
        border = next((word for word in REFUSED_BORDERS if unit.endswith(word)), "")
        if border:
            first, second = REFUSED_BORDERS[border]
            plain = text[: -len(border)]
            raise fail(
                "E-border-word",
                f"“{text}”要写明是否含本数",
                f"“{text}” must say whether it includes the number",
                col=col,
                fix_zh=f"写作 {first} {plain} 或 {second} {plain}（看本文件约定）",
                fix_en=f"write {first} {plain} or {second} {plain}, by the document's convention",
            ) from None
        raise fail(
            "E-unknown-unit",
            f"“{text}”的单位“{error.args[0] if error.args else unit}”不认识",
            f"unknown unit in “{text}”",
            col=col,
            fix_zh="名称不能以数字开头：若是名称请写「" + text + "」",
            fix_en=f"a name cannot begin with a digit: write 「{text}」 if it is one",
        ) from None
    return number, unit


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a line's content; raises RuleError at a sign that means nothing."""
    position = 0
    while position < len(text):
        match = _SCAN.match(text, position)
        if match is None:
            raise fail(
                "E-sign",
                f"这里的“{text[position]}”不认识",
                f"unexpected “{text[position]}”",
                col=position + 1,
                fix_zh="文字请放进「」",
                fix_en="put free words inside 「」",
            )
        kind = match.lastgroup or ""
        start = position
        position = match.end()
        if kind == "blank":
            continue
        yield _token(kind, match, start)


def _token(kind: str, match: re.Match[str], start: int) -> Token:
    word = match.group()
    end = match.end()

    def token(terminal: str, value: Any) -> Token:
        made = Token(terminal, word, start, 1, start + 1, 1, end + 1, end)
        made.value = value
        return made

    if match.group("text") is not None:
        return token("STR", match.group("inner"))
    if match.group("date"):
        year, month, day = (int(part) for part in word.split("-"))
        try:
            return token("DATE", date(year, month, day).isoformat())
        except ValueError:
            raise fail(
                "E-date", f"没有 {word} 这一天", f"there is no day {word}", col=start + 1
            ) from None
    if match.group("yearfrom"):
        return token("DATEFROM", word[:4])
    if match.group("year"):
        return token("PERIOD", word)
    if match.group("month"):
        return token("MD", word)
    if match.group("rank"):
        unit = match.group("nthunit")
        return token("NUM", (match.group("nth"), "年" if unit == "年" else "名"))
    if match.group("num"):
        number = re.match(r"[\d.]+", word)
        assert number is not None
        return token("NUM", _number(word, number.group(), match.group("unit") or "", start + 1))
    if match.group("sign"):
        return token(_SIGNS[word], word)
    if word in _WORDS:
        return token(*_WORDS[word])
    if match.group("op"):
        raise fail("E-sign", f"这里的“{word}”不认识", f"unexpected “{word}”", col=start + 1)
    if word in PERIODS:
        return token("PERIOD", word)
    if _NEAR.fullmatch(word):
        return token("PERIOD", _near_word(*near_years(word)))  # type: ignore[misc]
    glued = _GLUED.match(word)
    if glued:
        raise _glued(word, glued.group(1), start + 1)
    if _ABOUT.match(word):
        raise fail(
            "E-approximate",
            f"“{word}”是约数",
            f"“{word}” is approximate",
            col=start + 1,
            fix_zh="规则里写准确的数；文件只说“约”的，写 评审「…」 或 待定「…」",
            fix_en="write the exact figure; what the text leaves vague is judged「…」 or left_open「…」",
        )
    if word in ENGLISH_PERIODS:
        return token("PERIOD", ENGLISH_PERIODS[word])
    near = _NEAR_EN.fullmatch(word)
    if near:
        rolling = word.startswith("rolling")
        return token("PERIOD", _near_word(int(near.group(1)), rolling, bool(near.group(2))))
    if word in ENGLISH_FUNCTIONS and match.string[end : end + 1] == "(":
        return token("NAME", ENGLISH_FUNCTIONS[word])
    return token("NAME", word)


def _glued(word: str, head: str, col: int) -> RuleError:
    """A border word written on to its figure, as officials do: which of its meanings is it?"""
    figure = word[len(head) :]
    if head in ("至多", "至少", "封顶", "保底", "不低于", "不高于"):
        return fail(
            "E-blank",
            f"“{head}”和数之间要空一格",
            f"a blank belongs between “{head}” and the figure",
            col=col,
            fix_zh=f"写作 {head} {figure}",
            fix_en=f"write {head} {figure}",
        )
    if head in ("最高不超过", "不超过", "最高", "最多"):
        return fail(
            "E-bare-not-over",
            f"“{head}”有两个意思",
            f"“{head}” has two meanings",
            col=col,
            fix_zh=f"作条件写 ≤ {figure}；作金额：官方给的上限写 至多 {figure}，按公式算出后截断写 封顶 {figure}",
            fix_en=f"a condition: ≤ {figure}; an amount: 至多 (decided within it) or 封顶 (computed, then cut)",
        )
    return fail(
        "E-border-word",
        f"“{word}”要写明是否含本数",
        f"“{word}” must say whether it includes the number",
        col=col,
        fix_zh=f"写 ≥ {figure}、> {figure}、≤ {figure} 或 < {figure}（看本文件的约定）",
        fix_en="write ≥ > ≤ < by the document's convention",
    )


def _near_word(count: int, rolling: bool, including: bool) -> str:
    """The canonical spelling: 近两年 for 近2年, 近二年 and last_2_years."""
    if not 0 < count <= 30:
        raise fail("E-period", f"近{count}年不是期间", f"{count} years are no period")
    spelled = "零一两三四五六七八九十"[count] if count <= 10 else str(count)
    return ("滚动" if rolling else "近") + f"{spelled}年" + ("含当年" if including else "")


class LineLexer(Lexer):
    """Feeds `tokens` to lark."""

    def __init__(self, lexer_conf: Any) -> None:
        del lexer_conf

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        return call_tokens(tokens(data))


def call_tokens(stream: Iterator[Token]) -> Iterator[Token]:
    """A function's name before `(` and the group words 合计 择优 used as functions become FUNC."""
    held: Token | None = None
    for token in stream:
        if held is not None:
            if token.type == "LPAR" and (held.value in FUNCTIONS):
                held.type = "FUNC"
            yield held
        held = token
    if held is not None:
        yield held
