"""Commands run in this process, with a cache of their own; what they print is caught."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from huiqi.cli.app import run

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "firms" / "examples"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def huiqi(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache_folder: Path
) -> Command:
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(cache_folder))
    monkeypatch.delenv("HUIQI_LANG", raising=False)
    monkeypatch.delenv("HUIQI_DEBUG", raising=False)

    def command(*args: object) -> Ran:
        code = run([str(arg) for arg in args])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return command
