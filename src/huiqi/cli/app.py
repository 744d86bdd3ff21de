"""The group of commands, each imported when it is called, and the one place where errors end."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from huiqi.cli.codes import BROKEN, FINE, INTERRUPTED, UNUSABLE, CommandError

# name → (module with a function `command`, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("huiqi.cli.demo", "示例：真实企业遇上真实政策 · real firms meet real policies"),
    "calc": ("huiqi.cli.calc", "能得到什么：结论、金额、理由、还缺什么 · what a firm can get"),
    "explain": ("huiqi.cli.explain", "一个事项为什么是这个结论 · why one measure came out so"),
    "ask": ("huiqi.cli.ask", "逐个提问，只问还会改变结果的 · interview: ask what still matters"),
    "show": ("huiqi.cli.show", "把一条规则读给人看 · show a rule as sentence, ladder, table"),
    "library": ("huiqi.cli.library", "规则库有哪些文件 · the documents of the library"),
    "check": ("huiqi.cli.check", "检查规则文件 · check rule files"),
    "fmt": ("huiqi.cli.fmt", "规则文件的标准写法 · format rule files"),
    "vocab": ("huiqi.cli.vocab", "查词汇表 · look up facts and codes"),
    "import": ("huiqi.cli.import_table", "表格变成企业事实 · turn a table into fact files"),
}
ABOUT = """惠企政策计算器：企业能得到什么、为什么、还缺什么。

Huiqi: exact answers from business support policies, each with its reason.

退出码 exit codes: 0 正常 fine · 1 有问题 problems found · 2 用法或输入不可用 wrong usage or unusable input
"""


class Commands(TyperGroup):
    """Knows the commands by name; a module is imported only when its command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, (module, _) in COMMANDS.items() if find_spec(module) is not None]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, about = COMMANDS[cmd_name]
        made = typer.Typer(rich_markup_mode=None, add_completion=False)
        made.command(cmd_name, help=import_module(module).__doc__ or about)(
            import_module(module).command
        )
        found = get_command(made)
        assert isinstance(found, TyperCommand), "INVARIANT: one function makes one command"
        return found

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        rows = [(name, COMMANDS[name][1]) for name in self.list_commands(ctx)]
        with formatter.section("命令 · Commands"):
            formatter.write_dl(rows)


def run(args: list[str] | None = None) -> int:
    """Run a command line; the exit code. No traceback reaches the user unless HUIQI_DEBUG is set."""
    given = list(sys.argv[1:] if args is None else args)
    if given[:1] in (["--version"], ["-V"]):
        from huiqi import __version__

        print(f"huiqi {__version__}")
        return FINE
    group = Commands(name="huiqi", help=ABOUT, rich_markup_mode=None)
    if not given:
        given = ["--help"]
    try:
        result = group.main(given, prog_name="huiqi", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else FINE
    except CommandError as error:
        _say(error.zh if _is_chinese(given) else error.en)
        return error.code
    except (KeyboardInterrupt, typer.Abort):
        _say("已中断 · interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return FINE
    except Exception as error:
        return _ended(error, given)


def _ended(error: Exception, given: list[str]) -> int:
    if isinstance(error, _USAGE):
        words = error.format_message()
        context = getattr(error, "ctx", None)
        usage = context.get_usage() + "\n" if context is not None else ""
        _say(f"{usage}用法不对 · {words}\n看用法：huiqi {_command_of(given)}--help")
        return UNUSABLE
    if os.environ.get("HUIQI_DEBUG"):
        raise error
    _say(
        f"程序出错了，不是你的输入的问题：{type(error).__name__}: {error}\n"
        "A fault of the program, not of your input. 设 HUIQI_DEBUG=1 可看到出错的位置，请附上它来报告。"
    )
    return BROKEN


_USAGE: type[Any] = typer.BadParameter.__mro__[2]  # ClickException, wherever typer keeps it


def _command_of(given: list[str]) -> str:
    return f"{given[0]} " if given and given[0] in COMMANDS else ""


def _is_chinese(given: list[str]) -> bool:
    joined = " ".join(given)
    if "--lang en" in joined or "--lang=en" in joined:
        return False
    return "--lang" in joined or os.environ.get("HUIQI_LANG", "zh") != "en"


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _close_quietly() -> None:
    """The reader of our output has gone (huiqi … | head): write the rest nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
