"""Errors of the gate, made for people: what is wrong, where, and the way out."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["CannotJudgeError", "CatalogError", "GateError", "RootError", "SourceError"]


class GateError(TapeproofError):
    """Anything that keeps the gate from answering; it ends the command with status 2."""

    exit_status = 2


class CatalogError(GateError):
    """A policy folder that is not as it should be."""


class RootError(GateError):
    """A root module that is not there, or has nothing in it."""


class CannotJudgeError(GateError):
    """An option or input that cannot be used: a missing variable file, an unknown policy."""


class SourceError(GateError):
    """A file that cannot be read as Terraform.

    Attributes:
        file: Its path.
        line: Where, counted from 1; 0 when the whole file is meant.
        column: Where on the line, counted from 1; 0 when the whole line is meant.
        reason: Why, as a whole clause, so that nothing has to be put before it: "the file is not UTF-8".
    """

    def __init__(self, file: str, reason: str, line: int = 0, column: int = 0) -> None:
        self.file, self.reason, self.line, self.column = file, reason, line, column
        place = ":".join([file, *(str(number) for number in (line, column) if number)])
        super().__init__(f"{place}: {reason}")

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, int, int]]:
        """Return how to rebuild it in another process."""
        return (SourceError, (self.file, self.reason, self.line, self.column))
