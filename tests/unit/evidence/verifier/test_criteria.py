from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.verifier.criteria import compile_criterion
from tapeproof.evidence.verifier.findings import Unusable
from tests.places import PROJECT
from tests.unit.evidence.samples import LIVE, PLAN

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

GOOD: dict[tuple[str, str], Any] = {
    **{("live", address.split(".")[0]): value for found in LIVE.values() for address, value in found.items()},
    **{("plan", address.split(".")[0]): value for address, value in PLAN.items()},
}
PARAMETERS = {**load_library().parameters, "region": "us-east-1"}
CRITERIA = load_library().criteria
REQUIREMENTS = {"EV_RET_1", "EV_RET_2", "EV_RET_3"}

WILD = [{"Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:*"}]}]
ANYONE = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage"}]}
ANY_SERVICE = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}}]}
BREAKS: dict[tuple[str, str, str], list[tuple[str, Any]]] = {
    ("plan", "TP_DDB_1", "aws_dynamodb_table"): [("/point_in_time_recovery/0/enabled", False)],
    ("plan", "TP_DDB_2", "aws_dynamodb_table"): [("/server_side_encryption/0/enabled", False)],
    ("plan", "TP_LOG_1", "aws_cloudwatch_log_group"): [("/retention_in_days", 7)],
    ("plan", "TP_LOG_3", "aws_cloudwatch_log_group"): [("/kms_key_id", None)],
    ("plan", "TP_RUN_1", "aws_lambda_function"): [("/runtime", "python3.8")],
    ("plan", "EV_RUN_1", "aws_lambda_function"): [("/runtime", "nodejs18.x"), ("/runtime", "python3.8")],
    ("plan", "TP_RUN_2", "aws_lambda_function"): [("/timeout", 900), ("/memory_size", 128)],
    ("plan", "EV_CON_1", "aws_dynamodb_table"): [("/deletion_protection_enabled", True)],
    ("plan", "EV_TRC_1", "aws_lambda_function"): [("/tracing_config/0/mode", "PassThrough")],
    ("plan", "EV_KEY_1", "aws_kms_key"): [("/enable_key_rotation", False)],
    ("live", "TP_DDB_1", "aws_dynamodb_table"): [
        ("/Backups/PointInTimeRecoveryDescription/PointInTimeRecoveryStatus", "DISABLED")
    ],
    ("live", "TP_DDB_2", "aws_dynamodb_table"): [
        ("/Key/KeyManager", "AWS"),
        ("/Table/SSEDescription/SSEType", "AES256"),
    ],
    ("live", "TP_DST_2", "aws_dynamodb_table"): [("/Table/DeletionProtectionEnabled", True)],
    ("live", "EV_CON_1", "aws_dynamodb_table"): [("/Table/DeletionProtectionEnabled", True)],
    ("live", "TP_DST_2", "aws_s3_bucket"): [("/ObjectLock", {"ObjectLockEnabled": "Enabled"})],
    ("live", "TP_LOG_1", "aws_cloudwatch_log_group"): [("/LogGroup/retentionInDays", 7)],
    ("live", "TP_LOG_2", "aws_lambda_function"): [("/LogGroup", None)],
    ("live", "TP_LOG_3", "aws_cloudwatch_log_group"): [("/LogGroup/kmsKeyId", None), ("/Key/KeyManager", "AWS")],
    ("live", "TP_RUN_1", "aws_lambda_function"): [("/Configuration/Runtime", "python3.8")],
    ("live", "TP_RUN_2", "aws_lambda_function"): [("/Configuration/Timeout", 1), ("/Configuration/MemorySize", 9999)],
    ("live", "EV_RUN_1", "aws_lambda_function"): [
        ("/Configuration/Runtime", "python3.8"),
        ("/Configuration/Runtime", "nodejs18.x"),
    ],
    ("live", "EV_TRC_1", "aws_lambda_function"): [("/Configuration/TracingConfig/Mode", "PassThrough")],
    ("live", "TP_DLQ_1", "aws_lambda_function"): [("/Asynchronous", [])],
    ("live", "TP_DLQ_2", "aws_cloudwatch_event_rule"): [("/Targets", [{"Arn": "a"}])],
    ("live", "TP_DLQ_2", "aws_scheduler_schedule"): [("/Schedule/Target/DeadLetterConfig", None)],
    ("live", "TP_DLQ_3", "aws_sqs_queue"): [("/Attributes/RedrivePolicy", None)],
    ("live", "TP_EVT_1", "aws_cloudwatch_event_rule"): [
        ("/Targets", []),
        ("/Rule/State", "DISABLED"),
        ("/Rule/EventPattern", {}),
    ],
    ("live", "TP_IAM_1", "aws_iam_role"): [("/Documents", WILD)],
    ("live", "TP_IAM_2", "aws_iam_role"): [("/Documents", WILD), ("/Documents/0/Statement/1/Resource", "*")],
    ("live", "TP_IAM_3", "aws_lambda_function"): [("/Policy", ANYONE), ("/Policy", ANY_SERVICE)],
    ("live", "TP_IAM_3", "aws_sqs_queue"): [("/Attributes/Policy", ANYONE), ("/Attributes/Policy", ANY_SERVICE)],
    ("live", "TP_IAM_3", "aws_sns_topic"): [("/Attributes/Policy", ANYONE), ("/Attributes/Policy", ANY_SERVICE)],
    ("live", "TP_IAM_4", "aws_iam_role"): [
        ("/FunctionCount", 2),
        ("/Attached", [{"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}]),
    ],
    ("live", "TP_NET_1", "aws_s3_bucket"): [("/Policy", None), ("/PublicAccessBlock/BlockPublicAcls", False)],
    ("live", "TP_NET_1", "aws_sqs_queue"): [
        ("/Attributes/KmsMasterKeyId", None),
        ("/Attributes/Policy/Statement/0", ANYONE),
    ],
    ("live", "TP_NET_1", "aws_sns_topic"): [("/Attributes/KmsMasterKeyId", None)],
    ("live", "TP_OBS_1", "aws_cloudwatch_metric_alarm"): [
        ("/Alarm/ActionsEnabled", False),
        ("/Alarm/AlarmActions", []),
    ],
    ("live", "EV_KEY_1", "aws_kms_key"): [("/Rotation/KeyRotationEnabled", False), ("/Key/Enabled", False)],
}
"""What breaks each criterion; every criterion has a line, so that none can be written that nothing fails."""


def with_value(value: Json, pointer: str, new: Json) -> Json:
    changed = copy.deepcopy(value)
    *parents, last = pointer.split("/")[1:]
    at = changed
    for token in parents:
        at = at[int(token)] if isinstance(at, list) else at[token]
    at[int(last) if isinstance(at, list) else last] = new
    return changed


def _judge(criterion: dict[str, Any], value: Json) -> Json:
    return compile_criterion(criterion["test"], PARAMETERS)(value).answer


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: f"{one['stage']}-{one['policy']}-{one['type']}")
def test_a_resource_as_it_should_be_meets_the_criterion_and_an_empty_answer_never_does(
    criterion: dict[str, Any],
) -> None:
    answer = _judge(criterion, GOOD[criterion["stage"], criterion["type"]])
    known = criterion["policy"] not in {"TP_DDB_2", "TP_LOG_3"} or criterion["stage"] == "live"
    expected = criterion["policy"] not in REQUIREMENTS
    assert answer is (expected if known else None)
    assert _judge(criterion, {}) is not True
    assert _judge(criterion, None) is not True


def test_the_lists_that_the_auditor_may_ask_for_meet_the_criterion_as_they_pass_the_gate() -> None:
    source = (PROJECT / "stack" / "modules" / "market_data_system" / "iam.tf").read_text(encoding="utf-8")
    listed = re.findall(r'"(\w+:\w+)"', source[source.index('"ListWhatExists"') :].partition("]")[0])
    statement = {"Effect": "Allow", "Action": listed, "Resource": ["*"]}
    role = with_value(GOOD["live", "aws_iam_role"], "/Documents", [{"Statement": [statement]}])
    (criterion,) = (one for one in CRITERIA if (one["stage"], one["policy"]) == ("live", "TP_IAM_2"))
    assert "cloudwatch:DescribeAlarms" in listed
    assert _judge(criterion, role) is True


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: f"{one['stage']}-{one['policy']}-{one['type']}")
def test_what_breaks_the_policy_fails_the_criterion(criterion: dict[str, Any]) -> None:
    key = (criterion["stage"], criterion["policy"], criterion["type"])
    if criterion["policy"] == "TP_REG_1":
        changes: list[tuple[str, Any]] = [("/Region", "eu-west-1")]
    elif criterion["policy"] in REQUIREMENTS:
        changes = []
    else:
        changes = BREAKS[key]
    for pointer, new in changes:
        broken = with_value(GOOD[criterion["stage"], criterion["type"]], pointer, new)
        assert _judge(criterion, broken) in {False, None}, (pointer, new)


@pytest.mark.parametrize(
    ("criterion", "value", "answer"),
    [
        ({"at": "/a", "is": "equal", "value": 1}, {"a": 1}, True),
        ({"at": "/a", "is": "equal", "value": 1}, {"a": True}, False),
        ({"at": "/a", "is": "equal", "value": 1}, {}, None),
        ({"at": "/a", "is": "equal", "value": 1}, {"a": {"$unknown": True}}, None),
        ({"at": "/a", "is": "at least", "value": 1}, {"a": "2"}, None),
        ({"at": "/a", "is": "at least", "value": 1}, {"a": True}, None),
        ({"at": "/a", "is": "at most", "value": 1}, {"a": 1}, True),
        ({"at": "/a/1", "is": "present"}, {"a": [1, 2]}, True),
        ({"at": "/a/2", "is": "present"}, {"a": [1, 2]}, False),
        ({"at": "/a~1b", "is": "equal", "value": 1}, {"a/b": 1}, True),
        ({"at": "", "is": "without", "value": "*"}, "a*", False),
        ({"at": "", "is": "without", "value": "*"}, 3, None),
        ({"at": "/a", "is": "contains", "value": "x"}, {"a": ["x"]}, True),
        ({"not": {"at": "/a", "is": "equal", "value": 1}}, {}, None),
        ({"all": [{"at": "/a", "is": "present"}, {"at": "/b", "is": "equal", "value": 1}]}, {"a": 1}, None),
        ({"all": [{"at": "/a", "is": "absent"}, {"at": "/b", "is": "equal", "value": 1}]}, {"a": 1}, False),
        ({"any": [{"at": "/a", "is": "present"}, {"at": "/b", "is": "equal", "value": 1}]}, {"a": 1}, True),
        ({"every": "/a", "meets": {"at": "", "is": "equal", "value": 1}}, {"a": 1}, True),
        ({"every": "/a", "meets": {"at": "", "is": "equal", "value": 1}}, {"a": [1, 2]}, False),
        ({"every": "/a", "meets": {"at": "", "is": "equal", "value": 1}}, {"a": {"$unknown": True}}, None),
        ({"some": "/a", "meets": {"at": "", "is": "equal", "value": 1}}, {"a": []}, False),
        ({"some": "/a", "meets": {"at": "", "is": "equal", "value": 1}}, {"a": [2, 1]}, True),
        ({"at": "/a", "is": "one of", "value": {"parameter": "known"}}, {"a": "x"}, True),
        ({"at": "/a", "is": "one of", "value": [1, 7]}, {"a": True}, False),
        ({"at": "/a", "is": "one of", "value": [1.0]}, {"a": 1}, True),
        ({"at": "/a", "is": "contains", "value": 1}, {"a": [True]}, False),
        ({"at": "/a", "is": "contains", "value": {"b": False}}, {"a": [{"b": 0}, {"b": False}]}, True),
        ({"at": "/a", "is": "equal", "value": [1, {"b": 1}]}, {"a": [1, {"b": True}]}, False),
        ({"at": "/a", "is": "equal", "value": [1]}, {"a": [1, 1]}, False),
    ],
)
def test_the_language_has_three_answers(criterion: Json, value: Json, answer: bool | None) -> None:
    assert compile_criterion(criterion, {"known": ["x"]})(value).answer is answer


@pytest.mark.parametrize(
    "criterion",
    [
        {},
        [],
        "x",
        None,
        {"at": "/a"},
        {"at": "a", "is": "present"},
        {"at": "/a", "is": "regex"},
        {"all": 3},
        {"every": "/a"},
    ],
)
def test_a_malformed_criterion_is_refused(criterion: Json) -> None:
    with pytest.raises(Unusable):
        compile_criterion(criterion, {})
