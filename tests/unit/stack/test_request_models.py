"""The reader of Terraform's requests names what fits no model of AWS: one that named nothing would prove nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.request_models import Checked

FORM = {"content-type": "application/x-www-form-urlencoded"}


def _json(service: str, operation: str, **body: object) -> dict[str, Any]:
    headers = {"x-amz-target": f"X.{operation}"}
    return {
        "service": service,
        "operation": operation,
        "headers": headers,
        "body": json.dumps(body),
        "method": "POST",
        "path": "/",
    }


def _form(service: str, body: str) -> dict[str, Any]:
    operation = body.split("&", 1)[0].removeprefix("Action=")
    return {"service": service, "operation": operation, "headers": FORM, "body": body, "method": "POST", "path": "/"}


def _rest(service: str, method: str, path: str, body: str = "") -> dict[str, Any]:
    return {"service": service, "operation": "", "headers": {}, "body": body, "method": method, "path": path}


RULE = {"Name": "rule", "EventPattern": "{}", "EventBusName": "bus"}
ALARM = "Action=PutMetricAlarm&Version=1&AlarmName=a&EvaluationPeriods=1&ComparisonOperator="
LIFECYCLE = (
    "<LifecycleConfiguration><Rule><ID>a</ID><Filter></Filter><Status>{}</Status></Rule></LifecycleConfiguration>"
)


@pytest.mark.parametrize(
    ("request_", "violation"),
    [
        (_json("events", "PutRule", **RULE), ""),
        (_json("events", "PutRule", **RULE, Colour="red"), "Colour is unknown"),
        (_json("events", "PutRule", EventPattern="{}"), "lacks Name"),
        (_json("events", "PutRule", **{**RULE, "Name": "a b"}), "does not match"),
        (_json("events", "PutRule", **{**RULE, "Name": "a" * 65}), "is not within"),
        (_json("events", "PutRule", **RULE, State="ON"), "is none of"),
        (_json("events", "PutRule", **{**RULE, "Name": 7}), "is no string"),
        (_json("events", "PutRules", **RULE), "no operation PutRules"),
        (_json("dynamodb", "UpdateTimeToLive", TableName="t"), "lacks TimeToLiveSpecification"),
        (_form("monitoring", f"{ALARM}GreaterThanThreshold"), ""),
        (_form("monitoring", f"{ALARM}GreaterThanAll"), "is none of"),
        (_form("monitoring", f"{ALARM}GreaterThanThreshold&EvaluationPeriods=many"), "is no number"),
        (_form("iam", "Action=GetRole&Version=1&RoleName=r"), ""),
        (_form("iam", "Action=GetRole&Version=1&Role=r"), "Role is unknown"),
        (_rest("lambda", "GET", "/2015-03-31/functions/f/aliases/a"), ""),
        (_rest("lambda", "GET", "/2015-03-31/functions/f/aliases/a%20b"), "does not match"),
        (_rest("lambda", "POST", "/2015-03-31/functions", '{"FunctionName":"f"}'), "lacks"),
        (_rest("lambda", "GET", "/2015-03-31/nothing"), "no operation"),
        (_rest("s3", "PUT", "/bucket?lifecycle", LIFECYCLE.format("Enabled")), ""),
        (_rest("s3", "PUT", "/bucket?lifecycle", LIFECYCLE.format("On")), "is none of"),
        (_rest("s3", "PUT", "/bucket?policy", '{"Statement":[]}'), ""),
    ],
)
def test_what_does_not_fit_a_model_is_named(request_: dict[str, Any], violation: str) -> None:
    checked = Checked()
    checked.check(request_)
    if violation:
        assert any(violation in one for one in checked.violations), checked.violations
    else:
        assert checked.violations == []
        assert checked.values > 1
