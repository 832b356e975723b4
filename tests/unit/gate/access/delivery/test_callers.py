"""Services that invoke a function by nothing but the function's own policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.callers import CALLERS, hops_of_callers
from tapeproof.gate.facts import rows_of_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.delivery.callers import Caller
    from tapeproof.gate.access.site import Site

FUNCTION = 'resource "aws_lambda_function" "work" {\nfunction_name = "work"\n}\n'
ADMITTED = """
resource "aws_lambda_permission" "in" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "%s"
}
"""
ELSEWHERE = {
    "aws_appconfig_extension": "brings a role",
    "aws_cloudwatch_composite_alarm": "by senders",
    "aws_cloudwatch_event_target": "by buses",
    "aws_cloudwatch_log_account_policy": "judged by no hop",
    "aws_cloudwatch_log_subscription_filter": "by senders",
    "aws_cloudwatch_metric_alarm": "by senders",
    "aws_codepipeline": "brings a role",
    "aws_config_organization_custom_rule": "its function is called from all accounts",
    "aws_lambda_function_event_invoke_config": "by queues, with the role of the function",
    "aws_mailmanager_rule_set": "brings a role",
    "aws_s3_bucket_notification": "by senders",
    "aws_scheduler_schedule": "by senders",
    "aws_sns_topic_subscription": "by senders",
    "cloudformation_custom_resource": "with the leave of whoever makes the stack",
}
"""Who does not wait and is no caller of these."""


def resource_of(caller: Caller) -> str:
    *outer, name = caller.path.split(".")
    body = "".join(f"{block} {{\n" for block in outer) + f"{name} = aws_lambda_function.work.arn\n" + "}\n" * len(outer)
    source = f'{caller.source} = "named"\n' if caller.source else ""
    return f'resource "{caller.type}" "it" {{\nname = "it"\n{source}{body}}}\n'


@pytest.mark.parametrize("caller", CALLERS, ids=lambda one: f"{one.type}.{one.path}")
def test_a_caller_is_let_in_by_a_permission_for_its_service_only(
    site_of: Callable[[str], Site], caller: Caller
) -> None:
    def stops(permission: str) -> list[str]:
        hops = hops_of_callers(site_of(FUNCTION + resource_of(caller) + permission))
        return [stop.code for hop in hops for stop in hop.stops]

    assert stops("") == ["no permission"]
    assert stops(ADMITTED % "elasticloadbalancing.amazonaws.com") == ["permission"]
    assert stops(ADMITTED % caller.service) == []


def test_what_names_no_function_is_no_hop(site_of: Callable[[str], Site]) -> None:
    rule = 'resource "aws_config_config_rule" "r" {\nsource {\nsource_identifier = "IAM_PASSWORD_POLICY"\n}\n}\n'
    topic = 'resource "aws_sns_topic" "t" {}\nresource "aws_codecommit_trigger" "c" {\nrepository_name = "r"\n'
    trigger = topic + "trigger {\ndestination_arn = aws_sns_topic.t.arn\n}\n}\n"
    assert not list(hops_of_callers(site_of(rule + trigger)))


def test_a_rule_that_is_off_stops_the_event(site_of: Callable[[str], Site]) -> None:
    text = resource_of(next(one for one in CALLERS if one.switch)).replace('name = "it"', "enabled = false", 1)
    hops = hops_of_callers(site_of(FUNCTION + text + ADMITTED % "iot.amazonaws.com"))
    assert [stop.code for hop in hops for stop in hop.stops] == ["off"]


def test_everyone_who_does_not_wait_is_asked_for_leave_or_told_why_not() -> None:
    types = {row["resource_type"] for row in rows_of_all("invokers") if row["waits"] == "no"}
    assert types == {caller.type for caller in CALLERS} | ELSEWHERE.keys()
