"""Everything that can be broken in the stack, and the policy that must notice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policies.frontends.hcl.positions import Positions
from tests.property.gate_mutation.shapes import ELSEWHERE, SHAPES, mutant
from tests.property.gate_mutation.workshop import Mutant, Place, Site, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Mutator(NamedTuple):
    """A way to break a value: at which sites, with what, and who must notice.

    It is written in every shape; one that only makes sense ``here``, because it refers to the site's own module, is not
    moved to where that reference means nothing.
    """

    name: str
    policy: str
    sites: Callable[[Workshop], Iterator[Site]]
    bad: Callable[[Workshop, Site], str]
    here: bool = False


def fixed(text: str) -> Callable[[Workshop, Site], str]:
    """Return a bad value that is the same everywhere."""
    return lambda _workshop, _site: text


def attributes(resource: str, path: str) -> Callable[[Workshop], Iterator[Site]]:
    return lambda workshop: workshop.attributes(resource, path)


def added(resource: str) -> Callable[[Workshop], Iterator[Site]]:
    """Return the places where a resource of a type takes one more argument or block."""
    return lambda workshop: workshop.bodies(resource)


_SUFFIXED = re.compile(r"\$\{(var\.environment_suffix|local\.purpose|each\.key)\}|^local\.\w+$|^var\.\w+$")
_NAMED = {
    "aws_cloudwatch_event_bus": "name",
    "aws_cloudwatch_event_rule": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_dynamodb_table": "name",
    "aws_iam_role": "name",
    "aws_iam_role_policy": "name",
    "aws_lambda_alias": "name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_scheduler_schedule": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
}


def names(workshop: Workshop) -> Iterator[Site]:
    for resource, attribute in _NAMED.items():
        yield from workshop.attributes(resource, attribute)


def _identity(workshop: Workshop, key: str) -> Iterator[Site]:
    """Yield values of a key in statements of roles' policies."""
    return (site for site, owner in workshop.statements(key) if owner.startswith("aws_iam_role_policy."))


def _service(workshop: Workshop, site: Site) -> str:
    found = re.search(r'"([a-z0-9]+):', workshop.source(site))
    return found[1] if found else "dynamodb"


VALUES = [
    Mutator("retention 7", "TP_LOG_1", attributes("aws_cloudwatch_log_group", "retention_in_days"), fixed("7")),
    Mutator("retention 31", "TP_LOG_1", attributes("aws_cloudwatch_log_group", "retention_in_days"), fixed("31")),
    Mutator("no log key", "TP_LOG_3", attributes("aws_cloudwatch_log_group", "kms_key_id"), fixed('""')),
    Mutator("PITR off", "TP_DDB_1", attributes("aws_dynamodb_table", "point_in_time_recovery.enabled"), fixed("false")),
    Mutator(
        "table SSE off", "TP_DDB_2", attributes("aws_dynamodb_table", "server_side_encryption.enabled"), fixed("false")
    ),
    Mutator(
        "deletion protection",
        "TP_DST_2",
        attributes("aws_dynamodb_table", "deletion_protection_enabled"),
        fixed("true"),
    ),
    Mutator("bucket stays", "TP_DST_2", attributes("aws_s3_bucket", "force_destroy"), fixed("false")),
    Mutator("Action *", "TP_IAM_1", lambda workshop: _identity(workshop, "Action"), fixed('["*"]')),
    Mutator("Action * as text", "TP_IAM_1", lambda workshop: _identity(workshop, "Action"), fixed('"*"')),
    Mutator(
        "Action svc:*",
        "TP_IAM_1",
        lambda workshop: _identity(workshop, "Action"),
        lambda w, s: f'["{_service(w, s)}:*"]',
    ),
    Mutator(
        "Action svc:Put*",
        "TP_IAM_1",
        lambda workshop: _identity(workshop, "Action"),
        lambda w, s: f'["{_service(w, s)}:Put*"]',
    ),
    Mutator(
        "Action ?",
        "TP_IAM_1",
        lambda workshop: _identity(workshop, "Action"),
        lambda w, s: f'["{_service(w, s)}:PutIte?"]',
    ),
    Mutator("Resource *", "TP_IAM_2", lambda workshop: _wide(workshop), fixed('["*"]')),
    Mutator("Resource * as text", "TP_IAM_2", lambda workshop: _wide(workshop), fixed('"*"')),
    Mutator("Resource arn:*", "TP_IAM_2", lambda workshop: _wide(workshop), fixed('["arn:aws:dynamodb:*:*:table/*"]')),
    Mutator(
        "Resource name*",
        "TP_IAM_2",
        lambda workshop: _wide(workshop),
        fixed('["arn:aws:sqs:us-east-1:123456789012:queue-*"]'),
    ),
    Mutator("no suffix", "TP_NAM_1", names, fixed('"fixed-name"')),
    Mutator("wrong convention", "TP_NAM_2", names, fixed('"${var.environment_suffix}-thing"'), here=True),
    Mutator("runtime 3.9", "TP_RUN_1", attributes("aws_lambda_function", "runtime"), fixed('"python3.9"')),
    Mutator("timeout 900", "TP_RUN_2", attributes("aws_lambda_function", "timeout"), fixed("900")),
    Mutator("memory 128", "TP_RUN_2", attributes("aws_lambda_function", "memory_size"), fixed("128")),
    Mutator("another region", "TP_REG_1", lambda workshop: _providers(workshop), fixed('"eu-west-1"')),
    Mutator("empty pattern", "TP_EVT_1", attributes("aws_cloudwatch_event_rule", "event_pattern"), fixed('"{}"')),
    Mutator(
        "pattern of no grammar",
        "TP_EVT_1",
        attributes("aws_cloudwatch_event_rule", "event_pattern"),
        fixed('"{\\"source\\": \\"a\\"}"'),
    ),
    Mutator("alarms tell nobody", "TP_OBS_1", lambda workshop: _function_alarms(workshop), fixed("[]")),
    Mutator(
        "public ACLs", "TP_NET_1", attributes("aws_s3_bucket_public_access_block", "block_public_acls"), fixed("false")
    ),
    Mutator("queue in the clear", "TP_NET_1", attributes("aws_sqs_queue", "kms_master_key_id"), fixed('""')),
    Mutator("no redrive", "TP_DLQ_3", attributes("aws_sqs_queue", "redrive_policy"), fixed('""')),
    Mutator("anybody's queue", "TP_IAM_3", lambda workshop: _principals(workshop), fixed('"*"')),
]
"""Each is written in every shape at one site, and as a literal at every site."""


