"""Whether a role may be assumed and may call, and where a refusal is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.site import Sender

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.gate.access.document import Document
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["may_assume", "may_call", "refusal_of"]


def may_assume(site: Site, service: str, role: Resource, source: str, at: Value) -> Iterator[Stop]:
    """Yield why a service may not assume a role.

    Raises:
        Undecided: It cannot be told.
    """
    owned = site.holdings.trust(role)
    sender = Sender(service, source, role, at)
    decision = site.ask_service(sender, "sts:AssumeRole", site.world.arn(role), [owned])
    if decision.answer is not Answer.ALLOWED:
        site.settle(decision, role["assume_role_policy"])
        yield Stop("trust", role, role["assume_role_policy"], {"service": service, "source": source})


def may_call(site: Site, role: Resource, actions: Sequence[str], arn: str, at: Value, **context: str) -> Iterator[Stop]:
    """Yield why a role may not call something.

    Raises:
        Undecided: It cannot be told.
    """
    refused = [action for action in actions if not _may(site, role, action, arn, at=at, context=context)]
    if refused:
        yield refusal_of(site, role, refused, arn)


def _may(site: Site, role: Resource, action: str, arn: str, *, at: Value, context: Mapping[str, str]) -> bool:
    decision = site.ask_role(role, action, arn, Policies(resource=_policy_of(site, arn)), context)
    if decision.answer is Answer.ALLOWED:
        return True
    site.settle(decision, at)
    return False


def _policy_of(site: Site, arn: str) -> Document | None:
    resource = site.by_arn(arn)
    return None if resource is None else site.guard_of(resource)


def refusal_of(site: Site, role: Resource, actions: list[str], arn: str) -> Stop:
    """Return why a role may not call something, at its boundary or at the policy that speaks of the service."""
    details = {"role": role.address, "actions": ", ".join(actions), "arn": arn}
    owned = site.holdings.identity(role)
    boundary = site.holdings.boundary(role)
    if boundary is not None and _allowed_without_boundary(site, role, actions, arn):
        return Stop("boundary", boundary.holder, boundary.holder, {**details, "boundary": boundary.holder.address})
    service = actions[0].partition(":")[0]
    inline = [one for one in owned if one.holder.type in {"aws_iam_role_policy", "aws_iam_policy"}]
    about = [one for one in inline if _speaks_of(one.document, service)]
    holder = next((one.holder for one in (*about, *inline)), role)
    return Stop("role", holder, holder.attributes.get("policy", holder), details)


def _allowed_without_boundary(site: Site, role: Resource, actions: list[str], arn: str) -> bool:
    policies = Policies(site.policies_of(role).identity)
    asked = [site.ask(site.principal_of(role), policies, action, arn).answer for action in actions]
    return Answer.DENIED not in asked


def _speaks_of(document: Document, service: str) -> bool:
    actions = [action for one in document.statements for action in one.actions.values]
    return any(action.partition(":")[0].lower() == service for action in actions)
