"""What a plan may still want to change on the embedded AWS, held to from both sides."""

from __future__ import annotations

import pytest

from tapeproof.local.known_drift import KNOWN_DRIFT, list_unexplained, list_unneeded
from tapeproof.local.terraform_changes import Change


def _change(kind: str, *attributes: str, actions: tuple[str, ...] = ("update",)) -> Change:
    return Change(f"{kind}.x", kind, actions, attributes)


@pytest.mark.parametrize(
    "change",
    [
        _change("aws_sqs_queue", "policy"),
        _change("aws_cloudwatch_metric_alarm", "threshold"),
        _change("aws_cloudwatch_metric_alarm", "statistic", "threshold"),
        _change("aws_cloudwatch_metric_alarm", "arn"),
        _change("aws_iam_role", actions=("create",)),
    ],
)
def test_a_change_that_no_known_gap_explains_is_named(change: Change) -> None:
    (line,) = list_unexplained([change])
    assert line.startswith(change.address)


def test_known_gaps_explain_themselves_and_one_that_no_longer_shows_is_named() -> None:
    changes = [_change(drift.kind, *drift.attributes) for drift in KNOWN_DRIFT]
    assert list_unexplained(changes) == []
    assert list_unneeded(changes) == []
    assert list_unneeded(changes[1:]) == sorted(f"{KNOWN_DRIFT[0].kind}.{name}" for name in KNOWN_DRIFT[0].attributes)


def test_a_replacement_may_also_renew_what_is_computed() -> None:
    assert (
        list_unexplained([_change("aws_cloudwatch_composite_alarm", "arn", "id", actions=("delete", "create"))]) == []
    )


def test_nothing_that_changes_is_nothing_to_explain() -> None:
    assert list_unexplained([]) == []
    assert len(list_unneeded([])) == sum(len(drift.attributes) for drift in KNOWN_DRIFT)
    assert all(drift.gap for drift in KNOWN_DRIFT)
