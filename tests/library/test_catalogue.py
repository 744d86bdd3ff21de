"""The list of documents: levels, states on a day, filters, a draw that can be repeated."""

from datetime import date

import pytest

from huiqi.anchors.lock import Lock, LockedDocument
from huiqi.language.tree import Document
from huiqi.library.catalogue import catalogue, chosen, level_of, sample, state_on
from huiqi.library.library import Library, library_from_texts
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import vocabulary_dir
from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.declare import Vocabulary, declare, make_vocabulary

MEASURE = """
事项 奖{n}
  条件: 装备投资 ≥ 1万元  @未核
  奖励: 1万元  @未核
"""


@pytest.fixture(scope="session")
def divisions() -> CodeTable:
    return load_vocabulary(vocabulary_dir()).table("行政区划")


@pytest.fixture
def library(divisions: CodeTable) -> Library:
    vocabulary = make_vocabulary(
        [declare("装备投资", {"en": "investment", "type": "money"})], {"行政区划": divisions}
    )
    heads = {
        "全国": "政策 财〔2020〕1号 国家办法\n  施行: 2020-01-01\n  失效: 2023-12-31\n  核对: 未核\n",
        "浙江": "政策 浙〔2024〕1号 省措施\n  地区: 浙江省\n  施行: 2024-01-01\n  核对: 全文 2024-02-01\n",
        "温岭": "政策 温〔2024〕1号 市意见\n  地区: 温岭市\n  施行: 2024-03-01\n  核对: 未核\n",
        "河北": "政策 冀〔2024〕1号 河北措施\n  地区: 河北省\n  核对: 未核\n",
    }
    texts = {
        f"{key}.rule": head + MEASURE.format(n=index)
        for index, (key, head) in enumerate(heads.items())
    }
    made = library_from_texts(texts, vocabulary)
    assert not [one for one in made.problems if one.severity == "error"]
    return made


def ids(rows: object) -> list[str]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


def test_the_list_goes_from_the_country_to_the_county(library: Library) -> None:
    rows = catalogue(library, Lock(), date(2024, 6, 30))
    assert [(row.level, row.place, row.state) for row in rows] == [
        ("national", "全国", "ended"),
        ("provincial", "河北省", "unknown"),
        ("provincial", "浙江省", "in_force"),
        ("county", "温岭市", "in_force"),
    ]


def test_coverage_is_that_of_the_lock(library: Library) -> None:
    lock = Lock(documents={"浙〔2024〕1号": LockedDocument("t", giving=3, encoded=2, untouched=1)})
    rows = {row.id: row for row in catalogue(library, lock, date(2024, 6, 30))}
    covered = rows["浙〔2024〕1号"].coverage
    assert covered is not None and (covered.giving, covered.untouched) == (3, 1)
    assert rows["温〔2024〕1号"].coverage is None


def test_what_concerns_a_place_lies_above_at_and_below_it(
    library: Library, divisions: CodeTable
) -> None:
    rows = catalogue(library, Lock(), date(2024, 6, 30))

    def of(place: str) -> list[str]:
        return ids(chosen(rows, divisions, place=place))

    assert of("331081") == ["财〔2020〕1号", "浙〔2024〕1号", "温〔2024〕1号"]
    assert of("331000") == ["财〔2020〕1号", "浙〔2024〕1号", "温〔2024〕1号"]
    assert of("130000") == ["财〔2020〕1号", "冀〔2024〕1号"]


def test_other_filters(library: Library, divisions: CodeTable) -> None:
    rows = catalogue(library, Lock(), date(2024, 6, 30))
    assert ids(chosen(rows, divisions, level="county")) == ["温〔2024〕1号"]
    assert ids(chosen(rows, divisions, state="ended")) == ["财〔2020〕1号"]
    assert ids(chosen(rows, divisions, checked="全文")) == ["浙〔2024〕1号"]
    assert ids(chosen(rows, divisions, word="意见")) == ["温〔2024〕1号"]
    assert ids(chosen(rows, divisions, word="没有这份")) == []


def test_a_sample_is_drawn_by_its_seed(library: Library) -> None:
    rows = catalogue(library, Lock(), date(2024, 6, 30))
    assert ids(sample(rows, 2, 7)) == ids(sample(rows, 2, 7))
    assert {tuple(ids(sample(rows, 2, seed))) for seed in range(20)} != {
        tuple(ids(sample(rows, 2, 7)))
    }
    assert ids(sample(rows, 99, 1)) == ids(rows)


@pytest.mark.parametrize(
    ("head", "on", "state"),
    [
        (Document("x", "x", in_force=date(2024, 1, 1)), date(2023, 12, 31), "not_yet"),
        (Document("x", "x", in_force=date(2024, 1, 1)), date(2024, 1, 1), "in_force"),
        (Document("x", "x", issued=date(2024, 1, 1)), date(2023, 12, 31), "not_yet"),
        (Document("x", "x", ends=date(2024, 1, 1)), date(2024, 1, 1), "in_force"),
        (Document("x", "x", ends=date(2024, 1, 1)), date(2024, 1, 2), "ended"),
        (Document("x", "x", draft="征求意见"), date(2024, 1, 2), "draft"),
        (Document("x", "x"), date(2024, 1, 2), "unknown"),
    ],
)
def test_the_state_of_a_document_on_a_day(head: Document, on: date, state: str) -> None:
    assert state_on(head, on) == state


def test_levels_by_the_place_of_a_document() -> None:
    def of(*codes: str) -> str:
        return level_of(Document("x", "x", region_codes=codes))

    assert [of("330000"), of("331000"), of("331081"), of()] == [
        "provincial", "municipal", "county", "national",
    ]  # fmt: skip
    assert level_of(Document("x", "x"), has_measures=False) == "shared"


def test_a_vocabulary_without_places_lists_all(library: Library) -> None:
    rows = catalogue(library, Lock(), date(2024, 6, 30))
    assert isinstance(library.vocabulary, Vocabulary)
    assert len(list(chosen(rows, None, place="331081"))) == 4
