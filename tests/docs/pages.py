"""The documentation as it runs: files are written, commands and Python executed, outputs compared.

A fenced block of a page is one of
    rule NAME, yaml NAME, csv NAME    a file of that name, written into the folder of the page
    console                           lines `$ command`, each followed by what it prints
    python                            a program; a block `text 输出` right after it holds what it prints
    anything else                     left alone
`python -m tests.docs.pages` (or `make docs`) rewrites the outputs in the pages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .error_record import PAGE, error_record
from .library_page import FOLDER, library_pages

ROOT = Path(__file__).resolve().parents[2]
RUN = ("README.md", "docs/index.md", "docs/tutorial/first-rule.md")
FILES = {"rule", "yaml", "csv"}
OUTPUT = "text 输出"
_BLOCK = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    info: str
    content: str
    start: int  # of the content, in the page
    line: int


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for found in _BLOCK.finditer(page):
        line = page.count("\n", 0, found.start()) + 1
        yield Block(found.group(1).strip(), found.group(2), found.start(2), line)


def run_page(page: str, folder: Path) -> str:
    """The page with every output as it is now; its blocks run in order in `folder`."""
    for shared in ("firms", "policies"):
        (folder / shared).symlink_to(ROOT / shared)
    parts, done, printed = [], 0, ""
    for block in blocks(page):
        kind, _, name = block.info.partition(" ")
        content = block.content
        if kind in FILES and name:
            (folder / name).write_text(content, encoding="utf-8")
        elif kind == "console":
            content = "".join(_session(content, folder))
        elif kind == "python":
            printed = _execute([sys.executable, "-c", content], folder)
        elif block.info == OUTPUT:
            content = printed
        parts += [page[done : block.start], content]
        done = block.start + len(block.content)
    return "".join([*parts, page[done:]])


def _session(content: str, folder: Path) -> Iterator[str]:
    for line in content.splitlines():
        if line.startswith("$ "):
            yield line + "\n"
            yield _execute(["bash", "-c", line[2:]], folder)


def _execute(command: list[str], folder: Path) -> str:
    """What a command prints, without blanks at the ends of lines."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("HUIQI_")}
    env |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}",
        "PYTHONUTF8": "1",
        "HUIQI_TEXTS_DIR": "",  # no official texts, as on the reader's machine
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Rewrite the outputs in every page that runs."""
    (ROOT / FOLDER).mkdir(exist_ok=True)
    for path, content in library_pages().items():
        (ROOT / path).write_text(content, encoding="utf-8")
    (ROOT / PAGE).write_text(error_record(), encoding="utf-8")
    for name in RUN:
        page = (ROOT / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            now = run_page(page, Path(folder))
        if now != page:
            (ROOT / name).write_text(now, encoding="utf-8")
            print(f"rewritten: {name}")


if __name__ == "__main__":
    main()
