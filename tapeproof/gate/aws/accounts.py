"""Whose account a principal stands for, as far as the configuration says which accounts are its own."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Stack, Value

__all__ = ["foreign_account", "own_accounts"]

_WHOLE = re.compile(r"(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?")
_CALLER = "aws_caller_identity"
_LOAD_BALANCING = """
    009996457667 027434742980 033677994240 054676820928 076674570225 098369216593 114774131450 127311923021
    156460612806 383597477331 507241528517 582318560864 589379963580 600734575887 635631232127 652711504416
    718504428378 754344448648 783225319266 797873946194 897822967062 985666609251
    048591011584 190560391635 037604701340 638102146993
"""
"""AWS's own accounts that write load balancers' access logs, those of GovCloud (US) and China last (Elastic Load
Balancing User Guide for Application, and for Classic, Load Balancers, "Enable access logs")."""
_REPORTING = """
    386209384616
    525921808201 119688915426 216624486486 492519147666 765225791966 977081816279 582488909970 903692715234
    284668455005 069019280451 187074758985 819402241893 193415116832 681348832753 035351147821 453052556044
    829690693026 669305197877 757211635381 859597730677 282025262664 262312530599 683224464357 585772288577
    034638983726 814480443879 086441151436 475085895292 608710470296 388731089494 113285607260
"""
"""Those of billing reports, and of CloudTrail by region, in policies older than service principals (documentation of
``aws_billing_service_account`` and ``aws_cloudtrail_service_account``, data sources)."""


def foreign_account(stack: Stack, principal: Value) -> bool:
    """Return whether a principal surely is a whole account that is not the stack's own.

    Args:
        stack: The stack; what it says of its own accounts is in ``own_accounts``.
        principal: An ARN or an account id.
    """
    if not principal.known or principal.is_unset:
        return False
    whole = _WHOLE.fullmatch(principal.text())
    own = own_accounts(stack)
    return whole is not None and bool(own) and whole[1] not in {*own, *_of_aws()}


@cache
def _of_aws() -> frozenset[str]:
    return frozenset((*_LOAD_BALANCING.split(), *_REPORTING.split()))


def own_accounts(stack: Stack) -> frozenset[str]:
    """Return the accounts that the stack's providers are confined to; none when nothing says so.

    ``{"caller"}`` stands for the account of whoever runs Terraform, where the configuration asks for it by
    ``data.aws_caller_identity``: an account that is written out beside it is another one. A plan knows its number.
    """
    return frozenset(_find_allowed_accounts(stack)) or frozenset(_callers(stack))


def _callers(stack: Stack) -> Iterator[str]:
    for identity in stack.data(_CALLER):
        account = identity["account_id"]
        yield account.text() if account.known and not account.is_unset else "caller"


def _find_allowed_accounts(stack: Stack) -> Iterator[str]:
    for provider in stack.blocks_of("provider"):
        if provider.labels[:1] != ("aws",):
            continue
        try:
            yield from (account.text() for account in provider["allowed_account_ids"].elements())
        except Undecided:
            continue
