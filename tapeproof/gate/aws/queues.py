"""Dead-letter queues: which queues are meant for failures, and who is let into them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import takewhile
from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import PolicyDocument, Resource, Stack, Statement, Undecided, Value, policy_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = [
    "admits_rule",
    "admits_topic",
    "dead_letter_queues",
    "is_fifo",
    "redrive_targets",
    "refuses_redrive",
    "role_may_send",
    "same_order",
]

SEND = "sqs:sendmessage"
FAILURE_PATHS = (
    ("aws_lambda_function", "dead_letter_config.target_arn"),
    ("aws_lambda_function_event_invoke_config", "destination_config.on_failure.destination"),
    ("aws_lambda_event_source_mapping", "destination_config.on_failure.destination_arn"),
    ("aws_cloudwatch_event_target", "dead_letter_config.arn"),
    ("aws_scheduler_schedule", "target.dead_letter_config.arn"),
    ("aws_sns_topic_subscription", "redrive_policy"),
    ("aws_pipes_pipe", "source_parameters.sqs_queue_parameters.dead_letter_config.arn"),
)
"""Where the AWS provider keeps the destination of what failed."""


def redrive_targets(stack: Stack, queue: Resource) -> list[Value]:
    """Return the ARNs that a queue sends its failures to; more than one where more is declared, of which one stays.

    Raises:
        Undecided: It cannot be told.
    """
    own = [] if queue["redrive_policy"].is_unset else [queue["redrive_policy"]]
    separate = stack.resources("aws_sqs_queue_redrive_policy")
    apart = those(separate, lambda policy: queue in stack.resolve(policy["queue_url"], "aws_sqs_queue"))
    return [_dead_letter_target(stack, value) for value in (*own, *(policy["redrive_policy"] for policy in apart))]


def _dead_letter_target(stack: Stack, policy: Value) -> Value:
    return stack.document(policy).entry("deadLetterTargetArn")


def refuses_redrive(stack: Stack, target: Resource, source: Resource) -> Value | None:
    """Return the value by which a dead-letter queue refuses another queue's messages, or None when it takes them.

    Source: Amazon SQS API Reference, SetQueueAttributes: ``RedriveAllowPolicy``.

    Raises:
        Undecided: It cannot be told.
    """
    policy = _redrive_allow_policy(stack, target)
    if policy is None or policy.is_unset:
        return None
    document = stack.document(policy)
    permission = document.entry("redrivePermission")
    if permission.is_unset or permission.text() == "allowAll":
        return None
    if permission.text() == "denyAll":
        return permission
    sources = document.entry("sourceQueueArns").elements()
    admitted = any_of(sources, lambda value: source in stack.resolve(value, "aws_sqs_queue"))
    return None if admitted else document.entry("sourceQueueArns")


def _redrive_allow_policy(stack: Stack, queue: Resource) -> Value | None:
    if not queue["redrive_allow_policy"].is_unset:
        return queue["redrive_allow_policy"]
    separate = stack.resources("aws_sqs_queue_redrive_allow_policy")
    for policy in those(separate, lambda policy: queue in stack.resolve(policy["queue_url"], "aws_sqs_queue")):
        return policy["redrive_allow_policy"]
    return None


def is_fifo(resource: Resource) -> bool:
    """Return whether a queue or topic keeps the order of its messages.

    Raises:
        Undecided: It cannot be told.
    """
    attribute = "fifo_topic" if resource.type == "aws_sns_topic" else "fifo_queue"
    return not resource[attribute].is_unset and resource[attribute].boolean()


def same_order(sources: Iterable[Resource], queue: Resource) -> bool:
    """Return whether a queue is FIFO just where those that send their failures to it are.

    Source: Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS": of a FIFO queue it must be FIFO too.

    Raises:
        Undecided: It cannot be told.
    """
    return all(is_fifo(source) is is_fifo(queue) for source in sources)


def dead_letter_queues(stack: Stack) -> Iterator[Resource]:
    """Yield every queue of the stack that something sends its failures to, once.

    Raises:
        Undecided: After them, when it cannot be told where something sends its failures.
    """
    doubt: Undecided | None = None
    found: set[str] = set()
    for value in _failure_values(stack):
        try:
            if not (value.known and value.is_unset):
                for queue in stack.resolve(value, "aws_sqs_queue"):
                    if queue.address not in found:
                        found.add(queue.address)
                        yield queue
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt is not None:
        raise doubt


def admits_rule(stack: Stack, queue: Resource, target: Resource) -> bool:
    """Return whether a queue's own policy lets EventBridge put the failures of a rule's target into it.

    Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events".

    Raises:
        Undecided: It cannot be told.
    """
    rules = stack.resolve(target["rule"], "aws_cloudwatch_event_rule")
    return _admits(stack, queue, "events.amazonaws.com", lambda value: _names_rule(stack, value, rules))


def admits_topic(stack: Stack, queue: Resource, topic: Value) -> bool:
    """Return whether a queue's own policy lets SNS put what a topic could not deliver into it.

    Source: Amazon SNS Developer Guide, "Configuring an Amazon SNS dead-letter queue for a subscription".

    Raises:
        Undecided: It cannot be told.
    """
    topics = stack.resolve(topic, "aws_sns_topic")
    return _admits(stack, queue, "sns.amazonaws.com", lambda value: _names_topic(stack, value, topic, topics))


def _admits(stack: Stack, queue: Resource, service: str, is_source: Callable[[Value], bool]) -> bool:
    return any_of(
        (statement for document in _find_attached_policies(stack, queue) for statement in document.statements(stack)),
        lambda statement: (
            statement.allows
            and _may_send(statement)
            and _covers(stack, statement, queue)
            and any(principal.value.text() in {service, "*"} for principal in statement.principals)
            and _from_source(statement, is_source)
        ),
    )


def role_may_send(stack: Stack, queue: Resource, role: Value) -> bool:
    """Return whether a role is allowed to send to a queue, by the policies in this stack.

    Source: EventBridge Scheduler User Guide, "Configuring a dead-letter queue": it sends with the schedule's own role.

    Raises:
        Undecided: It cannot be told.
    """
    roles = stack.resolve(role, "aws_iam_role")
    if not roles:
        raise Undecided(role, "names a role outside this stack, whose permissions cannot be read")
    documents = (document for document in policy_documents(stack, "identity") if _of_role(stack, document, roles[0]))
    return any_of(
        (statement for document in documents for statement in document.statements(stack)),
        lambda statement: statement.allows and _may_send(statement) and _covers(stack, statement, queue),
    )


def _failure_values(stack: Stack) -> Iterator[Value]:
    for type_, path in FAILURE_PATHS:
        for resource in stack.resources(type_):
            yield from value_at(resource, path)
    for queue in stack.resources("aws_sqs_queue"):
        try:
            yield from redrive_targets(stack, queue)
        except Undecided as undecided:
            # The policy as a whole still says which queue it refers to.
            yield undecided.value if undecided.value.origins else queue["redrive_policy"]


def _find_attached_policies(stack: Stack, queue: Resource) -> Iterator[PolicyDocument]:
    yield from policy_documents(stack, resource=queue)
    separate = (one for one in stack.resources("aws_sqs_queue_policy") if not in_another_region(stack, one, queue))
    for policy in those(separate, lambda policy: queue in stack.resolve(policy["queue_url"], "aws_sqs_queue")):
        yield from policy_documents(stack, resource=policy)


def _may_send(statement: Statement) -> bool:
    return any_of(statement.actions, lambda action: fnmatchcase(SEND, action.text().lower()))


def _covers(stack: Stack, statement: Statement, queue: Resource) -> bool:
    return any_of(
        statement.resources,
        lambda value: (value.known and value.text() == "*") or queue in stack.resolve(value, "aws_sqs_queue"),
    )


def _from_source(statement: Statement, is_source: Callable[[Value], bool]) -> bool:
    """Return whether a statement's source conditions, if it has any, hold for the one who sends."""
    sources = [condition for condition in statement.conditions if condition.key.lower() == "aws:sourcearn"]
    return all(any_of(condition.values, is_source) for condition in sources)


