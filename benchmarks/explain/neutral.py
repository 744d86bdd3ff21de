"""The form in which every peer gets a measure: two small expressions over named variables.

Conditions: `["and", …]`, `["or", …]`, `["not", c]`, `["at_least", k, …]`, `["cmp", op, v, v]`,
`["is", variable, text]`, `["flag", variable]`, `["fixed", bool]`.
Values, money in yuan: `["num", x]`, `["var", variable]`, `["add"|"sub"|"mul"|"div", v, v]`,
`["min"|"max", …]`, `["if", c, v, v]`.
`evaluate` is the plain exact answer, with which every engine must agree.
"""

from fractions import Fraction
from typing import Any

Expression = list[Any]
Values = dict[str, Any]


def evaluate(form: Expression, values: Values) -> Any:
    """A truth value or an exact Fraction."""
    kind, *rest = form
    match kind:
        case "and":
            return all(evaluate(part, values) for part in rest)
        case "or":
            return any(evaluate(part, values) for part in rest)
        case "not":
            return not evaluate(rest[0], values)
        case "at_least":
            return sum(evaluate(part, values) for part in rest[1:]) >= rest[0]
        case "cmp":
            return _compare(rest[0], evaluate(rest[1], values), evaluate(rest[2], values))
        case "is":
            return values[rest[0]] == rest[1]
        case "flag" | "fixed":
            return values[rest[0]] if kind == "flag" else rest[0]
        case "num":
            return Fraction(str(rest[0]))
        case "var":
            return Fraction(str(values[rest[0]]))
        case "min" | "max":
            return (min if kind == "min" else max)(evaluate(part, values) for part in rest)
        case "if":
            return evaluate(rest[1] if evaluate(rest[0], values) else rest[2], values)
    left, right = (evaluate(part, values) for part in rest)
    return {"add": left + right, "sub": left - right, "mul": left * right}.get(kind) or (
        left / right if kind == "div" else Fraction(0)
    )


def _compare(sign: str, left: Fraction, right: Fraction) -> bool:
    return {
        ">=": left >= right,
        ">": left > right,
        "<=": left <= right,
        "<": left < right,
        "=": left == right,
        "!=": left != right,
    }[sign]


def answer(measure: dict[str, Any], values: Values) -> Fraction | None:
    """The amount in yuan (0 where a measure grants no money), None if not eligible."""
    if not evaluate(measure["condition"], values):
        return None
    return evaluate(measure["amount"], values)
