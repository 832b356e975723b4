"""Restoring both tables to a second of the past, beside the live ones, and saying what is missing there.

DynamoDB restores to a new table only. Indexes and encryption come along; point-in-time recovery, tags and policies do
not (Amazon DynamoDB Developer Guide, "Restore a table in DynamoDB").
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tapeproof.log.kms import KmsSigner
from tapeproof.log.objects import Bucket
from tapeproof.log.table import AuditTable
from tapeproof.ops.errors import OperationError
from tapeproof.ops.reading import time_ns
from tapeproof.ops.restore_missing import Comparison, compare_with_published
from tapeproof.ops.screen import Screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.ops.target import Addressee, StackOutputs

__all__ = ["restore"]

POLL_S = 5.0
SHOWN_RUNS = 20


def restore(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Restore both tables beside the live ones when asked to, and name what the log published and they lack.

    Returns:
        0, or 1 when entries are missing.

    Raises:
        OperationError: The time is out of reach, the stack does not say where the log is published, or a table was not
            restored in time.
        AuditError: What is published is not signed, or does not add up.
    """
    target, outputs, _ = find()
    _require_log(outputs)
    dynamodb, screen = target.client("dynamodb"), Screen()
    at = _wanted_time(dynamodb, outputs, arguments.at)
    restored = _renamed(outputs, arguments.suffix or at.strftime("%Y%m%d%H%M%S"))
    pairs = [
        (outputs.market_table_name, restored.market_table_name),
        (outputs.audit_table_name, restored.audit_table_name),
    ]
    if not arguments.write:
        told = " and ".join(f"{source} to {name}" for source, name in pairs)
        screen.say(f"{told}, as they were at {at.isoformat()}; add --write to restore them beside the live ones")
        return 0
    for source, name in pairs:
        _start(dynamodb, source, name, at)
    with screen.show_work("waiting for DynamoDB to restore the tables"):
        for _, name in pairs:
            _finish(dynamodb, name, time.monotonic() + arguments.wait)
    _write_outputs(restored, arguments.out)
    screen.say(f"restored as they were at {at.isoformat()}: {restored.market_table_name}, {restored.audit_table_name}")
    key = KmsSigner(target.client("kms"), outputs.log_origin).verifier_key(outputs.checkpoint_key_arn)
    table, bucket = (
        AuditTable(dynamodb, restored.audit_table_name),
        Bucket(target.client("s3"), outputs.tile_bucket_name),
    )
    comparison = compare_with_published(table, bucket, outputs.log_origin, [key], thorough=arguments.thorough)
    for line in _lines(comparison, outputs, arguments.out):
        screen.say(line)
    return 1 if comparison.missing else 0


def _require_log(outputs: StackOutputs) -> None:
    if not outputs.tile_bucket_name or not outputs.checkpoint_key_arn:
        raise OperationError(
            "the stack's outputs name no tile bucket or no checkpoint key",
            why="they were written by another version of the stack",
            fix="write them again with `terraform output -json`",
        )


def _wanted_time(dynamodb: Any, outputs: StackOutputs, text: str | None) -> datetime:  # noqa: ANN401 - boto3's client
    """Return the second to restore to, which both tables can be restored to."""
    windows = [_window(dynamodb, name) for name in (outputs.market_table_name, outputs.audit_table_name)]
    earliest = max(first for first, _ in windows)
    latest = min(last for _, last in windows).replace(microsecond=0)
    at = datetime.fromtimestamp(time_ns(text, "--at") // 10**9, UTC) if text else latest
    if not earliest <= at <= latest:
        raise OperationError(
            f"the tables cannot be restored to {at.isoformat()}",
            why=f"DynamoDB keeps them from {earliest.isoformat()} to {latest.isoformat()}, usually five minutes ago",
            fix="name a time between the two, or leave --at out for the newest",
        )
    return at


def _window(dynamodb: Any, name: str) -> tuple[datetime, datetime]:  # noqa: ANN401 - boto3's client
    told = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = told.get("PointInTimeRecoveryDescription", {})
    if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
        raise OperationError(
            f"point-in-time recovery of {name} is off",
            fix="a deleted table is restored from its system backup; docs/restoring.md says how",
        )
    now = datetime.now(UTC).replace(microsecond=0)
    first = recovery.get("EarliestRestorableDateTime") or datetime.fromtimestamp(0, UTC)
    return first.astimezone(UTC), (recovery.get("LatestRestorableDateTime") or now).astimezone(UTC)


def _renamed(outputs: StackOutputs, suffix: str) -> StackOutputs:
    return replace(
        outputs,
        market_table_name=f"{outputs.market_table_name}-restored-{suffix}",
        audit_table_name=f"{outputs.audit_table_name}-restored-{suffix}",
    )


def _start(dynamodb: Any, source: str, name: str, at: datetime) -> None:  # noqa: ANN401 - boto3's client
    """Begin to restore a table; one of that name that is there already is gone on with."""
    if _status(dynamodb, name) is None:
        dynamodb.restore_table_to_point_in_time(SourceTableName=source, TargetTableName=name, RestoreDateTime=at)


def _status(dynamodb: Any, name: str) -> str | None:  # noqa: ANN401 - boto3's client
    try:
        return str(dynamodb.describe_table(TableName=name)["Table"]["TableStatus"])
    except dynamodb.exceptions.ResourceNotFoundException:
        return None


def _finish(dynamodb: Any, name: str, until: float) -> None:  # noqa: ANN401 - boto3's client
    while (status := _status(dynamodb, name)) != "ACTIVE":
        if time.monotonic() >= until:
            raise OperationError(
                f"{name} is still {status}",
                why="DynamoDB restores for as long as it takes, hours for a large table",
                fix="run the same command again, with the same --at or --suffix: it goes on where it stopped",
            )
        time.sleep(POLL_S)
    recovery = {"PointInTimeRecoveryEnabled": True}
    dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)


def _write_outputs(outputs: StackOutputs, file: Path) -> None:
    """Write what other commands take as ``--outputs``, with the restored tables."""
    file.parent.mkdir(parents=True, exist_ok=True)
    document = {name: {"value": value} for name, value in asdict(outputs).items()}
    file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _lines(comparison: Comparison, outputs: StackOutputs, file: Path) -> Iterator[str]:
    held, published = comparison.held, comparison.published
    yield f"the log has published {published:,} leaves; the restored head covers {held:,}"
    for run in comparison.missing[:SHOWN_RUNS]:
        at = datetime.fromtimestamp(run.decided_ns // 10**9, UTC).isoformat()
        last = run.first + run.number - 1
        yield f"missing: lane {run.lane}, sequence {run.first} to {last}, decided from {at}"
    if len(comparison.missing) > SHOWN_RUNS:
        yield f"and {len(comparison.missing) - SHOWN_RUNS:,} more lanes or stretches"
    if comparison.missing:
        since = datetime.fromtimestamp(comparison.missing[0].decided_ns // 10**9, UTC).isoformat()
        yield f"replay the archive of {outputs.event_bus_name} from {since} to record these events again"
    else:
        yield "nothing that was published after it is missing"
    yield f"verify it: tapeproof audit verify --outputs {file}"
