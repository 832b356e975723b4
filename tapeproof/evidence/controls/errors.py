"""What is wrong with the controls' data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ControlsError"]


class ControlsError(Exception):
    """The data cannot be used.

    Args:
        what: What happened.
        problems: Each problem, as a sentence.
    """

    exit_status = 5

    def __init__(self, what: str, problems: Sequence[str]) -> None:
        super().__init__(what)
        self.what, self.problems = what, tuple(problems)

    def diagnostics(self) -> str:
        """Return the message and one line for each problem."""
        return "\n".join([self.what, *(f"  {problem}" for problem in self.problems)])
