"""Watches new code that takes a part of a route's events, and takes it back when one of the route's alarms goes off.

The alias of a function sends a share of the events to the version that was live (`stable` of a route). While somebody
watches, an alarm of that route, a watch that is interrupted, or alarms that cannot be read send all events back to it.
AWS Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias".
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Canary", "Watch", "find_canaries", "roll_back"]

POLL_S = 15.0
UNREAD_FOR_S = 120.0
"""Alarms that could not be read for so long are taken for red: nobody would see it if they were."""


@dataclass(frozen=True, slots=True)
class Canary:
    """New code that takes a part of the events.

    Attributes:
        route: The route.
        function: Its function.
        alias: The alias that shares out its events.
        newest: The version that takes what the other leaves.
        stable: The version that was live before.
        share: Of the stable version, 0 to 1.
        revision: Of the alias, so that nobody else's change to it is undone.
        alarms: The names of the route's alarms.
    """

    route: str
    function: str
    alias: str
    newest: str
    stable: str
    share: float
    revision: str
    alarms: tuple[str, ...]


def find_canaries(functions: Any, cloudwatch: Any, names: Mapping[str, str]) -> list[Canary]:  # noqa: ANN401 - boto3's
    """Return the routes whose alias has two versions.

    Args:
        functions: A client of Lambda.
        cloudwatch: A client of CloudWatch.
        names: The function of each route.

    Raises:
        OperationError: A canary has no alarm that could call it back.
    """
    found: list[Canary] = []
    for route, function in sorted(names.items()):
        pages = functions.get_paginator("list_aliases").paginate(FunctionName=function)
        for alias in (alias for page in pages for alias in page["Aliases"]):
            shares = (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
            for stable, share in shares.items():
                alarms = tuple(_alarms_of(cloudwatch, route, names))
                if not alarms:
                    raise OperationError(
                        f"{route}: new code takes a part of its events, and no alarm watches the route",
                        fix="apply the stack's alarms, or give all events to one version",
                    )
                versions = (alias["FunctionVersion"], stable, float(share))
                found.append(Canary(route, function, alias["Name"], *versions, alias["RevisionId"], alarms))
    return found


def _alarms_of(cloudwatch: Any, route: str, names: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401 - boto3's own
    """Yield the names of a route's alarms, which begin with its name; another route's name may begin alike."""
    others = tuple(f"alarm-{other}-" for other in names if other.startswith(f"{route}-"))
    pages = cloudwatch.get_paginator("describe_alarms").paginate(
        AlarmNamePrefix=f"alarm-{route}-", AlarmTypes=["MetricAlarm"]
    )
    for page in pages:
        for alarm in page["MetricAlarms"]:
            if not (others and alarm["AlarmName"].startswith(others)):
                yield alarm["AlarmName"]


def roll_back(functions: Any, canary: Canary) -> None:  # noqa: ANN401 - boto3's own shape
    """Send all events of a route to the version that was live before.

    Raises:
        OperationError: The alias was changed by somebody else meanwhile, or cannot be changed.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

    try:
        functions.update_alias(
            FunctionName=canary.function,
            Name=canary.alias,
            FunctionVersion=canary.stable,
            RoutingConfig={"AdditionalVersionWeights": {}},
            RevisionId=canary.revision,
        )
    except (BotoCoreError, ClientError) as error:
        raise OperationError(
            f"{canary.route}: the alias {canary.alias} of {canary.function} was not taken back to {canary.stable}",
            why=str(error),
            fix=f"look at it now: aws lambda get-alias --function-name {canary.function} --name {canary.alias}",
        ) from error


class Watch:
    """Watches canaries for a while.

    Args:
        functions: A client of Lambda.
        cloudwatch: A client of CloudWatch.
        canaries: What is watched.
        stop: Set when the watch is interrupted.
        clock: Seconds on a clock that does not step.
    """

    def __init__(
        self,
        functions: Any,  # noqa: ANN401 - boto3's own shape
        cloudwatch: Any,  # noqa: ANN401 - as above
        canaries: Sequence[Canary],
        stop: threading.Event,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._functions, self._cloudwatch, self._stop, self._clock = functions, cloudwatch, stop, clock
        self._left = list(canaries)
        self._read_at = clock()

    def run(self, seconds: float, poll_s: float = POLL_S) -> dict[str, str]:
        """Watch, and return why each route was taken back; nothing when none was.

        Raises:
            OperationError: An alias could not be taken back; all others were.
        """
        end, taken_back, failed = self._clock() + seconds, {}, []
        while self._left:
            over = self._clock() >= end
            for canary, why in list(self._judge()):
                self._left.remove(canary)
                taken_back[canary.route] = why
                try:
                    roll_back(self._functions, canary)
                except OperationError as error:
                    failed.append(error)
            if over or not self._left:
                break
            self._stop.wait(max(0.0, min(poll_s, end - self._clock())))
        if failed:
            raise failed[0]
        return taken_back

    def _judge(self) -> Iterator[tuple[Canary, str]]:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as above

        if self._stop.is_set():
            yield from ((canary, "the watch was interrupted") for canary in self._left)
            return
        try:
            states = {canary: self._read(canary) for canary in self._left}
        except (BotoCoreError, ClientError) as error:
            if self._clock() - self._read_at >= UNREAD_FOR_S:
                yield from ((canary, f"its alarms cannot be read: {error}") for canary in self._left)
            return
        self._read_at = self._clock()
        for canary, alarms in states.items():
            red = sorted(name for name, state in alarms.items() if state == "ALARM")
            gone = sorted(set(canary.alarms) - alarms.keys())
            if red or gone:
                yield canary, f"{', '.join(red)} went off" if red else f"{', '.join(gone)} is gone"

    def _read(self, canary: Canary) -> dict[str, str]:
        names, states = list(canary.alarms), dict[str, str]()
        for start in range(0, len(names), 100):  # CloudWatch API Reference, DescribeAlarms: 100 names of a call
            answer = self._cloudwatch.describe_alarms(AlarmNames=names[start : start + 100], MaxRecords=100)
            states |= {alarm["AlarmName"]: str(alarm["StateValue"]) for alarm in answer["MetricAlarms"]}
        return states
