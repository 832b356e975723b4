"""Decisions on events, and what became of them, for the tests of what follows."""

from __future__ import annotations

import json
import uuid
from typing import Any

from handlers.decisions import Decider, Step
from handlers.deliveries import delivery
from handlers.settings import Settings

from tapeproof.log.decision import Committed

__all__ = ["NOW", "decide", "make_committed", "make_event", "make_settings"]

NOW = 1_704_067_200_000_000_000


def make_settings(**environment: str) -> Settings:
    """Return the settings of a function; its logger is one of its own."""
    known = {"AUDIT_TABLE": "a", "LOG_ORIGIN": "o", "MARKET_TABLE": "m", "ROUTE": "trade"}
    return Settings.read(known | {"POWERTOOLS_SERVICE_NAME": f"s-{uuid.uuid4()}"} | environment)


def make_event(number: int = 1, **detail: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a publisher sends
    """Return an event with a trade of Coinbase; members that are `...` are left out."""
    raw = {
        "type": "match", "trade_id": number, "side": "buy", "size": "1", "price": "2", "product_id": "A-B",
        "time": "2024-01-01T00:00:00Z",
    }  # fmt: skip
    whole = {"schema": "native/1", "venue": "coinbase", "received_ns": str(NOW), "raw": json.dumps(raw)} | detail
    told = {name: value for name, value in whole.items() if value is not ...}
    return {"id": f"e-{number}", "source": "marketdata.coinbase", "detail": told}


def decide(event: Any, now_ns: int = NOW, **environment: str) -> list[Step]:  # noqa: ANN401 - as above
    """Return the decisions of a function on an event."""
    return Decider(make_settings(**environment)).decide(delivery(event), now_ns)


def make_committed(step: Step, act: str | None = None, item: int | None = None) -> Committed:
    """Return a decision as it is committed."""
    return Committed(step.decision, act or step.decision.act, "lane", 4, item, b"\x01" * 32, b"entry")
