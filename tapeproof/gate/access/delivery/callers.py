"""Services that put events on a function's queue by the function's own policy: each needs a permission.

Sources: AWS IoT Core Developer Guide, "Lambda"; Amazon SES Developer Guide, "Giving permissions to Amazon SES for email
receiving"; AWS Config Developer Guide, "Creating AWS Config custom Lambda rules"; AWS CodeCommit User Guide, "Create a
trigger for a Lambda function"; AWS Secrets Manager User Guide, "Lambda rotation function execution role permissions";
Amazon Cognito Developer Guide, "Custom sender Lambda triggers".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.ends import end_of, to_function
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.hops import admission, ask, flow, guard_hops, is_off
from tapeproof.gate.access.delivery.regions import same_region
from tapeproof.gate.access.site import Sender
from tapeproof.gate.access.spelled import placeholder
from tapeproof.gate.aws.arns import resource_type
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import Known, Ref
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.delivery.facts import Hop
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["CALLERS", "hops_of_callers"]


class Caller(NamedTuple):
    """A setting that names a function for a service to invoke.

    Attributes:
        type: The resource's type.
        path: Where it names the function.
        service: Who calls.
        source: The attribute that names what the call is for, where that is not the resource itself.
        source_type: Its type.
        switch: The attribute that switches the caller off when it is false.
    """

    type: str
    path: str
    service: str
    source: str = ""
    source_type: str = ""
    switch: str = ""


_POOL, _RULE, _COGNITO = "aws_cognito_user_pool", "aws_iot_topic_rule", "cognito-idp.amazonaws.com"
CALLERS = (
    Caller(
        "aws_codecommit_trigger",
        "trigger.destination_arn",
        "codecommit.amazonaws.com",
        "repository_name",
        "aws_codecommit_repository",
    ),
    Caller(_POOL, "lambda_config.custom_email_sender.lambda_arn", _COGNITO),
    Caller(_POOL, "lambda_config.custom_sms_sender.lambda_arn", _COGNITO),
    Caller("aws_config_config_rule", "source.source_identifier", "config.amazonaws.com"),
    Caller(_RULE, "lambda.function_arn", "iot.amazonaws.com", switch="enabled"),
    Caller(_RULE, "error_action.lambda.function_arn", "iot.amazonaws.com", switch="enabled"),
    Caller(
        "aws_secretsmanager_secret_rotation",
        "rotation_lambda_arn",
        "secretsmanager.amazonaws.com",
        "secret_id",
        "aws_secretsmanager_secret",
    ),
    Caller("aws_ses_receipt_rule", "lambda_action.function_arn", "ses.amazonaws.com", switch="enabled"),
)
"""Who calls by itself and by nothing but the function's policy, of those that do not wait."""


def hops_of_callers(site: Site) -> Iterator[Hop]:
    """Yield the hop from each of these callers to the function that it names."""
    for caller in CALLERS:
        for resource in site.stack.resources(caller.type):
            yield from guard_hops(resource, _hops_of(site, caller, resource))


def _hops_of(site: Site, caller: Caller, resource: Resource) -> Iterator[Hop]:
    for value in value_at(resource, caller.path):
        if (value.known and value.is_unset) or not _is_of_function(value):
            continue
        sender = Sender(caller.service, _source_of(site, caller, resource), resource, value)
        flowing = flow(_switched_on(caller, resource), same_region(site, resource, value))
        yield ask(resource, end_of(site, value), [*flowing, *admission(to_function(site, sender, value))])


def _is_of_function(value: Value) -> bool:
    """Return whether a value is no ARN of another service's and no name of a managed rule's, as far as it is known."""
    if isinstance(value, Ref):
        return resource_type(value.resource).startswith("aws_lambda_")
    return not isinstance(value, Known) or ":lambda:" in value.text()


def _source_of(site: Site, caller: Caller, resource: Resource) -> str:
    if not caller.source:
        return site.world.arn(resource)
    named = site.stack.resolve(resource[caller.source], caller.source_type)
    managed = [one for one in named if one.mode == "managed"]
    if managed:
        return site.world.arn(managed[0])
    text = site.world.text(resource[caller.source])
    if text.startswith("arn:"):
        return text
    form = site.world.forms[caller.source_type]
    region, own = site.world.region_of(resource), placeholder(resource.address)
    return form.format(region=region, account=site.world.account, name=text, own=own)


def _switched_on(caller: Caller, resource: Resource) -> Iterator[Stop]:
    if caller.switch and is_off(resource, caller.switch, off=False):
        yield Stop("off", resource, resource[caller.switch], {"what": resource.address})
