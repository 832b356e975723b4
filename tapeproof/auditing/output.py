"""What goes out while a command runs and when it is done, without the libraries that only a terminal needs."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["as_json", "progress", "write_answer"]


def as_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write a value to standard output, in ASCII: it passes every locale, and steers no terminal."""
    sys.stdout.write(json.dumps(value, indent=2) + "\n")


def write_answer(write: Callable[[], None], status: int) -> int:
    """Write a command's answer and return its exit status, which is the same when nobody reads it to the end.

    Args:
        write: Writes to standard output.
        status: The exit status.
    """
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on standard error while something runs; the callable takes stage, done and total (0: not known)."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _stage, _done, _total: None
        return
    from rich import progress as bars  # noqa: PLC0415 - only a terminal needs it
    from rich.console import Console  # noqa: PLC0415 - as above

    columns = (
        bars.TextColumn("{task.description:<10}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield update
