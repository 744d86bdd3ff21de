"""What the pages show is what happens: commands, files, Python, the generated list of the library."""

import re
from pathlib import Path

import pytest

from .error_record import PAGE, error_record
from .library_page import library_pages
from .pages import ROOT, RUN, run_page

STALE = "the page is stale: look at the difference, then `make docs`"


@pytest.mark.parametrize("name", RUN)
def test_what_the_page_shows_is_what_happens(name: str, tmp_path: Path) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert run_page(page, tmp_path) == page, STALE


def test_the_library_page_lists_the_shipped_rules() -> None:
    for path, content in library_pages().items():
        assert (ROOT / path).read_text(encoding="utf-8") == content, f"{path}: {STALE}"


def test_the_error_record_sums_up_its_records() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == error_record(), STALE


PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    targets = [one for one in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in one]
    assert [one for one in targets if not (page.parent / one).exists()] == []
