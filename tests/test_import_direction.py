"""Imports point inward only, and the inner packages touch no file, clock, network or database."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"

# One row a package: what it may import of huiqi besides itself. The longest matching name counts,
# so the formatter stands above the mechanisms and the rest of the language below them.
BELOW_CHECKING = {"huiqi.vocabulary", "huiqi.language", "huiqi.mechanisms"}
BELOW_REASONING = {*BELOW_CHECKING, "huiqi.checking", "huiqi.language.format"}
DIRECTION: dict[str, set[str]] = {
    "huiqi.vocabulary": set(),
    "huiqi.language": {"huiqi.vocabulary"},
    "huiqi.mechanisms": {"huiqi.vocabulary", "huiqi.language"},
    "huiqi.language.format": BELOW_CHECKING,
    "huiqi.checking": {*BELOW_CHECKING, "huiqi.language.format"},
    "huiqi.anchors": {"huiqi.vocabulary", "huiqi.language"},
    "huiqi.reasoning": BELOW_REASONING,
    "huiqi.matching": {*BELOW_REASONING, "huiqi.reasoning"},
    "huiqi.mutation": {*BELOW_REASONING, "huiqi.reasoning"},
    "huiqi.library": {*BELOW_REASONING, "huiqi.reasoning", "huiqi.anchors"},
    "huiqi.intake": {"huiqi.vocabulary"},
    "huiqi.firms": set(),
}
PURE = {"huiqi.reasoning", "huiqi.anchors", "huiqi.mutation", *BELOW_REASONING}
OUTERMOST = {"huiqi", "huiqi.cli"}

OUTSIDE_MODULES = {
    "os", "pathlib", "io", "shutil", "tempfile", "glob", "fileinput", "subprocess", "socket", "ssl",
    "http", "urllib", "requests", "httpx", "sqlite3", "sqlalchemy", "time", "random", "secrets",
    "uuid", "logging", "locale", "importlib", "threading", "multiprocessing", "asyncio",
}  # fmt: skip
OUTSIDE_CALLS = {"open", "input", "print", "exec", "eval", "__import__"}
CLOCK_CALLS = {"now", "utcnow", "today", "fromtimestamp"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(module: str, table: dict[str, set[str]] = DIRECTION) -> str | None:
    """The row a module falls under: `huiqi.language.format_table` belongs to `…language.format`."""
    rows = [row for row in table if module == row or module.startswith((f"{row}.", f"{row}_"))]
    return max(rows, key=len, default=None)


def imports(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Every imported name with its line; `from a import b` yields `a.b`, as b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                kept = parts[: len(parts) - node.level + (1 if is_package else 0)]
                base = ".".join([*kept, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def wrong_directions(source: str, module: str, is_package: bool = False) -> list[str]:
    own = package_of(module)
    if own is None:
        return []
    found = []
    for line, target in imports(ast.parse(source), module, is_package):
        if target.split(".")[0] != "huiqi":
            continue
        row = package_of(target)
        if row != own and row not in DIRECTION[own]:
            found.append(f"{module}:{line} imports {target}")
    return found


def outside_touches(source: str, module: str) -> list[str]:
    found = []
    tree = ast.parse(source)
    for line, target in imports(tree, module, False):
        if target.split(".")[0] in OUTSIDE_MODULES:
            found.append(f"{module}:{line} imports {target}")
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in OUTSIDE_CALLS:
            found.append(f"{module}:{node.lineno} calls {called.id}()")
        if isinstance(called, ast.Attribute) and called.attr in {*CLOCK_CALLS, "open"}:
            found.append(f"{module}:{node.lineno} calls .{called.attr}()")
    return found


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_point_inward(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not wrong_directions(source, module_name(path), path.name == "__init__.py")


@pytest.mark.parametrize(
    "path", [p for p in modules() if package_of(module_name(p)) in PURE], ids=module_name
)
def test_inner_packages_touch_nothing_outside(path: Path) -> None:
    assert not outside_touches(path.read_text(encoding="utf-8"), module_name(path))


def test_every_package_has_its_row() -> None:
    missing = {
        name
        for name in map(module_name, modules())
        if package_of(name) is None and ".".join(name.split(".")[:2]) not in OUTERMOST
    }
    assert missing == set()


def test_an_outward_import_is_noticed() -> None:
    assert wrong_directions("from huiqi.reasoning import verdict", "huiqi.vocabulary.units")
    assert wrong_directions("from ..library import load", "huiqi.reasoning.interpret")
    assert wrong_directions("import huiqi.mechanisms.table", "huiqi.language.tree")
    assert wrong_directions("from . import format", "huiqi.language.tree")
    assert not wrong_directions("from ..mechanisms import table", "huiqi.language.format_table")
    assert not wrong_directions("from .tree import Measure", "huiqi.language.parse")


def test_a_touch_outside_is_noticed() -> None:
    for line in ("import os", "from pathlib import Path", "x = open('a')", "d = date.today()"):
        assert outside_touches(line, "huiqi.vocabulary.units"), line
    assert not outside_touches("from datetime import date\nd = date(2024, 1, 1)", "m")
