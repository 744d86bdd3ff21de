"""The options that several commands share, described once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class Lang(StrEnum):
    """The language of texts for people."""

    zh = "zh"
    en = "en"


FactsPath: TypeAlias = Annotated[
    Path,
    typer.Argument(metavar="FACTS", help="企业事实：.yaml .json .xlsx · a fact file"),
]
Policies: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="规则所在的文件夹，默认用自带的 · rules; default: shipped"),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="申报日，默认取事实文件里的，再默认今天 · as-of day; default: the file's, then today",
    ),
]
KnownAt: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="只用这一天已有的文件 · texts known on this day"),
]
Place: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="假如企业在那里，如 河北省 · if the firm were in PLACE"),
]
Everywhere: TypeAlias = Annotated[
    bool, typer.Option("--everywhere", help="别处的文件也算 · documents of other places too")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Language: TypeAlias = Annotated[
    Lang, typer.Option(envvar="HUIQI_LANG", help="语言 · language of the texts")
]
