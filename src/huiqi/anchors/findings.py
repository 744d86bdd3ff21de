"""What can be wrong with a locator, in words."""

from __future__ import annotations

from huiqi.anchors.lines import Resting
from huiqi.anchors.resolve import Place
from huiqi.language.problems import Problem


def orphaned(line: Resting, words: str, place: Place) -> Problem:
    """The text does not hold the words."""
    near = f"；最接近的是“{place.near}”" if place.near else ""
    return problem(
        line,
        "E-anchor-orphan",
        f"原文里找不到“{words}”{near}",
        f"the text does not hold “{words}”",
        "照原文抄几个字，中间可用 … 省略",
        "copy a few words of the text; … elides",
    )


def ambiguous(line: Resting, words: str) -> Problem:
    """The words stand in several sentences and nothing settles which."""
    return problem(
        line,
        "W-anchor-ambiguous",
        f"“{words}”在这一条里不止一处",
        f"“{words}” stands in several sentences",
        "多抄几个字，或加 @§ 地址",
        "copy more words, or add an address",
        "warning",
    )


def moved(line: Resting, words: str) -> Problem:
    """The sentence of the words is not the one that the lock knows."""
    return problem(
        line,
        "W-anchor-moved",
        f"“{words}”所在的一句与锁文件里的不同，原文改过",
        f"the sentence of “{words}” differs from the lock: the text changed",
        "对照新文本核一遍这一行，再更新锁文件",
        "compare the line with the new text, then write the lock anew",
        "warning",
    )


def unlocked(line: Resting, words: str) -> Problem:
    """Neither the lock nor a text says anything about the words."""
    return problem(
        line,
        "W-anchor-unlocked",
        f"“{words}”不在锁文件里，文本也不在这里，没有核过",
        f"“{words}” is not in the lock and its text is not here",
        "在有文本的地方运行 huiqi check 并更新锁文件",
        "run huiqi check where the texts are and write the lock anew",
        "warning",
    )


def problem(
    line: Resting, code: str, zh: str, en: str, fix_zh: str, fix_en: str, severity: str = "error"
) -> Problem:
    """A finding on a line of a rule."""
    return Problem(
        code, f"{line.where}：{zh}", en, line.line, 1, fix_zh, fix_en, line.file, severity
    )
