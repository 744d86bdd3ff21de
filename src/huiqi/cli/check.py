"""检查规则：语法、类型、例子、出处、数字、覆盖、词汇；没有问题时退出码是 0。

Check rules: parse, types, examples, anchors, figures, coverage, vocabulary gate. PATH: files or folders
(default: the shipped rules); they are checked among the shipped rules, which they may cite. Exit code 0
only without problems; warnings do not count.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from huiqi.cli.options import AsJson, Lang, Language


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="规则文件或文件夹 · rule files or folders"),
    ] = None,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants", help="改动每一处门槛、比例、档位，看例子能否发现 · mutate the rules"
        ),
    ] = False,
    texts: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER_OR_JSONL",
            help="官方原文：<id>.txt 或 *.jsonl · official texts to hold the rules against",
        ),
    ] = None,
    write_lock: Annotated[
        bool, typer.Option("--write-lock", help="把对照结果写入锁文件 · write the anchor lock")
    ] = False,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli.check_report import check
    from huiqi.cli.check_scope import scope, texts_for
    from huiqi.cli.check_screen import print_report
    from huiqi.cli.codes import FINE, PROBLEMS, CommandError
    from huiqi.cli.inputs import working
    from huiqi.cli.progress import steps
    from huiqi.cli.screen import print_json
    from huiqi.library.paths import policies_dir
    from huiqi.library.texts import save_lock
    from huiqi.vocabulary.declare import DeclarationError
    from huiqi.vocabulary.mistakes import VocabularyError

    try:
        with working("正在读规则 · reading the rules"):
            found = scope(paths or [], policies_dir())
            known = texts_for(found.library, texts)
    except (DeclarationError, VocabularyError) as error:
        zh = error.zh if isinstance(error, DeclarationError) else error.message("zh")
        en = error.en if isinstance(error, DeclarationError) else error.message("en")
        raise CommandError(f"词汇表不可用：{zh}", f"unusable vocabulary: {en}") from None
    except OSError as error:
        reason = error.strerror or error
        raise CommandError(
            f"读不了 {error.filename}：{reason}", f"cannot read {error.filename}: {reason}"
        ) from None
    with steps(lang.value) as progress:
        report = check(
            found.library,
            found.files,
            texts=known,
            lock=found.lock,
            mutants=mutants,
            progress=progress,
            more=found.problems,
        )
    if write_lock:
        save_lock(found.folder, report.lock)
    if as_json:
        print_json(report.as_json(lang.value))
    else:
        print_report(report, lang.value)
    return PROBLEMS if report.errors else FINE
