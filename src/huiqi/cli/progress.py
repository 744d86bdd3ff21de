"""A progress bar on the terminal for what takes over a second; nothing where stderr is piped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiqi.cli.check_report import Step


@contextmanager
def steps(lang: str) -> Iterator[Callable[[Step], None]]:
    """A function to call with each step that is reached."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(step: Step) -> None:
            words = step.zh if lang == "zh" else step.en
            bar.update(task, description=words, completed=step.done, total=step.of or None)

        yield show
