"""What can go wrong with market data, from a bad message to a table that does not answer."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["MarketDataError", "Rejection", "StoreError", "UnknownVenueError", "describe_value", "mark_broken_book"]

_SHOWN = 48
_BITS = 128


class MarketDataError(TapeproofError):
    """Base of everything this package raises on purpose."""


class Rejection(MarketDataError):  # noqa: N818 - an outcome of processing, not a fault of the program
    """A message that cannot become a record, with the reason.

    Args:
        code: A short stable word for counting, such as ``bad-decimal``.
        message: One sentence that names the field and what was expected there.

    Attributes:
        item: Place in the message of the part that was rejected, None where all of it was.
        book: (symbol, channel) of the book that cannot be trusted without the message, or None.
    """

    exit_status = 1

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.item: int | None = None
        self.book: tuple[str, str] | None = None

    @property
    def reason(self) -> str:
        """Return code and sentence as one line, as it is written into the audit entry."""
        return f"{self.code}: {self.message}"

    def diagnostics(self) -> str:
        """Return the reason and where the message is kept."""
        return f"rejected, {self.reason}. The message is stored with outcome REJECTED and can be replayed after a fix."


class mark_broken_book:  # noqa: N801 - a context manager, entered for each book
    """Name the book that cannot be trusted any more when what is read here is rejected."""

    __slots__ = ("_book",)

    def __init__(self, symbol: str, channel: str) -> None:
        self._book = (symbol, channel)

    def __enter__(self) -> None:
        """Enter; nothing is done unless something is rejected."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Mark a rejection on its way out."""
        if isinstance(error, Rejection):
            error.book = self._book


class UnknownVenueError(Rejection):
    """No module in ``tapeproof/market/venues`` reads messages of this venue."""

    def __init__(self, venue: str) -> None:
        super().__init__("unknown-venue", f"no venue module reads messages of {describe_value(venue)}")

    def diagnostics(self) -> str:
        """Return the reason and how a venue is added."""
        return f"{self.reason}. Add tapeproof/market/venues/<venue>.py, or publish canonical tapeproof/1 events."


class StoreError(MarketDataError):
    """The market table could not be read, or holds something this package did not write."""

    exit_status = 2


def describe_value(value: object) -> str:
    """Return a value as short printable ASCII, safe in a log line or a terminal whatever a stranger sent."""
    if isinstance(value, dict):
        return f"an object of {len(value)} members"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        rest = len(value) - _SHOWN
        return ascii(value[:_SHOWN]) + (f" and {rest} characters more" if rest > 0 else "")
    if isinstance(value, int) and value.bit_length() > _BITS:
        return f"an integer of {value.bit_length()} bits"
    return ascii(value)