def _names_topic(stack: Stack, value: Value, topic: Value, topics: tuple[Resource, ...]) -> bool:
    named = stack.resolve(value, "aws_sns_topic")
    if named or topics:
        return any(resource in topics for resource in named) or (value.known and value.text().endswith("*"))
    return value.same_as(topic)


def _names_rule(stack: Stack, value: Value, rules: tuple[Resource, ...]) -> bool:
    named = stack.resolve(value, "aws_cloudwatch_event_rule")
    if named or not rules:
        return any(rule in rules for rule in named)
    written = [piece.content for piece in value.pieces_of_text()]
    known = list(takewhile(lambda content: isinstance(content, str), reversed(written)))
    last = "".join(map(str, reversed(known)))
    if "/" not in last and len(known) < len(written):
        raise Undecided(value)
    return any_of(rules, lambda rule: fnmatchcase(rule["name"].text(), last.rpartition("/")[2]))


def _of_role(stack: Stack, document: PolicyDocument, role: Resource) -> bool:
    holder = document.holder
    if holder.type == "aws_iam_role":
        return holder.address == role.address
    if holder.type == "aws_iam_role_policy":
        return role in stack.resolve(holder["role"], "aws_iam_role")
    attachments = stack.resources("aws_iam_role_policy_attachment")
    return any_of(
        attachments,
        lambda attachment: (
            holder in stack.resolve(attachment["policy_arn"], "aws_iam_policy")
            and role in stack.resolve(attachment["role"], "aws_iam_role")
        ),
    )
