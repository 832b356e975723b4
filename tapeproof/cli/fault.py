"""What the command says when it is itself at fault."""

from __future__ import annotations

import itertools
import os
import platform
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import tapeproof

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TRACEBACK", "describe_fault"]

TRACEBACK = "TAPEPROOF_TRACEBACK"
"""Environment variable: with any value, the whole traceback is shown, values included."""
_MOST_PLACES = 8


def describe_fault(error: BaseException, arguments: Sequence[str]) -> str:
    """Return a message of a few lines: what failed where, that nothing follows from it, and how to report it.

    Places and the kind of error are named, never a value: a message or a variable may hold a secret.

    Args:
        error: What was raised.
        arguments: The command's arguments; options are named, their values are not.
    """
    if os.environ.get(TRACEBACK):
        return "".join(traceback.format_exception(error))
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}\n" for frame in frames[-_MOST_PLACES:]]
    return (
        f"error: tapeproof itself is at fault here ({type(error).__name__}); this run has decided nothing.\n"
        "To report it, send the lines below to whoever maintains tapeproof for you. They hold no values; with\n"
        f"{TRACEBACK}=1 the same command shows the whole traceback, which may.\n"
        f"  tapeproof {tapeproof.__version__}, Python {platform.python_version()}, {platform.system()}: "
        f"{' '.join(_select_safe_words(arguments))}\n{''.join(places)}"
    )


def _place(file: str) -> str:
    """Return a file's path from its package on: where things are installed is nobody's business."""
    parts = Path(file).parts
    known = [index for index, part in enumerate(parts) if part in {"tapeproof", "policies", "site-packages"}]
    return "/".join(parts[known[-1] :]) if known else parts[-1]


def _select_safe_words(arguments: Sequence[str]) -> list[str]:
    """Return the group, the command and the names of options."""
    # What follows an option may be its value.
    words = itertools.takewhile(lambda word: not word.startswith("-"), arguments[:2])
    options = [word.partition("=")[0] for word in arguments if word.startswith("--")]
    return [*words, *options]
