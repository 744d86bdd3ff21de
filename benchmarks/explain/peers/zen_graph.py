"""zen-engine: one decision graph a measure; an expression node names each condition, trace on.

The trace of an expression node holds the value of every named expression: the nearest that this
engine has to an explanation. An unknown fact is `null` and compares as false; none occur here.
"""

import json
from typing import Any

import zen

from peers import stopwatch

SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "=": "==", "and": "and", "or": "or"}


class Graphs:
    def __init__(self, work: dict[str, Any]) -> None:
        engine = zen.ZenEngine()
        names = list(work["firms"][0]["values"])
        self.names = {name: f"v{at}" for at, name in enumerate(names)}
        self.decisions = [
            engine.create_decision(json.dumps(graph(self.expressions(measure))))
            for measure in work["measures"]
        ]

    def expressions(self, measure: dict[str, Any]) -> list[tuple[str, str]]:
        """One named expression a condition and a member of a group, then the two answers."""
        named: list[tuple[str, str]] = []
        top = self.name(measure["condition"], named)
        named.append(("eligible", top))
        named.append(("amount", f"$.eligible ? {self.text(measure['amount'])} : null"))
        return named

    def name(self, form: list[Any], named: list[tuple[str, str]]) -> str:
        """The text of a condition, whose parts are named first; place lists stay one expression."""
        kind, *rest = form
        is_choice = kind == "or" and all(part[0] == "is" for part in rest)
        if kind in ("and", "or") and not is_choice:
            parts = []
            for part in rest:
                text = self.name(part, named)
                named.append((f"c{len(named)}", text))
                parts.append(f"$.{named[-1][0]}")
            return f" {kind} ".join(parts)
        return self.text(form)

    def text(self, form: list[Any]) -> str:
        kind, *rest = form
        match kind:
            case "and" | "or":
                return "(" + f" {kind} ".join(map(self.text, rest)) + ")"
            case "not":
                return f"(not ({self.text(rest[0])}))"
            case "at_least":
                ones = " + ".join(f"({self.text(part)} ? 1 : 0)" for part in rest[1:])
                return f"(({ones}) >= {rest[0]})"
            case "cmp":
                sign = SIGNS.get(rest[0], rest[0])
                return f"({self.text(rest[1])} {sign} {self.text(rest[2])})"
            case "is":
                return f"({self.names[rest[0]]} == {json.dumps(rest[1], ensure_ascii=False)})"
            case "flag" | "var":
                return self.names[rest[0]]
            case "fixed":
                return "true" if rest[0] else "false"
            case "num":
                return str(rest[0])
            case "min" | "max":
                return f"{kind}([{', '.join(map(self.text, rest))}])"
            case "if":
                return "({} ? {} : {})".format(*map(self.text, rest))
        return f"({self.text(rest[0])} {SIGNS[kind]} {self.text(rest[1])})"


def graph(named: list[tuple[str, str]]) -> dict[str, Any]:
    place = {"x": 0, "y": 0}
    content = {
        "expressions": [{"id": key, "key": key, "value": text} for key, text in named],
        "executionMode": "single",
        "passThrough": False,
    }
    kinds = {"in": "inputNode", "calc": "expressionNode", "out": "outputNode"}
    nodes = [
        {
            "id": key,
            "type": kind,
            "name": key,
            "position": place,
            "content": content if key == "calc" else {},
        }
        for key, kind in kinds.items()
    ]
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in (("in", "calc"), ("calc", "out"))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def explained(graphs: Graphs, firm: dict[str, Any]) -> stopwatch.Answers:
    facts, named, amounts = context(graphs, firm), 0, []
    for decision in graphs.decisions:
        answer = decision.evaluate(facts, {"trace": True})
        named += len(answer["trace"]["calc"]["traceData"])
        amounts.append(_number(answer["result"].get("amount")))
    return amounts, named


def plain(graphs: Graphs, firm: dict[str, Any]) -> stopwatch.Answers:
    facts = context(graphs, firm)
    results = [decision.evaluate(facts)["result"] for decision in graphs.decisions]
    return [_number(result.get("amount")) for result in results], 0


def context(graphs: Graphs, firm: dict[str, Any]) -> dict[str, Any]:
    return {graphs.names[name]: value for name, value in firm["values"].items()}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


if __name__ == "__main__":
    stopwatch.run(Graphs, {"explained": explained, "plain": plain})
