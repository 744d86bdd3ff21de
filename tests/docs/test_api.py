"""The examples in the docstrings of the public surface and on the pages about it give what they show."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

import huiqi

ROOT = Path(__file__).parents[2]
PAGES = [path for path in (ROOT / "docs" / "reference" / "api.md",) if path.is_file()]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.mark.parametrize("module", ["huiqi", "huiqi.library.calculation"])
def test_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize("name", huiqi.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(huiqi, name) is not None
    assert name in dir(huiqi)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = huiqi.nothing_of_the_kind


def test_the_api_page_names_everything_public() -> None:
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:huiqi\.)?(\w+)", page))
    assert {name for name in huiqi.__all__ if not name.startswith("_")} <= named
