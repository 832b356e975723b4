"""EventBridge pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["pipes"]

_PIPE = ("aws_pipes_pipe", "source", "source_parameters", "enrichment", "target", "target_parameters", "role_arn")
_SOURCES = {
    "activemq_broker_parameters": "ActiveMQBrokerParameters",
    "dynamodb_stream_parameters": "DynamoDBStreamParameters",
    "kinesis_stream_parameters": "KinesisStreamParameters",
    "managed_streaming_kafka_parameters": "ManagedStreamingKafkaParameters",
    "rabbitmq_broker_parameters": "RabbitMQBrokerParameters",
    "self_managed_kafka_parameters": "SelfManagedKafkaParameters",
    "sqs_queue_parameters": "SqsQueueParameters",
}
"""Blocks of a pipe's source, and what AWS calls them (EventBridge Pipes Reference, "PipeSourceParameters")."""
_INVOKED = {
    "lambda_function_parameters": "LambdaFunctionParameters",
    "step_function_state_machine_parameters": "StepFunctionStateMachineParameters",
}
"""Blocks of targets that may be told not to wait ("PipeTargetParameters")."""
_MESSAGE = {"message_group_id": "MessageGroupId", "message_deduplication_id": "MessageDeduplicationId"}


def pipes(account: Account) -> Iterator[Resource]:
    """Yield the pipes."""
    for listed in account.pages("pipes", "list_pipes", "Pipes", gap=_PIPE):
        if account.covers(listed["Name"]):
            found = account.ask("pipes", "describe_pipe", Name=listed["Name"])
            yield account.resource(
                "aws_pipes_pipe",
                listed["Name"],
                listed["Arn"],
                name=listed["Name"],
                arn=listed["Arn"],
                desired_state=listed.get("DesiredState"),
                source=listed.get("Source"),
                source_parameters=_blocks(account.part(found, "SourceParameters"), _source),
                enrichment=account.part(found, "Enrichment") or None,
                target=listed.get("Target"),
                target_parameters=_blocks(account.part(found, "TargetParameters"), _target),
                role_arn=account.part(found, "RoleArn"),
                kms_key_identifier=account.part(found, "KmsKeyIdentifier") or None,
            )


def _blocks(found: Any, read: Any) -> Any:  # noqa: ANN401 - JSON, and what reads it
    """Return parameters as the one block of them; what AWS refused to say stays so."""
    return found if isinstance(found, Unknown) else [read(found)] if found else None


def _source(found: dict[str, Any]) -> dict[str, Any]:
    filters = [{"pattern": one.get("Pattern")} for one in found.get("FilterCriteria", {}).get("Filters", [])]
    criteria = {"filter_criteria": [{"filter": filters}]} if filters else {}
    return criteria | {ours: [_poller(found[theirs])] for ours, theirs in _SOURCES.items() if theirs in found}


def _poller(found: dict[str, Any]) -> dict[str, Any]:
    dead_letters = found.get("DeadLetterConfig", {}).get("Arn")
    size = {"batch_size": found["BatchSize"]} if "BatchSize" in found else {}
    return size | ({"dead_letter_config": [{"arn": dead_letters}]} if dead_letters else {})


def _target(found: dict[str, Any]) -> dict[str, Any]:
    told = {ours: found[theirs] for ours, theirs in _INVOKED.items() if theirs in found}
    invoked = {
        ours: [{"invocation_type": one["InvocationType"]}] for ours, one in told.items() if "InvocationType" in one
    }
    return invoked | _message(found.get("SqsQueueParameters", {})) | _containers(found)


def _message(found: dict[str, Any]) -> dict[str, Any]:
    """Return what a pipe gives to the messages of a queue."""
    told = {ours: found[theirs] for ours, theirs in _MESSAGE.items() if theirs in found}
    return {"sqs_queue_parameters": [told]} if told else {}


def _containers(found: dict[str, Any]) -> dict[str, Any]:
    """Return the variables that a pipe gives to tasks and jobs, by which a secret may be told."""
    task = found.get("EcsTaskParameters", {}).get("Overrides", {}).get("ContainerOverrides", [])
    job = found.get("BatchJobParameters", {}).get("ContainerOverrides", {}).get("Environment", [])
    overrides = [{"environment": _variables(one.get("Environment", []))} for one in task]
    tasks = {"ecs_task_parameters": [{"overrides": [{"container_override": overrides}]}]} if overrides else {}
    jobs = {"batch_job_parameters": [{"container_overrides": [{"environment": _variables(job)}]}]} if job else {}
    return tasks | jobs


def _variables(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"name": one.get("Name"), "value": one.get("Value")} for one in listed]
