"""Huiqi (惠企): exact answers from business support policies, each with its reason.

    >>> import huiqi
    >>> library = huiqi.load()                      # the shipped rules; or a folder of your own
    >>> firm = huiqi.facts({"注册地": "吴兴区", "主营领域": "软件",
    ...     "主营业务收入": {"2019年度": "900万元", "2020年度": "2100万元"},
    ...     "此前最高 主营业务收入": "900万元"}, library)
    >>> answer = huiqi.calculate(library, firm, as_of="2021-06-30")
    >>> result = answer.result("收入首次上台阶")
    >>> result.verdict, result.amount.text()
    (<Verdict.ELIGIBLE: 'eligible'>, '30万元')

Names here load what they need when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "FactFile",
    "Facts",
    "FactsError",
    "Library",
    "Problem",
    "Result",
    "UnreadableError",
    "Verdict",
    "__version__",
    "calculate",
    "explain",
    "facts",
    "load",
    "read_facts",
    "to_json",
]

if TYPE_CHECKING:
    from huiqi.language.problems import Problem
    from huiqi.library.calculation import (
        FactsError,
        calculate,
        explain,
        facts,
        read_facts,
        to_json,
    )
    from huiqi.library.fact_files import FactFile
    from huiqi.library.library import Library
    from huiqi.library.load import load
    from huiqi.library.written import UnreadableError
    from huiqi.reasoning.answer import Answer, Result
    from huiqi.reasoning.verdict import Verdict
    from huiqi.vocabulary.given import Facts

_HOMES = {
    "Answer": "huiqi.reasoning.answer",
    "FactFile": "huiqi.library.fact_files",
    "Facts": "huiqi.vocabulary.given",
    "FactsError": "huiqi.library.calculation",
    "Library": "huiqi.library.library",
    "Problem": "huiqi.language.problems",
    "Result": "huiqi.reasoning.answer",
    "UnreadableError": "huiqi.library.written",
    "Verdict": "huiqi.reasoning.verdict",
    "calculate": "huiqi.library.calculation",
    "explain": "huiqi.library.calculation",
    "facts": "huiqi.library.calculation",
    "load": "huiqi.library.load",
    "read_facts": "huiqi.library.calculation",
    "to_json": "huiqi.library.calculation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'huiqi' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
