"""The hops of a stack in lines, and what they make of the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.facts import Doubt, Hop, OutsideError, Stop
from tapeproof.gate.access.delivery.listing import exit_status, list_hops
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Resource, Stack


@pytest.fixture
def rule(stack_of: Callable[[str], Stack]) -> Resource:
    """Return a rule to make hops of."""
    return next(stack_of('resource "aws_cloudwatch_event_rule" "r" {}').resources())


def _stop(rule: Resource, code: str) -> Stop:
    return Stop(code, rule, rule, {"what": "r", "queue": "q", "hidden": "1", "timeout": "3"})


UNKNOWN = Doubt("flow", Undecided(Known("x"), "var.x has no value"))
OUTSIDE = Doubt("flow", OutsideError(Known("x"), "leads outside"))


@pytest.mark.parametrize(
    ("codes", "doubts", "status"),
    [
        ([], [], 0),
        ([], [OUTSIDE], 0),
        ([], [UNKNOWN], 2),
        (["visible soon"], [], 0),
        (["visible soon"], [UNKNOWN], 2),
        (["off"], [], 1),
        (["off"], [UNKNOWN], 1),
    ],
)
def test_a_stop_is_a_finding_an_open_question_is_none(
    rule: Resource, codes: list[str], doubts: list[Doubt], status: int
) -> None:
    hop = Hop("bus", "r", "delivery", rule, tuple(_stop(rule, code) for code in codes), tuple(doubts))
    assert exit_status([hop]) == status


def test_nothing_to_arrive_is_nothing_stopped() -> None:
    assert (exit_status([]), list_hops([])) == (0, [])


def test_each_hop_is_a_line_with_its_reasons_below(rule: Resource) -> None:
    hops = [
        Hop("bus", "r", "delivery", rule),
        Hop("r", "queue", "failure", rule, (_stop(rule, "off"),), (UNKNOWN,)),
        Hop("r", "far", "delivery", rule, (), (OUTSIDE,)),
    ]
    assert list_hops(hops) == [
        "bus -> r: arrives",
        "what failed: r -> queue: stops",
        "    aws_cloudwatch_event_rule.r: r is off",
        "    var.x has no value",
        "r -> far: not known",
        "    leads outside",
    ]
