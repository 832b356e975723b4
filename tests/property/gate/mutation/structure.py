"""Blocks, arguments and resources that go from the stack, and lifecycles that come into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.property.gate.mutation.additions import of_additions
from tests.property.gate.mutation.values import identity
from tests.property.gate.mutation.workshop import Mutant, Place, Site, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def of_structure(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    """Yield mutants that add or take away blocks, arguments and whole resources."""
    yield from _blocks_gone(workshop)
    yield from _arguments_gone(workshop)
    yield from _resources_gone(workshop)
    yield from _lifecycles(workshop)
    yield from _anybody_invokes(workshop)
    yield from _keys_renamed(workshop)
    yield from of_additions()


_GONE_BLOCKS = [
    ("PITR block gone", "TP_DDB_1", "aws_dynamodb_table", "point_in_time_recovery", ""),
    ("SSE block gone", "TP_DDB_2", "aws_dynamodb_table", "server_side_encryption", ""),
    ("target DLQ gone", "TP_DLQ_2", "aws_cloudwatch_event_target", "dead_letter_config", ""),
    (
        "on-failure gone",
        "TP_DLQ_1",
        "aws_lambda_function_event_invoke_config",
        "destination_config",
        "aws_lambda_function",
    ),
]
"""The last is whose header is told, when it is another resource of the module that lacks something by it."""


def _blocks_gone(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for name, policy, resource, type_, subject in _GONE_BLOCKS:
        for site in workshop.nested(resource, type_):
            places = workshop.headers(subject, site.folder) if subject else site.place
            changes = workshop.replaced(site, "")
            yield name, "absent", Mutant(f"{name} | absent | {site.name}", policy, changes, places)
            body = workshop.source(site).partition("{")[2]
            never = 'for_each = var.environment_suffix == "dev" ? [] : [1]'
            changes = workshop.replaced(site, f'dynamic "{type_}" {{\n    {never}\n    content {{{body}\n  }}')
            yield name, "dynamic []", Mutant(f"{name} | dynamic | {site.name}", policy, changes, places)


_GONE_ARGUMENTS = [
    ("retention gone", "TP_LOG_1", "aws_cloudwatch_log_group", "retention_in_days"),
    ("log key gone", "TP_LOG_3", "aws_cloudwatch_log_group", "kms_key_id"),
    ("redrive gone", "TP_DLQ_3", "aws_sqs_queue", "redrive_policy"),
    ("force_destroy gone", "TP_DST_2", "aws_s3_bucket", "force_destroy"),
    ("timeout gone", "TP_RUN_2", "aws_lambda_function", "timeout"),
    ("memory gone", "TP_RUN_2", "aws_lambda_function", "memory_size"),
    ("queue key gone", "TP_NET_1", "aws_sqs_queue", "kms_master_key_id"),
    ("topic key gone", "TP_NET_1", "aws_sns_topic", "kms_master_key_id"),
]


def _arguments_gone(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for name, policy, resource, attribute in _GONE_ARGUMENTS:
        for site in workshop.attributes(resource, attribute):
            text = workshop.text(site.file)
            start = text.rfind("\n", 0, site.start) + 1
            whole = site._replace(start=start, end=text.index("\n", site.end) + 1)
            changes = workshop.replaced(whole, "")
            yield name, "absent", Mutant(f"{name} | absent | {site.name}", policy, changes, workshop.header(site))
            changes = workshop.replaced(site, "null")
            yield name, "null", Mutant(f"{name} | null | {site.name}", policy, changes, site.place)


_GONE_RESOURCES = [
    ("errors alarm gone", "TP_OBS_1", "aws_cloudwatch_metric_alarm", "function_errors", "aws_lambda_function"),
    ("throttles alarm gone", "TP_OBS_1", "aws_cloudwatch_metric_alarm", "function_throttles", "aws_lambda_function"),
    ("duration alarm gone", "TP_OBS_1", "aws_cloudwatch_metric_alarm", "function_duration", "aws_lambda_function"),
    ("public access block gone", "TP_NET_1", "aws_s3_bucket_public_access_block", "", "aws_s3_bucket"),
    ("bucket policy gone", "TP_NET_1", "aws_s3_bucket_policy", "", "aws_s3_bucket"),
    ("target gone", "TP_EVT_1", "aws_cloudwatch_event_target", "", "aws_cloudwatch_event_rule"),
    ("invoke config gone", "TP_DLQ_1", "aws_lambda_function_event_invoke_config", "", "aws_lambda_function"),
]
"""The last is the resource that then lacks something: in the same module, or for an alarm in any."""


def _resources_gone(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for name, policy, resource, wanted, subject in _GONE_RESOURCES:
        for file, block in workshop.blocks("resource", resource):
            if wanted and block.labels[1] != wanted:
                continue
            inside = workshop.site(file, (*block.at[2:], *block.end[:2]), ".".join(block.labels))
            header = workshop.source(inside)
            at = inside.start + header.index("{") + 1
            without = re.sub(r"(?m)^  (count|for_each)\s*=.*$", "", workshop.text(file)[at : inside.end])
            text = f"{header[: header.index('{') + 1]}\n  count = length([]){without}"
            changes = workshop.replaced(inside, text)
            places = workshop.headers(subject, None if wanted else file.parent)
            yield name, "count = 0", Mutant(f"{name} | count = 0 | {inside.name}", policy, changes, places)


_EVERYTHING = (
    "aws_dynamodb_table",
    "aws_iam_role",
    "aws_kms_key",
    "aws_lambda_function",
    "aws_s3_bucket",
    "aws_sqs_queue",
)
_PREVENTED = {
    "literal": ("true", ""),
    "local": ("local.kept", "locals {\n  kept = true\n}\n"),
    "local²": ("local.kept", "locals {\n  why  = { kept = !false }\n  kept = local.why.kept\n}\n"),
    "a ? b : c": ("2 > 1 ? true : false", ""),
    "text": ('"true"', ""),
    "variable": ("var.kept", 'variable "kept" {\n  default = true\n}\n'),
    "module": ("module.mutated.kept", 'module "mutated" {\n  source = "./mutated"\n}\n'),
    "function": ('contains(["a"], "a")', ""),
    "!": ("!(1 == 2)", ""),
}


_PREVENTED_AT: dict[str, Callable[[Site, str], Place]] = {
    "local": lambda site, _text: Place(str(site.folder / "mutated.tf"), 2),
    "local²": lambda site, _text: Place(str(site.folder / "mutated.tf"), 2),
    "variable": lambda site, _text: Place(str(site.folder / "mutated.tf"), 2),
    "module": lambda site, _text: Place(str(site.folder / "mutated" / "main.tf"), 2),
}
"""Where the value is written; in the other shapes it is where it is used."""


def _line_of(site: Site, text: str) -> Place:
    return Place(str(site.file), text[: text.index("prevent_destroy", site.start)].count("\n") + 1)


def _has_lifecycle(workshop: Workshop, site: Site) -> bool:
    return any(
        inner.type == "lifecycle"
        for file, block in workshop.blocks("resource")
        for inner in block.body.blocks
        if file == site.file and block.at[0] == site.line
    )


def _lifecycles(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for resource in _EVERYTHING:
        sites = [site for site in workshop.bodies(resource) if not _has_lifecycle(workshop, site)]
        for index, (shape, (text, further)) in enumerate(_PREVENTED.items()):
            site = sites[index % len(sites)]
            block = f"\n  lifecycle {{\n    prevent_destroy = {text}\n  }}\n"
            changes = workshop.replaced(site, block)
            if further:
                changes[site.folder / "mutated.tf"] = further
            if shape == "module":
                changes[site.folder / "mutated" / "main.tf"] = 'output "kept" {\n  value = true\n}\n'
            places = frozenset({_PREVENTED_AT.get(shape, _line_of)(site, changes[site.file])})
            name = "prevent_destroy"
            yield name, shape, Mutant(f"{name} | {shape} | {site.name}", "TP_DST_1", changes, places)
    site = next(workshop.bodies("aws_sqs_queue"))
    name = site.name.rpartition(".")[2]
    override = f'resource "aws_sqs_queue" "{name}" {{\n  lifecycle {{\n    prevent_destroy = true\n  }}\n}}\n'
    file = site.folder / "mutated_override.tf"
    yield (
        "prevent_destroy",
        "override",
        Mutant("prevent_destroy | override", "TP_DST_1", {file: override}, frozenset({Place(str(file), 3)})),
    )
    file = site.folder / "mutated.tf.json"
    name = '"name": "queue-mutated-${var.environment_suffix}"'
    lifecycle = '"lifecycle": {"prevent_destroy": true}'
    json = f'{{"resource": {{"aws_sqs_queue": {{"mutated": {{\n  {name},\n  {lifecycle}\n}}}}}}}}\n'
    place = frozenset({Place(str(file), 3)})
    yield "prevent_destroy", ".tf.json", Mutant("prevent_destroy | json", "TP_DST_1", {file: json}, place)


def _anybody_invokes(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for site in workshop.attributes("aws_lambda_permission", "source_arn"):
        text = re.sub(r"(?m)^ *source_(arn|account) *=.*\n", "", workshop.text(site.file))
        # What is wrong with the permission is whom it lets in.
        told = [other.place for other in workshop.attributes("aws_lambda_permission", "principal")]
        places = frozenset().union(*told)
        name = f"source gone | absent | {site.name}"
        yield "source gone", "absent", Mutant(name, "TP_IAM_3", {site.file: text}, places)


def _keys_renamed(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for key, policy in (("Action", "TP_IAM_1"), ("Resource", "TP_IAM_2")):
        for site in identity(workshop, key):
            text = workshop.text(site.file)
            start = text.rfind(key, 0, site.start)
            changes = {site.file: f"{text[:start]}Not{text[start:]}"}
            yield f"Not{key}", "literal", Mutant(f"Not{key} | literal | {site.name}", policy, changes, site.place)
