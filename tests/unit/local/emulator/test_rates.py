"""What comes more often than AWS takes it is refused, by the figures that AWS publishes, when it is turned on."""

from __future__ import annotations

import pytest

from tapeproof.local.emulator.rates import RATES, Rates
from tapeproof.local.emulator.requests import Request


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _request(service: str, operation: str) -> Request:
    return Request("POST", "/", {}, b"", service, operation)


def _passed(rates: Rates, request: Request, times: int) -> int:
    return sum(rates.find_refusal(request) is None for _ in range(times))


@pytest.mark.parametrize(
    ("service", "operation", "per_second"),
    [
        ("monitoring", "PutMetricAlarm", 3),
        ("monitoring", "DescribeAlarms", 9),
        ("lambda", "GET /2015-03-31/functions/f", 100),
        ("lambda", "GET /2015-03-31/functions/f/policy?Qualifier=a", 15),
        ("lambda", "POST /2015-03-31/functions/f/aliases", 15),
        ("kms", "CreateKey", 5),
    ],
)
def test_so_many_pass_at_once_and_as_many_a_second_later(service: str, operation: str, per_second: int) -> None:
    clock = _Clock()
    rates, request = Rates(1.0, clock), _request(service, operation)
    assert _passed(rates, request, 200) == per_second
    clock.now += 1
    assert _passed(rates, request, 200) == per_second
    clock.now += 3600
    assert _passed(rates, request, 200) == per_second


def test_the_rest_of_lambda_is_counted_together_and_readings_of_functions_apart() -> None:
    rates = Rates(1.0, _Clock())
    assert _passed(rates, _request("lambda", "POST /2015-03-31/functions"), 15) == 15
    refusal = rates.find_refusal(_request("lambda", "PUT /2015-03-31/functions/f/code"))
    assert refusal is not None
    assert (refusal["code"], refusal["status"]) == ("TooManyRequestsException", 429)
    assert rates.find_refusal(_request("lambda", "GET /2015-03-31/functions/f")) is None


def test_nothing_is_refused_until_it_is_turned_on_nor_where_aws_says_no_figure() -> None:
    assert _passed(Rates(), _request("monitoring", "PutMetricAlarm"), 100) == 100
    assert _passed(Rates(1.0), _request("events", "PutRule"), 100) == 100


def test_every_figure_has_a_page() -> None:
    assert [rate for rate in RATES if not rate.source or rate.per_second < 1] == []
