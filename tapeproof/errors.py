"""The base of every error that is made for people: what happened, why, and the way out."""

from __future__ import annotations

from tapeproof.terminal import escape_lines

__all__ = ["TapeproofError"]


class TapeproofError(Exception):
    """An error whose text a person reads; a command that ends with it prints no traceback.

    Args:
        what: What happened, naming the file, line, event or process.
        why: The reason, when it is known.
        fix: The way out.

    Attributes:
        exit_status: What a command that ends with this error exits with.
    """

    exit_status: int = 1

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.fix = what, why, fix

    def diagnostics(self) -> str:
        """Return the message, one line each for what, why and the way out; nothing in it steers a terminal."""
        lines = [self.what, self.why and f"  why: {self.why}", self.fix and f"  fix: {self.fix}"]
        return escape_lines("\n".join(line for line in lines if line))
