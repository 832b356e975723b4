"""What takes events for itself: event source mappings and pipes; and where functions put what they failed on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.ends import asked_of_role, by_role, end_of, role_of, service_of, with_role
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.fifo import fits_fifo, standard_end
from tapeproof.gate.access.delivery.hops import (
    Check,
    admission,
    ask,
    flow,
    guard_hops,
    is_arn,
    is_off,
    not_an_arn,
    only,
    optional_block,
    outside,
)
from tapeproof.gate.access.delivery.keys import admits_logs_to_key, admits_to_key
from tapeproof.gate.access.delivery.regions import same_region
from tapeproof.gate.access.delivery.roles import may_assume, may_call
from tapeproof.gate.access.delivery.tasks import may_run
from tapeproof.gate.access.site import Sender
from tapeproof.gate.aws.functions import default_log_group
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.engine.model import Ref, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.access.delivery.facts import Hop, Purpose
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["hops_of_pollers"]

_LAMBDA = "lambda.amazonaws.com"
_PIPES = "pipes.amazonaws.com"
_FUNCTION = "aws_lambda_function"
_READS = {
    "sqs": ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    "dynamodb": ("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"),
    "kinesis": ("kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"),
}
"""What a poller must be allowed: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html,
https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html, https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html"""
_IN_BATCHES = {"firehose": ("firehose:PutRecord", "firehose:PutRecordBatch")}
"""What a pipe's role needs besides where it sends more than one event at once: report
terraform-aws-modules/terraform-aws-eventbridge#205; for other targets the action is the same."""
_DEFAULT_TIMEOUT = 3
_DEFAULT_VISIBILITY = 30
_TIMES = 6
_DEAD_LETTERS = (
    "sqs_queue_parameters",
    "kinesis_stream_parameters",
    "dynamodb_stream_parameters",
)
_BATCHING = (
    *_DEAD_LETTERS,
    "activemq_broker_parameters",
    "managed_streaming_kafka_parameters",
    "rabbitmq_broker_parameters",
    "self_managed_kafka_parameters",
)
"""Blocks of a pipe's sources with a batch size (AWS provider documentation, aws_pipes_pipe)."""


def hops_of_pollers(site: Site) -> Iterator[Hop]:
    """Yield the hops of mappings, of pipes, and of functions to where failures and logs go."""
    for mapping in site.stack.resources("aws_lambda_event_source_mapping"):
        yield from guard_hops(mapping, _hops_of_mapping(site, mapping))
    for pipe in site.stack.resources("aws_pipes_pipe"):
        yield from guard_hops(pipe, _hops_of_pipe(site, pipe))
    for config in site.stack.resources("aws_lambda_function_event_invoke_config"):
        yield from guard_hops(config, _hops_of_config(site, config))
    for group in site.stack.resources("aws_cloudwatch_log_group"):
        if not group["kms_key_id"].known or not group["kms_key_id"].is_unset:
            keyed: Check = ("log", admits_logs_to_key(site, group))
            yield ask(group, "its key", [keyed])
    for function in site.stack.resources(_FUNCTION):
        yield from guard_hops(function, _hops_of_function(site, function))


def _function_of(site: Site, value: Value) -> Resource:
    named = only(site, value, _FUNCTION, "aws_lambda_alias")
    return only(site, named["function_name"], _FUNCTION) if named.type == "aws_lambda_alias" else named


def _end_of_function(site: Site, value: Value) -> str:
    try:
        return _function_of(site, value).address
    except Undecided:
        return end_of(site, value)


def _hops_of_mapping(site: Site, mapping: Resource) -> Iterator[Hop]:
    source, invoked = mapping["event_source_arn"], mapping["function_name"]
    if source.is_unset:
        return
    near = same_region(site, mapping, source)
    checks = flow(_mapping_on(mapping), _stream_on(site, mapping, source), near)
    checks += admission(_asked_of_function(site, invoked, lambda role: _reads(site, role, source)))
    hidden: Check = ("visibility", _visible(site, mapping, source))
    yield ask(mapping, _end_of_function(site, invoked), [*checks, hidden], origin=end_of(site, source))
    destination = optional_block(mapping, "destination_config.on_failure")
    if destination is not None and not destination["destination_arn"].is_unset:
        yield _destination(site, mapping, invoked, destination["destination_arn"], "failure")


