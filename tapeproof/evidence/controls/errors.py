"""What is wrong with the controls' data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.errors import TapeproofError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ControlsError"]


class ControlsError(TapeproofError):
    """The data cannot be used.

    Args:
        what: What happened.
        problems: Each problem, as a sentence.
    """

    exit_status = 5

    def __init__(self, what: str, problems: Sequence[str]) -> None:
        super().__init__("\n".join([what, *(f"  {problem}" for problem in problems)]))
        self.problems = tuple(problems)
