"""What a venue added to its messages and nobody knew: kept as it was decoded, in a body that can be written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection
from tapeproof.market.wire import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_extra"]


def read_extra(detail: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever a venue added
    """Return what a venue added, None without any.

    Raises:
        Rejection: It cannot be written again as it is, or it has a number in it, whose digits may be lost.
    """
    if "extra" not in detail:
        return None
    extra = detail["extra"]
    try:
        canonical(extra).encode()
    except (TypeError, ValueError, RecursionError):
        raise Rejection(
            "bad-extra", "extra must be JSON of texts, lists and objects that can be written again"
        ) from None
    if _has_number(extra):
        raise Rejection("bad-extra", "extra holds a JSON number; write it as text, so that no digit is lost")
    return extra


def _has_number(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_number, value))
    return isinstance(value, (int, float)) and not isinstance(value, bool)
