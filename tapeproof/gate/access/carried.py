"""What the requests of a caller carry, whatever they are about.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.access.condition import Value
    from tapeproof.gate.access.principal import Principal
    from tapeproof.gate.access.world import World

__all__ = ["carried_by", "carried_by_service", "open_to_caller", "open_to_service"]

_OPEN_TO_SERVICES = frozenset(
    {"aws:sourceorgid", "aws:sourceorgpaths", "aws:resourceorgid", "aws:resourceorgpaths", "kms:calleraccount"}
)
"""What a service may or may not bring along; nothing of the stack tells."""
_TYPES_OF_PRINCIPALS = {"role": "AssumedRole", "user": "User", "root": "Account"}
_ABSENT: dict[str, frozenset[str]] = {"role": frozenset({"aws:username"})}
"""What AWS never puts into a request of such a principal."""


def carried_by(principal: Principal, account: str, action: str, arn: str) -> dict[str, Value]:
    """Return what every request of a principal carries.

    Args:
        principal: Who asks.
        account: Whose the resource is.
        action: The action.
        arn: The ARN.
    """
    context: dict[str, Value] = {
        "aws:principalisawsservice": ("true" if principal.kind == "service" else "false",),
        "aws:resourceaccount": (account,),
        "aws:securetransport": ("true",),
    }
    region = (arn.split(":") + [""] * 4)[3]
    if region and not set("*?") & set(region):
        context["aws:requestedregion"] = (region,)
    if principal.is_identity:
        context["aws:principalarn"] = (principal.name,)
        context["aws:principalaccount"] = (principal.account,)
        context["aws:principaltype"] = (_TYPES_OF_PRINCIPALS[principal.kind],)
        if action.lower().startswith("kms:"):
            context["kms:calleraccount"] = (principal.account,)
    if principal.kind == "user":
        context["aws:username"] = (principal.name.rpartition("/")[2],)
    return context


def carried_by_service(world: World, service: str, source: str, *, owner: bool) -> dict[str, Value]:
    """Return what the calls of a service carry besides.

    Args:
        world: The stack's.
        service: The service's principal.
        source: The ARN it brings as aws:SourceArn.
        owner: Whether it brings aws:SourceOwner too.
    """
    owned: dict[str, Value] = {"aws:sourceowner": (world.account,)} if owner else {}
    return {
        "aws:sourcearn": (source,),
        "aws:sourceaccount": (world.account,),
        "aws:principalservicename": (service,),
        "aws:viaawsservice": ("false",),
        "aws:requestedregion": (world.region,),
        **owned,
    }


def open_to_caller(principal: Principal, asked: frozenset[str], known: Mapping[str, Value]) -> frozenset[str]:
    """Return the keys that are asked about and that a request of a principal may carry or not."""
    return asked.difference(known, _ABSENT.get(principal.kind, ()))


def open_to_service(asked: frozenset[str], known: Mapping[str, Value]) -> frozenset[str]:
    """Return the keys that are asked about and that a call of a service may carry or not."""
    return (_OPEN_TO_SERVICES & asked).difference(known)
