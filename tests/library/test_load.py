"""Loading a library: what is broken costs itself alone, and the cache is never trusted blindly."""

import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from huiqi.language.tree import Program
from huiqi.library.cache import Cache, Later
from huiqi.library.library import Library
from huiqi.library.load import load

ROOT = Path(__file__).parents[2]
RULE = next((ROOT / "policies").rglob("国科发政*.rule"))
TEXT = RULE.read_text(encoding="utf-8")


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "rules" / "national"
    folder.mkdir(parents=True)
    shutil.copy(RULE, folder / "a.rule")
    return tmp_path / "rules"


def rules_of(library: Library) -> Program:
    """The program without its code tables, which are equal only to themselves."""
    return replace(library.program, tables={})


def cached(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").glob("*.pickle"))


def test_a_library_from_the_cache_is_the_same(rules: Path, tmp_path: Path) -> None:
    first = load(rules)
    assert len(cached(tmp_path)) == 2
    second = load(rules)
    assert rules_of(second) == rules_of(first)
    assert second.problems == first.problems
    assert dict(second.files) == dict(first.files)
    assert dict(second.sections) == dict(first.sections)
    assert [run.problem for run in second.examples()] == [run.problem for run in first.examples()]


def test_a_changed_file_is_read_again(rules: Path) -> None:
    before = load(rules)
    path = next(rules.rglob("*.rule"))
    path.write_text(TEXT.replace("500人", "501人"), encoding="utf-8")
    assert rules_of(load(rules)) != rules_of(before)


def test_a_damaged_cache_is_passed_over(rules: Path, tmp_path: Path) -> None:
    first = load(rules)
    for path in cached(tmp_path):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
    second = load(rules)
    assert rules_of(second) == rules_of(first)
    for path in cached(tmp_path):
        content = path.read_bytes()
        path.write_bytes(content[:-20] + bytes([content[-20] ^ 0xFF]) + content[-19:])
    assert rules_of(load(rules)) == rules_of(first)


def test_a_foreign_pickle_is_not_even_opened(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "trapped"),)

    (tmp_path / "x.pickle").write_bytes(pickle.dumps(Trap()))
    assert Cache(tmp_path).get("x") is None
    assert not (tmp_path / "trapped").exists()


def test_without_their_trees_a_cached_library_parses_again(rules: Path, tmp_path: Path) -> None:
    first = load(rules)
    for path in cached(tmp_path):
        if path.stem.endswith("-trees"):
            path.unlink()
    second = load(rules)
    assert dict(second.sections) == dict(first.sections)


def test_a_cache_folder_that_cannot_be_written_changes_nothing(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert load(rules).program.measures


def test_the_cache_keeps_only_the_newest(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    for number in range(30):
        store.put(str(number), number)
        os.utime(tmp_path / f"{number}.pickle", (number, number))
    assert store.get("29") == 29
    assert store.get("3") is None


def test_files_that_cannot_be_read_are_problems(rules: Path) -> None:
    (rules / "gbk.rule").write_bytes("政策 一号 标题\n  机关: 某局\n".encode("gb18030"))
    (rules / "crlf.rule").write_bytes("\ufeff政策 二号 标题\r\n  机关: 某局\r\n".encode())
    (rules / "folder.rule").mkdir()
    library = load(rules)
    found = {(Path(p.file).name, p.code, p.line) for p in library.problems if p.severity == "error"}
    assert found == {("gbk.rule", "E-encoding", 1)}
    assert "二号" in library.program.documents
    assert any(one.name == "科技型中小企业" for one in library.program.measures.values())


def test_the_place_of_a_bad_byte_is_told(rules: Path) -> None:
    (rules / "late.rule").write_bytes("政策 一号 标题\n  机关: ".encode() + b"\xff\n")
    (problem,) = [p for p in load(rules).problems if p.code == "E-encoding"]
    assert (problem.line, problem.col) == (2, 11)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, cache=False).problems
    assert (problem.code, problem.severity) == ("E-no-rules", "warning")


def test_a_missing_folder_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none")


def test_one_file_may_be_given_instead_of_a_folder(rules: Path) -> None:
    library = load(next(rules.rglob("*.rule")), cache=False)
    assert library.program.measures


def test_the_shipped_rules_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(tmp_path))
    library = load()
    assert len(library.program.measures) >= 60


def test_a_mapping_for_later_is_read_once() -> None:
    reads = []

    def read() -> dict[str, int]:
        reads.append(1)
        return {"a": 1}

    later = Later(read)
    assert reads == []
    assert (later["a"], len(later), list(later)) == (1, 1, ["a"])
    assert reads == [1]
    assert pickle.loads(pickle.dumps(later)) == {"a": 1}
