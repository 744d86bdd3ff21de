"""docs/reference/check.md names every option of its commands and the keys of their JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from huiqi.cli.app import Commands
from tests.docs.fenced import ROOT, fenced

PAGE = ROOT / "docs" / "reference" / "check.md"
TEXT = PAGE.read_text(encoding="utf-8")


def section(command: str) -> str:
    return re.split(r"^## ", TEXT, flags=re.M)[1:][["check", "fmt", "show", "ask"].index(command)]


@pytest.mark.parametrize("command", ["check", "fmt", "show", "ask"])
def test_every_option_is_on_the_page(command: str) -> None:
    found = Commands(name="huiqi").get_command(None, command)
    options = {one for each in found.params for one in each.opts if one.startswith("--")}
    missing = {one for one in options - {"--help"} if f"`{one}" not in section(command)}
    assert missing == set()


def test_the_keys_of_the_json_are_those_that_check_prints(tmp_path: Path) -> None:
    from huiqi.anchors import Lock
    from huiqi.cli.check_report import check
    from huiqi.library.library import library_from_texts
    from tests.spec.run_case import shipped_vocabulary

    rule = "事项 例\n  条件: 有 高新技术企业\n  奖励: 1万元\n  例:\n    高新技术企业: 有 → 不符合\n"
    library = library_from_texts({"例.rule": rule}, shipped_vocabulary())
    printed = check(library, lock=Lock(), mutants=True).as_json()
    (block,) = [one for one in fenced(PAGE) if one.kind == "json"]
    shown = json.loads(block.text)
    assert set(shown) == set(printed)
    assert set(shown["mutants"]) == set(printed["mutants"])
    for key in ("coverage", "names", "anchors"):
        assert set(shown[key]) == set(printed[key])
    assert set(shown["problems"][0]) == set(printed["problems"][0])
