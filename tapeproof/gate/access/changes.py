"""What a change newly allows: the policies of two stacks, holder by holder.

A holder is known by its ARN, so that moving a resource within the configuration is no change; what only has an id that
AWS makes up (a key) is known by its address.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal

from tapeproof.gate.access.attachments import IDENTITIES
from tapeproof.gate.access.difference import Difference, find_new_access
from tapeproof.gate.access.document import Document, Names, Statement, merge_documents
from tapeproof.gate.access.endpoints import policy_of_endpoint
from tapeproof.gate.access.holdings import KEYS, default_key_policy, grants_of
from tapeproof.gate.access.site import Site
from tapeproof.gate.access.world import World
from tapeproof.gate.engine.record import record, replace
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.gate.access.attachments import Owned
    from tapeproof.gate.engine.model import Resource, Stack

__all__ = ["Change", "exit_status", "find_changes", "render_changes"]

Side = Literal["identity", "resource"]
_GUARDED = (
    "aws_sqs_queue", "aws_sns_topic", "aws_s3_bucket", "aws_cloudwatch_event_bus", "aws_dynamodb_table",
    "aws_kinesis_stream", "aws_secretsmanager_secret",
)  # fmt: skip
_LIMITS = ("boundary", "endpoint")
"""What only takes away: a new one gives nothing."""
_NOTHING = Document(())
_ALL = Statement("Allow", Names(("*",)), Names(("*",)))
_TO_ALL = replace(_ALL, principals=(("AWS", "*"),))


@record(slots=False)
class Held:
    """The policies of one kind that one holder has, as one document."""

    name: str
    side: Side
    document: Document
    is_default: bool = False
    """Whether nobody wrote them: what AWS gives a key that is made without a policy."""
    is_covered: bool = False
    """Whether another holder's policies have them too: those of a group are its users'."""


@record(slots=False)
class Change:
    """A holder whose policies allow more than before, or of whom that is not known.

    Attributes:
        name: The address of the role or resource.
        kind: What was compared: identity, trust, boundary, grant, endpoint, resource, or deny.
        difference: What is new, with a request that shows it.
        document: The policies that allow it; of what is gone, the policies that did not.
    """

    name: str
    kind: str
    difference: Difference
    document: Document

    @property
    def fingerprint(self) -> str:
        """What an approval is bound to: any other statement is another change."""
        statements = sorted(repr(replace(one, place="", index=0, sid="")) for one in self.document.statements)
        # What is not known has a word that tells it from others in one run only.
        written = re.sub(r"unknown-\d+", "unknown", "\n".join(statements))
        return f"{self.kind} sha256:{hashlib.sha256(written.encode()).hexdigest()[:32]}"


def find_changes(old: Stack, new: Stack) -> list[Change]:
    """Return what a stack allows that another one did not.

    Args:
        old: The stack before.
        new: The stack after.
    """
    before, after = _collect_policies(old), _collect_policies(new)
    account = World(new).account
    changes = [
        Change(held.name, key[0], _compare(before.get(key), held, key[0], account), held.document)
        for key, held in after.items()
    ]
    changes += _find_lifted_denials(before, after, account)
    return [change for change in changes if change.difference.new_access is not False]


def _compare(before: Held | None, after: Held, kind: str, account: str) -> Difference:
    if after.is_covered or (before is None and (kind in _LIMITS or after.is_default)):
        return Difference(new_access=False)
    old = _NOTHING if before is None else before.document
    return find_new_access(old, after.document, after.side, account)


def _find_lifted_denials(
    before: dict[tuple[str, str], Held], after: dict[tuple[str, str], Held], account: str
) -> Iterator[Change]:
    """Yield what was denied and no longer is: boundaries that are gone, and Denies of policies of resources."""
    for (kind, arn), held in before.items():
        identity = after.get(("identity", arn))
        if kind == "boundary" and (kind, arn) not in after and identity is not None:
            difference = find_new_access(held.document, Document((_ALL,)), "identity", account)
            yield Change(held.name, kind, difference, held.document)
        if kind == "resource":
            found = after.get((kind, arn))
            old = _extract_denials(held.document)
            new = _extract_denials(_NOTHING if found is None else found.document)
            if len(old.statements) > 1:
                yield Change(held.name, "deny", find_new_access(old, new, "resource", account), held.document)


def _extract_denials(document: Document) -> Document:
    """Return the Denies of a document, over a statement that allows everything."""
    denies = tuple(one for one in document.statements if one.effect == "Deny")
    return Document((_TO_ALL, *denies), document.name)


def _collect_policies(stack: Stack) -> dict[tuple[str, str], Held]:
    """Return every holder's policies, by what they are and by the holder's ARN."""
    site = Site(stack)
    world, holdings = site.world, site.holdings
    held = {
        key: one for holder in stack.resources(*IDENTITIES, "aws_iam_group") for key, one in _of_identity(site, holder)
    }
    for role in stack.resources("aws_iam_role"):
        held["trust", world.arn(role)] = Held(role.address, "resource", holdings.trust(role).document)
    for key in stack.resources(*KEYS):
        grants = grants_of(holdings, key)
        if grants.statements:
            held["grant", world.arn(key)] = Held(key.address, "resource", grants)
    for resource in stack.resources(*_GUARDED, *KEYS):
        guard = site.guard_of(resource)
        if guard is not None:
            is_default = resource.type in KEYS and guard == default_key_policy(world.account, resource.address)
            held["resource", world.arn(resource)] = Held(resource.address, "resource", guard, is_default)
    for endpoint in stack.resources("aws_vpc_endpoint"):
        document = policy_of_endpoint(holdings, endpoint)
        held["endpoint", world.arn(endpoint)] = Held(endpoint.address, "resource", document)
    permissions = holdings.permissions()
    if permissions:
        held["resource", "functions"] = Held("aws_lambda_permission", "resource", _merge(permissions))
    of_logs = holdings.of_logs()
    if of_logs:
        held["resource", "logs"] = Held("aws_cloudwatch_log_resource_policy", "resource", _merge(of_logs))
    return held


def _of_identity(site: Site, holder: Resource) -> Iterator[tuple[tuple[str, str], Held]]:
    arn = site.world.arn(holder)
    covered = holder.type == "aws_iam_group" and site.holdings.has_members(holder)
    yield (
        ("identity", arn),
        Held(holder.address, "identity", _merge(site.holdings.identity(holder)), is_covered=covered),
    )
    if holder.type == "aws_iam_group":
        return
    boundary = site.holdings.boundary(holder)
    if boundary is not None:
        yield ("boundary", arn), Held(holder.address, "identity", boundary.document)


def _merge(owned: Sequence[Owned]) -> Document:
    return merge_documents([one.document for one in owned])


def exit_status(changes: Sequence[Change]) -> int:
    """Return 0 where nothing is new, 1 where something is, 2 where that is not known."""
    if any(change.difference.new_access for change in changes):
        return 1
    return 2 if changes else 0


def render_changes(changes: Sequence[Change]) -> list[str]:
    """Return the lines that tell what is newly allowed, each with a request that shows it."""
    lines: list[str] = []
    for change in changes:
        witness = change.difference.witness
        if witness is None:
            lines.append(f"UNKNOWN {change.name} ({change.kind}): {change.difference.reason}")
            continue
        who = "" if witness.principal is None else f"{witness.principal.name or 'anyone'} "
        carried = ", ".join(f"{key} = {' '.join(value)}" for key, value in witness.context.items())
        lines.append(f"NEW ACCESS {change.name} ({change.kind}): {who}{witness.action} on {witness.resource}")
        lines.extend([f"    with {carried}"] if carried else [])
        lines.extend([f"    by the statement at {witness.statement.place}"] if witness.statement.place else [])
    counted = count_of(len(changes), "change allows", "changes allow")
    lines.append(f"{counted} more than before" if changes else "no new access")
    return lines
