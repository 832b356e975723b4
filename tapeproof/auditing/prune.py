"""Removing whole closed hours from the audit table, after an export holds them and the log has said so.

The request is an item; the sealer answers it with a PRUNE leaf under a signed checkpoint; only then are items deleted,
each on the condition that it is still the one in the export. Leaf hashes and tiles stay, so every proof stays valid.
"""

from __future__ import annotations

import time
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.log.control import parse_control
from tapeproof.log.entry import entry_hash
from tapeproof.log.request import MAX_NAME, PruneRequest
from tapeproof.verifier.folder import ExportFolder, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Pruned", "export_digest", "hours_before", "prune"]

_POLL_SECONDS = 5.0


class Pruned(NamedTuple):
    """One hour's result: entries in the export, items deleted, items that had changed and were kept."""

    hour: str
    entries: int
    deleted: int
    kept: int


def hours_before(folder: Path, before: str) -> list[str]:
    """Return the closed hours that an export holds entries of and that lie before an hour ``yyyymmddhh``.

    Of an hour that was still open the export may lack entries.
    """
    export = ExportFolder(folder)
    closed = {members["epoch"] for members in _closes(export)}
    return sorted({part.hour for part in export.parts("lanes") if part.hour in closed and part.hour < before})


def _closes(export: ExportFolder) -> Iterator[dict[str, Any]]:
    return (parse_control(data) for _, data in export.controls() if b'"act":"CLOSE"' in data)


def export_digest(folder: Path, hour: str) -> str:
    """Return, in hex, the SHA-256 over names and SHA-256 of the export's files of an hour."""
    digest = sha256()
    for path in _files(folder, hour):
        digest.update(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n".encode())
    return digest.hexdigest()


def _files(folder: Path, hour: str) -> list[Path]:
    """Return the files of an hour's lanes that were verified, and no other that lies beside them."""
    export = ExportFolder(folder)
    return [export.path("lanes", part) for part in export.parts("lanes") if part.hour == hour]


def prune(
    client: Any,  # noqa: ANN401 - boto3's client, or a stand-in
    table: str,
    folder: Path,
    hours: list[str],
    *,
    by: str,
    wait_seconds: float,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Pruned]:
    """Remove hours from the audit table.

    Args:
        client: boto3's low-level DynamoDB client.
        table: The audit table.
        folder: A verified export that holds the hours.
        hours: Closed hours.
        by: Who asks, for the record.
        wait_seconds: How long the sealer may take to answer.
        sleep: Waits for a number of seconds.

    Raises:
        SourceError: The sealer did not answer in time; nothing was deleted of the hours it did not answer.
        ServiceError: AWS refused or did not answer.
    """
    for hour in hours:
        _request(client, table, folder, hour, by)
    for hour in hours:
        _await_leaf(client, table, hour, wait_seconds, sleep)
    return [_delete(client, table, folder, hour) for hour in hours]


def _request(client: Any, table: str, folder: Path, hour: str, by: str) -> None:  # noqa: ANN401 - boto3's client
    closes = {members["epoch"]: members["_n"] for members in _closes(ExportFolder(folder))}
    entries, digest = sum(1 for _ in _items(folder, hour)), export_digest(folder, hour)
    request = PruneRequest(hour, entries, digest, by, closes.get(hour, -1))
    if not request.sound():
        raise SourceError(f"--by {by[:80]!r} is no name", f"Give 1 to {MAX_NAME} printable letters.")
    try:
        client.put_item(TableName=table, Item=request.item(), ConditionExpression="attribute_not_exists(pk)")
    except Exception as error:
        if getattr(error, "response", {}).get("Error", {}).get("Code") != "ConditionalCheckFailedException":
            raise ServiceError(f"the request to prune {hour} could not be written: {error}") from error
        there = PruneRequest.read(_read_request(client, table, hour))
        if there is None or (there.entries, there.export) != (request.entries, request.export):
            raise SourceError(
                f"another export was named when the pruning of {hour} was requested",
                f"Prune with that export, or remove the item C / PRUNE#{hour} if the log has not answered it.",
            ) from error


def _read_request(client: Any, table: str, hour: str) -> dict[str, Any]:  # noqa: ANN401 - boto3's client
    key = {"pk": {"S": "C"}, "sk": {"S": f"PRUNE#{hour}"}}
    item: dict[str, Any] = client.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", key)
    return item


def _await_leaf(client: Any, table: str, hour: str, seconds: float, sleep: Callable[[float], None]) -> None:  # noqa: ANN401 - boto3's client
    waited = 0.0
    while "leaf" not in _read_request(client, table, hour):
        if waited >= seconds:
            raise SourceError(
                f"the sealer has not announced the pruning of {hour} in the log within {seconds:.0f} s",
                "It answers for closed hours only, once a minute. Run the command again: the request stays.",
            )
        sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS


def _items(folder: Path, hour: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield lane, sort key and hash of the export's entries of an hour."""
    lane = ""
    for path in _files(folder, hour):
        for line in lines(path):
            if line.startswith(b"#L "):
                lane = line.split(b" ")[1].decode()
            elif not line.startswith(b"!"):
                seq = int(line.split(b'"_seq":', 1)[1].split(b",", 1)[0])
                yield lane, f"{seq:010d}", entry_hash(line)


def _delete(client: Any, table: str, folder: Path, hour: str) -> Pruned:  # noqa: ANN401 - boto3's client
    entries = deleted = kept = 0
    lanes: dict[str, None] = {}
    for lane, sk, digest in _items(folder, hour):
        entries += 1
        lanes[lane] = None
        try:
            client.delete_item(
                TableName=table,
                Key={"pk": {"S": f"L#{lane}"}, "sk": {"S": sk}},
                ConditionExpression="attribute_not_exists(pk) OR h = :h",
                ExpressionAttributeValues={":h": {"B": digest}},
            )
            deleted += 1
        except Exception as error:
            if getattr(error, "response", {}).get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise ServiceError(f"{lane} {sk} could not be deleted: {error}", "Run the command again.") from error
            kept += 1
    for lane in lanes if not kept else ():
        listing = {"pk": {"S": f"E#{hour}#{int(lane[-1], 16) % 8}"}, "sk": {"S": lane}}
        client.delete_item(TableName=table, Key=listing)
    return Pruned(hour, entries, deleted, kept)
