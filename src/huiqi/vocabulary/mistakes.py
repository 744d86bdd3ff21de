"""Mistakes of a user in a figure, a date or a code, as data: a code, the parts, a suggestion.

The words of every such mistake stand in the one table here; callers add the position.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# code → (Chinese, English); the named parts are filled from `parts`.
MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "Q-empty": ("这里应当写一个数", "a figure is expected here"),
        "Q-approx": (
            "“{text}”是约数，不能据以计算；请写准确数，或写已知的范围（如 1900万元~2100万元）",
            "“{text}” is approximate: give the exact figure, or a known range "
            "(such as 1900万元~2100万元)",
        ),
        "Q-border": (
            "“{text}”是一个界限，不是一个数",
            "“{text}” is a bound, not a figure",
        ),
        "Q-range": (
            "“{text}”是一个范围，这里应当写一个数",
            "“{text}” is a range; one figure is expected here",
        ),
        "Q-no-unit": ("“{text}”没有写单位", "“{text}” has no unit"),
        "Q-unknown-unit": ("不认识单位“{unit}”", "unknown unit “{unit}”"),
        "Q-wrong-unit": (
            "“{text}”的单位不对：应当以{expected}计",
            "“{text}” has the wrong unit: {expected} is expected",
        ),
        "Q-grouping": (
            "“{text}”的千分位逗号不在千位上",
            "the thousands separators of “{text}” are misplaced",
        ),
        "Q-chinese": ("请用阿拉伯数字写“{text}”", "write “{text}” in digits"),
        "Q-number": ("“{text}”不是一个数", "“{text}” is not a figure"),
        "Q-below-minimum": ("“{text}”小于可能的最小值{minimum}", "“{text}” is below {minimum}"),
        "Q-too-long": ("“{text}”超过{limit}位，太长", "“{text}” has more than {limit} digits"),
        "Q-not-whole": ("“{text}”应当是整数", "“{text}” must be a whole number"),
        "D-format": ("“{text}”不是日期", "“{text}” is not a date"),
        "D-no-such-day": ("没有“{text}”这一天", "there is no day “{text}”"),
        "D-year": ("“{text}”的年份不在1900至2200之间", "the year of “{text}” is not in 1900–2200"),
        "D-order": (
            "“{text}”的起日晚于止日",
            "“{text}” begins after it ends",
        ),
        "C-unknown": ("{table}里没有“{text}”", "“{text}” is not in the table {table_en}"),
        "C-ambiguous": (
            "{table}里有{count}个“{text}”：{candidates}",
            "“{text}” names {count} entries of {table_en}: {candidates}",
        ),
        "C-table": ("代码表“{table}”写错了：{why}", "the code table “{table}” is wrong: {why_en}"),
        "C-abolished": (
            "“{text}”已于{date}撤销{successor}",
            "“{text}” was abolished on {date}{successor_en}",
        ),
    }
)

_SUGGEST = ("；可写作：{suggestion}", "; write {suggestion}")


class VocabularyError(ValueError):
    """A figure, date or code that cannot be read: `code`, its `parts`, and what to write instead.

    `suggestion` is text that could stand in its place, or a choice of such texts; empty if none.
    """

    def __init__(self, code: str, suggestion: str = "", **parts: object) -> None:
        assert code in MESSAGES, f"no message for {code}"
        self.code = code
        self.suggestion = suggestion
        self.parts = parts
        super().__init__(self.message("zh"))

    def message(self, lang: str = "zh") -> str:
        """The mistake in words, with the suggestion where there is one."""
        column = 0 if lang == "zh" else 1
        words = MESSAGES[self.code][column].format(**self.parts)
        if not self.suggestion:
            return words
        return words + _SUGGEST[column].format(suggestion=self.suggestion)


class QuantityError(VocabularyError):
    """A figure with its unit that cannot be read (codes Q-…)."""


class DateError(VocabularyError):
    """A date that cannot be read or does not exist (codes D-…)."""


class CodeError(VocabularyError):
    """A name or code that a table does not hold, or not any more (codes C-…)."""


def words_of(error: ValueError, lang: str = "zh") -> str:
    """The message of any mistake in the language asked for."""
    return error.message(lang) if isinstance(error, VocabularyError) else str(error)