def _wide(workshop: Workshop) -> Iterator[Site]:
    """Yield Resource values of roles' policies, without those AWS itself wants a wildcard in."""
    return (site for site in _identity(workshop, "Resource") if '"*"' not in workshop.source(site))


def _providers(workshop: Workshop) -> Iterator[Site]:
    for file, block in workshop.blocks("provider"):
        expression = block.body.expression("region")
        if expression is not None:
            yield workshop.site(file, expression.at, "provider.region")


def _function_alarms(workshop: Workshop) -> Iterator[Site]:
    wanted = ("function_errors", "function_throttles", "function_duration")
    return (
        site
        for site in workshop.attributes("aws_cloudwatch_metric_alarm", "alarm_actions")
        if any(f".{name}." in site.name for name in wanted)
    )


def _principals(workshop: Workshop) -> Iterator[Site]:
    for file in workshop.files():
        text = workshop.text(file)
        starts = Positions(text).starts
        for found in re.finditer(r'Principal = (\{ Service = "events\.amazonaws\.com" \})', text):
            if text.rfind("sqs:SendMessage", found.start(), found.end() + 200) < 0:
                continue
            line = sum(start <= found.start() for start in starts)
            yield Site(file, found.start(1), found.end(1), line, f"{file.relative_to('stack')}:{line}.Principal")


