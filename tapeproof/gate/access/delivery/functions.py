"""Functions at the end of a hop: whether they take what reaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.hops import ask, flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.delivery.facts import Hop
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource

__all__ = ["hops_into_functions"]


def hops_into_functions(site: Site, hops: Iterable[Hop]) -> Iterator[Hop]:
    """Yield a hop into each function that events are sent to.

    Args:
        site: The stack.
        hops: The hops that lead to functions, and others.
    """
    senders = {hop.end: hop.origin for hop in hops if hop.purpose == "delivery"}
    for function in site.stack.resources("aws_lambda_function"):
        if function.address in senders:
            yield ask(function, function.address, flow(_takes_events(function)), origin=senders[function.address])


def _takes_events(function: Resource) -> Iterator[Stop]:
    """Yield a stop where nothing may run at a time, which is how AWS switches a function off.

    Source: AWS Lambda Developer Guide, "Configuring reserved concurrency".
    """
    reserved = function["reserved_concurrent_executions"]
    if not reserved.is_null and reserved.number() == 0:
        what = f"{function.address}, which no event may run in,"
        yield Stop("off", function, reserved, {"what": what})
