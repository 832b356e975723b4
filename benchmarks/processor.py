"""CPU time of the processor per event, beside what botocore needs to send the same transaction.

Run: `.venv/bin/python benchmarks/processor.py`. Nothing leaves the machine: botocore builds, signs and parses as
always, and is given the answer instead of sending. The peer is botocore's own share in the same run, so the ratios
hold on any machine.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import time
from typing import TYPE_CHECKING, Any, TypeAlias

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.session import get_session
from handlers import processor
from handlers.decisions import Decider
from handlers.deliveries import delivery
from handlers.settings import Settings

from tapeproof.market import venues

if TYPE_CHECKING:
    from collections.abc import Callable

Client: TypeAlias = Any  # botocore's own shape

ENVIRONMENT = {
    "AUDIT_TABLE": "table-audit-bench",
    "AWS_LAMBDA_FUNCTION_NAME": "lambda-trade-bench",
    "LOG_ORIGIN": "example.com/bench",
    "MARKET_TABLE": "table-market-bench",
    "ROUTE": "trade",
}
BATCH = 90
SECONDS = 1.0


class Context:
    """Of an invocation that has all the time in the world."""

    aws_request_id = "11111111-2222-3333-4444-555555555555"

    def get_remaining_time_in_millis(self) -> int:
        """Return one minute."""
        return 60_000


class Nowhere:
    """A client without botocore: what is left is ours."""

    def transact_write_items(self, **_: Client) -> dict[str, Any]:
        """Take a transaction."""
        return {}

    def put_item(self, **_: Client) -> dict[str, Any]:
        """Take an item."""
        return {}


def short_circuited() -> Client:
    """Return a real client whose requests are answered before they are sent."""
    os.environ |= {"LOG_LEVEL": "WARNING", "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    config = Config(parameter_validation=False, retries={"mode": "standard", "total_max_attempts": 2})
    client = get_session().create_client("dynamodb", region_name="us-east-1", config=config)

    class Raw(io.BytesIO):
        def stream(self, **_: Client) -> Client:
            yield b"{}"

    def answered(request: Client, **_: Client) -> Client:
        return AWSResponse(request.url, 200, HTTPHeaders(), Raw())

    client.meta.events.register("before-send.dynamodb", answered)
    return client


def message(number: int) -> str:
    """Return a match of Coinbase."""
    return json.dumps(
        {
            "type": "match",
            "trade_id": number,
            "maker_order_id": "2a0da34e-61f7-4c36-88e5-c9dd15927b16",
            "taker_order_id": "3c82abaa-c01e-4608-be59-6a1e69742891",
            "side": "sell",
            "size": "985.00000000",
            "price": "0.00001305",
            "product_id": "SKL-BTC",
            "sequence": 177100030 + number,
            "time": f"2021-04-17T16:43:37.{number % 1_000_000:06d}Z",
        }
    )


def event(number: int) -> dict[str, Any]:
    """Return the event that brings it."""
    received = 1_618_677_817_000_000_000 + number * 1000
    detail = {"schema": "native/1", "venue": "coinbase", "received_ns": str(received), "raw": message(number)}
    return {
        "id": f"{number:08d}-2222-3333-4444-555555555555",
        "detail-type": "Trade",
        "source": "marketdata.coinbase",
        "time": "2021-04-17T16:43:37Z",
        "detail": detail,
    }


def batch(start: int) -> dict[str, Any]:
    """Return a batch of SQS messages."""
    bodies = (json.dumps(event(number)) for number in range(start, start + BATCH))
    return {"Records": [{"messageId": str(n), "eventSource": "aws:sqs", "body": body} for n, body in enumerate(bodies)]}


def microseconds(work: Callable[[int], object], per: int = 1) -> float:
    """Return CPU microseconds per event: the best of five runs, the least disturbed by the machine."""
    best = float("inf")
    for _ in range(5):
        count, started, end = 0, time.process_time_ns(), time.monotonic() + SECONDS / 5
        while time.monotonic() < end:
            work(count)
            count += per
        best = min(best, (time.process_time_ns() - started) / 1000 / count)
    return best


def processed(client: Client, source: Callable[[int], dict[str, Any]], per: int) -> float:
    """Return CPU microseconds per event of whole invocations."""
    context = Context()
    inputs = [source(number * per) for number in range(50)]
    with contextlib.redirect_stdout(io.StringIO()):
        one = processor.build(ENVIRONMENT, client)
        return microseconds(lambda number: one.process(inputs[number // per % 50], context), per)


def main() -> None:
    """Measure and print."""
    events = [event(number) for number in range(50)]
    decider = Decider(Settings.read(ENVIRONMENT))
    raws = [one["detail"]["raw"] for one in events]
    now = 1_618_677_818_000_000_000
    client = short_circuited()
    rows = [
        ("parse and validate one message", microseconds(lambda n: venues.parse("coinbase", raws[n % 50], now))),
        ("decide: parse, canonical body, items", microseconds(lambda n: decider.decide(delivery(events[n % 50]), now))),
    ]
    ours, whole = processed(Nowhere(), event, 1), processed(client, event, 1)
    ours_batch, whole_batch = processed(Nowhere(), batch, BATCH), processed(client, batch, BATCH)
    rows += [
        ("direct: all of ours (entry, hash, metrics, log)", ours),
        ("direct: botocore beside it (transaction, newest)", whole - ours),
        (f"batch of {BATCH}: all of ours", ours_batch),
        (f"batch of {BATCH}: botocore beside it", whole_batch - ours_batch),
    ]
    for name, value in rows:
        print(f"{name:<52} {value:8.1f} us CPU per event")
    print(f"{'batched against direct, whole':<52} {whole / whole_batch:8.1f} x less CPU per event")
    print(f"{'ours against botocore, direct':<52} {ours / (whole - ours):8.2f}")


if __name__ == "__main__":
    main()
