"""Where the shipped data lies: in the checkout during development, inside the package otherwise.

policies/, vocabulary/ and firms/ stand at the root of the repository, where a policy officer
finds them; the wheel carries the same folders as huiqi/data/.
"""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def data_root() -> Path:
    """The folder that holds policies/, vocabulary/ and firms/."""
    return _CHECKOUT if is_checkout() else _PACKAGE / "data"


def is_checkout() -> bool:
    """True where the package runs from its source tree (an editable install)."""
    return (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "src" / "huiqi").is_dir()


def policies_dir() -> Path:
    """The shipped rules: <level>/<region>/<document>.rule."""
    return data_root() / "policies"


def vocabulary_dir() -> Path:
    """The shipped vocabulary: facts/*.yaml and codes/*."""
    return data_root() / "vocabulary"


def firms_dir() -> Path:
    """The shipped firms."""
    return data_root() / "firms"


def cache_dir() -> Path:
    """Where derived files may be kept; not created here. HUIQI_CACHE_DIR moves it."""
    moved = os.environ.get("HUIQI_CACHE_DIR")
    if moved:
        return Path(moved)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "huiqi"
