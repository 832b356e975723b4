"""A log where it lives: tables, bucket, key and log groups, reached through boto3."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.log.kms import KmsSigner
from tapeproof.log.objects import Bucket, Objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Line", "Live", "Names", "Source", "read_outputs", "translate_errors"]

_MARK = '{"audit":{"h":"'


@dataclass(frozen=True, slots=True)
class Line:
    """A witness line of CloudWatch Logs: text, and when the service took it in (milliseconds since 1970)."""

    text: str
    ingested: int


class Source(Protocol):
    """What an export is made from."""

    origin: str
    objects: Objects

    def describe(self) -> dict[str, Any]:
        """Return names and endpoint, for the export's manifest."""
        ...

    def scan(self, which: str) -> Iterator[dict[str, Any]]:
        """Yield every item of the ``audit`` or the ``market`` table as low-level attribute maps."""
        ...

    def query_log(self, prefix: str) -> Iterator[dict[str, Any]]:
        """Yield the log's own items (partition C) whose sort key starts with a prefix."""
        ...

    def lines(self) -> Iterator[Line]:
        """Yield every witness line."""
        ...

    def lines_since(self) -> int:
        """Return from when on lines are kept, nanoseconds since 1970."""
        ...

    def verifier_key(self) -> str | None:
        """Return the signing key's public half as the key service has it."""
        ...


@dataclass(frozen=True, slots=True)
class Names:
    """What the log's resources are called.

    Attributes:
        origin: The log's origin line.
        audit_table: Audit table.
        market_table: Market table, or empty: no records are read.
        bucket: Tile bucket.
        key_arn: Signing key, or empty.
        log_groups: Log groups of the functions that write.
    """

    origin: str
    audit_table: str
    market_table: str
    bucket: str
    key_arn: str = ""
    log_groups: tuple[str, ...] = field(default=())


def read_outputs(path: Path) -> Names:
    """Return the names from a file that ``terraform output -json`` wrote.

    Raises:
        SourceError: The file is not that, or lacks an output.
    """
    try:
        outputs: Mapping[str, Mapping[str, Any]] = json.loads(path.read_bytes())
        groups: Mapping[str, str] = outputs["log_group_names"]["value"]
        return Names(
            origin=outputs["log_origin"]["value"],
            audit_table=outputs["audit_table_name"]["value"],
            market_table=outputs["market_table_name"]["value"],
            bucket=outputs["tile_bucket_name"]["value"],
            key_arn=outputs["checkpoint_key_arn"]["value"],
            log_groups=tuple(name for role, name in sorted(groups.items()) if role != "sealer"),
        )
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error}", "Write it with `terraform output -json`.") from error
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise SourceError(
            f"{path} lacks the stack's outputs ({type(error).__name__}: {error})",
            "Write it with `terraform output -json` in the stack's folder.",
        ) from error


class Live:
    """A log in an AWS account.

    Args:
        names: What its resources are called.
        profile: AWS profile, if not the default.
        endpoint: Endpoint of all services, for an emulator.
    """

    def __init__(self, names: Names, profile: str | None = None, endpoint: str | None = None) -> None:
        try:
            import boto3  # noqa: PLC0415 - everything but a live log works without the SDK
            from botocore.config import Config  # noqa: PLC0415 - as above
        except ImportError as error:
            raise SourceError("a live log needs boto3", "Install tapeproof[audit].") from error
        self.origin, self._names = names.origin, names
        settings = Config(retries={"mode": "adaptive", "total_max_attempts": 8}, max_pool_connections=32)
        with translate_errors("setting up the AWS SDK"):
            session = boto3.Session(profile_name=profile)

            def client(service: Any) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
                return session.client(service, endpoint_url=endpoint, config=settings)

            self._dynamodb, self._logs, self._kms = client("dynamodb"), client("logs"), client("kms")
            self.objects: Objects = _Tiles(client("s3"), names.bucket)
        self._endpoint = endpoint or str(self._dynamodb.meta.endpoint_url)

    def with_names(self, names: Names) -> Live:
        """Return another log that is reached in the same way."""
        other = copy(self)
        other._names = names  # noqa: SLF001 - it is of this class
        return other

    @property
    def names(self) -> Names:
        """Return what the log's resources are called."""
        return self._names

    @property
    def dynamodb(self) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Return the DynamoDB client."""
        return self._dynamodb

    def describe(self) -> dict[str, Any]:
        """Return names and endpoint."""
        shown = {"audit_table": self._names.audit_table, "market_table": self._names.market_table}
        return {**shown, "bucket": self._names.bucket, "endpoint": self._endpoint, "key": self._names.key_arn}

    def scan(self, which: str) -> Iterator[dict[str, Any]]:
        """Yield every item of a table, strongly consistent."""
        table = self._names.audit_table if which == "audit" else self._names.market_table
        if table:
            yield from self._pages(self._dynamodb.scan, "Items", TableName=table, ConsistentRead=True)

    def query_log(self, prefix: str) -> Iterator[dict[str, Any]]:
        """Yield the log's own items."""
        yield from self._pages(
            self._dynamodb.query,
            "Items",
            TableName=self._names.audit_table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues={":pk": {"S": "C"}, ":sk": {"S": prefix}},
            ConsistentRead=True,
        )

    def lines(self) -> Iterator[Line]:
        """Yield every witness line of the log groups."""
        for group in self._names.log_groups:
            for event in self._events(group):
                text = event["message"].strip()
                if text.startswith(_MARK):
                    yield Line(text, int(event.get("ingestionTime") or event["timestamp"]))

    def lines_since(self) -> int:
        """Return from when on every log group keeps lines."""
        days = [
            group["retentionInDays"]
            for name in self._names.log_groups
            for group in self._call(self._logs.describe_log_groups, logGroupNamePrefix=name)["logGroups"]
            if group["logGroupName"] == name and "retentionInDays" in group
        ]
        return time.time_ns() - min(days) * 86_400 * 10**9 if days else 0

    def verifier_key(self) -> str | None:
        """Return the public half of the signing key, from KMS."""
        if not self._names.key_arn:
            return None
        with translate_errors("get_public_key"):
            return str(KmsSigner(self._kms, self.origin).verifier_key(arn=self._names.key_arn))

    def _events(self, group: str) -> Iterator[dict[str, Any]]:
        arguments: dict[str, Any] = {"logGroupName": group}
        while True:
            page = self._call(self._logs.filter_log_events, **arguments)
            yield from page["events"]
            token = page.get("nextToken")
            if not token or token == arguments.get("nextToken"):
                return
            arguments["nextToken"] = token

    def _pages(self, call: Any, member: str, **arguments: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - boto3's shapes
        while True:
            page = self._call(call, **arguments)
            yield from page[member]
            if not page.get("LastEvaluatedKey"):
                return
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _call(self, call: Any, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's shapes
        with translate_errors(getattr(call, "__name__", "a call")):
            return call(**arguments)


class _Tiles(Bucket):
    def get(self, path: str) -> bytes | None:
        with translate_errors("reading the tile bucket"):
            return super().get(path)


@contextmanager
def translate_errors(what: str) -> Iterator[None]:
    """Tell what the AWS SDK raises inside as a ``ServiceError``: a missing region or profile, a refusal, no answer.

    Args:
        what: What is done, in words.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see the constructor of Live

    try:
        yield
    except (BotoCoreError, ClientError, ValueError) as error:
        raise ServiceError(
            f"{what} failed: {error}",
            "Check profile, region and endpoint, and the read permissions on tables, bucket, key and log groups.",
        ) from error