def _asked_of_function(site: Site, value: Value, check: Callable[[Resource], Iterator[Stop]]) -> Iterator[Stop]:
    """Yield what a check finds of the role of the function that a value names, looked up only when it is asked."""
    yield from check(role_of(site, _function_of(site, value)["role"]))


def _mapping_on(mapping: Resource) -> Iterator[Stop]:
    if is_off(mapping, "enabled", off=False):
        yield Stop("off", mapping, mapping["enabled"], {"what": mapping.address})


def _reads(site: Site, role: Resource, source: Value) -> Iterator[Stop]:
    service = service_of(site, source)
    yield from may_call(site, role, _READS.get(service, ()), site.world.text(source), source)
    for type_ in ("aws_sqs_queue", "aws_kinesis_stream"):
        if not outside(site, source, type_):
            yield from admits_to_key(site, role, only(site, source, type_), "receive", source)


def _stream_on(site: Site, poller: Resource, source: Value) -> Iterator[Stop]:
    """Yield why there is nothing to read at a source: it is no ARN, a table for its stream, or a table without one."""
    if not is_arn(site, source):
        yield not_an_arn(poller, site, source)
        return
    if outside(site, source, "aws_dynamodb_table"):
        return
    table = only(site, source, "aws_dynamodb_table")
    if table["stream_enabled"].is_null or not table["stream_enabled"].boolean():
        yield Stop("off", table, table["stream_enabled"], {"what": f"the stream of {table.address}"})
    elif site.world.text(source) == site.world.arn(table):
        yield Stop("no stream", poller, source, {"source": table.address})


def _visible(site: Site, mapping: Resource, source: Value) -> Iterator[Stop]:
    """Yield a stop where a queue shows a message again while the function may still work on it."""
    if outside(site, source, "aws_sqs_queue"):
        return
    queue, function = only(site, source, "aws_sqs_queue"), _function_of(site, mapping["function_name"])
    timeout = function.get("timeout", _DEFAULT_TIMEOUT)
    hidden = queue.get("visibility_timeout_seconds", _DEFAULT_VISIBILITY)
    details = {"queue": queue.address, "hidden": str(hidden.number()), "timeout": str(timeout.number())}
    place = queue if "visibility_timeout_seconds" in queue else mapping
    at = queue["visibility_timeout_seconds"] if place is queue else source
    if hidden.number() < timeout.number():
        yield Stop("visible", place, at, details)
    elif hidden.number() < _TIMES * timeout.number():
        yield Stop("visible soon", place, at, details)


def _destination(site: Site, sender: Resource, invoked: Value, value: Value, purpose: Purpose) -> Hop:
    if is_arn(site, value):
        brought = _asked_of_function(site, invoked, lambda role: _with_role(site, role, value))
        checks = flow(standard_end(site, value, sender)) + admission(brought)
    else:
        checks = flow(iter([not_an_arn(sender, site, value)]))
    return ask(sender, end_of(site, value), checks, purpose, _end_of_function(site, invoked))


def _with_role(site: Site, role: Resource, value: Value) -> Iterator[Stop]:
    """Yield why a function's role may not bring something to its end; who may assume the role is asked elsewhere."""
    text = site.world.text(value)
    if service_of(site, value) == "s3":
        yield from may_call(site, role, ["s3:PutObject"], f"{text}/x", value)
        return
    yield from with_role(site, Sender(_LAMBDA, site.world.arn(role), role, value), role, value)


