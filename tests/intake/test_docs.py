"""The example of docs/how-to/import.md does what the page says."""

import re
from pathlib import Path

import yaml

from huiqi.intake import import_table, parse_mapping
from huiqi.intake.mapping import COLUMN_KEYS, FILE_KEYS, PARTS, TOP_KEYS

PAGE = (Path(__file__).parents[2] / "docs/how-to/import.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_gives_what_the_page_shows(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(blocks("csv")[0], encoding="utf-8")
    mapping, facts = blocks("yaml")
    result = import_table(parse_mapping(mapping), table)
    assert [subject["名称"] for subject in result.subjects] == ["甲泵业", "丙鞋业"]
    assert result.subjects[0]["事实"] == yaml.safe_load(facts)
    assert [(f.row, f.value) for f in result.faults] == [(4, "约2000万")]


def test_every_key_is_on_the_page() -> None:
    keys = {**TOP_KEYS, **COLUMN_KEYS, **FILE_KEYS}
    names = [*keys, *keys.values(), *PARTS]
    assert [name for name in names if name not in PAGE and name != "value"] == []
