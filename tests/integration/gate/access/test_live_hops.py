"""Pipes, streams and subscriptions of log groups in an account: each hop arrives, or is named where it stops."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.frontends.live import read

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION, ACCOUNT = "eu-west-1", "123456789012"
READS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
SEND, PIPES = "sqs:SendMessage", "pipes.amazonaws.com"
SENDERS = ("aws_pipes_pipe", "aws_cloudwatch_log_subscription_filter")
ZIP = bytes([80, 75, 5, 6]) + bytes(18)  # an empty archive


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with mock_aws(config={"lambda": {"use_docker": False}}):
        yield boto3.Session(region_name=REGION)


def _role(session: boto3.Session, name: str, service: str, actions: list[str]) -> str:
    iam = session.client("iam")
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    allow = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    documents = [json.dumps({"Version": "2012-10-17", "Statement": [one]}) for one in (trust, allow)]
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=documents[0])["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=documents[1])
    return str(arn)


def _queue(session: boto3.Session, name: str) -> str:
    session.client("sqs").create_queue(QueueName=name)
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def _pipe(session: boto3.Session, name: str, service: str, actions: list[str], state: str = "RUNNING") -> None:
    ends: dict[str, Any] = {"Source": _queue(session, f"{name}-from"), "Target": _queue(session, f"{name}-to")}
    role = _role(session, name, service, actions)
    session.client("pipes").create_pipe(Name=name, RoleArn=role, DesiredState=state, **ends)


def _subscribed(session: boto3.Session, name: str, source: str) -> None:
    functions, logs = session.client("lambda"), session.client("logs")
    logs.create_log_group(logGroupName=name)
    role = _role(session, name, "lambda.amazonaws.com", ["logs:CreateLogStream", "logs:PutLogEvents"])
    code: dict[str, Any] = {"Runtime": "python3.11", "Handler": "x.y", "Code": {"ZipFile": ZIP}}
    arn = functions.create_function(FunctionName=f"{name}-to", Role=role, **code)["FunctionArn"]
    functions.add_permission(
        FunctionName=f"{name}-to",
        StatementId="logs",
        Action="lambda:InvokeFunction",
        Principal="logs.amazonaws.com",
        SourceArn=f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{name}{source}",
    )
    logs.put_subscription_filter(logGroupName=name, filterName="all", filterPattern="", destinationArn=arn)


def _key(session: boto3.Session, *principals: str) -> str:
    allow = {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": {"AWS": [*principals]}}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    return str(session.client("kms").create_key(Policy=policy)["KeyMetadata"]["Arn"])


def _read_stream(session: boto3.Session, name: str, key: str, role: str) -> None:
    """Make a stream under a key, and a pipe of a role that reads it into a queue."""
    streams = session.client("kinesis")
    streams.create_stream(StreamName=name, ShardCount=1)
    streams.start_stream_encryption(StreamName=name, EncryptionType="KMS", KeyId=key)
    source = streams.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]
    started: dict[str, Any] = {"KinesisStreamParameters": {"StartingPosition": "LATEST"}}
    ends: dict[str, Any] = {"Source": source, "SourceParameters": started, "Target": _queue(session, f"{name}-to")}
    session.client("pipes").create_pipe(Name=f"{name}-pipe", RoleArn=role, DesiredState="RUNNING", **ends)


def _name(end: str) -> str:
    return end.replace("/", ":").rpartition(":")[2]


def test_pipes_streams_and_subscriptions_of_an_account_are_followed_to_where_they_stop(session: boto3.Session) -> None:
    _pipe(session, "whole", PIPES, [*READS, SEND])
    _pipe(session, "mute", PIPES, READS)
    _pipe(session, "deaf", PIPES, [SEND])
    _pipe(session, "still", PIPES, [*READS, SEND], "STOPPED")
    _pipe(session, "strange", "lambda.amazonaws.com", [*READS, SEND])
    reader = _role(session, "reader", PIPES, ["kinesis:*", "kms:Decrypt", SEND])
    _read_stream(session, "open", _key(session, reader), reader)
    _read_stream(session, "shut", _key(session, f"arn:aws:iam::{ACCOUNT}:role/whole"), reader)
    _subscribed(session, "trade", ":*")
    _subscribed(session, "quote", "")
    hops = [hop for hop in hops_of(read(session=session)) if hop.sender.type in SENDERS]
    assert not [doubt.undecided.why for hop in hops for doubt in hop.doubts]
    assert {_name(hop.end): [stop.code for stop in hop.stops] for hop in hops} == {
        "whole": [], "whole-to": [],
        "mute": [], "mute-to": ["role"],
        "deaf": ["role"], "deaf-to": [],
        "still": ["off"], "still-to": [],
        "strange": ["trust"], "strange-to": ["trust"],
        "open-pipe": [], "open-to": [],
        "shut-pipe": ["key"], "shut-to": [],
        "trade-to": [], "quote-to": ["permission"],
    }  # fmt: skip
