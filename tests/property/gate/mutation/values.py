"""Everything that can be broken in the stack, and the policy that must notice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.frontends.hcl.positions import Positions
from tests.property.gate.mutation.shapes import ELSEWHERE, SHAPES, Breach, mutant
from tests.property.gate.mutation.workshop import Mutant, Site, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Mutator(NamedTuple):
    """A way to break a value: at which sites, with what, and who must notice.

    It is written in every shape; one that only makes sense ``here``, because it refers to the site's own module, is not
    moved to where that reference means nothing. As a literal it is put ``everywhere``, unless another form of it is.
    """

    name: str
    policy: str
    sites: Callable[[Workshop], Iterator[Site]]
    bad: Callable[[Workshop, Site], str]
    here: bool = False
    everywhere: bool = True
    after: Callable[[str], str] = str
    """Changes the rest of the file after the site, where the value alone breaks nothing."""


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


def identity(workshop: Workshop, key: str) -> Iterator[Site]:
    """Yield values of a key in statements of roles' policies."""
    return (site for site, owner in workshop.statements(key) if owner.startswith("aws_iam_role_policy."))


def actions(workshop: Workshop) -> Iterator[Site]:
    return identity(workshop, "Action")


def _service(workshop: Workshop, site: Site) -> str:
    found = re.search(r'"([a-z0-9]+):', workshop.source(site))
    return found[1] if found else "dynamodb"


def _wide(workshop: Workshop) -> Iterator[Site]:
    """Yield Resource values of roles' policies, without those AWS itself wants a wildcard in."""
    return (site for site in identity(workshop, "Resource") if '"*"' not in workshop.source(site))


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
    alive = {file for file, _ in workshop.alive}
    for file in workshop.files():
        if str(file) not in alive:
            continue
        text = workshop.text(file)
        starts = Positions(text).starts
        for found in re.finditer(r'Principal = (\{ Service = "events\.amazonaws\.com" \})', text):
            if text.rfind("sqs:SendMessage", found.start(), found.end() + 200) < 0:
                continue
            line = sum(start <= found.start() for start in starts)
            yield Site(file, found.start(1), found.end(1), line, f"{file.relative_to('stack')}:{line}.Principal")


def _unbound(rest: str) -> str:
    """Return the rest of a statement without what narrows its principal, which then is public."""
    for key in ("aws:SourceArn", "aws:SourceAccount"):
        rest = rest.replace(f'"{key}"', '"aws:CalledViaFirst"', 1)
    return rest


VALUES = [
    Mutator("retention 7", "TP_LOG_1", attributes("aws_cloudwatch_log_group", "retention_in_days"), fixed("7")),
    Mutator(
        "retention 31",
        "TP_LOG_1",
        attributes("aws_cloudwatch_log_group", "retention_in_days"),
        fixed("31"),
        everywhere=False,
    ),
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
    Mutator("Action *", "TP_IAM_1", actions, fixed('["*"]')),
    Mutator("Action * as text", "TP_IAM_1", actions, fixed('"*"'), everywhere=False),
    Mutator("Action svc:*", "TP_IAM_1", actions, lambda w, s: f'["{_service(w, s)}:*"]', everywhere=False),
    Mutator("Action svc:Put*", "TP_IAM_1", actions, lambda w, s: f'["{_service(w, s)}:Put*"]', everywhere=False),
    Mutator("Action ?", "TP_IAM_1", actions, lambda w, s: f'["{_service(w, s)}:PutIte?"]', everywhere=False),
    Mutator("Resource *", "TP_IAM_2", _wide, fixed('["*"]')),
    Mutator("Resource * as text", "TP_IAM_2", _wide, fixed('"*"'), everywhere=False),
    Mutator("Resource arn:*", "TP_IAM_2", _wide, fixed('["arn:aws:dynamodb:*:*:table/*"]'), everywhere=False),
    Mutator(
        "Resource name*", "TP_IAM_2", _wide, fixed('["arn:aws:sqs:us-east-1:123456789012:queue-*"]'), everywhere=False
    ),
    Mutator("no suffix", "TP_NAM_1", names, fixed('"fixed-name"')),
    Mutator(
        "wrong convention", "TP_NAM_2", names, fixed('"${var.environment_suffix}-thing"'), here=True, everywhere=False
    ),
    Mutator("runtime 3.9", "TP_RUN_1", attributes("aws_lambda_function", "runtime"), fixed('"python3.9"')),
    Mutator("timeout 2", "TP_RUN_2", attributes("aws_lambda_function", "timeout"), fixed("2")),
    Mutator("memory 128", "TP_RUN_2", attributes("aws_lambda_function", "memory_size"), fixed("128")),
    Mutator("another region", "TP_REG_1", _providers, fixed('"eu-west-1"')),
    Mutator("empty pattern", "TP_EVT_1", attributes("aws_cloudwatch_event_rule", "event_pattern"), fixed('"{}"')),
    Mutator(
        "pattern of no grammar",
        "TP_EVT_1",
        attributes("aws_cloudwatch_event_rule", "event_pattern"),
        fixed('"{\\"source\\": \\"a\\"}"'),
        everywhere=False,
    ),
    Mutator("alarms tell nobody", "TP_OBS_1", _function_alarms, fixed("[]")),
    Mutator(
        "public ACLs", "TP_NET_1", attributes("aws_s3_bucket_public_access_block", "block_public_acls"), fixed("false")
    ),
    Mutator("queue in the clear", "TP_NET_1", attributes("aws_sqs_queue", "kms_master_key_id"), fixed('""')),
    Mutator("no redrive", "TP_DLQ_3", attributes("aws_sqs_queue", "redrive_policy"), fixed('""')),
    Mutator("anybody's queue", "TP_IAM_3", _principals, fixed('"*"'), after=_unbound),
]
"""Each is written in every shape at one site, and as a literal at every site."""


def of_values(workshop: Workshop) -> Iterator[tuple[str, str, Mutant]]:
    """Yield each mutator in each shape at one site, and as a literal at every other site."""
    for mutator in VALUES:
        sites = list(mutator.sites(workshop))
        assert sites, f"{mutator.name} finds no site in the stack"
        shapes = [shape for shape in SHAPES if not (mutator.here and shape in ELSEWHERE)]
        chosen = [(_reachable(sites, index, shape), shape) for index, shape in enumerate(shapes)]
        for site, shape in [*chosen, *((site, "literal") for site in sites if mutator.everywhere)]:
            breach = Breach(mutator.name, mutator.policy, mutator.bad(workshop, site))
            yield mutator.name, shape, _changed_after(workshop, mutator, site, mutant(workshop, breach, site, shape))


def _changed_after(workshop: Workshop, mutator: Mutator, site: Site, broken: Mutant) -> Mutant:
    rest = workshop.text(site.file)[site.end :]
    text = broken.changes[site.file].removesuffix(rest) + mutator.after(rest)
    return replace(broken, changes={**broken.changes, site.file: text})


def _reachable(sites: list[Site], index: int, shape: str) -> Site:
    """Return a site for a shape, another one for each; a variable file only reaches modules that the system calls."""
    depths = {1, 3} if shape == ".tfvars" else {1, 2, 3, 4}
    fit = [site for site in sites if len(site.folder.parts) in depths and site.file != Path("stack/main.tf")]
    return fit[index % len(fit)]
