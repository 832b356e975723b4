"""The live front end: an account that holds the same stack, right and wrong, gets the same verdicts as its source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.frontends.live import read
from tapeproof.gate.frontends.live.account import Account, find_account

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Stack

REGION = "us-east-1"
ACCOUNT = "123456789012"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
}
ZIP = bytes([80, 75, 5, 6]) + bytes(18)  # an empty archive
POLICIES = {policy.id: policy for policy in catalog() if "live" in policy.decidable_at}


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws(config={"lambda": {"use_docker": False}}):
        yield boto3.Session(region_name=REGION)


def policy_of(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def tls_only(service: str, *resources: str) -> dict[str, Any]:
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sns:Publish" if service == "sns" else f"{service}:*",
        "Resource": list(resources),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def build(session: boto3.Session, *, compliant: bool) -> None:
    """Make one of everything, all right or all wrong."""
    key = session.client("kms").create_key(
        Policy=policy_of(
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                "Action": ["kms:Encrypt", "kms:Decrypt"] if compliant else ["kms:*"],
                "Resource": "*",
            }
        )
    )["KeyMetadata"]["Arn"]
    queue = _queue(session, key, compliant=compliant)
    topic = _topic(session, key, compliant=compliant)
    table = _table(session, key, compliant=compliant)
    _bucket(session, compliant=compliant)
    function = _function(session, queue, table, compliant=compliant)
    rule = _rule(session, function, queue, compliant=compliant)
    _open_queue(session, queue, rule, compliant=compliant)
    group = {"kmsKeyId": key} if compliant else {}
    session.client("logs").create_log_group(logGroupName="/aws/lambda/trade" if compliant else "/other", **group)
    if compliant:
        session.client("logs").put_retention_policy(logGroupName="/aws/lambda/trade", retentionInDays=90)
    else:
        session.client("logs").put_retention_policy(logGroupName="/other", retentionInDays=7)
    _alarms(session, topic, compliant=compliant)


def _queue(session: boto3.Session, key: str, *, compliant: bool) -> str:
    sqs = session.client("sqs")
    settings = {"KmsMasterKeyId": key} if compliant else {"SqsManagedSseEnabled": "false"}
    url = sqs.create_queue(QueueName="failed", Attributes=settings)["QueueUrl"]
    return str(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])


def _topic(session: boto3.Session, key: str, *, compliant: bool) -> str:
    sns = session.client("sns")
    arn = f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"
    settings = {"KmsMasterKeyId": key, "Policy": policy_of(tls_only("sns", arn))} if compliant else {}
    return str(sns.create_topic(Name="alarms", Attributes=settings)["TopicArn"])


def _table(session: boto3.Session, key: str, *, compliant: bool) -> str:
    dynamodb = session.client("dynamodb")
    encryption = {"SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}} if compliant else {}
    arn = dynamodb.create_table(
        TableName="market",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=not compliant,
        **encryption,
    )["TableDescription"]["TableArn"]
    if compliant:
        recovery = {"PointInTimeRecoveryEnabled": True}
        dynamodb.update_continuous_backups(TableName="market", PointInTimeRecoverySpecification=recovery)
    return str(arn)


def _bucket(session: boto3.Session, *, compliant: bool) -> None:
    s3 = session.client("s3")
    s3.create_bucket(Bucket="tiles", ObjectLockEnabledForBucket=not compliant)
    if compliant:
        arn = "arn:aws:s3:::tiles"
        s3.put_bucket_policy(Bucket="tiles", Policy=policy_of(tls_only("s3", arn, f"{arn}/*")))
        names = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        s3.put_public_access_block(Bucket="tiles", PublicAccessBlockConfiguration=dict.fromkeys(names, True))


def _function(session: boto3.Session, queue: str, table: str, *, compliant: bool) -> str:
    iam = session.client("iam")
    role = iam.create_role(RoleName="trade", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    document = policy_of(
        {
            "Effect": "Allow",
            "Action": ["dynamodb:PutItem"] if compliant else ["dynamodb:*", "dynamodb:PutItems", "kms:PutKeyPolicy"],
            "Resource": [table] if compliant else ["*"],
        }
    )
    iam.put_role_policy(RoleName="trade", PolicyName="trade", PolicyDocument=document)
    if not compliant:
        iam.create_user(UserName="analyst")
        iam.put_user_policy(UserName="analyst", PolicyName="own", PolicyDocument=document)
    client = session.client("lambda")
    arn = client.create_function(
        FunctionName="trade",
        Role=role,
        Runtime="python3.11" if compliant else "python3.9",
        Handler="x.y",
        Code={"ZipFile": ZIP},
        Timeout=30 if compliant else 900,
        MemorySize=512,
        Environment={"Variables": {"LOG_LEVEL": "INFO"} if compliant else {"DB_PASSWORD": "hunter2"}},
    )["FunctionArn"]
    if compliant:
        destination = {"OnFailure": {"Destination": queue}}
        client.put_function_event_invoke_config(FunctionName="trade", DestinationConfig=destination)
    source = {"SourceArn": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/market/trade"} if compliant else {}
    client.add_permission(
        FunctionName="trade",
        StatementId="events",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        **source,
    )
    return str(arn)


def _rule(session: boto3.Session, function: str, queue: str, *, compliant: bool) -> str:
    events = session.client("events")
    events.create_event_bus(Name="market")
    rule = events.put_rule(Name="trade", EventBusName="market", EventPattern=json.dumps({"source": ["marketdata"]}))
    target = {"Id": "trade", "Arn": function} | ({"DeadLetterConfig": {"Arn": queue}} if compliant else {})
    events.put_targets(Rule="trade", EventBusName="market", Targets=[target])
    if not compliant:
        events.put_rule(Name="nowhere", EventBusName="market", EventPattern=json.dumps({"detailtype": ["x"]}))
    return str(rule["RuleArn"])


def _open_queue(session: boto3.Session, queue: str, rule: str, *, compliant: bool) -> None:
    allowed = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    statements = [allowed, tls_only("sqs", queue)] if compliant else [allowed | {"Principal": "*", "Condition": {}}]
    url = session.client("sqs").get_queue_url(QueueName="failed")["QueueUrl"]
    session.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy_of(*statements)})


def _alarms(session: boto3.Session, topic: str, *, compliant: bool) -> None:
    metrics = [("AWS/Lambda", name, "FunctionName", "trade") for name in ("Errors", "Throttles", "Duration")]
    metrics.append(("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "failed"))
    for namespace, metric, dimension, value in metrics if compliant else metrics[:1]:
        session.client("cloudwatch").put_metric_alarm(
            AlarmName=f"{value}-{metric}",
            Namespace=namespace,
            MetricName=metric,
            Dimensions=[{"Name": dimension, "Value": value}],
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=0,
            ComparisonOperator="GreaterThanThreshold",
            AlarmActions=[topic] if compliant else [],
        )


def verdicts(policy: Policy, stack: Stack) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"pass": set(), "fail": set(), "unknown": set()}
    for finding in policy.judge(stack, policy.settings()):
        found[finding.verdict.value].add(f"{finding.resource}: {finding.message}")
    return found


def test_an_account_in_order_passes_every_policy(session: boto3.Session) -> None:
    build(session, compliant=True)
    stack = read(session=session)
    assert not stack.unread
    for identifier, policy in POLICIES.items():
        found = verdicts(policy, stack)
        assert (found["fail"], found["unknown"]) == (set(), set()), identifier


WRONG = sorted(set(POLICIES) - {"TP_DLQ_3", "TP_REG_1"})


def test_an_account_in_disorder_fails_every_policy_that_it_breaks(session: boto3.Session) -> None:
    build(session, compliant=False)
    stack = read(session=session)
    missed = [identifier for identifier in WRONG if not verdicts(POLICIES[identifier], stack)["fail"]]
    assert not missed


def test_another_region_fails(session: boto3.Session) -> None:
    found = verdicts(POLICIES["TP_REG_1"], read(region="eu-west-1", session=session))
    assert "eu-west-1 is not an allowed region" in str(found["fail"])


def test_a_polled_queue_without_redrive_fails(session: boto3.Session) -> None:
    build(session, compliant=True)
    queue = session.client("sqs").create_queue(QueueName="quote")["QueueUrl"]
    arn = session.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]["QueueArn"]
    session.client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName="trade")
    (found,) = verdicts(POLICIES["TP_DLQ_3"], read(session=session))["fail"]
    assert "no redrive policy" in found


def test_only_what_ends_in_the_suffix_is_looked_at(session: boto3.Session) -> None:
    for name in ("queue-a-dev", "queue-a-prod", "queue-b-dev.fifo"):
        fifo = {"FifoQueue": "true"} if name.endswith("fifo") else {}
        session.client("sqs").create_queue(QueueName=name, Attributes=fifo)
    names = [queue.name for queue in read(session=session, suffix="-dev").resources("aws_sqs_queue")]
    assert sorted(names) == ["queue-a-dev", "queue-b-dev.fifo"]


def test_every_page_is_read(session: boto3.Session) -> None:
    for number in range(60):  # describe_log_groups gives 50 at a time
        session.client("logs").create_log_group(logGroupName=f"group-{number:03}")
    stack = read(session=session)
    assert len(list(stack.resources("aws_cloudwatch_log_group"))) == 60


def test_logs_kept_forever_pass_as_zero_does_in_source(session: boto3.Session) -> None:
    session.client("logs").create_log_group(logGroupName="forever")
    assert not verdicts(POLICIES["TP_LOG_1"], read(session=session))["fail"]


def test_what_aws_refuses_to_say_is_unknown_and_named(session: boto3.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    build(session, compliant=True)
    monkeypatch.setattr(session, "client", refusing(session.client, "describe_continuous_backups", "list_functions"))
    stack = read(session=session)
    assert [unknown.why for unknown in stack.unread] == ["AWS refused lambda list_functions: AccessDenied"]
    (unknown,) = verdicts(POLICIES["TP_DDB_1"], stack)["unknown"]
    assert "AWS refused dynamodb describe_continuous_backups: AccessDenied" in unknown


@pytest.mark.parametrize("account", ["444455556666", "arn:aws:iam::444455556666:root"])
@pytest.mark.parametrize("held", ["role", "queue", "topic", "key"])
def test_the_whole_of_another_account_is_let_in_where_an_account_says_so(
    held: str, account: str, session: boto3.Session
) -> None:
    for number, allowed in enumerate((account, account.replace("444455556666", ACCOUNT))):
        _let_in(session, held, allowed, str(number))
    fails = verdicts(POLICIES["TP_IAM_3"], read(session=session))["fail"]
    assert [fault.partition(": ")[2] for fault in fails] == [
        "everyone in another account is let in, by whatever that account allows them"
    ]


def _let_in(session: boto3.Session, held: str, account: str, name: str) -> None:
    """Make something that lets an account in."""
    actions = {"role": "sts:AssumeRole", "queue": "sqs:SendMessage", "topic": "sns:Publish", "key": "kms:Decrypt"}
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": actions[held]}
    policy = policy_of(statement if held == "role" else statement | {"Resource": "*"})
    if held == "role":
        session.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=policy)
    elif held == "queue":
        session.client("sqs").create_queue(QueueName=name, Attributes={"Policy": policy})
    elif held == "topic":
        session.client("sns").create_topic(Name=name, Attributes={"Policy": policy})
    else:
        session.client("kms").create_key(Policy=policy)


LISTED = sorted(
    {
        "list_tables",
        "list_buckets",
        "list_event_buses",
        "list_rules",
        "list_schedules",
        "list_targets_by_rule",
        "describe_log_groups",
        "describe_alarms",
        "list_functions",
        "list_event_source_mappings",
        "list_aliases",
        "list_function_event_invoke_configs",
        "list_queues",
        "list_topics",
        "list_roles",
        "list_role_policies",
        "list_attached_role_policies",
        "list_policies",
        "list_users",
        "list_keys",
    }
)


def test_a_list_that_aws_refuses_makes_nothing_fail(session: boto3.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    build(session, compliant=True)
    client, failed = session.client, {}
    for operation in LISTED:
        monkeypatch.setattr(session, "client", refusing(client, operation))
        stack = read(session=session)
        assert f"{operation}: AccessDenied" in str([unknown.why for unknown in stack.unread])
        failed[operation] = [name for name, policy in POLICIES.items() if verdicts(policy, stack)["fail"]]
    assert failed == {operation: [] for operation in LISTED}


def test_nothing_but_reading_leaves_this_machine(session: boto3.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account(find_account(REGION, session))
    with pytest.raises(AssertionError, match="never asked to CreateQueue"):
        account.ask("sqs", "create_queue", QueueName="x")


def test_without_credentials_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(CannotJudgeError, match="credentials"):
        read(region=REGION)


def test_without_a_region_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with pytest.raises(CannotJudgeError, match="region"):
        read()


def refusing(client: Callable[..., object], *operations: str) -> Callable[..., object]:
    """Return a client factory whose named operations are denied."""

    def denied(operation: str) -> Callable[..., object]:
        def call(**_: object) -> object:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, operation)

        return call

    def make(service: str, **settings: object) -> object:
        made: Any = client(service, **settings)
        for operation in (name for name in operations if hasattr(made, name)):
            setattr(made, operation, denied(operation))
            made.can_paginate = lambda name, real=made.can_paginate: name not in operations and real(name)
        return made

    return make
