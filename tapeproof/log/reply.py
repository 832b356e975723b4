"""What DynamoDB's answer to a frozen transaction means: done, mine already, somebody else's, try again, or no.

Sources: Amazon DynamoDB API reference, ``TransactWriteItems`` (errors and cancellation reasons), and the developer
guide, "Error handling with DynamoDB".
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tapeproof.log.transaction import Frozen

__all__ = ["Meaning", "Reply", "read"]


class Meaning(Enum):
    """What is now known."""

    MINE = "the transaction is committed"
    FOREIGN = "another entry stands at this place of the lane"
    TAKEN = "records that were to be new are there already; nothing was written"
    REJECTED_FOR_NOW = "nothing was written; the same request may succeed later"
    IN_DOUBT = "the transaction may or may not be committed"
    REFUSED = "nothing was written, and the same request will never succeed"


class Reply(NamedTuple):
    """A meaning, with the items found in the place of new records (by index in the chunk) and the cause in words."""

    meaning: Meaning
    found: dict[int, Any]
    cause: str


_FOR_NOW = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
    }
)
_IN_DOUBT = frozenset(
    {"InternalServerError", "InternalFailure", "ServiceUnavailable", "TransactionInProgressException"}
)
_SERVER_ERROR = 500


def read(error: Exception, frozen: Frozen) -> Reply:
    """Return what an exception of ``transact_write_items`` means for a frozen transaction.

    Args:
        error: With a ``response`` as botocore's ``ClientError`` has it, or any other exception (time-out, connection
            lost), after which the transaction is in doubt.
        frozen: The transaction that was sent.
    """
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return Reply(Meaning.IN_DOUBT, {}, f"{type(error).__name__}: {error}")
    code = str(response.get("Error", {}).get("Code", ""))
    cause = f"{code}: {response.get('Error', {}).get('Message', '')}"
    if code == "TransactionCanceledException":
        return _read_cancellation(response.get("CancellationReasons") or [], frozen, cause)
    if code in _FOR_NOW:
        return Reply(Meaning.REJECTED_FOR_NOW, {}, cause)
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _IN_DOUBT or status >= _SERVER_ERROR:
        return Reply(Meaning.IN_DOUBT, {}, cause)
    return Reply(Meaning.REFUSED, {}, cause)


def _read_cancellation(reasons: list[dict[str, Any]], frozen: Frozen, cause: str) -> Reply:
    failed = "ConditionalCheckFailed"
    if reasons and reasons[0].get("Code") == failed:
        old = reasons[0].get("Item", {}).get("b", {}).get("B", b"")
        return Reply(Meaning.MINE if bytes(old) == frozen.data else Meaning.FOREIGN, {}, cause)
    found: dict[int, Any] = {}
    for reason, owner in zip(reasons, frozen.owners(), strict=False):
        if owner is not None and reason.get("Code") == failed:
            found.setdefault(owner, reason.get("Item", {}))
    if found:
        return Reply(Meaning.TAKEN, found, cause)
    if any(reason.get("Code") in _FOR_NOW for reason in reasons):
        return Reply(Meaning.REJECTED_FOR_NOW, {}, cause)
    return Reply(Meaning.REFUSED, {}, cause)
