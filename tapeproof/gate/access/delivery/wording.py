"""What stops an event, in words, and how to mend it."""

from __future__ import annotations

from tapeproof.gate.engine.named_tuple import NamedTuple

__all__ = ["WORDS", "Words"]


class Words(NamedTuple):
    """How a kind of stop is told.

    Attributes:
        reason: Why nothing passes, with the names of details in braces.
        fix: What to do.
    """

    reason: str
    fix: str


WORDS = {
    "policy": Words(
        "no policy lets {service} call {action} on {target} for this source", "allow {action} to {service}"
    ),
    "denied": Words("a Deny hits {service} calling {action} on {target}", "except AWS services from the Deny"),
    "permission": Words(
        "the permission does not let {service} invoke {arn} for {source}",
        "set principal, function_name, qualifier and source_arn to what calls",
    ),
    "no permission": Words(
        "no permission lets {service} invoke {arn} for {source}", "add an aws_lambda_permission for {service}"
    ),
    "trust": Words(
        "{service} may not assume the role for {source}", "let {service} assume it, for this source if any is named"
    ),
    "role": Words("{role} may not call {actions} on {arn}", "allow {actions} on {arn}"),
    "boundary": Words("the boundary {boundary} does not allow {role} {actions} on {arn}", "allow {actions} in it"),
    "key": Words("key {key} of {target} does not let {who} call {actions}", "allow {actions} to it in the key policy"),
    "key off": Words("key {key}, which encrypts {target}, is disabled", "enable it"),
    "other use": Words(
        "key {key}, which is to encrypt {target}, is made for something else", "use a symmetric key that encrypts"
    ),
    "unfit log key": Words(
        "key {key}, which encrypts {target}, is disabled or made for something else", "enable a key that encrypts"
    ),
    "no arn": Words("{target} is no ARN", "name it by its ARN"),
    "no stream": Words("{source} is a table, not its stream", "name its stream_arn"),
    "managed key": Words(
        "{target} is encrypted with {key}, whose policy cannot let {service} in", "use a customer-managed key"
    ),
    "managed key of a queue": Words(
        "{target} is encrypted with {key}, whose policy cannot let {service} in",
        "use a customer-managed key, or SSE-SQS",
    ),
    "no role": Words("a target of {service} needs a role, and there is none", "set role_arn"),
    "off": Words("{what} is off", "switch it on, or remove it"),
    "actions off": Words("the actions of {alarm} are off", "set actions_enabled = true"),
    "other bus": Words(
        "{rule} is on the bus {bus}, the target says {named}", "set event_bus_name to the bus of the rule"
    ),
    "no subscriptions": Words(
        "{group} is of the log class {class}, of which nothing can be sent on by a subscription",
        "use the class STANDARD",
    ),
    "aws events": Words(
        "{what} asks for events of AWS services, which come to the default bus; it is on {bus}",
        "put the rule on the default bus, or forward them",
    ),
    "schedule elsewhere": Words(
        "schedules run on the default bus only; {what} is on {bus}", "remove event_bus_name, or use the Scheduler"
    ),
    "silent bucket": Words(
        "{bucket} does not send its events to EventBridge, where {rule} waits for them",
        "set eventbridge = true in its aws_s3_bucket_notification",
    ),
    "overlap": Words(
        "two configurations of {target} overlap in events, prefix and suffix: AWS refuses them",
        "let prefixes or suffixes tell them apart, or send to a topic that both subscribe to",
    ),
    "never meet": Words(
        "no event that {rule} forwards to {bus} can match {rules}", "let the patterns have events in common"
    ),
    "strayed": Words(
        "{strayed} is on the default bus, and {bus}, to which {rule} forwards such events, has no rule",
        "set event_bus_name",
    ),
    "no rule": Words("{bus}, to which {rule} forwards, has no rule and no archive", "add a rule on it"),
    "no target": Words("{what} has no target", "put the target that was taken away"),
    "other region": Words(
        "{target} is in {there}, and this hop stays in its region, {here}", "put both into one region, or a bus between"
    ),
    "no group": Words("the FIFO queue {target} would get messages without a group", "set message_group_id"),
    "no deduplication": Words(
        "the FIFO queue {target} would refuse messages that have no deduplication id",
        "set content_based_deduplication = true on it",
    ),
    "fifo queue": Words("{target} is a FIFO queue, which is not taken here", "use a standard queue"),
    "fifo topic": Words("{target} is a FIFO topic, which is not taken here", "use a standard topic"),
    "fifo subscriber": Words(
        "{topic} is a standard topic, which does not deliver to the FIFO queue {target}",
        "use a standard queue, or a FIFO topic",
    ),
    "overwritten": Words(
        "{target} has one of these only, and {others} sets it too: the later overwrites the earlier", "join them in one"
    ),
    "itself": Words("{target} is its own dead-letter queue", "use another queue"),
    "other kind": Words(
        "{queue} is {kind}, its dead-letter queue {target} is not", "use a dead-letter queue of the same kind"
    ),
    "kept shorter": Words(
        "{target} keeps messages {kept} s, {queue} {age} s: an old message is gone as it arrives",
        "set message_retention_seconds = 1209600",
    ),
    "redrive refused": Words("redrive_allow_policy of {target} does not admit {queue}", "list it in sourceQueueArns"),
    "visible": Words(
        "{queue} hides a message {hidden} s, the function may run {timeout} s: AWS refuses the mapping",
        "set visibility_timeout_seconds to six times the function's timeout",
    ),
    "visible soon": Words(
        "{queue} hides a message {hidden} s, less than six times the function's {timeout} s",
        "set visibility_timeout_seconds to six times the function's timeout",
    ),
    "log key": Words(
        "key {key} of {group} does not let CloudWatch Logs call {actions} for it: it cannot be made or written",
        "allow logs.REGION.amazonaws.com to encrypt, decrypt, re-encrypt and make data keys for this group",
    ),
    "log": Words("{role} may not call {actions} on the log group {group}", "allow {actions} on the group, with :*"),
}
"""Every code of a stop."""
