"""按映射文件把 CSV、Excel 或 Parquet 变成企业事实文件；没用上的行都报告行号和原因。

Turn a table into fact files by a mapping (docs/how-to/import.md). Every rejected row is reported
with its number and the reason. Without --out the fact files are printed as YAML.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from huiqi.cli.options import AsJson, Lang, Language


def command(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="映射文件 · mapping file")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=".csv .xlsx .xls .parquet")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="把每个企业写成一个 YAML · one YAML file a subject"),
    ] = None,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import inputs, screen
    from huiqi.cli.codes import FINE, PROBLEMS, CommandError
    from huiqi.intake import TableError, import_table, read_mapping, suits

    vocabulary = inputs.library_at(None).vocabulary
    try:
        read = read_mapping(mapping)
        with inputs.working("正在导入 · importing"):
            result = import_table(read, file, suits(vocabulary, lang.value))
    except TableError as error:
        raise CommandError(error.text("zh"), error.text("en")) from None
    except OSError as error:
        where = error.filename or file
        raise CommandError(
            f"读不了 {where}：{error.strerror}", f"cannot read {where}: {error.strerror}"
        ) from None
    written = write_subjects(result.subjects, out) if out is not None else []
    rejected = result.rejected_rows
    if as_json:
        screen.print_json(
            {
                "rows_read": result.rows_read,
                "rows_taken": result.rows_taken,
                "rows_rejected": rejected,
                "subjects": result.subjects if out is None else [str(path) for path in written],
                "faults": [
                    {
                        "row": fault.row,
                        "column": fault.column,
                        "value": fault.value,
                        "code": fault.code,
                        "rejected": fault.is_rejection,
                        "text": fault.text(lang.value),
                    }
                    for fault in result.faults
                ],
            }
        )
    else:
        if out is None:
            print(as_yaml(result.subjects))
        _report(result, out, lang.value)
    return PROBLEMS if rejected else FINE


def _report(result: Any, out: Path | None, lang: str) -> None:
    from huiqi.cli import screen

    to = screen.console(to_error=True)
    for fault in result.faults:
        row = f"第 {fault.row} 行" if lang == "zh" else f"row {fault.row}"
        place = " ".join(part for part in (row if fault.row else "", fault.column) if part)
        mark = "✗" if fault.is_rejection else "!"
        to.print(f"{mark} {place}: {fault.text(lang)}", soft_wrap=True)
    count, rejected = len(result.subjects), len(result.rejected_rows)
    where = "" if out is None else f" → {out}"
    if lang == "zh":
        to.print(
            f"读了 {result.rows_read} 行，{count} 个企业，{rejected} 行没有采用{where}",
            style="bold",
        )
    else:
        to.print(
            f"{result.rows_read} rows read, {count} subjects, {rejected} rows rejected{where}",
            style="bold",
        )


def as_yaml(subjects: list[dict[str, Any]]) -> str:
    import yaml

    return "---\n".join(
        yaml.safe_dump(one, allow_unicode=True, sort_keys=False, width=100) for one in subjects
    )


def write_subjects(subjects: list[dict[str, Any]], folder: Path) -> list[Path]:
    """One YAML file a subject, named for it; a name that is taken already gets a number."""
    from huiqi.cli.codes import CommandError

    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for subject in subjects:
            name = re.sub(r"[^\w\-.（）()]", "_", str(subject["名称"])).strip("._") or "subject"
            path = folder / f"{name}.yaml"
            number = 2
            while path in paths:
                path = folder / f"{name}_{number}.yaml"
                number += 1
            path.write_text(as_yaml([subject]), encoding="utf-8")
            paths.append(path)
    except OSError as error:
        raise CommandError(
            f"写不了 {error.filename}：{error.strerror}",
            f"cannot write {error.filename}: {error.strerror}",
        ) from None
    return paths
