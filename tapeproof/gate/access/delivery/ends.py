"""Where a hop can lead, by the kind of thing at its end, and what it takes to get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.facts import Stop, doubt_outside
from tapeproof.gate.access.delivery.hops import is_arn, is_fifo, not_an_arn, only, outside, to_queue, to_topic
from tapeproof.gate.access.delivery.keys import admits_to_key
from tapeproof.gate.access.delivery.roles import may_assume, may_call
from tapeproof.gate.access.delivery.services import admits_to_function, admits_to_logs
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.access.site import Sender, Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = [
    "ROLE_ACTIONS",
    "asked_of_role",
    "by_role",
    "by_service",
    "end_of",
    "role_of",
    "service_of",
    "standard_queue",
    "to_function",
    "with_role",
]

_FUNCTIONS = ("aws_lambda_function", "aws_lambda_alias")
_ENDS = (
    "aws_sqs_queue", "aws_sns_topic", *_FUNCTIONS, "aws_cloudwatch_event_bus", "aws_sfn_state_machine",
    "aws_kinesis_stream", "aws_kinesis_firehose_delivery_stream", "aws_cloudwatch_log_group", "aws_dynamodb_table",
    "aws_cloudwatch_event_api_destination", "aws_s3_bucket", "aws_ecs_cluster", "aws_codebuild_project",
    "aws_codepipeline",
)  # fmt: skip
ROLE_ACTIONS = {
    "states": ("states:StartExecution",),
    "kinesis": ("kinesis:PutRecord",),
    "firehose": ("firehose:PutRecord",),
    "events": ("events:PutEvents",),
    "ecs": ("ecs:RunTask",),
    "batch": ("batch:SubmitJob",),
    "codebuild": ("codebuild:StartBuild",),
    "codepipeline": ("codepipeline:StartPipelineExecution",),
    "lambda": ("lambda:InvokeFunction",),
    "sqs": ("sqs:SendMessage",),
    "sns": ("sns:Publish",),
}
"""What a role must be allowed to bring an event to a target of a service:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html"""
_LEAST_COLONS = 5


def service_of(site: Site, value: Value) -> str:
    """Return the service in the ARN that a value is.

    Raises:
        Undecided: It is no ARN, or cannot be told.
    """
    text = site.world.text(value)
    if not text.startswith("arn:") or text.count(":") < _LEAST_COLONS:
        raise Undecided(value, "is no ARN that can be read, so where it leads is not known")
    return text.split(":")[2]


def end_of(site: Site, value: Value) -> str:
    """Return the address of what a value names, of the function for an alias of it, else its text."""
    try:
        found = [one for one in site.stack.resolve(value, *_ENDS) if one.mode == "managed"]
    except Undecided:
        found = []
    if found and found[0].type == "aws_lambda_alias":
        return end_of(site, found[0]["function_name"])
    return found[0].address if found else site.world.text(value)


def role_of(site: Site, value: Value) -> Resource:
    """Return the role that a value names.

    Raises:
        Undecided: It is not of this stack.
    """
    found = [one for one in site.stack.resolve(value, "aws_iam_role") if one.mode == "managed"]
    if not found:
        raise doubt_outside(value, "names a role outside this stack, whose permissions cannot be read")
    return found[0]


def asked_of_role(site: Site, value: Value, check: Callable[[Resource], Iterator[Stop]]) -> Iterator[Stop]:
    """Yield what a check finds of the role that a value names, looked up only when it is asked.

    Raises:
        Undecided: It is not of this stack, or the check cannot tell.
    """
    yield from check(role_of(site, value))


def to_function(site: Site, sender: Sender, value: Value) -> Iterator[Stop]:
    """Yield why a service may not invoke a function, a version or an alias.

    Raises:
        Undecided: It cannot be told.
    """
    if not is_arn(site, value):
        yield not_an_arn(sender.resource, site, value)
        return
    named = only(site, value, *_FUNCTIONS)
    function = only(site, named["function_name"], "aws_lambda_function") if named.type == "aws_lambda_alias" else named
    arn = site.world.text(value)
    yield from admits_to_function(site, sender, arn if arn.startswith("arn:") else site.world.arn(named), function)


def standard_queue(site: Site, value: Value, sender: Resource) -> Iterator[Stop]:
    """Yield a stop where a queue is FIFO and must not be.

    Raises:
        Undecided: It cannot be told.
    """
    if outside(site, value, "aws_sqs_queue"):
        return
    queue = only(site, value, "aws_sqs_queue")
    if is_fifo(queue):
        yield Stop("fifo queue", sender, value, {"target": queue.address})


def by_service(site: Site, sender: Sender, value: Value) -> Iterator[Stop]:
    """Yield why a service does not get an event to its target by itself.

    Raises:
        Undecided: It cannot be told.
    """
    if not is_arn(site, value):
        yield not_an_arn(sender.resource, site, value)
        return
    service = service_of(site, value)
    if service == "sqs":
        yield from to_queue(site, sender, value)
    elif service == "sns":
        topic = only(site, value, "aws_sns_topic")
        if is_fifo(topic):
            yield Stop("fifo topic", sender.resource, value, {"target": topic.address})
        yield from to_topic(site, sender, value)
    elif service == "lambda":
        yield from to_function(site, sender, value)
    elif service == "logs":
        yield from _to_log_group(site, sender, value)
    elif service in ROLE_ACTIONS:
        yield Stop("no role", sender.resource, value, {"service": service})
    else:
        raise Undecided(value, f"what a target of {service} must allow is not known to this gate")


def _to_log_group(site: Site, sender: Sender, value: Value) -> Iterator[Stop]:
    arn = site.world.text(value).removesuffix(":*")
    stream = f"{arn}:log-stream:events"
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        stops = list(admits_to_logs(site, sender, action, stream, end_of(site, value)))
        if stops:
            yield from stops
            return


def by_role(site: Site, sender: Sender, role: Resource, value: Value, actions: tuple[str, ...] = ()) -> Iterator[Stop]:
    """Yield why a service does not get an event to its target with a role.

    Raises:
        Undecided: It cannot be told.
    """
    yield from may_assume(site, sender.service, role, sender.source, value)
    yield from with_role(site, sender, role, value, actions)


def with_role(
    site: Site, sender: Sender, role: Resource, value: Value, actions: tuple[str, ...] = ()
) -> Iterator[Stop]:
    """Yield why a role does not get an event to its target, once it is assumed.

    Raises:
        Undecided: It cannot be told.
    """
    if not is_arn(site, value):
        yield not_an_arn(sender.resource, site, value)
        return
    service = service_of(site, value)
    if service == "sqs":
        yield from to_queue(site, sender, value, role)
    elif service == "sns":
        yield from to_topic(site, sender, value, role)
    else:
        text = site.world.text(value)
        known = ("events:InvokeApiDestination",) if ":api-destination/" in text else ROLE_ACTIONS.get(service, ())
        if not (actions or known):
            raise Undecided(value, f"what a target of {service} asks of a role is not known to this gate")
        yield from may_call(site, role, actions or known, text, value)
        if service == "kinesis" and not outside(site, value, "aws_kinesis_stream"):
            yield from admits_to_key(site, role, only(site, value, "aws_kinesis_stream"), "put", value)
