"""zen-engine: one decision graph a measure; an expression node names each test, trace on.

The trace of an expression node holds the value of every named expression: the nearest that this
engine has to an explanation. Unknown facts are `null` and compare as false; none occur here.
"""

import json
from typing import Any

import zen

from peers import stopwatch


def build(measures: list[dict[str, Any]]) -> list[Any]:
    engine = zen.ZenEngine()
    return [engine.create_decision(json.dumps(graph(measure))) for measure in measures]


def graph(measure: dict[str, Any]) -> dict[str, Any]:
    keys, expressions = [], []
    for at, test in enumerate(measure["all"]):
        keys.append(f"t{at}")
        members = test.get("any")
        if members:
            for inner, member in enumerate(members):
                expressions.append((f"t{at}m{inner}", expression(member)))
            joined = " or ".join(f"$.t{at}m{inner}" for inner in range(len(members)))
            expressions.append((f"t{at}", joined))
        else:
            expressions.append((f"t{at}", expression(test)))
    expressions.append(("eligible", " and ".join(f"$.{key}" for key in keys)))
    expressions.append(("amount", f"$.eligible ? {amount(measure['amount'])} : null"))
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place, "content": {}},
        {
            "id": "calc",
            "type": "expressionNode",
            "name": "calc",
            "position": place,
            "content": {
                "expressions": [{"id": k, "key": k, "value": v} for k, v in expressions],
                "executionMode": "single",
                "passThrough": False,
            },
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": place, "content": {}},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "calc", "type": "edge"},
        {"id": "b", "sourceId": "calc", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


NAMES = {
    "注册地": "county", "行业": "industry", "营业收入": "revenue", "职工总数": "staff",
    "研发费用": "research", "成立日": "founded",
}  # fmt: skip


def expression(test: dict[str, Any]) -> str:
    if "title" in test:
        return f"{json.dumps(test['title'], ensure_ascii=False)} in titles"
    name = NAMES[test["fact"]]
    if "in" in test:
        return f"{name} in {json.dumps(test['in'], ensure_ascii=False)}"
    if "prefix" in test:
        return " or ".join(f'startsWith({name}, "{code}")' for code in test["prefix"])
    return f"{name} {test['op']} {test['value']}"


def amount(form: dict[str, Any]) -> str:
    if form["kind"] == "fixed":
        return str(form["yuan"])
    name = NAMES[form["of"]]
    if form["kind"] == "rate":
        return f"min([{name} * {form['percent']} / 100, {form['cap']}])"
    text = "0"
    for floor, yuan in form["rows"]:
        text = f"({name} >= {floor} ? {yuan} : {text})"
    return text


def context(firm: dict[str, Any]) -> dict[str, Any]:
    return {"titles": firm["titles"]} | {english: firm[fact] for fact, english in NAMES.items()}


def explained(decisions: list[Any], firm: dict[str, Any]) -> stopwatch.Answers:
    facts, named, amounts = context(firm), 0, []
    for decision in decisions:
        answer = decision.evaluate(facts, {"trace": True})
        named += len(answer["trace"]["calc"]["traceData"])
        amounts.append(_number(answer["result"].get("amount")))
    return amounts, named


def plain(decisions: list[Any], firm: dict[str, Any]) -> stopwatch.Answers:
    facts = context(firm)
    return [_number(d.evaluate(facts)["result"].get("amount")) for d in decisions], 0


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


if __name__ == "__main__":
    stopwatch.run(build, {"explained": explained, "plain": plain})
