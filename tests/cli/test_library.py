"""`huiqi library`: the list, its filters, whole documents for a reader, reuse."""

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_the_list_has_every_document_once(huiqi: Command) -> None:
    made = json.loads(huiqi("library", "--json").out)
    ids = [one["document"] for one in made["documents"]]
    assert len(ids) == len(set(ids)) and "湖政办发〔2020〕35号" in ids
    assert made["measures"] == sum(len(one["measures"]) for one in made["documents"])
    assert sum(made["settled"].values()) == made["measures"] == sum(made["by_place"].values())


def test_filters_narrow_the_list(huiqi: Command) -> None:
    made = json.loads(huiqi("library", "--place", "温岭市", "--json").out)
    places = {place for one in made["documents"] for place in one["place"]}
    assert "温岭市" in places and "河北省" not in places
    ended = json.loads(huiqi("library", "--state", "ended", "--as-of", "2026-04-01", "--json").out)
    assert "工信部企业〔2022〕63号" in [one["document"] for one in ended["documents"]]
    assert all(one["state"] == "ended" for one in ended["documents"])
    full = json.loads(huiqi("library", "--checked", "全文", "--json").out)
    assert {one["checked"] for one in full["documents"]} == {"全文"}


def test_people_see_a_table_and_sums(huiqi: Command) -> None:
    zh, en = huiqi("library", "湖州").out, huiqi("library", "湖州", "--lang", "en").out
    assert "湖政办发〔2020〕35号" in zh and "12 个事项" in zh
    assert "full text" in en and "12 measures" in en


def test_a_sample_prints_whole_documents_and_repeats(huiqi: Command) -> None:
    first = huiqi("library", "--sample", 2, "--seed", 5).out
    assert first == huiqi("library", "--sample", 2, "--seed", 5).out
    made = json.loads(huiqi("library", "--sample", 2, "--seed", 5, "--json").out)
    assert len(made["documents"]) == 2
    for document in made["documents"]:
        assert document["title"] in first
        for measure in document["measures"]:
            assert measure.removeprefix(document["document"]).strip() in first


def test_reuse_names_definitions_and_names_used_once(huiqi: Command) -> None:
    made = json.loads(huiqi("library", "--reuse", "--json").out)["reuse"]
    assert made["definitions"]["国统字〔2017〕213号 企业规模"] > 1
    assert len(made["new_per_measure"]) == 4 and made["names"] > len(made["used_once"]) > 0
    assert "用到它的事项" in huiqi("library", "--reuse").out


def test_a_place_that_is_none_and_a_broken_lock_are_told(huiqi: Command, tmp_path: Path) -> None:
    ran = huiqi("library", "--place", "温玲市")
    assert ran.code == 2 and "温岭市" in ran.err
    (tmp_path / "a.rule").write_text("政策 试〔2024〕1号 试\n  核对: 未核\n", encoding="utf-8")
    (tmp_path / "anchors.lock.json").write_text("{", encoding="utf-8")
    ran = huiqi("library", "--policies", tmp_path)
    assert ran.code == 2 and "--write-lock" in ran.err
