"""What every line of a rule rests on: words of the official text, found, checked and locked."""

from huiqi.anchors.check import check_anchors
from huiqi.anchors.lock import Lock, LockError, read_lock, write_lock
from huiqi.anchors.quote import Quote, Quotes
from huiqi.anchors.report import AnchorReport, Atoms, Coverage, Untouched

__all__ = [
    "AnchorReport",
    "Atoms",
    "Coverage",
    "Lock",
    "LockError",
    "Quote",
    "Quotes",
    "Untouched",
    "check_anchors",
    "read_lock",
    "write_lock",
]
