"""The known names nearest to a mistyped one, for suggestions."""

from __future__ import annotations

from collections.abc import Iterable


def distance(left: str, right: str, limit: int) -> int:
    """Edit distance (insert, delete, replace, swap neighbours), or limit + 1 if it is larger."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)


def nearest(text: str, names: Iterable[str], count: int = 3) -> list[str]:
    """At most `count` names near `text`, nearest first: few edits, or one contains the other."""
    limit = (len(text) + 1) // 3
    found: list[tuple[int, int, str]] = []
    for name in names:
        edits = distance(text, name, limit)
        contained = bool(text) and (text in name or (len(name) >= 2 and name in text))
        if edits <= limit or contained:
            found.append((min(edits, limit + 1), abs(len(name) - len(text)), name))
    return [name for _, _, name in sorted(found)[:count]]