def _hops_of_config(site: Site, config: Resource) -> Iterator[Hop]:
    purposes: dict[str, Purpose] = {"on_success": "delivery", "on_failure": "failure"}
    for name, purpose in purposes.items():
        block = optional_block(config, f"destination_config.{name}")
        if block is not None and not block["destination"].is_unset:
            yield _destination(site, config, config["function_name"], block["destination"], purpose)


def _hops_of_function(site: Site, function: Resource) -> Iterator[Hop]:
    value, arn = function["role"], site.world.arn(function)
    started = asked_of_role(site, value, lambda role: may_assume(site, _LAMBDA, role, arn, value))
    logged: Check = ("log", asked_of_role(site, value, lambda role: _logs(site, function, role)))
    yield ask(function, "its log group", [*admission(started), logged])
    block = optional_block(function, "dead_letter_config")
    if block is not None and not block["target_arn"].is_unset:
        yield _destination(site, function, Ref(function.address, "arn"), block["target_arn"], "failure")


def _logs(site: Site, function: Resource, role: Resource) -> Iterator[Stop]:
    """Yield why a function may not write its log; one that no policy lets write logs at all has none by intent."""
    config = optional_block(function, "logging_config")
    named = None if config is None or config["log_group"].is_unset else config["log_group"]
    name = site.world.text(default_log_group(function) if named is None else named)
    arn = f"arn:aws:logs:{site.world.region_of(function)}:{site.world.account}:log-group:{name}:log-stream:s"
    for stop in may_call(site, role, ["logs:CreateLogStream", "logs:PutLogEvents"], arn, function["role"]):
        yield Stop("log", stop.resource, stop.at, {**stop.details, "group": name, "function": function.address})


def _hops_of_pipe(site: Site, pipe: Resource) -> Iterator[Hop]:
    role_value, source = pipe["role_arn"], pipe["source"]
    sender = Sender(_PIPES, site.world.arn(pipe), pipe, source)

    def of_role(check: Callable[[Resource], Iterator[Stop]]) -> list[Check]:
        return admission(asked_of_role(site, role_value, check))

    flowing = flow(_pipe_on(pipe), _stream_on(site, pipe, source))
    trusted = of_role(lambda role: may_assume(site, _PIPES, role, sender.source, role_value))
    read = of_role(lambda role: _reads(site, role, source))
    yield ask(pipe, pipe.address, [*flowing, *trusted, *read], origin=end_of(site, source))
    for value in (pipe["enrichment"], pipe["target"]):
        if not value.is_unset:
            taken = fits_fifo(site, pipe, value, pipe, "target_parameters.sqs_queue_parameters")
            brought = of_role(partial(_through_pipe, site, sender, value))
            yield ask(pipe, end_of(site, value), [*flow(taken), *brought])
    for name in _DEAD_LETTERS:
        block = optional_block(pipe, f"source_parameters.{name}.dead_letter_config")
        if block is not None and not block["arn"].is_unset:
            failing = sender._replace(at=block["arn"])
            brought = of_role(partial(by_role, site, failing, value=block["arn"]))
            yield ask(pipe, end_of(site, block["arn"]), brought, "failure")


def _through_pipe(site: Site, sender: Sender, value: Value, role: Resource) -> Iterator[Stop]:
    batched = any_of(_batch_sizes(sender.resource), lambda size: not size.is_unset and size.number() > 1)
    actions = _IN_BATCHES.get(service_of(site, value), ()) if batched else ()
    yield from by_role(site, sender, role, value, actions)
    task = optional_block(sender.resource, "target_parameters.ecs_task_parameters")
    if task is not None and value is sender.resource["target"]:
        yield from may_run(site, role, task["task_definition_arn"])


def _batch_sizes(pipe: Resource) -> Iterator[Value]:
    for parameters in pipe.blocks("source_parameters"):
        for name in _BATCHING:
            yield from (source["batch_size"] for source in parameters.blocks(name))


def _pipe_on(pipe: Resource) -> Iterator[Stop]:
    if is_off(pipe, "desired_state", off="STOPPED"):
        yield Stop("off", pipe, pipe["desired_state"], {"what": pipe.address})
