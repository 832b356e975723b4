"""The stack is changed while events arrive without a pause, calls are refused in the middle, and no event is lost."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local.errors import TerraformFailedError
from tests.e2e.traffic import Traffic
from tests.effort import SOAKING, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws

EVENTS = min(cases(2_000), 50_000)
RATE = 120.0 if SOAKING else 40.0
VENUES = ["bitstamp", "coinbase", "gemini", "kraken"]
BUFFERED = {"delivery": "buffered", "maximum_concurrency": 2}
ROUTES: dict[str, dict[str, Any]] = {
    "book": {**BUFFERED, "detail_types": ["Book"]},
    "quote": {**BUFFERED, "detail_types": ["Quote"]},
    "status": {"detail_types": ["Status"]},
    "trade": {"detail_types": ["Trade"]},
}


def _sources(*venues: str) -> list[str]:
    return [f"marketdata.{venue}" for venue in venues]


def _routes(**changed: dict[str, Any]) -> dict[str, Any]:
    return {name: {**ROUTES.get(name, {}), **changed.get(name, {})} for name in {**ROUTES, **changed}}


_THREE = {"sources": _sources(*VENUES[:3])}
_TAKES_OVER = {"detail_types": ["Trade"], "sources": _sources("kraken")}
AT_ONCE: dict[str, Any] = {
    "routes": _routes(
        book={"delivery": "direct"},
        kraken=_TAKES_OVER,
        quote={"memory_mb": 768, "pattern": {"schema": ["native/1"]}},
        trade={**_THREE, "delivery": "buffered", "maximum_concurrency": 2},
    ),
    "venues": [*VENUES[:1], *VENUES[2:], "nyse"],
}
"""A venue added and one removed, a route added and others re-patterned, delivery both ways, memory."""
ONE_BY_ONE: dict[str, dict[str, Any]] = {
    "a venue is removed": {"venues": VENUES[:3]},
    "a venue is added": {"venues": [*VENUES, "nyse"]},
    "a route is added": {"routes": _routes(kraken=_TAKES_OVER, trade=_THREE)},
    "a route is retired": {"routes": _routes(kraken={**_TAKES_OVER, "sources": _sources("nobody"), "retired": True})},
    "a retired route is removed": {"routes": ROUTES},
    "a route is re-patterned": {
        "routes": _routes(status={"detail_types": ["Halt"]}, book={"detail_types": ["Book", "Status"]})
    },
    "direct becomes buffered": {"routes": _routes(trade=BUFFERED)},
    "buffered becomes direct": {"routes": _routes(book={"delivery": "direct"})},
    "code": {"lambda_zip_path": "two.zip"},
    "memory": {"routes": _routes(trade={"memory_mb": 768})},
    "keys": {"checkpoint_key_generations": ["1", "2"]},
    "retention": {"log_retention_days": 60, "dlq_retention_days": 7},
}
"""Each made from the one before it."""
CHANGING_CALL = (
    r"^((POST|PUT|DELETE) /(?!.*invocations)\S*(functions|event-source-mappings)\S*"
    r"|Put(Rule|Targets|MetricAlarm|CompositeAlarm|Dashboard|RolePolicy|ResourcePolicy)|RemoveTargets|Set\w+"
    r"|Delete(?!Message|Item)\w+|Create\w+|AddPermission)$"
)
"""Calls by which Terraform changes something, and none of the traffic's or of the functions'."""
REFUSED = range(0, 60, 3)
"""Which of the calls of a change is refused, each time another one."""


@pytest.fixture
def changing(applied_stack: LocalStack) -> Iterator[LocalStack]:
    """The stack, whose changes nobody takes back but where another test changes it too."""
    yield applied_stack
    _refuse(applied_stack)
    assert applied_stack.ask_emulator("PUT", "rates", b"0")[0] == 200
    if SOAKING:
        applied_stack.apply(lambda _: None)


def _refuse(stack: LocalStack, *refusals: dict[str, Any]) -> None:
    """Make the embedded AWS refuse requests of Terraform's."""
    status, _ = stack.ask_emulator("PUT", "refusals", json.dumps(refusals).encode())
    assert status == 200


