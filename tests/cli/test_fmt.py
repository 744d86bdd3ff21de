"""`huiqi fmt`: whole files or nothing, and never a file with problems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiqi.cli import fmt
from huiqi.library.paths import data_root, policies_dir
from tests.cli.conftest import Command

LOOSE = """\
政策 测试〔2024〕7号 松
  核对: 未核
  施行: 2024-01-01
事项 研发补助
  奖励: 研发费用*10% 封顶 500000元 @未核   # 留着
  年度: 上年度
  条件: 研发费用>=100万元 @未核
"""
CANONICAL = """\
政策 测试〔2024〕7号 松
  施行: 2024-01-01
  核对: 未核

事项 研发补助
  年度: 上年度
  条件: 研发费用 ≥ 100万元  @未核
  # 留着
  奖励: 研发费用 × 10% 封顶 50万元  @未核
"""


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    path = tmp_path / "松.rule"
    path.write_text(LOOSE, encoding="utf-8")
    return path


def test_a_file_is_rewritten_in_canonical_form_and_keeps_its_comment(
    huiqi: Command, loose: Path
) -> None:
    assert huiqi("fmt", loose).code == 0
    text = loose.read_text("utf-8")
    assert "# 留着" in text
    assert "奖励: 研发费用 × 10% 封顶 50万元" in text
    assert text.index("年度:") < text.index("条件:") < text.index("奖励:")
    assert huiqi("fmt", loose, "--check").code == 0


def test_check_changes_nothing_and_says_what_would_change(huiqi: Command, loose: Path) -> None:
    ran = huiqi("fmt", loose, "--check")
    assert ran.code == 1
    assert f"要改 {loose}" in ran.out
    assert loose.read_text("utf-8") == LOOSE


def test_a_file_with_problems_is_left_alone_and_the_others_are_written(
    huiqi: Command, tmp_path: Path, loose: Path
) -> None:
    broken = tmp_path / "坏.rule"
    broken.write_text(LOOSE.replace("条件:", "条 件:"), encoding="utf-8")
    before = broken.read_bytes()
    ran = huiqi("fmt", tmp_path)
    assert ran.code == 1
    assert "坏.rule:7" in ran.err
    assert broken.read_bytes() == before
    assert loose.read_text("utf-8") != LOOSE


def test_what_is_not_utf8_is_reported_and_left_alone(huiqi: Command, tmp_path: Path) -> None:
    old = tmp_path / "旧.rule"
    old.write_bytes(LOOSE.encode("gb18030"))
    ran = huiqi("fmt", old)
    assert ran.code == 1
    assert "E-encoding" in ran.err
    assert old.read_bytes() == LOOSE.encode("gb18030")


def test_a_failed_write_leaves_the_old_text_and_no_debris(
    huiqi: Command, loose: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(fmt, "_replace", full)
    ran = huiqi("fmt", loose)
    assert ran.code == 1
    assert "E-unwritable" in ran.err
    assert loose.read_text("utf-8") == LOOSE
    assert list(loose.parent.iterdir()) == [loose]


def test_a_link_stays_a_link_and_permissions_stay(
    huiqi: Command, tmp_path: Path, loose: Path
) -> None:
    loose.chmod(0o640)
    folder = tmp_path / "链接"
    folder.mkdir()
    link = folder / "链.rule"
    link.symlink_to(loose)
    huiqi("fmt", folder)
    assert link.is_symlink()
    assert loose.read_text("utf-8") != LOOSE
    assert loose.stat().st_mode & 0o777 == 0o640


def test_english_keywords_are_printed_and_mean_the_same(
    huiqi: Command, loose: Path, tmp_path: Path
) -> None:
    ran = huiqi("fmt", loose, "--lang", "en")
    assert ran.code == 0
    assert "measure 研发补助" in ran.out
    assert loose.read_text("utf-8") == LOOSE
    english = tmp_path / "英.rule"
    english.write_text(ran.out, encoding="utf-8")
    huiqi("fmt", english, loose)
    assert english.read_text("utf-8") == loose.read_text("utf-8")


def test_json_lists_what_changed(huiqi: Command, loose: Path) -> None:
    data = json.loads(huiqi("fmt", loose, "--check", "--json").out)
    assert data == {"changed": [str(loose)], "unchanged": [], "problems": []}


def test_the_shipped_rules_are_in_canonical_form(huiqi: Command) -> None:
    ran = huiqi("fmt", "--check")
    assert ran.code == 0, ran.out + ran.err


def test_a_copy_of_the_shipped_folders_is_never_taken_for_them(
    huiqi: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = next(policies_dir().rglob("湖政办发*.rule"))
    copy = tmp_path / shipped.relative_to(data_root())
    copy.parent.mkdir(parents=True)
    loose = shipped.read_text("utf-8").replace("  地区:", "  地区 :", 1)
    copy.write_text(loose, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert huiqi("fmt", "--check").code == 0  # the shipped ones, not what has their names here
    assert copy.read_text("utf-8") == loose
    assert huiqi("fmt", "policies").code == 0
    assert copy.read_text("utf-8") == shipped.read_text("utf-8")
