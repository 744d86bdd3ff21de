"""openfisca-core: one variable a condition, shared between measures; its tracer is the explanation.

Money is a 32-bit float there, so amounts are compared within a millionth. Texts are ASCII bytes,
so codes go by number. An unknown fact reads as zero; none occur here.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from peers import stopwatch

PERIOD = "2021"
Formula = Callable[[Any, Any], Any]
COMPARE = {
    ">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less,
    "=": np.equal, "!=": np.not_equal,
}  # fmt: skip
COMBINE = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide,
    "min": np.minimum, "max": np.maximum, "and": np.logical_and, "or": np.logical_or,
}  # fmt: skip


class System:
    def __init__(self, work: dict[str, Any]) -> None:
        self.entity = Entity("enterprise", "enterprises", "", "")
        self.rules = TaxBenefitSystem([self.entity])
        self.conditions: dict[str, str] = {}
        self.codes: dict[str, int] = {}
        self.names = {}
        for at, (name, value) in enumerate(work["firms"][0]["values"].items()):
            self.names[name] = f"v{at}"
            kind = {bool: bool, str: int, int: float, float: float}[type(value)]
            # A date as yyyymmdd and a code need all their digits: whole numbers stay whole.
            self.add(f"v{at}", int if name in work.get("whole", []) else kind)
        for at, measure in enumerate(work["measures"]):
            self.add_measure(at, measure)
        self.count = len(work["measures"])

    def add(self, name: str, kind: type, formula: Any = None) -> None:
        parts = {
            "value_type": kind, "entity": self.entity, "definition_period": YEAR, "label": name,
        }  # fmt: skip
        if formula:
            parts["formula"] = formula
        self.rules.add_variable(type(name, (Variable,), parts))

    def add_measure(self, at: int, measure: dict[str, Any]) -> None:
        holds, value = self.condition(measure["condition"]), self.value(measure["amount"])

        def eligible(firm: Any, period: Any, _: Any) -> Any:
            return holds(firm, period)

        def amount(firm: Any, period: Any, _: Any) -> Any:
            return firm(f"eligible_{at}", period) * value(firm, period)

        self.add(f"eligible_{at}", bool, eligible)
        self.add(f"amount_{at}", float, amount)

    def condition(self, form: list[Any]) -> Formula:
        """How a condition reads: each is a variable of its own, made once for all measures."""
        kind, *rest = form
        if kind == "flag":
            return self.read(self.names[rest[0]])
        if kind == "fixed":
            return lambda firm, period: rest[0]
        key = repr(form)
        if key not in self.conditions:
            formula = self.formula(form)
            self.conditions[key] = f"condition_{len(self.conditions)}"
            self.add(self.conditions[key], bool, lambda firm, period, _: formula(firm, period))
        return self.read(self.conditions[key])

    def formula(self, form: list[Any]) -> Formula:
        kind, *rest = form
        if kind == "or" and all(part[:2] == ["is", rest[0][1]] for part in rest):
            name = self.names[rest[0][1]]
            codes = [self.code(part[2]) for part in rest]
            return lambda firm, period: np.isin(firm(name, period), codes)
        if kind == "is":
            name, code = self.names[rest[0]], self.code(rest[1])
            return lambda firm, period: firm(name, period) == code
        if kind == "cmp":
            compare, left, right = COMPARE[rest[0]], self.value(rest[1]), self.value(rest[2])
            return lambda firm, period: compare(left(firm, period), right(firm, period))
        if kind == "not":
            inner = self.condition(rest[0])
            return lambda firm, period: np.logical_not(inner(firm, period))
        if kind == "at_least":
            parts = [self.condition(part) for part in rest[1:]]
            return lambda firm, period: (
                np.sum([part(firm, period) for part in parts], axis=0) >= rest[0]
            )
        parts = [self.condition(part) for part in rest]
        return lambda firm, period: COMBINE[kind].reduce([part(firm, period) for part in parts])

    def value(self, form: list[Any]) -> Formula:
        kind, *rest = form
        if kind == "num":
            return lambda firm, period: rest[0]
        if kind == "var":
            return self.read(self.names[rest[0]])
        if kind == "if":
            holds, yes, no = self.condition(rest[0]), self.value(rest[1]), self.value(rest[2])
            return lambda firm, period: np.where(
                holds(firm, period), yes(firm, period), no(firm, period)
            )
        combine, parts = COMBINE[kind], [self.value(part) for part in rest]

        def fold(firm: Any, period: Any) -> Any:
            first, *others = [part(firm, period) for part in parts]
            for other in others:
                first = combine(first, other)
            return first

        return fold

    def read(self, name: str) -> Formula:
        return lambda firm, period: firm(name, period)

    def code(self, text: str) -> int:
        return self.codes.setdefault(text, len(self.codes))


def simulate(system: System, firm: dict[str, Any], is_traced: bool) -> stopwatch.Answers:
    simulation = SimulationBuilder().build_default_simulation(system.rules, 1)
    simulation.trace = is_traced
    for name, value in firm["values"].items():
        given = system.code(value) if isinstance(value, str) else value
        simulation.set_input(system.names[name], PERIOD, np.array([given]))
    amounts: list[float | None] = []
    for at in range(system.count):
        value = float(simulation.calculate(f"amount_{at}", PERIOD)[0])
        is_eligible = bool(simulation.calculate(f"eligible_{at}", PERIOD)[0])
        amounts.append(value if is_eligible else None)
    named = len(simulation.tracer.get_flat_trace()) if is_traced else 0
    return amounts, named


if __name__ == "__main__":
    stopwatch.run(
        System,
        {
            "explained": lambda system, firm: simulate(system, firm, True),
            "plain": lambda system, firm: simulate(system, firm, False),
        },
    )