def _other_code(stack: LocalStack) -> str:
    """Write a package whose code differs, and return its path."""
    other = stack.workspace.root / "two.zip"
    shutil.copy(stack.workspace.package, other)
    with zipfile.ZipFile(other, "a") as package:
        package.writestr("release.txt", "two")
    return str(other)


def _require_whole(traffic: Traffic, capsys: pytest.CaptureFixture[str]) -> None:
    """Hold that no event was refused or lost and none recorded twice, and print what became of them."""
    lost = traffic.account()
    counts = Counter(act for acts in traffic.outcomes.values() for act in acts)
    twice = sum(acts.total() > 1 for acts in traffic.outcomes.values())
    with capsys.disabled():
        print(f"\n{len(traffic.kinds):,} events, {twice:,} delivered twice: {dict(sorted(counts.items()))}")
    assert len(traffic.kinds) >= EVENTS
    assert (traffic.refused, lost) == (0, {})
    assert {event: acts for event, acts in traffic.outcomes.items() if acts["RECORDED"] > 1} == {}


def test_no_event_is_lost_while_everything_changes_at_once_and_after_a_refusal(
    changing: LocalStack, capsys: pytest.CaptureFixture[str]
) -> None:
    with Traffic(changing, EVENTS, RATE) as traffic:
        # The routes' new rules are there, one of them has no target yet, and AWS says no.
        _refuse(changing, {"match": "^PutTargets$", "code": "AccessDeniedException", "skip": 1, "times": 1})
        with pytest.raises(TerraformFailedError, match="apply failed"):
            changing.apply(lambda _: None, AT_ONCE)
        _refuse(
            changing,
            {"match": "^(PutRule|PutTargets|RemoveTargets|DeleteRule)$", "code": "ThrottlingException", "times": 3},
        )
        if SOAKING:  # it triples the time of an apply
            assert changing.ask_emulator("PUT", "rates", b"1")[0] == 200
        changing.apply(lambda _: None, AT_ONCE)
    _require_whole(traffic, capsys)


@pytest.mark.skipif(not SOAKING, reason="an apply for each of twelve kinds of change takes minutes: in `make soak`")
@pytest.mark.timeout(0)
def test_no_event_is_lost_in_any_of_twelve_kinds_of_change(
    changing: LocalStack, capsys: pytest.CaptureFixture[str]
) -> None:
    variables: dict[str, Any] = {}
    with Traffic(changing, EVENTS, RATE) as traffic:
        for change in ONE_BY_ONE.values():
            variables |= {
                name: _other_code(changing) if value == "two.zip" else value for name, value in change.items()
            }
            changing.apply(lambda _: None, variables)
        with pytest.raises(TerraformFailedError):
            changing.apply(lambda _: None, {**variables, "environment_suffix": "other"})
    _require_whole(traffic, capsys)


@pytest.mark.skipif(not SOAKING, reason="twenty refused changes take half an hour: in `make soak`")
@pytest.mark.timeout(0)
def test_no_event_is_lost_when_any_of_twenty_calls_of_a_change_is_refused(
    changing: LocalStack, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped = 0
    with Traffic(changing, EVENTS, RATE) as traffic:
        for number, skipped in enumerate(REFUSED):
            there_and_back = {} if number % 2 else AT_ONCE
            _refuse(changing, {"match": CHANGING_CALL, "code": "AccessDeniedException", "skip": skipped, "times": 1})
            try:
                changing.apply(lambda _: None, there_and_back)
            except TerraformFailedError:
                stopped += 1
            _refuse(changing)
            changing.apply(lambda _: None, there_and_back)
            with capsys.disabled():
                print(f"\ncall {skipped} refused: {stopped} of {number + 1} applies stopped")
    assert stopped == len(REFUSED)
    _require_whole(traffic, capsys)
