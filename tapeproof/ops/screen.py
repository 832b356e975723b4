"""Shows work in progress on a terminal; where there is none, one line when it begins and one when it ends."""

from __future__ import annotations

import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from tapeproof.ops import report
from tapeproof.terminal import escape_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.ops.follower import Follower
    from tapeproof.ops.manifest import Manifest
    from tapeproof.ops.reconciliation import Reconciliation
    from tapeproof.ops.replay import Settling
    from tapeproof.ops.target import StackOutputs

__all__ = ["Screen", "show_account"]

WIDTH = 140
"""Columns where there is no terminal to ask."""
SHOWN_DIFFERENCES = 50


class Screen:
    """Where a command shows what it does.

    Args:
        console: Where it writes; standard output when absent.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        if console is None and not self.console.is_terminal:
            self.console.width = WIDTH

    def say(self, text: str) -> None:
        """Write lines as they are; nothing in them steers the terminal."""
        self.console.print(escape_lines(text), soft_wrap=True, markup=False)

    def write_json(self, document: object) -> None:
        """Write a document for programs on a line; what a terminal would obey is written as JSON's own escape."""
        text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
        line = "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)
        self.console.print(line, soft_wrap=True, markup=False)

    def report_success(self, text: str) -> None:
        """Write a line about something that succeeded."""
        self.console.print(f"[green]✓[/green] {escape(escape_lines(text))}", soft_wrap=True)

    def report_failure(self, text: str) -> None:
        """Write a line about something that failed."""
        self.console.print(f"[red]✗[/red] {escape(escape_lines(text))}", soft_wrap=True)

    @contextlib.contextmanager
    def show_publishing(self, title: str, total: int | None) -> Iterator[Callable[[Follower], None]]:
        """Show a replay with its rate and its lag; yield what to call for every event."""
        started = time.monotonic()
        with self.progress() as progress:
            task = progress.add_task(title, total=total, note="")

            def update_rate(follower: Follower) -> None:
                follower.poll()
                rate = follower.sent / max(time.monotonic() - started, 0.001)
                progress.update(task, completed=follower.sent, note=f"{rate:,.0f}/s, lag {follower.lag}")

            yield update_rate

    @contextlib.contextmanager
    def show_settling(self, title: str) -> Iterator[Callable[[Settling], None]]:
        """Show how decisions come in; yield what to call after each reading."""
        with self.progress() as progress:
            task = progress.add_task(title, total=None, note="")

            def update_decisions(at: Settling) -> None:
                progress.update(task, total=at.due, completed=at.settled, note="decisions")

            yield update_decisions

    @contextlib.contextmanager
    def show_work(self, title: str) -> Iterator[None]:
        """Show that something goes on that has no measure."""
        with self.progress() as progress:
            progress.add_task(title, total=None, note="")
            yield

    def progress(self) -> Progress:
        """Return a bar that is gone when it is done; without a terminal nothing is shown."""
        columns: tuple[Any, ...] = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
        )
        # Gone when done: what remains on the terminal are results. Without a terminal there is nothing to animate.
        return Progress(
            *columns, console=self.console, transient=True, disable=not self.console.is_terminal, refresh_per_second=4
        )


def show_account(screen: Screen, account: Reconciliation, outputs: StackOutputs, manifest: Manifest) -> None:
    """Show an account: the tables, what they do not say, and every difference.

    Args:
        screen: Where to show it.
        account: The account.
        outputs: The stack, which knows how each type is delivered.
        manifest: The run; differences that are too many to show are written beside it.
    """
    screen.console.print(report.account_table(account))
    delivery = {kind: outputs.delivery(kind) for kind in account.latencies_ns}
    if delivery:
        screen.console.print(report.latency_table(account, delivery))
    for line in report.summary(account):
        screen.say(line)
    wrong = report.differences(account)
    for line in wrong[:SHOWN_DIFFERENCES]:
        screen.say(line)
    if len(wrong) > SHOWN_DIFFERENCES:
        listing = manifest.path.with_suffix(".differences.txt")
        listing.write_text("\n".join(wrong) + "\n", encoding="utf-8")
        screen.say(f"and {len(wrong) - SHOWN_DIFFERENCES:,} more: all are in {listing}")
