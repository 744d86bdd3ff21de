"""The JSON form of a rule file: its syntax tree as data, with a JSON Schema.

Every node is an object whose `type` names its construct; fields at their default are left out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from huiqi.language.syntax import RuleFile

__all__ = ["JsonFormError", "from_json", "json_schema", "to_json"]


class JsonFormError(ValueError):
    """The data is no rule file in JSON form; `path` says where ($.sections[0].name)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.path = message.partition(" - at `")[2].rstrip("`") or "$"


def to_json(tree: RuleFile) -> bytes:
    """The tree as UTF-8 JSON; positions are kept."""
    return msgspec.json.encode(tree)


def from_json(data: bytes) -> RuleFile:
    """The tree that `to_json` wrote. Raises JsonFormError for anything else."""
    try:
        return _decoder().decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise JsonFormError(str(error)) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the JSON form."""
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(RuleFile)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Huiqi rule file",
        **schema,
    }


@lru_cache(maxsize=1)
def _decoder() -> msgspec.json.Decoder[RuleFile]:
    return msgspec.json.Decoder(RuleFile)
