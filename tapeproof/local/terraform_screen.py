"""Shows a Terraform run while it goes on."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.local.terraform_stream import Step
    from tapeproof.ops.screen import Screen

__all__ = ["show_terraform"]

SHOWN_ADDRESS = 48


@contextlib.contextmanager
def show_terraform(screen: Screen, title: str) -> Iterator[Callable[[Step], None]]:
    """Show a Terraform run; yield what to call for every step."""
    with screen.progress() as progress:
        task = progress.add_task(title, total=None, note="")

        def step(at: Step) -> None:
            address = at.address.removeprefix("module.")
            note = f"{at.action} {address[-SHOWN_ADDRESS:]}"
            if at.action == "plan":
                progress.update(task, note=f"{count_of(at.planned, 'change')} planned")
            else:
                progress.update(task, total=at.planned or None, completed=at.done, note=note)

        yield step
