"""How often a second AWS lets an account call its APIs, where it says so; off until a test turns it on.

Each figure is a quota of AWS's by default, of an account in one region. AWS does not say how many calls it takes at
once; here it is what a second allows. What is over it is refused, and who calls repeats it later.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.local.emulator.requests import Refusal, Request

__all__ = ["RATES", "Rates"]


class Rate(NamedTuple):
    """How often calls may be made, all of them together.

    Attributes:
        service: The name that they are signed for.
        calls: What their operation, or method and path, match; the first one of a service that matches counts.
        per_second: How many a second.
        code: The error that says that there were more.
        status: Of HTTP.
        source: AWS's page.
    """

    service: str
    calls: str
    per_second: int
    code: str
    status: int
    source: str


def _of(service: str, source: str, error: tuple[str, int], calls: dict[str, int]) -> tuple[Rate, ...]:
    return tuple(Rate(service, name, per_second, *error, source) for name, per_second in calls.items())


RATES = (
    *_of(
        "lambda",
        "AWS Lambda Developer Guide, Lambda quotas, Lambda API requests",
        ("TooManyRequestsException", 429),
        {
            r"GET /2015-03-31/functions/[^/?]+(\?.*)?": 100,  # GetFunction
            r"GET /2015-03-31/functions/[^/?]+/policy(\?.*)?": 15,  # GetPolicy
            r".*": 15,  # the rest of the control plane together
        },
    ),
    *_of(
        "monitoring",
        "AWS General Reference, Amazon CloudWatch endpoints and quotas",
        ("Throttling", 400),
        {
            "DeleteAlarms": 3,
            "DescribeAlarms": 9,
            "ListTagsForResource": 10,
            "PutCompositeAlarm": 3,
            "PutDashboard": 10,
            "PutMetricAlarm": 3,
            "TagResource": 20,
            "UntagResource": 20,
        },
    ),
    *_of(
        "kms",
        "AWS Key Management Service Developer Guide, Request quotas",
        ("ThrottlingException", 400),
        {"CreateAlias": 5, "CreateKey": 5},
    ),
)


@dataclass(slots=True)
class Rates:
    """Judges how often requests come.

    Attributes:
        scale: How many times AWS's figures are taken; 0 takes everything.
        clock: Seconds on a clock that does not step.
    """

    scale: float = 0.0
    clock: Callable[[], float] = time.monotonic
    _left: dict[Rate, tuple[float, float]] = field(default_factory=dict)

    def find_refusal(self, request: Request) -> Refusal | None:
        """Return why AWS would refuse a request that comes too soon; None when it would not."""
        rate = next(filter(lambda one: _is_of(request, one), RATES), None) if self.scale else None
        if rate is None or self._take(rate):
            return None
        return {"code": rate.code, "message": f"more than {rate.per_second} a second", "status": rate.status}

    def _take(self, rate: Rate) -> bool:
        now = self.clock()
        left, at = self._left.get(rate, (float(rate.per_second), now))
        left = min(float(rate.per_second), left + (now - at) * rate.per_second * self.scale)
        self._left[rate] = (left - 1 if left >= 1 else left, now)
        return left >= 1


def _is_of(request: Request, rate: Rate) -> bool:
    return request.service == rate.service and re.fullmatch(rate.calls, request.operation) is not None
