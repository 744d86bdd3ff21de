"""The shipped code tables load, fast, and say what the standards say."""

from pathlib import Path

import pytest

from huiqi.library.paths import vocabulary_dir
from huiqi.library.tables import load_code_tables
from huiqi.vocabulary.mistakes import CodeError


def test_the_standard_tables_hold_all_their_rows() -> None:
    tables = load_code_tables(vocabulary_dir())
    assert len(tables["行业"]) == 1971
    assert len(list(tables["登记类型"].codes())) == 35
    assert (
        sum(tables["行政区划"].level(code) == "town" for code in tables["行政区划"].codes()) > 1300
    )


def test_the_industries_of_wenling_are_found() -> None:
    industries = load_code_tables(vocabulary_dir())["行业"]
    for name, code in [
        ("泵及真空设备制造", "C3441"),
        ("电动机制造", "C3812"),
        ("金属切削机床制造", "C3421"),
        ("皮鞋制造", "C1952"),
        ("汽车零部件及配件制造", "C3670"),
    ]:
        assert industries.is_under(industries.resolve(name), code) or industries.is_under(
            code, industries.resolve(name)
        )


def test_every_place_of_the_shipped_documents_is_found() -> None:
    places = load_code_tables(vocabulary_dir())["行政区划"]
    assert places.is_under(places.resolve("吴兴区"), places.resolve("湖州市"))
    assert places.is_under(places.resolve("石家庄市"), places.resolve("河北省"))
    assert places.is_under(places.resolve("南宁市"), places.resolve("广西壮族自治区"))
    assert places.is_under(places.resolve("玉环市"), places.resolve("台州市"))
    assert places.is_under(places.resolve("汕头市"), "粤东粤西粤北")


def test_every_successor_of_an_abolished_division_is_in_force() -> None:
    places = load_code_tables(vocabulary_dir())["行政区划"]
    in_force = set(places.codes())
    for code in ("330103", "330104", "330204", "331021", "330621"):
        assert set(places.successors(code)) <= in_force
        assert code not in in_force


def test_a_broken_table_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "坏表.yaml").write_text("级别: [", encoding="utf-8")
    with pytest.raises(CodeError) as caught:
        load_code_tables(tmp_path)
    assert caught.value.code == "C-table"
    assert "坏表.yaml" in caught.value.message()


def test_a_table_cannot_be_declared_twice(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    for name in ("a", "b"):
        (tmp_path / "codes" / f"{name}.yaml").write_text(
            "级别: {en: level, values: {国家级: national}}", encoding="utf-8"
        )
    with pytest.raises(CodeError):
        load_code_tables(tmp_path)
