"""The generator keeps to its stated distributions, repeats itself, and uses declared names only."""

from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest
import yaml

from huiqi.firms import COUNTIES, TRADES, FactFile, Stated, generate_firms
from huiqi.firms.generate import ALWAYS_KNOWN

FACTS = Path(__file__).parents[2] / "vocabulary" / "facts"
MANY = 4000


def facts_of(firm: FactFile) -> dict[str, Any]:
    facts = firm["事实"]
    assert isinstance(facts, dict)
    return facts


@pytest.fixture(scope="module")
def firms() -> list[dict[str, Any]]:
    """Firms with nothing missing, so that shares can be counted."""
    return [facts_of(firm) for firm in generate_firms(Random(7), MANY, Stated(missing=0))]


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(FACTS.glob("*.yaml")):
        found |= yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return found


def wan(text: str) -> float:
    return float(text.removesuffix("万元"))


def test_the_same_seed_gives_the_same_firms() -> None:
    once, again = (list(generate_firms(Random(20220630), 50)) for _ in range(2))
    assert once == again
    assert once != list(generate_firms(Random(1), 50))


def test_a_longer_run_begins_with_the_shorter_one() -> None:
    longer = generate_firms(Random(3), 40)
    assert list(islice(longer, 10)) == list(generate_firms(Random(3), 10))


def test_every_fact_and_field_is_in_the_vocabulary(
    firms: list[dict[str, Any]], declared: dict[str, dict[str, Any]]
) -> None:
    used = {name for facts in firms for name in facts}
    assert used <= declared.keys()
    fields = {field for facts in firms for item in facts["知识产权"]["清单"] for field in item}
    assert fields == {"类别", "授权日", "有效", "取得方式", "与主要产品相关", "与主导产品相关"}
    assert fields <= declared["知识产权"]["fields"].keys()


def test_figures_have_a_year_just_where_the_vocabulary_wants_one(
    firms: list[dict[str, Any]], declared: dict[str, dict[str, Any]]
) -> None:
    for facts in firms[:200]:
        for name, value in facts.items():
            by_year = isinstance(value, dict) and all(key.endswith("年度") for key in value)
            assert by_year == (declared[name].get("period") == "year"), name


def test_places_and_trades_have_their_shares(firms: list[dict[str, Any]]) -> None:
    places = Counter(facts["注册地"] for facts in firms)
    for name, share in COUNTIES:
        assert places[name] / MANY == pytest.approx(share, abs=0.03)
    industries = Counter(facts["行业"] for facts in firms)
    for trade in TRADES:
        assert industries[trade.industry] / MANY == pytest.approx(trade.share, abs=0.02)
    assert sum(share for _, share in COUNTIES) == pytest.approx(1)
    assert sum(trade.share for trade in TRADES) == pytest.approx(1)


def test_revenue_is_lognormal_about_the_median_of_the_trade(firms: list[dict[str, Any]]) -> None:
    pumps = [wan(f["营业收入"]["2021年度"]) for f in firms if f["行业"] == "C3441"]
    assert median(pumps) == pytest.approx(1100, rel=0.25)
    assert all(5 <= size <= 40_000 for size in pumps)
    assert max(pumps) > 10 * median(pumps)


def test_no_figure_is_older_than_the_firm(firms: list[dict[str, Any]]) -> None:
    for facts in firms:
        first = min(int(year[:4]) for year in facts["营业收入"])
        assert first >= int(facts["成立日"][:4])
        assert len(facts["营业收入"]) <= 4


def test_main_business_and_research_stay_within_revenue(firms: list[dict[str, Any]]) -> None:
    for facts in firms:
        for year, revenue in facts["营业收入"].items():
            assert wan(facts["主营业务收入"][year]) <= wan(revenue)
            assert wan(facts["研发费用"][year]) <= 0.26 * wan(revenue)
            assert wan(facts["归集研发费用"][year]) <= wan(facts["研发费用"][year])


def test_titles_follow_size_and_the_ladder(firms: list[dict[str, Any]]) -> None:
    held = Counter(name for f in firms for name in f if isinstance(f[name], list) and f[name])
    for facts in firms:
        size = wan(facts["营业收入"]["2021年度"])
        if facts["规模以上"] != "无":
            assert size >= 2000
        if facts["专精特新中小企业"] != "无":
            assert facts["创新型中小企业"] != "无"
            assert size >= 1000
        if facts["专精特新小巨人企业"] != "无":
            assert facts["专精特新中小企业"] != "无"
        for entry in facts["高新技术企业"] if facts["高新技术企业"] != "无" else []:
            assert facts["成立日"] <= entry["授予日"] < "2022-06-30" <= entry["有效至"]
    assert 0.10 < held["规模以上"] / MANY < 0.40
    assert 0.02 < held["高新技术企业"] / MANY < 0.15
    assert held["专精特新小巨人企业"] < held["专精特新中小企业"] < held["创新型中小企业"]


def test_a_tenth_of_the_facts_is_missing_but_never_who_the_firm_is() -> None:
    full = [facts_of(f) for f in generate_firms(Random(5), 800, Stated(missing=0))]
    usual = [facts_of(f) for f in generate_firms(Random(5), 800)]
    possible = sum(len(facts) - len(ALWAYS_KNOWN) for facts in full)
    known = sum(not unknown(value) for facts in usual for value in facts.values())
    left = known - 800 * len(ALWAYS_KNOWN)
    assert 1 - left / possible == pytest.approx(0.10, abs=0.015)
    assert all(name in facts for facts in usual for name in ALWAYS_KNOWN)
    asked = sum(unknown(value) for facts in usual for value in facts.values())
    assert asked / (possible - left) == pytest.approx(0.20, abs=0.03)


def unknown(value: Any) -> bool:
    return value == "不知道" or (
        isinstance(value, dict) and all(v == "不知道" for v in value.values())
    )
