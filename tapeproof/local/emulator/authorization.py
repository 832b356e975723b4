"""Asks the policies of whoever runs Terraform as AWS does: every action and resource of a call, by AWS's names.

ministack 1.5.33 asks one action on one resource, takes some calls for others (GetAlias for ListAliases) and many
resources for `*`, never asks iam:PassRole (IAM User Guide, "Grant a user permissions to pass a role to an AWS service")
and does not know `lambda:FunctionArn`, which alone confines who makes a mapping. So what passed here it is not asked
again. The account's administrator may do everything, and is not asked.
"""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING, Any

from tapeproof.local.emulator.calls import read_call
from tapeproof.local.emulator.needs import list_needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.emulator.calls import Call
    from tapeproof.local.emulator.needs import Need
    from tapeproof.local.emulator.requests import Refusal, Request

__all__ = ["find_refusal", "install"]

_ASKED = contextvars.ContextVar("asked", default=False)
_FUNCTION_OF_MAPPING = "lambda:functionarn"
_MAPPING = ":event-source-mapping:"


def install() -> None:
    """Let ministack not ask again what was asked here."""
    from ministack.core import iam_evaluator

    enforce = iam_evaluator.enforce

    def ask(*given: Any, **named: Any) -> Any:
        return None if _ASKED.get() else enforce(*given, **named)

    iam_evaluator.enforce = ask


def find_refusal(request: Request) -> Refusal | None:
    """Return what a caller's policies refuse of a request; None when they allow all of it, or limit nothing."""
    from ministack.core.iam_evaluator import AuthError, resolve_principal
    from ministack.core.responses import get_account_id

    _ASKED.set(False)
    caller = resolve_principal(request.access_key, get_account_id())
    if isinstance(caller, AuthError) or caller.policies is None:
        return None
    call = read_call(request.show())
    if call is None:
        return {"code": "AccessDenied", "message": f"no operation of AWS's is {request.operation}", "status": 403}
    for need in list_needs(call.service, call.operation.name, call.asked):
        if not _allows(caller, need, call):
            said = f"User: {caller.arn} is not authorized to perform: {need.action} on resource: {need.resource}"
            return {"code": "AccessDenied", "message": said, "status": 403}
    _ASKED.set(True)
    return None


def _allows(caller: Any, need: Need, call: Call) -> bool:
    from ministack.core.iam_evaluator import EvalContext, evaluate
    from ministack.core.responses import get_region

    asked = EvalContext(
        principal_arn=caller.arn,
        principal_type=caller.type,
        principal_account=caller.account,
        action=need.action,
        resource_arn=need.resource,
        region=get_region(),
        secure_transport=True,
        service_context=dict(_conditions(need, call)),
        principal_keys=caller.keys,
    )
    return bool(evaluate(asked, caller.policies, *caller.limits).decision == "Allow")


def _conditions(need: Need, call: Call) -> Iterator[tuple[str, str]]:
    """Yield the keys that a request has for conditions, in lower case."""
    from ministack.services.tagging import resource_tags

    if need.key:
        yield need.key.lower(), need.value
    for name, value in (resource_tags(need.resource) or {}).items():
        yield f"aws:resourcetag/{name.lower()}", value
    for name, value in _tags(call.asked.get("Tags") or call.asked.get("tags") or {}):
        yield f"aws:requesttag/{name.lower()}", value
    if need.action.endswith("EventSourceMapping"):
        function = _function_of(need.resource) if _MAPPING in need.resource else call.asked.get("FunctionName")
        if function:
            yield _FUNCTION_OF_MAPPING, str(function)


def _tags(given: Any) -> Iterator[tuple[str, str]]:
    if isinstance(given, dict):
        yield from ((str(name), str(value)) for name, value in given.items())
    elif isinstance(given, list):
        for one in given:
            yield str(one.get("Key", one.get("TagKey", ""))), str(one.get("Value", one.get("TagValue", "")))


def _function_of(mapping: str) -> str | None:
    from ministack.services import lambda_svc

    found = lambda_svc._esms.get(mapping.rpartition(":")[2])
    return None if found is None else str(found.get("FunctionArn", ""))
