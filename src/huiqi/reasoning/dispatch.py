"""Asks for the meaning of a node without knowing where it is written; the table itself is `interpret.py`.

The mechanisms call one another through these four functions, so no module imports its callers.
"""

from __future__ import annotations

from huiqi.language import tree as t
from huiqi.mechanisms.number import Num
from huiqi.reasoning.context import CodeValue, Context, Trace


def state(node: t.Node, ctx: Context) -> Trace:
    """The trace of a condition; its state is an interval on no < a person decides < yes (A1)."""
    return ctx.meaning.states[type(node)](node, ctx)


def value(node: t.Node, ctx: Context) -> Num:
    """The number that a node gives, known in part where facts, people or readings are open."""
    return ctx.meaning.values[type(node)](node, ctx)


def code_of(node: t.Node, ctx: Context) -> CodeValue:
    """The code that a node gives: a fact's, written, by grades, the lowest of several, or a table's."""
    return ctx.meaning.codes[type(node)](node, ctx)


def texts_of(node: t.Node, ctx: Context) -> tuple[tuple[str, ...], frozenset[str]]:
    """(possible texts, missing) of a node that gives words."""
    return ctx.meaning.texts[type(node)](node, ctx)
