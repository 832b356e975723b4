"""The role that deploys may do what its policy says and no more, and misses every statement that is taken away.

That it may do all that the stack needs is proved by every other test here: `applied_stack` is applied by it.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tapeproof.local.errors import TerraformFailedError
from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.workspace import Workspace
from tapeproof.ops.canary import Watch, find_canaries
from tests.e2e.deployer import GOES_ON_WITHOUT, NOT_CALLED, ROLE, STATE_ACTIONS, list_actions, read_policy, take_role
from tests.effort import SOAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.embedded_aws

ARN = "arn:aws:{}:us-east-1:000000000000:{}"
OURS = [{"TagKey": "Application", "TagValue": "tapeproof"}, {"TagKey": "Environment", "TagValue": "local"}]
TRUST = '{"Version":"2012-10-17","Statement":[]}'
CODE: dict[str, Any] = {"Handler": "a.b", "Runtime": "python3.11", "Code": {"ZipFile": b"x"}}
NEEDED = [
    statement["Sid"]
    for statement in read_policy()["Statement"]
    if statement["Sid"] not in GOES_ON_WITHOUT and not set(list_actions(statement)) <= NOT_CALLED.keys() | STATE_ACTIONS
]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """An embedded AWS that holds nothing but the role."""
    local = LocalStack(Workspace(tmp_path_factory.mktemp("deployer") / "local"))
    local.up()
    try:
        take_role(local, read_policy())
        yield local
    finally:
        local.down()


@pytest.fixture(scope="module")
def client(stack: LocalStack) -> Callable[[str], Any]:
    """Makes clients that are looked at as Terraform's provider is, with the role's key."""
    server, key = stack.require_running(), stack.credentials
    session = boto3.Session(
        key["AWS_ACCESS_KEY_ID"], key["AWS_SECRET_ACCESS_KEY"], key["AWS_SESSION_TOKEN"], region_name="us-east-1"
    )
    config = Config(user_agent_extra="Terraform", retries={"total_max_attempts": 1}, parameter_validation=False)

    @cache
    def make(service: str) -> Any:  # noqa: ANN401 - what boto3 gives
        return session.client(service, endpoint_url=server.endpoint, verify=server.certificate, config=config)

    return make


def _refused(client: Any, operation: str, **asked: object) -> str:  # noqa: ANN401 - boto3's own shape
    """Make a call and return what of it is refused; the empty string when the role may make it."""
    try:
        getattr(client, operation)(**asked)
    except ClientError as error:
        said = str(error.response["Error"]["Message"])
        return said.rpartition("perform: ")[2].partition(" on ")[0] if "AccessDenied" in str(error) else ""
    return ""


@pytest.mark.parametrize(
    ("service", "operation", "asked", "refused"),
    [
        ("sqs", "create_queue", {"QueueName": "queue-a-local"}, ""),
        ("sqs", "create_queue", {"QueueName": "queue-a-prod"}, "sqs:CreateQueue"),
        ("sqs", "list_queues", {}, "sqs:ListQueues"),
        ("kms", "create_key", {"Tags": OURS}, ""),
        ("kms", "create_key", {"Tags": OURS[:1]}, "kms:CreateKey"),
        ("kms", "create_key", {}, "kms:CreateKey"),
        ("iam", "create_role", {"RoleName": ROLE, "AssumeRolePolicyDocument": TRUST}, "iam:CreateRole"),
        (
            "iam",
            "put_role_policy",
            {"RoleName": ROLE, "PolicyName": "deployer", "PolicyDocument": TRUST},
            "iam:PutRolePolicy",
        ),
        (
            "lambda",
            "create_function",
            {"FunctionName": "lambda-a-local", "Role": "arn:aws:iam::000000000000:role/admin", **CODE},
            "iam:PassRole",
        ),
        (
            "lambda",
            "create_function",
            {"FunctionName": "lambda-a-local", "Role": "arn:aws:iam::000000000000:role/role-schedule-a-local", **CODE},
            "iam:PassRole",
        ),
        (
            "lambda",
            "create_event_source_mapping",
            {"FunctionName": ARN.format("lambda", "function:lambda-a-prod"), "EventSourceArn": ARN.format("sqs", "q")},
            "lambda:CreateEventSourceMapping",
        ),
        (
            "lambda",
            "create_event_source_mapping",
            {"FunctionName": ARN.format("lambda", "function:lambda-a-local"), "EventSourceArn": ARN.format("sqs", "q")},
            "",
        ),
        ("cloudwatch", "delete_alarms", {"AlarmNames": ["alarm-a-local", "alarm-a-prod"]}, "cloudwatch:DeleteAlarms"),
        ("s3", "delete_bucket", {"Bucket": "bucket-of-others"}, "s3:DeleteBucket"),
    ],
)
def test_it_may_make_a_call_or_may_not(
    service: str, operation: str, asked: dict[str, Any], refused: str, *, client: Callable[[str], Any]
) -> None:
    assert _refused(client(service), operation, **asked) == refused


def test_it_may_not_touch_a_key_that_is_not_the_stacks(stack: LocalStack, client: Callable[[str], Any]) -> None:
    strange = stack.target.client("kms").create_key(Description="another's")["KeyMetadata"]["KeyId"]
    assert _refused(client("kms"), "schedule_key_deletion", KeyId=strange) == "kms:ScheduleKeyDeletion"
    own = client("kms").create_key(Tags=OURS)["KeyMetadata"]["KeyId"]
    assert _refused(client("kms"), "schedule_key_deletion", KeyId=own, PendingWindowInDays=7) == ""


def _publish(stack: LocalStack, function: str) -> None:
    """Make a function whose alias gives the newer of two versions a tenth of the events, with a quiet alarm."""
    functions, iam = stack.target.client("lambda"), stack.target.client("iam")
    role = iam.create_role(RoleName="role-of-a-canary", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    code = {**CODE, "Code": {"ZipFile": _zip("one")}}
    functions.create_function(FunctionName=function, Role=role, Publish=True, **code)
    functions.update_function_code(FunctionName=function, ZipFile=_zip("two"), Publish=True)
    shares = {"AdditionalVersionWeights": {"1": 0.9}}
    functions.create_alias(FunctionName=function, Name="alias-live-local", FunctionVersion="2", RoutingConfig=shares)
    stack.target.client("cloudwatch").put_metric_alarm(
        AlarmName="alarm-trade-errors-local", MetricName="Errors", Namespace="AWS/Lambda", Period=60, Statistic="Sum",
        EvaluationPeriods=1, Threshold=0, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching",
        Dimensions=[{"Name": "FunctionName", "Value": function}],
    )  # fmt: skip


def _zip(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("a.py", f"def b(event, context): return {text!r}")
    return packed.getvalue()


def test_it_takes_new_code_back_when_an_alarm_of_its_route_goes_off(
    stack: LocalStack, client: Callable[[str], Any]
) -> None:
    function = "lambda-trade-local"
    _publish(stack, function)
    canaries = find_canaries(client("lambda"), client("cloudwatch"), {"trade": function})
    assert [(one.newest, one.stable, one.share, one.alarms) for one in canaries] == [
        ("2", "1", 0.9, ("alarm-trade-errors-local",))
    ]
    watch = Watch(client("lambda"), client("cloudwatch"), canaries, threading.Event())
    assert watch.run(0) == {}
    stack.target.client("cloudwatch").set_alarm_state(
        AlarmName="alarm-trade-errors-local", StateValue="ALARM", StateReason="tried"
    )
    assert watch.run(0) == {"trade": "alarm-trade-errors-local went off"}
    alias = stack.target.client("lambda").get_alias(FunctionName=function, Name="alias-live-local")
    assert alias["FunctionVersion"] == "1"
    assert not (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights")
    assert find_canaries(client("lambda"), client("cloudwatch"), {"trade": function}) == []


def _apply_and_destroy(stack: LocalStack) -> None:
    stack.apply(lambda _: None)
    stack.destroy(lambda _: None)


@pytest.mark.skipif(not SOAKING, reason="applying and destroying the stack once for each statement: in `make soak`")
@pytest.mark.timeout(0)
@pytest.mark.parametrize("missing", NEEDED)
def test_without_any_one_statement_the_stack_cannot_be_applied_and_destroyed(missing: str, stack: LocalStack) -> None:
    policy = read_policy()
    reduced = {**policy, "Statement": [one for one in policy["Statement"] if one["Sid"] != missing]}
    iam = stack.target.client("iam")
    stack.build()
    iam.put_role_policy(RoleName=ROLE, PolicyName="deployer", PolicyDocument=json.dumps(reduced))
    try:
        with pytest.raises(TerraformFailedError):
            _apply_and_destroy(stack)
    finally:
        iam.put_role_policy(RoleName=ROLE, PolicyName="deployer", PolicyDocument=json.dumps(policy))
        stack.destroy(lambda _: None)
