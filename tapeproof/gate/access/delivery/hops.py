"""How a hop is checked: each question by itself, so that one without answer does not hide the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.facts import Aspect, Doubt, Hop, Purpose, Stop, doubt_outside
from tapeproof.gate.access.delivery.keys import admits_to_key
from tapeproof.gate.access.delivery.roles import may_call
from tapeproof.gate.access.delivery.services import admits_service
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.access.site import Sender, Site
    from tapeproof.gate.engine.model import Block, Resource, Value

__all__ = [
    "Check",
    "admission",
    "ask",
    "flow",
    "guard_hops",
    "is_arn",
    "is_fifo",
    "is_off",
    "not_an_arn",
    "only",
    "optional_block",
    "outside",
    "to_queue",
    "to_topic",
    "unread",
]


UNTOLD = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
"""What the word of a value that AWS makes up begins with."""
_ASPECTS: tuple[Aspect, ...] = ("admission", "flow")
"""What is asked of every hop."""
Check = tuple[Aspect, Iterator[Stop]]
"""A question about a hop, and the reasons it yields why nothing arrives."""


def ask(sender: Resource, end: str, checks: Iterable[Check], purpose: Purpose = "delivery", origin: str = "") -> Hop:
    """Check a hop and return it with what was found.

    Args:
        sender: The resource that makes the hop.
        end: What it goes to.
        checks: Each yields why nothing arrives.
        purpose: Whether events or failures go there.
        origin: Where they come from, the sender without it.
    """
    stops: list[Stop] = []
    doubts: list[Doubt] = []
    asked: set[Aspect] = set()
    for aspect, check in checks:
        asked.add(aspect)
        try:
            stops.extend(check)
        except Undecided as undecided:
            doubts.append(Doubt(aspect, undecided))
    return Hop(origin or sender.address, end, purpose, sender, tuple(stops), tuple(doubts), frozenset(asked))


def admission(*checks: Iterator[Stop]) -> list[Check]:
    """Return checks of who is let in."""
    return [("admission", check) for check in checks]


def flow(*checks: Iterator[Stop]) -> list[Check]:
    """Return checks of whether events flow where everybody is let in."""
    return [("flow", check) for check in checks]


def unread(sender: Resource, end: str, undecided: Undecided, purpose: Purpose = "delivery", origin: str = "") -> Hop:
    """Return a hop of which nothing can be told."""
    doubts = tuple(Doubt(aspect, undecided) for aspect in _ASPECTS)
    return Hop(origin or sender.address, end, purpose, sender, (), doubts, frozenset(_ASPECTS))


def guard_hops(sender: Resource, hops: Iterator[Hop]) -> Iterator[Hop]:
    """Yield the hops of a sender, and one of which nothing can be told in place of those that cannot be found."""
    try:
        yield from hops
    except Undecided as undecided:
        yield unread(sender, "its target", undecided)


def is_arn(site: Site, value: Value) -> bool:
    """Return whether a value is an ARN, as far as it can be told: a name or a URL leads nowhere."""
    spelled = site.world.spell(value)
    return not spelled.text or bool(spelled.why) or spelled.text.startswith(("arn:", UNTOLD))


def not_an_arn(sender: Resource, site: Site, value: Value) -> Stop:
    """Return the stop at a target that is named by something else than its ARN."""
    return Stop("no arn", sender, value, {"target": site.world.text(value)})


def is_fifo(resource: Resource) -> bool:
    """Return whether a queue or a topic is FIFO.

    Raises:
        Undecided: It cannot be told.
    """
    value = resource["fifo_topic" if resource.type == "aws_sns_topic" else "fifo_queue"]
    return not value.is_null and value.boolean()


def is_off(resource: Block, attribute: str, off: str | bool) -> bool:
    """Return whether an attribute says that something is off.

    Raises:
        Undecided: It cannot be told.
    """
    value = resource[attribute]
    if value.is_null:
        return False
    return value.boolean() == off if isinstance(off, bool) else value.text() == off


def only(site: Site, value: Value, *types: str) -> Resource:
    """Return the resource of the stack that a value names.

    Raises:
        Undecided: There is none, or it cannot be told.
    """
    found = [one for one in site.stack.resolve(value, *types) if one.mode == "managed"]
    if not found:
        raise doubt_outside(value, "leads outside this stack, so whether it is admitted there cannot be read")
    return found[0]


def outside(site: Site, value: Value, *types: str) -> bool:
    """Return whether a value names no resource of the stack."""
    try:
        return not any(one.mode == "managed" for one in site.stack.resolve(value, *types))
    except Undecided:
        return True


def optional_block(block: Block, path: str) -> Block | None:
    """Return the first of some nested blocks, None where there is none.

    Raises:
        Undecided: There may be one.
    """
    here: Block | None = block
    for type_ in path.split("."):
        here = None if here is None else here.block(type_)
    return here


def to_queue(site: Site, sender: Sender, value: Value, role: Resource | None = None) -> Iterator[Stop]:
    """Yield why a message does not get into a queue.

    Args:
        site: The stack.
        sender: The service that sends.
        value: Names the queue.
        role: The role it sends with; None where it sends by itself.

    Raises:
        Undecided: It cannot be told.
    """
    if not is_arn(site, value):
        yield not_an_arn(sender.resource, site, value)
        return
    if role is not None and outside(site, value, "aws_sqs_queue"):
        yield from may_call(site, role, ["sqs:SendMessage"], site.world.text(value), value)
        return
    queue = only(site, value, "aws_sqs_queue")
    if role is None:
        yield from admits_service(site, sender, "sqs:SendMessage", queue)
    else:
        yield from may_call(site, role, ["sqs:SendMessage"], site.world.arn(queue), value)
    yield from admits_to_key(site, sender if role is None else role, queue, "send", value)


def to_topic(site: Site, sender: Sender, value: Value, role: Resource | None = None) -> Iterator[Stop]:
    """Yield why a message does not get into a topic.

    Raises:
        Undecided: It cannot be told.
    """
    if not is_arn(site, value):
        yield not_an_arn(sender.resource, site, value)
        return
    if role is not None and outside(site, value, "aws_sns_topic"):
        yield from may_call(site, role, ["sns:Publish"], site.world.text(value), value)
        return
    topic = only(site, value, "aws_sns_topic")
    if role is None:
        yield from admits_service(site, sender, "sns:Publish", topic)
    else:
        yield from may_call(site, role, ["sns:Publish"], site.world.arn(topic), value)
    yield from admits_to_key(site, sender if role is None else role, topic, "send", value)
