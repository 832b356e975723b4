"""New code that takes a part of the events is taken back as soon as it must be, and only then."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tapeproof.ops.canary import UNREAD_FOR_S, Watch, find_canaries
from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = {"trade": "lambda-trade-prod", "trade-late": "lambda-trade-late-prod", "quote": "lambda-quote-prod"}
ERRORS, DURATION = "alarm-trade-errors-prod", "alarm-trade-duration-prod"


class _Pages:
    def __init__(self, page: Callable[..., dict[str, Any]]) -> None:
        self._page = page

    def paginate(self, **asked: object) -> Iterator[dict[str, Any]]:
        yield self._page(**asked)


class _Lambda:
    """Aliases as AWS keeps them: a change has to name the revision that it was made from."""

    def __init__(self, weights: dict[str, dict[str, float]]) -> None:
        self.aliases = {
            function: {
                "Name": "alias-live-prod",
                "FunctionVersion": "8",
                "RevisionId": "r1",
                "RoutingConfig": {"AdditionalVersionWeights": weights.get(route, {})},
            }
            for route, function in NAMES.items()
        }

    def get_paginator(self, _: str) -> _Pages:
        return _Pages(lambda FunctionName: {"Aliases": [self.aliases[FunctionName]]})  # noqa: N803 - boto3's own

    def update_alias(self, *, FunctionName: str, RevisionId: str, **new: object) -> None:  # noqa: N803 - as above
        alias = self.aliases[FunctionName]
        if alias["RevisionId"] != RevisionId:
            raise ClientError({"Error": {"Code": "PreconditionFailedException", "Message": "changed"}}, "UpdateAlias")
        alias |= {"RevisionId": "r2", **new}

    def versions(self, route: str) -> tuple[str, dict[str, float]]:
        alias = self.aliases[NAMES[route]]
        return alias["FunctionVersion"], alias["RoutingConfig"]["AdditionalVersionWeights"]


class _Alarms:
    """Alarms whose states a test sets for each reading; None is a reading that fails."""

    def __init__(self, *readings: dict[str, str] | None) -> None:
        self.names = [ERRORS, DURATION, "alarm-trade-late-errors-prod", "alarm-quote-errors-prod"]
        self.readings = list(readings)

    def get_paginator(self, _: str) -> _Pages:
        return _Pages(
            lambda AlarmNamePrefix, **_: {  # noqa: N803 - as above
                "MetricAlarms": [{"AlarmName": name} for name in self.names if name.startswith(AlarmNamePrefix)]
            }
        )

    def describe_alarms(self, *, AlarmNames: list[str], **_: object) -> dict[str, Any]:  # noqa: N803 - as above
        states = self.readings.pop(0) if self.readings else {}
        if states is None:
            raise ClientError({"Error": {"Code": "Throttling", "Message": "slower"}}, "DescribeAlarms")
        return {
            "MetricAlarms": [
                {"AlarmName": name, "StateValue": states.get(name, "OK")} for name in AlarmNames if name in self.names
            ]
        }


class _Time(threading.Event):
    """Time that passes where somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0.0
        return self.is_set()


def _watch(functions: _Lambda, alarms: _Alarms, time: _Time, seconds: float = 60) -> dict[str, str]:
    canaries = find_canaries(functions, alarms, NAMES)
    return Watch(functions, alarms, canaries, time, lambda: time.now).run(seconds)


def test_new_code_stays_while_no_alarm_goes_off() -> None:
    functions, time = _Lambda({"trade": {"7": 0.9}}), _Time()
    assert _watch(functions, _Alarms({ERRORS: "INSUFFICIENT_DATA"}), time) == {}
    assert functions.versions("trade") == ("8", {"7": 0.9})
    assert time.now == 60


@pytest.mark.parametrize("reading", [0, 1, 4])
def test_an_alarm_that_goes_off_sends_all_events_to_the_version_of_before(reading: int) -> None:
    functions, time = _Lambda({"trade": {"7": 0.9}}), _Time()
    assert _watch(functions, _Alarms(*[{}] * reading, {ERRORS: "ALARM"}), time) == {"trade": f"{ERRORS} went off"}
    assert functions.versions("trade") == ("7", {})
    assert time.now == 15 * reading


def test_only_the_route_whose_alarm_went_off_is_taken_back() -> None:
    functions = _Lambda({"trade": {"7": 0.9}, "quote": {"7": 0.5}})
    alarms = _Alarms({}, {}, *[{"alarm-quote-errors-prod": "ALARM"}] * 2)
    assert _watch(functions, alarms, _Time()) == {"quote": "alarm-quote-errors-prod went off"}
    assert functions.versions("trade") == ("8", {"7": 0.9})


def test_the_alarm_of_a_route_whose_name_begins_alike_takes_nothing_back() -> None:
    functions = _Lambda({"trade": {"7": 0.9}})
    assert _watch(functions, _Alarms({"alarm-trade-late-errors-prod": "ALARM"}), _Time()) == {}
    assert find_canaries(functions, _Alarms(), NAMES)[0].alarms == (ERRORS, DURATION)


def test_a_watch_that_is_interrupted_leaves_no_new_code_unwatched() -> None:
    functions, time = _Lambda({"trade": {"7": 0.9}}), _Time()
    time.set()
    assert _watch(functions, _Alarms(), time) == {"trade": "the watch was interrupted"}
    assert functions.versions("trade") == ("7", {})


def test_alarms_that_cannot_be_read_for_long_are_taken_for_red() -> None:
    functions, time = _Lambda({"trade": {"7": 0.9}}), _Time()
    said = _watch(functions, _Alarms({}, *[None] * 100), time, seconds=900)
    assert said["trade"].startswith("its alarms cannot be read")
    assert UNREAD_FOR_S <= time.now < UNREAD_FOR_S + 30


def test_a_reading_that_fails_once_takes_nothing_back() -> None:
    functions = _Lambda({"trade": {"7": 0.9}})
    assert _watch(functions, _Alarms({}, None, {}), _Time()) == {}


def test_an_alarm_that_is_deleted_meanwhile_is_taken_for_red() -> None:
    functions, alarms = _Lambda({"trade": {"7": 0.9}}), _Alarms()
    canaries = find_canaries(functions, alarms, NAMES)
    alarms.names.remove(DURATION)
    time = _Time()
    assert Watch(functions, alarms, canaries, time, lambda: time.now).run(60) == {"trade": f"{DURATION} is gone"}


def test_an_alias_that_somebody_else_changed_is_left_alone_and_named_and_the_others_are_taken_back() -> None:
    functions, time = _Lambda({"quote": {"7": 0.5}, "trade": {"7": 0.9}}), _Time()
    red = {"alarm-quote-errors-prod": "ALARM", ERRORS: "ALARM"}
    alarms = _Alarms(red, red)
    canaries = find_canaries(functions, alarms, NAMES)
    functions.aliases[NAMES["quote"]]["RevisionId"] = "somebody's"
    with pytest.raises(OperationError, match="quote: the alias alias-live-prod of lambda-quote-prod was not taken"):
        Watch(functions, alarms, canaries, time, lambda: time.now).run(60)
    assert functions.versions("quote") == ("8", {"7": 0.5})
    assert functions.versions("trade") == ("7", {})


def test_a_canary_without_an_alarm_is_refused() -> None:
    alarms = _Alarms()
    alarms.names.clear()
    with pytest.raises(OperationError, match="no alarm watches the route"):
        find_canaries(_Lambda({"trade": {"7": 0.9}}), alarms, NAMES)
