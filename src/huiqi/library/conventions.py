"""The wording of the numbered conventions that answers cite: vocabulary/decisions.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from huiqi.library.load import read_yaml
from huiqi.library.paths import vocabulary_dir


def convention_titles(lang: str = "zh", vocabulary: Path | None = None) -> Mapping[str, str]:
    """Number → title, in Chinese or English; empty for a vocabulary that words none."""
    path = (vocabulary if vocabulary is not None else vocabulary_dir()) / "decisions.yaml"
    if not path.is_file():
        return {}
    return {
        str(number): str(entry.get(lang) or entry.get("zh") or "")
        for number, entry in read_yaml(path).items()
        if isinstance(entry, dict)
    }
