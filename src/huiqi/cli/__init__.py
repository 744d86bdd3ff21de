"""The command line: `huiqi demo`, `calc`, `explain`, `ask`, `check`, `fmt`, `show`, `vocab`, `import`.

One file a command, listed in `app.COMMANDS`; a command is imported when it is called. Exit codes: `codes`.
"""

from __future__ import annotations


def main() -> None:
    """The entry point `huiqi`."""
    from huiqi.cli.app import run

    raise SystemExit(run())
