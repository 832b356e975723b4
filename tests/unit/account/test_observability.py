"""Log groups and alarms of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.observability import alarms, log_groups

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_log_group_is_read_with_its_key(asker: Callable[..., Any]) -> None:
    groups = [
        {"logGroupName": "/aws/lambda/a-dev", "arn": "arn:aws:logs:eu-west-1:1:log-group:x:*", "kmsKeyId": "k"},
        {"logGroupName": "/aws/lambda/b-dev"},
        {"logGroupName": "/aws/lambda/a-prod"},
    ]
    one, other = log_groups(asker({("logs", "describe_log_groups"): groups}), "dev")
    assert (one.identity, one.value["Region"], one.value["Key"]) == ("/aws/lambda/a-dev", "eu-west-1", {"KeyId": "k"})
    assert (other.value["Region"], other.value["Key"]) == ("", None)


def test_the_state_of_an_alarm_is_left_out_because_it_changes_while_one_looks(asker: Callable[..., Any]) -> None:
    alarm = {
        "AlarmName": "a-dev",
        "Threshold": 1.0,
        "StateValue": "ALARM",
        "StateReason": "r",
        "StateReasonData": "{}",
        "StateUpdatedTimestamp": 1,
        "StateTransitionedTimestamp": 1,
    }
    script = {("cloudwatch", "describe_alarms"): [alarm, {"AlarmName": "other"}]}
    (found,) = alarms(asker(script), "dev")
    assert found.value["Alarm"] == {"AlarmName": "a-dev", "Threshold": 1.0}
    assert alarm["StateValue"] == "ALARM"
