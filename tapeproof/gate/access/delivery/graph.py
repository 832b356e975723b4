"""All hops of a stack, looked for once however many policies ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.buses import hops_of_rules
from tapeproof.gate.access.delivery.callers import hops_of_callers
from tapeproof.gate.access.delivery.functions import hops_into_functions
from tapeproof.gate.access.delivery.pollers import hops_of_pollers
from tapeproof.gate.access.delivery.queues import hops_of_queues
from tapeproof.gate.access.delivery.senders import hops_of_senders
from tapeproof.gate.access.site import site_of

if TYPE_CHECKING:
    from tapeproof.gate.access.delivery.facts import Hop
    from tapeproof.gate.engine.model import Stack

__all__ = ["hops_of"]

_last: list[tuple[Stack, tuple[Hop, ...]]] = []
"""The stack that was asked about last; several policies ask about one after the other."""


def hops_of(stack: Stack) -> tuple[Hop, ...]:
    """Return every hop of a stack, with what was found on it."""
    if not _last or _last[0][0] is not stack:
        site = site_of(stack)
        sending = (hops_of_rules, hops_of_senders, hops_of_callers, hops_of_pollers, hops_of_queues)
        sent = tuple(hop for hops in sending for hop in hops(site))
        _last[:] = [(stack, (*sent, *hops_into_functions(site, sent)))]
    return _last[0][1]
