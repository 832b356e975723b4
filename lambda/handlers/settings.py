"""What the deployment tells a processor, read once from its environment and checked before the first event."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.log.lane import CodeIdentity
from tapeproof.market.items import MAX_ITEM_BYTES, MIN_ITEM_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["QUARANTINE", "Settings", "SettingsError", "code_identity"]

QUARANTINE = "quarantine"
_ROUTE_LIMIT = 64
_ACCOUNT = re.compile(r"[0-9]{12}")
_BUILD_RECORD = Path(__file__).resolve().parents[1] / "build.json"


class SettingsError(Exception):
    """An environment variable of the function is missing or does not fit."""

    exit_status = 2

    def diagnostics(self) -> str:
        """Return which variable, what it must be, and where it is set."""
        return f"{self}. It is set by the Terraform module `processor`."


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one function.

    Attributes:
        market_table: Name of the market table.
        audit_table: Name of the audit table.
        origin: The audit log's origin line.
        function: Name of the function.
        route: The route it serves; ``quarantine`` keeps what no route takes.
        late_after_ms: A tick received later than this after its event time is late.
        max_item_bytes: A longer record is continued in parts.
        minute_shards: Partitions of a venue's minute in the exchange-time index.
        hour_shards: Partitions of a symbol's hour in the symbol-time index.
        record_shards: Partitions of a symbol's hour.
        namespace: Namespace of the metrics.
        service: The metrics' ``service`` dimension.
        publishers: AWS accounts that may send messages of a venue, by venue; a venue that is not named may be sent by
            any account that the bus lets in.
    """

    market_table: str
    audit_table: str
    origin: str
    function: str
    route: str
    late_after_ms: int
    max_item_bytes: int
    minute_shards: int
    hour_shards: int
    record_shards: int
    namespace: str
    service: str
    publishers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Return the settings in an environment.

        Raises:
            SettingsError: A variable is missing or does not fit.
        """
        function = environ.get("AWS_LAMBDA_FUNCTION_NAME", "local")
        return cls(
            market_table=_require_setting(environ, "MARKET_TABLE"),
            audit_table=_require_setting(environ, "AUDIT_TABLE"),
            origin=_require_setting(environ, "LOG_ORIGIN"),
            function=function,
            route=_require_setting(environ, "ROUTE")[:_ROUTE_LIMIT],
            late_after_ms=_number(environ, "LATE_AFTER_MS", 1_000, 0, 86_400_000),
            max_item_bytes=_number(environ, "MAX_ITEM_BYTES", 350_000, MIN_ITEM_BYTES, MAX_ITEM_BYTES),
            minute_shards=_number(environ, "MINUTE_SHARDS", 8, 1, 256),
            hour_shards=_number(environ, "HOUR_SHARDS", 4, 1, 256),
            record_shards=_number(environ, "RECORD_SHARDS", 1, 1, 64),
            namespace=environ.get("POWERTOOLS_METRICS_NAMESPACE") or "Tapeproof",
            service=environ.get("POWERTOOLS_SERVICE_NAME") or function,
            publishers=_publishers(environ.get("PUBLISHERS", "")),
        )


def _require_setting(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise SettingsError(f"environment variable {name} is missing or empty")
    return value


def _publishers(given: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for part in filter(None, (one.strip() for one in given.split(","))):
        venue, equals, accounts = part.partition("=")
        allowed = frozenset(accounts.split())
        if not equals or not allowed or not all(_ACCOUNT.fullmatch(one) for one in allowed):
            raise SettingsError(
                "environment variable PUBLISHERS must be venue=account[ account],… with accounts of 12 digits, "
                f"got {part!r}"
            )
        found[venue.strip()] = allowed
    return found


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or not text.isascii() or not least <= int(text[:12]) <= most:
        raise SettingsError(f"environment variable {name} must be a whole number from {least} to {most}, got {text!r}")
    return int(text)


def code_identity(environ: Mapping[str, str], record: Path = _BUILD_RECORD) -> CodeIdentity:
    """Return digest and version of the deployed code, ``unbuilt`` when it does not run from a built zip."""
    version = environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
    try:
        built = json.loads(record.read_text(encoding="utf-8"))
        return CodeIdentity(str(built["contents_sha256"]), f"{built['version']}+{version}")
    except FileNotFoundError:
        return CodeIdentity("unbuilt", version)
