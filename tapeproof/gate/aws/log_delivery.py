"""Logs that a service writes under the number of the account that they are about, so that the path says whose they are.

Sources: Elastic Load Balancing User Guide for Application Load Balancers, "Enable access logs for your Application Load
Balancer" (bucket policies for Regions since August 2022 and for Outposts) and "Access logs" (names of log files).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import HOLE, shape

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Principal, Statement

__all__ = ["writes_below_an_account"]

_BALANCERS = frozenset({"logdelivery.elasticloadbalancing.amazonaws.com", "logdelivery.elb.amazonaws.com"})
_BELOW_ONE = re.compile(rf"[^*?]*/AWSLogs/(?:\d{{12}}|{HOLE})/.*", re.DOTALL)


def writes_below_an_account(statement: Statement, principal: Principal) -> bool:
    """Return whether load balancers may do nothing but write their logs where those of one account lie.

    Raises:
        Undecided: It cannot be told where.
    """
    if not principal.value.known or principal.value.text() not in _BALANCERS or not statement.resources:
        return False
    if not statement.actions or any(action.text().lower() != "s3:putobject" for action in statement.actions):
        return False
    return all(_BELOW_ONE.fullmatch(shape(resource)) for resource in statement.resources)
