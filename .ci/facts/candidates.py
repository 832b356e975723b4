"""What in the provider's schema may be of a kind that only its documentation tells; each is classified by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provider import Attribute, Schemas, attributes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["attachments", "invokers", "keepers", "policy_attributes", "regions"]

_CONTENT = re.compile(r"content|document|statement")
_ATTACHED = re.compile(r"polic(?:y|ies)_(?:arns?|ids?)$|boundary$|managed_policy|policy_reference")
_ATTACHING_TYPE = re.compile(r"polic.*(?:attach|assoc|assign|exclusive|bound)")
_KEEPING = re.compile(
    r"(?:^|_)(?:destroy|retain(?:ed|s)?|delet(?:e|es|ed|ion)|protect(?:ion|ed)?|terminat(?:e|ion)|final|recovery"
    r"|lock|hold|preserve|keep|close|deregister)(?:_|$)"
)
_INVOKING = re.compile(
    r"(?:^|[._])(?:lambda|function)(?:_arn|_name|_uri)?$|lambda[a-z_]*\.(?:resource_arn|insights_target|uri)$"
    r"|(?:authorizer_uri|(?:^|\.)(?:alarm|ok|insufficient_data)_actions|on_(?:failure|success)\.destination)$"
    r"|processors\.parameters\.parameter_value$|hook[a-z_]*\.(?:lambda_arn|target_arn|uri|hook_target_arn)$"
    r"|handler\.uri$|lambda\.arn$|lambda_config\.invoke_type$|(?:^|\.)task_arn$|lambda_function_arn$"
    r"|(?:dashboard_body|pipeline_definition)$"
)
_FUNCTION_OF_ANOTHER_KIND = re.compile(r"aggregation|transfer_function")
_KEEPING_BLOCK = re.compile(r"(?:^|[._])(?:retention_policy|deletion)(?:[._]|$)")


def policy_attributes(schemas: Schemas) -> set[tuple[str, str]]:
    """Return the string attributes that may hold an IAM policy document: they, or their type, are named like it."""

    def may_hold(type_: str, attribute: Attribute) -> bool:
        if attribute.type != "string":
            return False
        named = "policy" in attribute.name or "policies" in attribute.name
        return named or ("policy" in type_ and attribute.settable and bool(_CONTENT.search(attribute.name)))

    return set(_those(schemas, may_hold))


def attachments(schemas: Schemas) -> set[tuple[str, str]]:
    """Return the attributes that may give somebody a managed policy, or put a boundary on them."""

    def may_attach(type_: str, attribute: Attribute) -> bool:
        if attribute.type in {"number", "bool"} or not attribute.settable:
            return False
        attaching = _ATTACHING_TYPE.search(type_) and "." not in attribute.path and "polic" in attribute.name
        return bool(attaching or _ATTACHED.search(attribute.path))

    return set(_those(schemas, may_attach))


def keepers(schemas: Schemas) -> set[tuple[str, str]]:
    """Return the settings that may let something outlive ``terraform destroy``, or stop it."""

    def may_keep(_type: str, attribute: Attribute) -> bool:
        if not attribute.settable or attribute.path.startswith("timeouts."):
            return False
        return bool(_KEEPING.search(attribute.name) or _KEEPING_BLOCK.search(attribute.path.rpartition(".")[0]))

    return set(_those(schemas, may_keep))


def invokers(schemas: Schemas) -> set[tuple[str, str]]:
    """Return the settings that may name a function that something invokes."""

    def may_invoke(_type: str, attribute: Attribute) -> bool:
        named = attribute.settable and attribute.type not in {"number", "bool"} and _INVOKING.search(attribute.path)
        return bool(named) and not _FUNCTION_OF_ANOTHER_KIND.search(attribute.path)

    return set(_those(schemas, may_invoke))


def regions(schemas: Schemas) -> set[tuple[str, str]]:
    """Return the attributes that may say in which region something is, beside a resource's own ``region``."""

    def may_place(_type: str, attribute: Attribute) -> bool:
        return attribute.settable and "region" in attribute.name and attribute.path != "region"

    return set(_those(schemas, may_place))


def _those(schemas: Schemas, test: Callable[[str, Attribute], bool]) -> Iterator[tuple[str, str]]:
    for type_, block in schemas["resource"].items():
        yield from ((type_, attribute.path) for attribute in attributes_of(block) if test(type_, attribute))
