"""What is wrong with the controls' data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.errors import TapeproofError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ControlsError", "HandwrittenError"]


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


class HandwrittenError(TapeproofError):
    """A file that somebody wrote cannot be used; it is told by file and line."""

    exit_status = 5
