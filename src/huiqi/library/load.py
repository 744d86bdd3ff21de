"""Reads vocabularies and rule files from disk into a checked library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from huiqi.library.tables import load_code_tables
from huiqi.vocabulary.declare import Declaration, Vocabulary, declare, make_vocabulary


def load_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary in a folder of facts/*.yaml and codes/*. Raises DeclarationError."""
    declarations: list[Declaration] = []
    for path in sorted((folder / "facts").glob("*.yaml")):
        entries = read_yaml(path)
        declarations += [declare(str(name), entry) for name, entry in entries.items()]
    return make_vocabulary(declarations, load_code_tables(folder))


def read_yaml(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as stream:
        loaded = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded or {}
