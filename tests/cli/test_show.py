"""`huiqi show`: measures, definitions, documents, and names that nothing has."""

from __future__ import annotations

import json

import pytest

from huiqi.language.json_form import from_json
from tests.cli.conftest import Command


def test_a_measure_is_shown_as_sentence_ladder_and_table(huiqi: Command) -> None:
    ran = huiqi("show", "收入首次上台阶")
    assert ran.code == 0
    assert "湖政办发〔2020〕35号" in ran.out
    assert "企业，符合“新业态企业”的，给予奖励" in ran.out
    assert "╠═" in ran.out
    assert "主营业务收入 ≥ 5000万元  40万元" in ran.out


def test_the_ladder_opens_the_definitions_in_place(huiqi: Command) -> None:
    conditions = json.loads(huiqi("show", "收入首次上台阶", "--json").out)["conditions"]
    opened = conditions["items"][0]
    assert opened["text"] == "新业态企业"
    assert [item["text"] for item in opened["items"]] == ["本市企业", "新业态"]


def test_the_json_holds_sentence_amounts_and_a_tree_that_reads_back(huiqi: Command) -> None:
    data = json.loads(huiqi("show", "湖政办发〔2020〕35号 收入首次上台阶", "--json").out)
    assert data["measure"] == "湖政办发〔2020〕35号 收入首次上台阶"
    assert data["document"]["id"] == "湖政办发〔2020〕35号"
    assert data["amounts"]["rows"][0] == {"when": ["主营业务收入 ≥ 1000万元"], "amount": "20万元"}
    tree = from_json(json.dumps({"sections": [data["rule"]]}).encode())
    assert tree.sections[0].name == "收入首次上台阶"


def test_english_speaks_english(huiqi: Command) -> None:
    ran = huiqi("show", "收入首次上台阶", "--lang", "en")
    assert "is awarded" in ran.out
    assert "when first reached" in ran.out


def test_a_document_number_lists_its_measures(huiqi: Command) -> None:
    ran = huiqi("show", "湖政办发〔2020〕35号")
    assert "  收入首次上台阶  第四条第一款" in ran.out
    data = json.loads(huiqi("show", "湖政办发〔2020〕35号", "--json").out)
    assert len(data["measures"]) == 12


def test_a_definition_names_the_measures_that_use_it(huiqi: Command) -> None:
    ran = huiqi("show", "新业态企业")
    assert "定义 新业态企业" in ran.out
    assert "湖政办发〔2020〕35号 收入首次上台阶" in ran.out


@pytest.mark.parametrize("wrong", ["物联网奖励", "收入首次台阶"])
def test_an_unknown_name_gets_the_nearest(huiqi: Command, wrong: str) -> None:
    ran = huiqi("show", wrong)
    assert ran.code == 2
    assert "是不是" in ran.err
    assert "物联网中台项目奖励" in ran.err or "收入首次上台阶" in ran.err


def test_every_shipped_measure_can_be_shown_in_both_languages() -> None:
    from huiqi.cli.show import measure_json
    from huiqi.library.load import load

    library = load()
    for lang in ("zh", "en"):
        for measure in library.program.measures.values():
            data = measure_json(measure, library, lang)
            assert data["sentence"] and data["conditions"]["text"]


@pytest.mark.parametrize("name", ["研发加计扣除比例", "特色化得分"])
def test_parameters_and_opened_terms_are_shown_as_written(huiqi: Command, name: str) -> None:
    ran = huiqi("show", name)
    assert ran.code == 0
    assert name in ran.out.splitlines()[0]
