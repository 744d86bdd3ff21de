"""openfisca-core: one variable a test, shared between measures; its tracer is the explanation.

Money is a 32-bit float there, so amounts are compared within a millionth. An unknown fact reads as
zero; none occur here.
"""

from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from peers import stopwatch

PERIOD = "2021"
NUMBERS = {"营业收入": "revenue", "职工总数": "staff", "研发费用": "research", "成立日": "founded"}


class System:
    def __init__(self, measures: list[dict[str, Any]]) -> None:
        self.entity = Entity("enterprise", "enterprises", "", "")
        self.rules = TaxBenefitSystem([self.entity])
        self.tests: dict[str, str] = {}
        self.counties: dict[str, int] = {}
        leaves = [leaf for m in measures for test in m["all"] for leaf in _leaves(test)]
        self.titles = sorted({leaf["title"] for leaf in leaves if "title" in leaf})
        for name in ("revenue", "research"):
            self.add(name, float)
        for name in ("staff", "founded"):
            self.add(name, int)
        self.add("county", int)
        self.add("industry", str)
        for at in range(len(self.titles)):
            self.add(f"title_{at}", bool)
        for measure in measures:
            self.add_measure(measure)
        self.count = len(measures)

    def county(self, name: str) -> int:
        """Texts are ASCII bytes in this engine, so places go by number."""
        return self.counties.setdefault(name, len(self.counties))

    def add(self, name: str, kind: type, formula: Any = None) -> None:
        parts = {
            "value_type": kind, "entity": self.entity, "definition_period": YEAR, "label": name,
        }  # fmt: skip
        if kind is str:
            parts["max_length"] = 5
        if formula:
            parts["formula"] = formula
        self.rules.add_variable(type(name, (Variable,), parts))

    def test(self, test: dict[str, Any]) -> str:
        key = repr(test)
        if key not in self.tests:
            self.tests[key] = f"test_{len(self.tests)}"
            self.add(self.tests[key], bool, self.formula(test))
        return self.tests[key]

    def formula(self, test: dict[str, Any]) -> Any:
        if "any" in test:
            names = [self.test(inner) for inner in test["any"]]
            return lambda firm, period, _: np.any([firm(n, period) for n in names], axis=0)
        if "title" in test:
            name = f"title_{self.titles.index(test['title'])}"
            return lambda firm, period, _: firm(name, period)
        if "in" in test:
            numbers = [self.county(name) for name in test["in"]]
            return lambda firm, period, _: np.isin(firm("county", period), numbers)
        if "prefix" in test:
            codes = [code.encode() for code in test["prefix"]]
            return lambda firm, period, _: np.any(
                [np.char.startswith(firm("industry", period), code) for code in codes], axis=0
            )
        name, value = NUMBERS[test["fact"]], test["value"]
        if test["op"] == ">=":
            return lambda firm, period, _: firm(name, period) >= value
        return lambda firm, period, _: firm(name, period) <= value

    def add_measure(self, measure: dict[str, Any]) -> None:
        names = [self.test(test) for test in measure["all"]]
        form, own = measure["amount"], measure["id"]

        def eligible(firm: Any, period: Any, _: Any) -> Any:
            return np.all([firm(name, period) for name in names], axis=0)

        def amount(firm: Any, period: Any, _: Any) -> Any:
            return firm(f"eligible_{own}", period) * _amount(form, firm, period)

        self.add(f"eligible_{own}", bool, eligible)
        self.add(f"amount_{own}", float, amount)


def _leaves(test: dict[str, Any]) -> list[dict[str, Any]]:
    return test.get("any", [test])


def _amount(form: dict[str, Any], firm: Any, period: Any) -> Any:
    if form["kind"] == "fixed":
        return form["yuan"]
    value = firm(NUMBERS[form["of"]], period)
    if form["kind"] == "rate":
        return np.minimum(value * form["percent"] / 100, form["cap"])
    floors = [value >= floor for floor, _ in reversed(form["rows"])]
    return np.select(floors, [yuan for _, yuan in reversed(form["rows"])], 0)


def simulate(system: System, firm: dict[str, Any], is_traced: bool) -> stopwatch.Answers:
    simulation = SimulationBuilder().build_default_simulation(system.rules, 1)
    simulation.trace = is_traced
    for fact, name in NUMBERS.items():
        simulation.set_input(name, PERIOD, np.array([firm[fact]]))
    simulation.set_input("county", PERIOD, np.array([system.county(firm["注册地"])]))
    simulation.set_input("industry", PERIOD, np.array([firm["行业"].encode()]))
    for at, title in enumerate(system.titles):
        simulation.set_input(f"title_{at}", PERIOD, np.array([title in firm["titles"]]))
    amounts: list[float | None] = []
    for own in range(system.count):
        value = float(simulation.calculate(f"amount_{own}", PERIOD)[0])
        is_eligible = bool(simulation.calculate(f"eligible_{own}", PERIOD)[0])
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
