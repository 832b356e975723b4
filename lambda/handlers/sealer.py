"""The sealer's entry point: EventBridge Scheduler calls it every minute; calling it twice at once is harmless."""

from __future__ import annotations

import json
import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from tapeproof.log.kms import KmsSigner
from tapeproof.log.objects import Bucket
from tapeproof.log.sealer import Sealed, Sealer
from tapeproof.log.table import AuditTable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["handler"]

_CLIENT = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})


@cache
def _sealer() -> Sealer:
    origin = os.environ["LOG_ORIGIN"]
    return Sealer(
        AuditTable(boto3.client("dynamodb", config=_CLIENT), os.environ["AUDIT_TABLE"]),
        Bucket(boto3.client("s3", config=_CLIENT), os.environ["TILE_BUCKET"]),
        KmsSigner(boto3.client("kms", config=_CLIENT), origin),
        origin=origin,
        key_arn=os.environ["CHECKPOINT_KEY_ARN"],
        clock=time.time_ns,
    )


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401, ARG001 - Lambda's own shapes
    """Seal what is new and return what was done."""
    done = _sealer().run(context.get_remaining_time_in_millis)
    print(json.dumps(_metrics(done)))  # noqa: T201 - a line on standard output is how a metric is published
    return done._asdict()


def _metrics(done: Sealed) -> dict[str, Any]:
    """Return the run's metrics in CloudWatch's embedded metric format."""
    units = {
        "CheckpointSealed": "Count",
        "CheckpointAgeSeconds": "Seconds",
        "SealedEntries": "Count",
        "OpenLanes": "Count",
        "BrokenLanes": "Count",
        "LogSize": "Count",
    }
    sealed = 0 if done.lost_race else 1
    values = (sealed, round(done.age_seconds, 3), done.entries, done.lanes, done.broken, done.size)
    definition = {
        "Namespace": os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "Tapeproof"),
        "Dimensions": [["service"], ["log", "environment"]],
        "Metrics": [{"Name": name, "Unit": unit} for name, unit in units.items()],
    }
    return {
        "_aws": {"Timestamp": time.time_ns() // 10**6, "CloudWatchMetrics": [definition]},
        "service": os.environ.get("POWERTOOLS_SERVICE_NAME", "sealer"),
        "log": os.environ["LOG_ORIGIN"],
        "environment": os.environ.get("ENVIRONMENT_SUFFIX", ""),
        "hours_closed": done.closed,
        **dict(zip(units, values, strict=True)),
    }
