"""Exit codes of every command (docs/reference/cli.md)."""

FINE = 0
PROBLEMS = 1  # it ran; some facts, rules or rows could not be used, or a check failed
UNUSABLE = 2  # wrong usage, or an input that cannot be read at all
BROKEN = 70  # a fault of the program itself
INTERRUPTED = 130


class CommandError(Exception):
    """Ends a command with a message for the user; `code` is the exit code."""

    def __init__(self, zh: str, en: str, code: int = UNUSABLE) -> None:
        super().__init__(f"{zh} ({en})")
        self.zh, self.en, self.code = zh, en, code
