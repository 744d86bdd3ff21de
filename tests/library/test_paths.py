"""The shipped data is found in the checkout; caches go where the user says."""

from pathlib import Path

import pytest

from huiqi.library import paths


def test_a_checkout_reads_the_folders_at_its_root() -> None:
    root = Path(__file__).parents[2]
    assert paths.is_checkout()
    assert paths.policies_dir() == root / "policies"
    assert (paths.vocabulary_dir() / "facts").is_dir()
    assert paths.firms_dir().is_dir()


def test_an_installed_package_reads_its_own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "is_checkout", lambda: False)
    assert paths.policies_dir().parts[-3:] == ("huiqi", "data", "policies")


def test_the_cache_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(tmp_path))
    assert paths.cache_dir() == tmp_path
    monkeypatch.delenv("HUIQI_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert paths.cache_dir() == tmp_path / "huiqi"
