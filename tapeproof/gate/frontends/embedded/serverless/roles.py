"""The role that AWS SAM makes for a function that names none.

Source: AWS Serverless Application Model Developer Guide, "AWS::Serverless::Function", "AWS SAM policy templates".
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tapeproof.gate.engine.model import Known, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows
from tapeproof.gate.frontends.embedded.serverless.making import (
    entries_of,
    entry_of,
    listed_in,
    resource,
    text_of,
    value,
)

__all__ = ["Grant", "role_for"]

_MANAGED = "arn:aws:iam::aws:policy/"
_BASIC = "service-role/AWSLambdaBasicExecutionRole"
_OF_EVENTS = {
    "DocumentDB": "",
    "DynamoDB": "service-role/AWSLambdaDynamoDBExecutionRole",
    "Kinesis": "service-role/AWSLambdaKinesisExecutionRole",
    "MSK": "service-role/AWSLambdaMSKExecutionRole",
    "SQS": "service-role/AWSLambdaSQSQueueExecutionRole",
}
"""What reads events for a function does so by its role."""
_LAMBDA = "lambda.amazonaws.com"


class Grant(NamedTuple):
    """Something that SAM lets a function do, because the function is told to send there."""

    action: str
    resource: Any


def role_for(
    properties: Value, kinds_of_events: list[str], grants: list[Grant], service: str = _LAMBDA
) -> dict[str, Any]:
    """Return the declaration of the role of a function, or of a state machine.

    Args:
        properties: Of the function or machine.
        kinds_of_events: The types of its events.
        grants: What it may do besides, for its destinations and its dead-letter queue.
        service: Who assumes the role.
    """
    managed: list[Any] = [f"{_MANAGED}{_BASIC}"] if service == _LAMBDA else []
    if text_of(entry_of(properties, "Tracing")) == "Active" or _is_on(entry_of(properties, "Tracing", "Enabled")):
        managed.append(f"{_MANAGED}AWSXrayWriteOnlyAccess")
    if entry_of(properties, "VpcConfig") is not None:
        managed.append(f"{_MANAGED}service-role/AWSLambdaVPCAccessExecutionRole")
    managed += [f"{_MANAGED}{_OF_EVENTS[kind]}" for kind in dict.fromkeys(kinds_of_events) if _OF_EVENTS.get(kind)]
    inline: list[Any] = []
    for policy in listed_in(entry_of(properties, "Policies")):
        document = _document_of(policy)
        if document is not None:
            inline.append(document)
        elif text_of(policy):
            managed.append(_arn_of_managed(text_of(policy)))
        else:
            managed.append(policy)
    inline += [_statements([_allow([grant.action], [grant.resource])]) for grant in grants]
    return resource(
        "AWS::IAM::Role",
        {
            "AssumeRolePolicyDocument": entry_of(properties, "AssumeRolePolicyDocument") or _trust_in(service),
            "ManagedPolicyArns": [one for at, one in enumerate(managed) if one not in managed[:at]],
            "Policies": [{"PolicyName": f"Policy{at}", "PolicyDocument": one} for at, one in enumerate(inline)],
        },
    )


def _trust_in(service: str) -> dict[str, Any]:
    allowed = {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"Service": [service]}}
    return {"Version": "2012-10-17", "Statement": [allowed]}


def _is_on(switch: Value | None) -> bool:
    return isinstance(switch, Known) and switch.value is True


def _arn_of_managed(name: str) -> str:
    """Return the ARN of a policy that AWS manages, given its name; an ARN as it is."""
    return name if ":" in name else f"{_MANAGED.rstrip('/')}{_paths().get(name, '/')}{name}"


@cache
def _paths() -> dict[str, str]:
    return {name: row["path"] for row in rows("managed_policies") for name in row["names"].split()}


def _document_of(policy: Value) -> Any:  # noqa: ANN401 - a document, plain or not; None for a managed policy
    written = entries_of(policy)
    if "Statement" in written:
        return policy
    if len(written) != 1 or next(iter(written)).startswith(("Fn::", "Ref")):
        return None if not written else policy if len(written) > 1 else None
    ((name, parameters),) = written.items()
    statements = _templates().get(name)
    if statements is None:
        return Unknown(f"is AWS SAM's policy template {name}, which is not known here", span=policy.span)
    names = dict(entries_of(parameters))
    return _statements(
        [_allow(actions, [_filled(text, names, policy) for text in resources]) for actions, resources in statements]
    )


def _filled(text: str, names: dict[str, Value], policy: Value) -> Value:
    """Return a resource of a policy template, with its parameters put in by CloudFormation."""
    if "${" not in text:
        return Known(text, span=policy.span)
    return value({"Fn::Sub": [text, names]}, policy.span)


def _allow(actions: list[str], resources: list[Any]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def _statements(listed: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": listed}


@cache
def _templates() -> dict[str, list[tuple[list[str], list[str]]]]:
    """Return the statements of each policy template: actions and resources."""
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for row in rows("sam_policy_templates"):
        found.setdefault(row["template"], []).append((row["actions"].split(), row["resources"].split()))
    return found
