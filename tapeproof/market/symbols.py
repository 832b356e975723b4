"""One spelling for an instrument that every venue spells its own way: ``BASE-QUOTE``."""

from __future__ import annotations

from tapeproof.market.errors import Rejection, describe_value

__all__ = ["EVERYTHING", "capitals", "join_pair", "split_pair", "valid_symbol"]

EVERYTHING = "*"  # the symbol of a status that concerns the whole venue
# What stands between the parts of a key, and what an escape begins with.
_RESERVED = "#"
_LONGEST = 64
_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def valid_symbol(symbol: str, *, native: object = None) -> str:
    """Return the symbol when it can stand in a key.

    Raises:
        Rejection: Something else than 1 to 64 printable characters without ``#``, not blank at either end, or the
            ``*`` that stands for the whole venue.
    """
    fits = 0 < len(symbol) <= _LONGEST and symbol.isprintable() and symbol == symbol.strip()
    if not fits or _RESERVED in symbol or symbol == EVERYTHING:
        raise Rejection(
            "bad-symbol",
            f"symbol must be 1 to {_LONGEST} printable characters without #, got "
            f"{describe_value(symbol if native is None else native)}",
        )
    return symbol


def capitals(native: str) -> str:
    """Return a venue's spelling with its ASCII letters in capitals.

    Other letters stay as they are: some have their capitals inside ASCII (U+017F has S), and another instrument's
    name must not come out of them.
    """
    return native.translate(_CAPITALS)


def join_pair(native: str, separator: str, aliases: dict[str, str] | None = None) -> str:
    """Return ``BASE-QUOTE`` of a pair written with a separator, the venue's own currency codes replaced."""
    aliases = aliases or {}
    parts = (aliases.get(part, part) for part in capitals(native).split(separator))
    return valid_symbol("-".join(parts), native=native)


def split_pair(native: str, quotes: tuple[str, ...], whole: dict[str, str] | None = None) -> str:
    """Return ``BASE-QUOTE`` of a pair written without a separator.

    Args:
        native: The venue's spelling, in any case.
        quotes: The quote currencies of the venue, the longest first.
        whole: Pairs that the rule would split wrongly, by their upper-case spelling.

    A pair with no known quote currency keeps its upper-case spelling: recorded under its own name, never lost.
    """
    upper = capitals(native)
    if whole and upper in whole:
        return whole[upper]
    for quote in quotes:
        if upper.endswith(quote) and len(upper) > len(quote):
            return valid_symbol(f"{upper.removesuffix(quote)}-{quote}", native=native)
    return valid_symbol(upper, native=native)
