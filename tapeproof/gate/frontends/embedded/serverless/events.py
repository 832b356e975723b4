"""What AWS SAM makes of the events of a function.

Source: AWS Serverless Application Model Developer Guide, "EventSource" and "CloudFormation resources generated when you
specify AWS::Serverless::Function".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.embedded.serverless.making import arn_of, entry_of, given, ref_to, resource, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value

__all__ = ["Event", "made_of_event"]

Made: TypeAlias = dict[str, dict[str, Any]]
"""Declarations by logical names."""


class Event(NamedTuple):
    """One event of a function.

    Attributes:
        name: The logical name that what is made of it begins with.
        kind: Its type.
        properties: Its properties.
        function: What ``Ref`` of the function, or of its alias, is.
        arn: The ARN of the function, or of its alias.
    """

    name: str
    kind: str
    properties: Value | None
    function: dict[str, Any]
    arn: dict[str, Any]

    def permission(self, service: str, **more: Any) -> Made:  # noqa: ANN401 - plain Python with values in it
        """Return the permission of a service to invoke the function."""
        properties = {"Action": "lambda:InvokeFunction", "FunctionName": self.function, "Principal": service, **more}
        return {f"{self.name}Permission": resource("AWS::Lambda::Permission", properties)}

    def get(self, *names: str) -> Value | None:
        """Return a property; None when there is none."""
        return entry_of(self.properties, *names)


def made_of_event(event: Event) -> Made | None:
    """Return what is made of an event; None when it is not known here what that is."""
    make = _MAKING.get(event.kind)
    return None if make is None else make(event)


def _rule(event: Event, **properties: Any) -> Made:  # noqa: ANN401 - as above
    target = {"Id": f"{event.name}Target", "Arn": event.arn}
    made: Made = {}
    kept = event.get("DeadLetterConfig")
    if kept is not None:
        target["DeadLetterConfig"] = {"Arn": entry_of(kept, "Arn") or arn_of(f"{event.name}Queue")}
        made |= {} if entry_of(kept, "Arn") is not None else _queue_for(event)
    switched = event.get("Enabled")
    off = switched is not None and switched.known and switched.text().lower() == "false"
    state = event.get("State") or ("DISABLED" if off else None)
    more = {"State": state, "Targets": [target], **given(event.properties, "Name")}
    rule = {name: part for name, part in {**properties, **more}.items() if part is not None}
    made[event.name] = resource("AWS::Events::Rule", rule)
    return made | event.permission("events.amazonaws.com", SourceArn=arn_of(event.name))


def _queue_for(event: Event) -> Made:
    """Return the queue that SAM makes for what a rule cannot deliver, and lets the rule into."""
    queue = f"{event.name}Queue"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn_of(queue),
        "Condition": {"ArnEquals": {"aws:SourceArn": arn_of(event.name)}},
    }
    policy = {"Queues": [ref_to(queue)], "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
    return {queue: resource("AWS::SQS::Queue", {}), f"{queue}Policy": resource("AWS::SQS::QueuePolicy", policy)}


def _schedule(event: Event) -> Made:
    return _rule(event, ScheduleExpression=event.get("Schedule"))


def _event_rule(event: Event) -> Made:
    return _rule(event, EventPattern=event.get("Pattern"), EventBusName=event.get("EventBusName"))


def _mapping(source: str) -> Callable[[Event], Made]:
    def make(event: Event) -> Made:
        passed = given(event.properties, "Enabled", "DestinationConfig", "FilterCriteria")
        properties = {"EventSourceArn": event.get(source), "FunctionName": event.function, **passed}
        return {event.name: resource("AWS::Lambda::EventSourceMapping", properties)}

    return make


def _topic(event: Event) -> Made | None:
    queued = event.get("SqsSubscription")
    if queued is not None and not (queued.known and text_of(queued) == "" and queued.text().lower() == "false"):
        return None
    passed = given(event.properties, "FilterPolicy", "RedrivePolicy")
    properties = {"TopicArn": event.get("Topic"), "Protocol": "lambda", "Endpoint": event.arn, **passed}
    subscription = {event.name: resource("AWS::SNS::Subscription", properties)}
    return subscription | event.permission("sns.amazonaws.com", SourceArn=event.get("Topic"))


def _bucket(event: Event) -> Made:
    return event.permission("s3.amazonaws.com", SourceAccount=ref_to("AWS::AccountId"))


def _request(event: Event) -> Made:
    """Return the permission of an API, which waits for the function's answer."""
    arn = {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-api/*/*/*"}
    path = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations"
    uri = {"Fn::Sub": [path, {"Function": event.arn}]}
    waits = {f"{event.name}Integration": resource("AWS::ApiGateway::Method.Integration", {"Uri": uri})}
    return waits | event.permission("apigateway.amazonaws.com", SourceArn=arn)


def _logs(event: Event) -> Made:
    passed = given(event.properties, "LogGroupName", "FilterPattern")
    arn = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*"
    group = {"Fn::Sub": [arn, {"Group": event.get("LogGroupName")}]}
    made = {event.name: resource("AWS::Logs::SubscriptionFilter", {"DestinationArn": event.arn, **passed})}
    return made | event.permission("logs.amazonaws.com", SourceArn=group)


_MAKING: dict[str, Callable[[Event], Made | None]] = {
    "Api": _request,
    "CloudWatchEvent": _event_rule,
    "CloudWatchLogs": _logs,
    "DynamoDB": _mapping("Stream"),
    "EventBridgeRule": _event_rule,
    "HttpApi": _request,
    "Kinesis": _mapping("Stream"),
    "MSK": _mapping("Stream"),
    "S3": _bucket,
    "SNS": _topic,
    "SQS": _mapping("Queue"),
    "Schedule": _schedule,
}
