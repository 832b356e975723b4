"""Who asks, and which principals a statement speaks of.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from tapeproof.gate.access.document import Statement

__all__ = ["SOME_SESSION", "Kind", "Match", "Principal", "match_principal", "service_name"]

Kind = Literal["user", "role", "root", "service", "federated", "canonical", "anonymous"]
SOME_SESSION = "session"
"""The name of a session of which it is not known what it is called."""
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_ACCOUNT = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):root|(\d{12})")


class Match(IntEnum):
    """How closely a statement names who asks."""

    NONE = 0
    ACCOUNT = 1
    """By the account: what the account's own policies allow is left to them."""
    ROLE = 2
    """By the role behind the session: boundary and session policy still limit it."""
    DIRECT = 3
    """As user, session, service, or as everyone."""


class Principal(NamedTuple):
    """Who asks.

    Attributes:
        kind: What it is.
        name: The ARN of a user, a role, a root or a provider; the name of a service; the id of a canonical user.
        account: The account of a user, role or root, else empty.
        session: The ARN of the session in which a role acts.
    """

    kind: Kind
    name: str = ""
    account: str = ""
    session: str = ""

    @property
    def is_identity(self) -> bool:
        """Whether policies may be attached to it."""
        return self.kind in {"user", "role", "root"}


def service_name(text: str) -> str:
    """Return a service's name without the region some documents put into it."""
    parts = text.split(".")
    return ".".join(part for part in parts if not _REGION.fullmatch(part))


def match_principal(statement: Statement, principal: Principal, *, bounded: bool = False) -> Match:
    """Return how closely the statement names the principal.

    Args:
        statement: A statement with Principal or NotPrincipal; without either it speaks of everyone it is attached to.
        principal: Who asks.
        bounded: Whether a permissions boundary is set: a Deny with NotPrincipal hits such a principal always
            (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html).
    """
    if statement.principals is None:
        return Match.DIRECT
    closest = max([_match(kind, name, principal) for kind, name in statement.principals], default=Match.NONE)
    if not statement.except_principals:
        return closest
    if bounded and statement.effect == "Deny":
        return Match.DIRECT
    if closest == Match.ROLE and statement.effect == "Deny" and principal.session:
        # The role's own ARN spares no session of it: AWS re:Post, "How do I allow or deny with NotPrincipal and roles".
        return Match.NONE if _names_session(statement, principal) else Match.DIRECT
    return Match.NONE if closest >= Match.ROLE else Match.DIRECT


def _names_session(statement: Statement, principal: Principal) -> bool:
    """Return whether a session of the role is named, where it is not known what the asking one is called."""
    role, _, name = principal.session.rpartition("/")
    return name == SOME_SESSION and any(one.startswith(f"{role}/") for _, one in statement.principals or ())


def _match(kind: str, name: str, principal: Principal) -> Match:
    if kind == "AWS":
        return _match_identity(name, principal)
    if kind == "Service":
        same = principal.kind == "service" and _is_service(name, principal.name)
        return Match.DIRECT if same or (name == "*" and principal.kind == "service") else Match.NONE
    expected = {"Federated": "federated", "CanonicalUser": "canonical"}[kind]
    return Match.DIRECT if principal.kind == expected and name == principal.name else Match.NONE


@lru_cache(maxsize=4096)
def _is_service(name: str, asking: str) -> bool:
    """Return whether a name means the service that asks; a region in both must be the same.

    SNS of a region that is opted into calls other regions by a name that must be named itself:
    https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html.
    """
    named, of_asking = ({part for part in text.split(".") if _REGION.match(part)} for text in (name, asking))
    if service_name(name) != service_name(asking) or len(named | of_asking) > 1:
        return False
    return bool(named) or not (
        asking.startswith("sns.") and any(row["region"] in of_asking for row in rows("opt_in_regions"))
    )


def _match_identity(name: str, principal: Principal) -> Match:
    if name == "*":
        return Match.DIRECT
    if not principal.is_identity:
        return Match.NONE
    if principal.kind == "role" and name == principal.session:
        return Match.DIRECT
    if principal.name == name:
        return Match.ROLE if principal.kind == "role" else Match.DIRECT
    account = _ACCOUNT.fullmatch(name)
    if account and principal.account in {account[1], account[2]}:
        return Match.DIRECT if principal.kind == "root" else Match.ACCOUNT
    return Match.NONE
