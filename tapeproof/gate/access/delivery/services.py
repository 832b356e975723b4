"""Whether a service that calls by itself is let in, and where a refusal is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.attachments import Owned
from tapeproof.gate.access.decision import Answer
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.holdings import default_topic_policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.gate.access.site import Sender, Site
    from tapeproof.gate.engine.model import Resource

__all__ = ["admits_service", "admits_to_function", "admits_to_logs"]


def admits_service(site: Site, sender: Sender, action: str, target: Resource) -> Iterator[Stop]:
    """Yield why a resource's policy refuses a service.

    Raises:
        Undecided: It cannot be told.
    """
    owned = site.holdings.find_attached(target)
    if not owned and target.type == "aws_sns_topic":
        owned = [Owned(target, default_topic_policy(site.world.account, target.address))]
    decision = site.ask_service(sender, action, site.world.arn(target), owned)
    if decision.answer is Answer.ALLOWED:
        return
    site.settle(decision, sender.at)
    holder = site.denier(decision) or next((one.holder for one in owned if one.holder is not target), None)
    own = target if any(one.holder is target and "policy" in target for one in owned) else None
    place = holder or (own if own is not None and "policy" in own else sender.resource)
    at = place if place is not sender.resource else sender.at
    code = "denied" if site.denier(decision) else "policy"
    yield Stop(code, place, at, {"service": sender.service, "action": action, "target": target.address})


def admits_to_logs(site: Site, sender: Sender, action: str, arn: str, group: str) -> Iterator[Stop]:
    """Yield why no resource policy of CloudWatch Logs lets a service write to a group.

    Raises:
        Undecided: It cannot be told.
    """
    owned = site.holdings.of_logs()
    decision = site.ask_service(sender, action, arn, owned)
    if decision.answer is not Answer.ALLOWED:
        site.settle(decision, sender.at)
        yield Stop("policy", sender.resource, sender.at, {"service": sender.service, "action": action, "target": group})


def admits_to_function(site: Site, sender: Sender, arn: str, function: Resource) -> Iterator[Stop]:
    """Yield why a function refuses a service's invocation.

    Raises:
        Undecided: It cannot be told.
    """
    permissions = site.holdings.permissions()
    decision = site.ask_service(sender, "lambda:InvokeFunction", arn, permissions)
    if decision.answer is Answer.ALLOWED:
        return
    site.settle(decision, sender.at)
    nearest = _nearest(permissions, sender, site.world.arn(function))
    place = nearest or sender.resource
    at = place if nearest is not None else sender.at
    details = {"service": sender.service, "source": sender.source, "target": function.address, "arn": arn}
    yield Stop("permission" if nearest is not None else "no permission", place, at, details)


def _nearest(permissions: Sequence[Owned], sender: Sender, arn: str) -> Resource | None:
    """Return the permission on the function that was meant: one for the same service before one for another."""
    on = [one for one in permissions if _is_on(one, arn)]
    same = [
        one for one in on if any((("Service", sender.service)) in (s.principals or ()) for s in one.document.statements)
    ]
    return next((one.holder for one in (*same, *on)), None)


def _is_on(owned: Owned, arn: str) -> bool:
    names = [text for one in owned.document.statements if one.resources for text in one.resources.values]
    return any(text == arn or text.startswith(f"{arn}:") for text in names)
