"""What is wrong with a rule file, as data: code, position, words in two languages, what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is stable (docs/reference/problems); line and column are 1-based, 0 = the whole file."""

    code: str
    zh: str
    en: str
    line: int = 0
    col: int = 0
    fix_zh: str = ""
    fix_en: str = ""
    file: str = ""
    severity: str = "error"  # error | warning

    def text(self, lang: str = "zh") -> str:
        place = f"{self.file}:{self.line}:{self.col}" if self.line else self.file
        body, fix = (self.zh, self.fix_zh) if lang == "zh" else (self.en, self.fix_en)
        tail = f" → {fix}" if fix else ""
        return f"{place}: {self.code} {body}{tail}"

    def within(self, file: str) -> Problem:
        return replace(self, file=file)


class RuleError(Exception):
    """Carries one problem up to the line or section that can go on without it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.zh)
        self.problem = problem


def fail(
    code: str, zh: str, en: str, *, line: int = 0, col: int = 0, fix_zh: str = "", fix_en: str = ""
) -> RuleError:
    return RuleError(Problem(code, zh, en, line, col, fix_zh, fix_en))