def of_values(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    """Yield each mutator in each shape at one site, and as a literal at every other site."""
    for mutator in VALUES:
        sites = list(mutator.sites(workshop))
        assert sites, f"{mutator.name} finds no site in the stack"
        for index, shape in enumerate(shape for shape in SHAPES if not (mutator.here and shape in ELSEWHERE)):
            site = _reachable(sites, index, shape)
            yield (
                mutator.name,
                shape,
                mutant(workshop, mutator.name, mutator.policy, site, mutator.bad(workshop, site), shape),
            )
        for site in sites:
            yield (
                mutator.name,
                "literal",
                mutant(workshop, mutator.name, mutator.policy, site, mutator.bad(workshop, site), "literal"),
            )


def _reachable(sites: list[Site], index: int, shape: str) -> Site:
    """Return a site for a shape, another one for each; a variable file only reaches the root's own modules."""
    depths = {1, 3} if shape == ".tfvars" else {1, 2, 3, 4}
    fit = [site for site in sites if len(site.folder.parts) in depths and site.file != Path("stack/main.tf")]
    return fit[index % len(fit)]


# -- structure: blocks, arguments and resources that go, or come ----------------------------------------------------


def of_structure(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    """Yield mutants that add or take away blocks, arguments and whole resources."""
    yield from _blocks_gone(workshop)
    yield from _arguments_gone(workshop)
    yield from _resources_gone(workshop)
    yield from _lifecycles(workshop)
    yield from _anybody_invokes(workshop)
    yield from _keys_renamed(workshop)
    yield from _things_added(workshop)


_GONE_BLOCKS = [
    ("PITR block gone", "TP_DDB_1", "aws_dynamodb_table", "point_in_time_recovery"),
    ("SSE block gone", "TP_DDB_2", "aws_dynamodb_table", "server_side_encryption"),
    ("target DLQ gone", "TP_DLQ_2", "aws_cloudwatch_event_target", "dead_letter_config"),
    ("on-failure gone", "TP_DLQ_1", "aws_lambda_function_event_invoke_config", "destination_config"),
]


def _blocks_gone(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for name, policy, resource, type_ in _GONE_BLOCKS:
        for site in workshop.nested(resource, type_):
            yield name, "absent", Mutant(f"{name} | absent | {site.name}", policy, workshop.replaced(site, ""))
            body = workshop.source(site).partition("{")[2]
            hidden = f'dynamic "{type_}" {{\n    for_each = var.environment_suffix == "dev" ? [] : [1]\n    content {{{body}\n  }}'
            yield name, "dynamic []", Mutant(f"{name} | dynamic | {site.name}", policy, workshop.replaced(site, hidden))


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
            yield name, "absent", Mutant(f"{name} | absent | {site.name}", policy, workshop.replaced(whole, ""))
            yield name, "null", Mutant(f"{name} | null | {site.name}", policy, workshop.replaced(site, "null"))


_GONE_RESOURCES = [
    ("errors alarm gone", "TP_OBS_1", "aws_cloudwatch_metric_alarm", "function_errors"),
    ("throttles alarm gone", "TP_OBS_1", "aws_cloudwatch_metric_alarm", "function_throttles"),
    ("duration alarm gone", "TP_OBS_1", "aws_cloudwatch_metric_alarm", "function_duration"),
    ("public access block gone", "TP_NET_1", "aws_s3_bucket_public_access_block", ""),
    ("bucket policy gone", "TP_NET_1", "aws_s3_bucket_policy", ""),
    ("target gone", "TP_EVT_1", "aws_cloudwatch_event_target", ""),
    ("invoke config gone", "TP_DLQ_1", "aws_lambda_function_event_invoke_config", ""),
]


def _resources_gone(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for name, policy, resource, wanted in _GONE_RESOURCES:
        for file, block in workshop.blocks("resource", resource):
            if wanted and block.labels[1] != wanted:
                continue
            inside = workshop.site(file, (*block.at[2:], *block.end[:2]), ".".join(block.labels))
            header = workshop.source(inside)
            at = inside.start + header.index("{") + 1
            without = re.sub(r"(?m)^  (count|for_each)\s*=.*$", "", workshop.text(file)[at : inside.end])
            text = f"{header[: header.index('{') + 1]}\n  count = length([]){without}"
            changes = workshop.replaced(inside, text)
            yield name, "count = 0", Mutant(f"{name} | count = 0 | {inside.name}", policy, changes)


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
            name = "prevent_destroy"
            yield name, shape, Mutant(f"{name} | {shape} | {site.name}", "TP_DST_1", changes)
    site = next(workshop.bodies("aws_sqs_queue"))
    override = f'resource "aws_sqs_queue" "{site.name.rpartition(".")[2]}" {{\n  lifecycle {{\n    prevent_destroy = true\n  }}\n}}\n'
    file = site.folder / "mutated_override.tf"
    yield (
        "prevent_destroy",
        "override",
        Mutant("prevent_destroy | override", "TP_DST_1", {file: override}, frozenset({Place(str(file), 3)})),
    )
    json = '{"resource": {"aws_sqs_queue": {"mutated": {\n  "name": "queue-mutated-${var.environment_suffix}",\n  "lifecycle": {"prevent_destroy": true}\n}}}}\n'
    file = site.folder / "mutated.tf.json"
    yield (
        "prevent_destroy",
        ".tf.json",
        Mutant("prevent_destroy | json", "TP_DST_1", {file: json}, frozenset({Place(str(file), 3)})),
    )


def _anybody_invokes(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for site in workshop.attributes("aws_lambda_permission", "source_arn"):
        text = re.sub(r"(?m)^ *source_(arn|account) *=.*\n", "", workshop.text(site.file))
        yield "source gone", "absent", Mutant(f"source gone | absent | {site.name}", "TP_IAM_3", {site.file: text})


def _keys_renamed(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    for key, policy in (("Action", "TP_IAM_1"), ("Resource", "TP_IAM_2")):
        for site in _identity(workshop, key):
            text = workshop.text(site.file)
            start = text.rfind(key, 0, site.start)
            changes = {site.file: f"{text[:start]}Not{text[start:]}"}
            yield f"Not{key}", "literal", Mutant(f"Not{key} | literal | {site.name}", policy, changes)


def _things_added(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    folder = Path("stack/modules/processor")
    for name, shape, policy, text, line in ADDITIONS:
        file = folder / ("mutated.tf.json" if shape == ".tf.json" else "mutated.tf")
        changes = {file: text}
        if shape == "templatefile":
            changes[folder / "mutated.tftpl"] = (
                '{"Statement": [{"Effect": "Allow", "Action": "${action}", "Resource": "${arn}"}]}\n'
            )
        if shape == "file":
            changes[folder / "mutated.json"] = _DOCUMENT + "\n"
        expected = frozenset({Place(str(file), line)}) if line else frozenset()
        yield name, shape, Mutant(f"{name} | {shape}", policy, changes, expected)
    del workshop


_DOCUMENT = '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
_POLICY = 'resource "aws_iam_role_policy" "mutated" {{\n  name   = "policy-mutated-${{var.environment_suffix}}"\n  role   = aws_iam_role.function.id\n  policy = {}\n}}\n'
_DATA = """\
data "aws_iam_policy_document" "mutated" {{
  {}
}}
"""
_FROM_DATA = _POLICY.format("data.aws_iam_policy_document.mutated.json")

ADDITIONS = [
    (
        "added s3:*",
        "jsonencode",
        "TP_IAM_1",
        _POLICY.format('jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "x" }] })'),
        4,
    ),
    (
        "added s3:*",
        "heredoc",
        "TP_IAM_1",
        _POLICY.format(
            '<<-EOT\n    {"Statement": [{\n      "Effect": "Allow",\n      "Action": "s3:*",\n      "Resource": "${aws_sqs_queue.dlq.arn}"\n    }]}\n  EOT'
        ),
        7,
    ),
    (
        "added s3:*",
        "string",
        "TP_IAM_1",
        _POLICY.format(
            '"{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"s3:*\\", \\"Resource\\": \\"x\\"}]}"'
        ),
        4,
    ),
    (
        "added s3:*",
        "templatefile",
        "TP_IAM_1",
        _POLICY.format(
            'templatefile("${path.module}/mutated.tftpl", { action = "s3:*", arn = aws_sqs_queue.dlq.arn })'
        ),
        0,
    ),
    ("added s3:*", "file", "TP_IAM_1", _POLICY.format('file("${path.module}/mutated.json")'), 4),
    (
        "added s3:*",
        "format",
        "TP_IAM_1",
        _POLICY.format(
            'jsonencode({ Statement = [{ Effect = "Allow", Action = [format("%s:%s", "s3", "*")], Resource = "x" }] })'
        ),
        4,
    ),
    (
        "added s3:*",
        "join",
        "TP_IAM_1",
        _POLICY.format(
            'jsonencode({ Statement = [{ Effect = "Allow", Action = join(":", ["s3", "*"]), Resource = "x" }] })'
        ),
        4,
    ),
    (
        "added s3:*",
        "data",
        "TP_IAM_1",
        _DATA.format('statement {\n    actions   = ["s3:*"]\n    resources = [aws_sqs_queue.dlq.arn]\n  }')
        + _FROM_DATA,
        3,
    ),
    (
        "added s3:*",
        "data dynamic",
        "TP_IAM_1",
        _DATA.format(
            'dynamic "statement" {\n    for_each = ["s3:*"]\n    content {\n      actions   = [statement.value]\n      resources = [aws_sqs_queue.dlq.arn]\n    }\n  }'
        )
        + _FROM_DATA,
        3,
    ),
    (
        "added s3:*",
        "data source",
        "TP_IAM_1",
        _DATA.format(f"source_policy_documents = [jsonencode({_DOCUMENT.replace(': ', ' = ')})]") + _FROM_DATA,
        2,
    ),
    (
        "added s3:*",
        "data override",
        "TP_IAM_1",
        _DATA.format(f"override_policy_documents = [jsonencode({_DOCUMENT.replace(': ', ' = ')})]") + _FROM_DATA,
        2,
    ),
    (
        "added s3:*",
        "inline_policy",
        "TP_IAM_1",
        f'resource "aws_iam_role" "mutated" {{\n  name               = "role-mutated-${{var.environment_suffix}}"\n  assume_role_policy = jsonencode({{ Statement = [] }})\n  inline_policy {{\n    name   = "x"\n    policy = jsonencode({_DOCUMENT.replace(": ", " = ")})\n  }}\n}}\n',
        6,
    ),
    (
        "added s3:*",
        "for_each",
        "TP_IAM_1",
        _POLICY.format(
            'jsonencode({ Statement = [{ Effect = "Allow", Action = each.value, Resource = "x" }] })'
        ).replace("{\n", '{\n  for_each = {\n    a = "s3:*"\n  }\n', 1),
        3,
    ),
    (
        "added s3:*",
        "concat",
        "TP_IAM_1",
        _POLICY.format(
            'jsonencode({ Statement = concat([], [{ Effect = "Allow", Action = ["s3:*"], Resource = "x" }]) })'
        ),
        4,
    ),
    (
        "added s3:*",
        ".tf.json",
        "TP_IAM_1",
        '{"resource": {"aws_iam_role_policy": {"mutated": {\n  "name": "policy-mutated-${var.environment_suffix}",\n  "role": "${aws_iam_role.function.id}",\n  "policy": "${jsonencode({ Statement = [{ Effect = \\"Allow\\", Action = \\"s3:*\\", Resource = \\"x\\" }] })}"\n}}}}\n',
        4,
    ),
    (
        "managed policy",
        "literal",
        "TP_IAM_4",
        'resource "aws_iam_role_policy_attachment" "mutated" {\n  role       = aws_iam_role.function.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
        0,
    ),
    (
        "managed policy",
        "join",
        "TP_IAM_4",
        'resource "aws_iam_role_policy_attachment" "mutated" {\n  role       = aws_iam_role.function.name\n  policy_arn = join("/", ["arn:aws:iam::aws:policy", "AdministratorAccess"])\n}\n',
        0,
    ),
    (
        "hard-coded account",
        "literal",
        "TP_VAL_1",
        'locals {\n  mutated = "arn:aws:sqs:us-east-1:123456789012:queue-x"\n}\n',
        2,
    ),
    (
        "hard-coded account",
        "heredoc",
        "TP_VAL_1",
        "locals {\n  mutated = <<-EOT\n    arn:aws:sqs:us-east-1:123456789012:queue-x\n  EOT\n}\n",
        0,
    ),
    (
        "removed keeps",
        "literal",
        "TP_DST_2",
        "removed {\n  from = aws_sqs_queue.gone\n\n  lifecycle {\n    destroy = false\n  }\n}\n",
        0,
    ),
    (
        "skip_destroy",
        "for_each",
        "TP_DST_2",
        'resource "aws_cloudwatch_log_group" "mutated" {\n  for_each          = { a = true }\n  name              = "/aws/lambda/x-${var.environment_suffix}"\n  kms_key_id        = var.data_key_arn\n  retention_in_days = 30\n  skip_destroy      = each.value\n}\n',
        2,
    ),
    (
        "retention 7",
        "count",
        "TP_LOG_1",
        'resource "aws_cloudwatch_log_group" "mutated" {\n  count             = 2\n  name              = "/aws/lambda/x${count.index}-${var.environment_suffix}"\n  kms_key_id        = var.data_key_arn\n  retention_in_days = [30, 7][count.index]\n}\n',
        5,
    ),
    ("a secret", "literal", "TP_VAL_2", 'locals {\n  mutated = "AKIAIOSFODNN7EXAMPLE"\n}\n', 2),
    (
        "function without logs",
        "literal",
        "TP_LOG_2",
        'resource "aws_lambda_function" "mutated" {\n  function_name = "lambda-mutated-${var.environment_suffix}"\n  role          = aws_iam_role.function.arn\n}\n',
        0,
    ),
]
