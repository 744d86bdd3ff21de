"""Writes docs/reference/problems.md: every problem code with what it says, how to mend it, and an example.

`python -m tests.docs.problem_codes` writes the page. The words are read from the source, where they are
used; the examples are the refused cases of tests/spec, and tests/docs/problem_examples.yaml for the rest.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "huiqi"
PAGE = ROOT / "docs" / "reference" / "problems.md"
OTHER_EXAMPLES = Path(__file__).with_name("problem_examples.yaml")
SPEC = ROOT / "tests" / "spec"
CODE = re.compile(r"[A-Z]-[a-z0-9]+(?:-[a-z0-9]+)*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SHOWN = 2  # wordings of one code that the page lists

KINDS = {
    "E": ("规则文件 · rule files", "写错或通不过检查的地方，`huiqi check` 报告 · found in rule files"),
    "W": ("提醒 · warnings", "不影响退出码 · they do not count for the exit code"),
    "F": ("企业事实 · facts of an enterprise", "事实文件、例子、问答里用不了的值 · values that cannot be used"),
    "Q": ("数和单位 · figures and units", "读不出来的数 · figures that cannot be read"),
    "D": ("日期 · dates", "读不出来的日期 · dates that cannot be read"),
    "C": ("代码和名称 · codes and names", "代码表里没有或不再有的 · not in a code table, or no more"),
    "N": ("词汇表 · vocabulary", "名称里藏着条件 · names that hide a condition"),
    "R": ("计算 · evaluation", "一条规则算不了，其余照答 · one rule fails, the others are answered"),
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One code: its wordings as (Chinese, English, mend in Chinese, mend in English), and an example."""

    code: str
    wordings: list[tuple[str, str, str, str]] = field(default_factory=list)
    example: str = ""


@cache
def entries() -> dict[str, Entry]:
    """Every code used in the source, in order."""
    found: dict[str, Entry] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for code, wording in _wordings(tree):
            entry = found.setdefault(code, Entry(code))
            if wording is not None and wording not in entry.wordings:
                entry.wordings.append(wording)
    others = other_examples()
    cases = refused_cases()
    for code, entry in found.items():
        own = others.get(code, {})
        shown = (own[key] for key in ("rule", "facts", "name", "text") if key in own)
        entry.example = next(shown, "").rstrip() or cases.get(code, "")
        if "zh" in own:
            said = tuple(own.get(key, "") for key in ("zh", "en", "fix_zh", "fix_en"))
            entry.wordings[:0] = [said]  # type: ignore[list-item]
    return dict(sorted(found.items()))


@cache
def other_examples() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(OTHER_EXAMPLES.read_text(encoding="utf-8"))
    return loaded


@cache
def refused_cases() -> dict[str, str]:
    """Code → the shortest refused case of tests/spec that shows it."""
    found: dict[str, str] = {}
    for path in sorted(SPEC.glob("*.yaml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in loaded.get("cases", ()) if isinstance(loaded, dict) else ():
            codes = (case.get("expect") or {}).get("problems") or ()
            text = str(case.get("given" if codes and codes[0][0] in "FQDC" else "rule") or "")
            for code in codes if len(codes) == 1 else ():
                if text and (code not in found or len(text) < len(found[code])):
                    found[code] = text.rstrip()
    return found


# ---------------------------------------------------------------- from the source
def _wordings(tree: ast.AST) -> Iterator[tuple[str, tuple[str, str, str, str] | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            codes = [one for one in (*node.args, *(k.value for k in node.keywords)) if _code(one)]
            for one in codes:
                yield _code(one), _said(node, one)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None and _code(key):
                    yield _code(key), _of_row(value)
        elif isinstance(node, ast.Tuple) and node.elts and _code(node.elts[0]):
            words = [text for text in map(_text, node.elts[1:]) if text]
            yield _code(node.elts[0]), (words[0], words[1], "", "") if len(words) > 1 else None
        elif isinstance(node, ast.FunctionDef):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None and _code(default):
                    yield _code(default), None


def _code(node: ast.AST) -> str:
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    ):
        return node.value
    return ""


def _of_row(value: ast.AST) -> tuple[str, str, str, str] | None:
    if isinstance(value, ast.Tuple) and len(value.elts) == 2:
        zh, en = map(_text, value.elts)
        return (zh, en, "", "")
    return None


def _said(call: ast.Call, code: ast.AST) -> tuple[str, str, str, str] | None:
    keywords = {one.arg: _text(one.value) for one in call.keywords if one.arg}
    texts = [_text(one) for one in call.args if one is not code]
    first = next((i for i, text in enumerate(texts) if _CHINESE.search(text)), None)
    if first is None:
        return None
    told = [text for text in texts[first:] if text]
    zh, en, fix_zh, fix_en = (*told, "", "", "", "")[:4]
    if en in ("error", "warning"):
        en = ""
    return (
        zh,
        en,
        keywords.get("fix_zh", fix_zh),
        keywords.get("fix_en", fix_en if fix_en not in ("error", "warning") else ""),
    )


def _text(node: ast.AST) -> str:
    """A string as written, its variable parts as …"""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) if isinstance(one, ast.Constant) else "…" for one in node.values)
    if isinstance(node, ast.IfExp):
        return _text(node.body) or _text(node.orelse)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return ""


# ---------------------------------------------------------------- the page
def page() -> str:
    """The whole page."""
    lines = [
        "# 问题代码 · Problem codes",
        "",
        "每个问题有一个不变的代码、位置（文件:行:列）、说明和改法。“…”处是当时的名称或数。",
        "Every problem has a stable code, a position (file:line:column), words and a way to mend it; “…” stands",
        "for the name or figure at hand. 本页由 `python -m tests.docs.problem_codes` 生成 · This page is generated.",
        "",
    ]
    for letter, (title, about) in KINDS.items():
        lines += [f"## {letter}- {title}", "", about, ""]
        for entry in entries().values():
            if entry.code.startswith(f"{letter}-"):
                lines += _section(entry)
    return "\n".join(lines).rstrip() + "\n"


def _section(entry: Entry) -> list[str]:
    lines = [f"### {entry.code}", ""]
    for zh, en, fix_zh, fix_en in entry.wordings[:_SHOWN]:
        lines.append(f"- {_tidy(zh)}" + (f" · {_tidy(en)}" if en and en != zh else ""))
        if fix_zh:
            mend = f"  - 改法：{_tidy(fix_zh)}"
            lines.append(mend + (f" · {_tidy(fix_en)}" if fix_en and fix_en != fix_zh else ""))
    lines.append("")
    if entry.example:
        lines += ["```text", entry.example, "```", ""]
    return lines


def _tidy(text: str) -> str:
    return re.sub(r"\{(\w+)\}", "…", text).strip().lstrip("：")


def main() -> None:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(entries())} codes → {PAGE.relative_to(ROOT)}")


__all__: list[Any] = ["Entry", "entries", "main", "page"]

if __name__ == "__main__":
    main()
