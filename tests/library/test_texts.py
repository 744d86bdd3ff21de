"""Texts and the lock on disk."""

from pathlib import Path

import pytest

from huiqi.anchors import Lock, LockError
from huiqi.anchors.lock import LockedText
from huiqi.library.texts import load_lock, load_texts, save_lock, texts_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a1.txt").write_text("\ufeff甲文", encoding="utf-8")
    (tmp_path / "texts.jsonl").write_text(
        '{"id": "b2", "text": "乙文", "title": "x"}\nnot json\n{"id": "c3", "text": "丙文 b2"}\n',
        encoding="utf-8",
    )
    return tmp_path


def test_texts_are_read_from_files_and_lines(folder: Path) -> None:
    assert load_texts(folder) == {"a1": "甲文", "b2": "乙文", "c3": "丙文 b2"}
    assert load_texts(folder / "texts.jsonl") == {"b2": "乙文", "c3": "丙文 b2"}


def test_only_the_wanted_texts_are_read(folder: Path) -> None:
    assert load_texts(folder, {"b2"}) == {"b2": "乙文"}


def test_a_guide_of_cards_is_one_text_with_an_article_a_card(folder: Path) -> None:
    (folder / "guide_cards.json").write_text(
        '[{"id": "g-3", "title": "补助", "pdf_page": 7, "服务内容": "给10万元", "条件要求": null},'
        ' {"id": "g-12", "title": "贴息", "服务对象": "企业"}, {"title": "没有编号"}]',
        encoding="utf-8",
    )
    (folder / "broken_cards.json").write_text("[{", encoding="utf-8")
    whole = "第3条 补助\n服务内容：给10万元\n第12条 贴息\n服务对象：企业"
    assert load_texts(folder, {"g"}) == {"g": whole}
    assert load_texts(folder)["g"] == whole


def test_a_place_named_in_the_environment_is_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIQI_TEXTS_DIR", str(folder))
    assert texts_dir() == folder
    assert load_texts(only={"a1"}) == {"a1": "甲文"}
    monkeypatch.setenv("HUIQI_TEXTS_DIR", "")
    assert load_texts() == {}


def test_the_lock_is_written_only_when_it_changed(tmp_path: Path) -> None:
    assert load_lock(tmp_path) == Lock()
    lock = Lock(texts={"t": LockedText("00", 3)})
    assert save_lock(tmp_path, lock)
    assert not save_lock(tmp_path, lock)
    assert load_lock(tmp_path) == lock


def test_a_broken_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "anchors.lock.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(LockError):
        load_lock(tmp_path)
