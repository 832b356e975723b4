"""Which policies an identity has: a role's, a user's with those of its groups, a group's, and what bounds them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tapeproof.gate.access.document import Document, Names, Statement
from tapeproof.gate.access.reading import policy_of_value, unread_document
from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.engine.model import Resource, Undecided, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.world import World

__all__ = ["IDENTITIES", "Attachments", "Owned"]

IDENTITIES = ("aws_iam_role", "aws_iam_user")
"""What asks: a group only hands its policies to its users."""
_MANAGED = "arn:aws:iam::aws:policy/"
_ATTACHED = {
    "aws_iam_role": (
        ("aws_iam_role_policy", "role", "policy"),
        ("aws_iam_role_policy_attachment", "role", "policy_arn"),
        ("aws_iam_policy_attachment", "roles", "policy_arn"),
        ("aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"),
    ),
    "aws_iam_user": (
        ("aws_iam_user_policy", "user", "policy"),
        ("aws_iam_user_policy_attachment", "user", "policy_arn"),
        ("aws_iam_policy_attachment", "users", "policy_arn"),
        ("aws_iam_user_policy_attachments_exclusive", "user_name", "policy_arns"),
    ),
    "aws_iam_group": (
        ("aws_iam_group_policy", "group", "policy"),
        ("aws_iam_group_policy_attachment", "group", "policy_arn"),
        ("aws_iam_policy_attachment", "groups", "policy_arn"),
        ("aws_iam_group_policy_attachments_exclusive", "group_name", "policy_arns"),
    ),
}
"""What attaches a policy to an identity: its type, the attribute that names the identity, and the policy's."""
_MEMBERSHIPS = (("aws_iam_user_group_membership", "user", "groups"), ("aws_iam_group_membership", "users", "group"))
"""What puts users into groups: its type, the attribute that names users, and the one that names groups."""


class Owned(NamedTuple):
    """A policy document and the resource of the stack that holds it."""

    holder: Resource
    document: Document


class Attachments:
    """Finds the policies of identities in one stack, each read once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stack = world.stack
        self.read: dict[tuple[str, int], Document] = {}
        self.identities: dict[str, list[Owned]] = {}

    def document(self, value: Value, holder: Resource, *, trust: bool = False) -> Document:
        """Return the policy document that a value of a resource holds."""
        key = (holder.address, id(value))
        if key not in self.read:
            self.read[key] = policy_of_value(self.world, value, holder.address, trust=trust)
        return self.read[key]

    def identity(self, holder: Resource) -> list[Owned]:
        """Return the policies attached to a role, a user or a group; of a user, those of its groups too."""
        if holder.address not in self.identities:
            self.identities[holder.address] = list(self._identity(holder))
        return self.identities[holder.address]

    def _identity(self, holder: Resource) -> Iterator[Owned]:
        if holder.type == "aws_iam_role":
            yield from self._open_where_undecided(holder, self._of_role(holder))
        for type_, attribute, policy in _ATTACHED[holder.type]:
            yield from self._open_where_undecided(holder, self._attached_by(type_, attribute, policy, holder))
        if holder.type == "aws_iam_user":
            yield from self._open_where_undecided(holder, self._of_groups(holder))

    @staticmethod
    def _open_where_undecided(holder: Resource, owned: Iterable[Owned]) -> Iterator[Owned]:
        """Yield policies, and where one of them cannot be told, one that may allow anything."""
        try:
            yield from owned
        except Undecided as undecided:
            yield Owned(holder, unread_document(undecided.why, holder.address, allows_only=True))

    def _of_role(self, role: Resource) -> Iterator[Owned]:
        for block in role.blocks("inline_policy"):
            if not block["policy"].is_unset:
                yield Owned(role, self.document(block["policy"], role))
        for value in role["managed_policy_arns"].elements() if not role["managed_policy_arns"].is_null else ():
            yield self.find_managed_policy(value, role)

    def _attached_by(self, type_: str, attribute: str, policy: str, named: Resource) -> Iterator[Owned]:
        for holder in self.find_referrers(type_, attribute, named):
            yield from self._of_holder(policy, holder)

    def _of_holder(self, policy: str, holder: Resource) -> Iterator[Owned]:
        if policy == "policy":
            yield Owned(holder, self.document(holder[policy], holder))
        else:
            yield from (self.find_managed_policy(value, holder) for value in _list_elements(holder[policy]))

    def _of_groups(self, user: Resource) -> Iterator[Owned]:
        """Yield the policies of the groups a user is in; of a group that lies outside it is not known what it has."""
        for membership, value in self._list_groups(user):
            found = [one for one in self.stack.resolve(value, "aws_iam_group") if one.mode == "managed"]
            for group in found:
                yield from self.identity(group)
            if not found:
                why = f"what the group {self.world.text(value)} allows is not in this stack"
                yield Owned(membership, unread_document(why, membership.address, allows_only=True))

    def _list_groups(self, user: Resource) -> Iterator[tuple[Resource, Value]]:
        for type_, users, groups in _MEMBERSHIPS:
            for membership in self.find_referrers(type_, users, user):
                yield from ((membership, value) for value in _list_elements(membership[groups]))

    def has_members(self, group: Resource) -> bool:
        """Return whether a user of the stack is surely in a group."""
        for user in self.stack.resources("aws_iam_user"):
            try:
                if any(group in self.stack.resolve(value, group.type) for _, value in self._list_groups(user)):
                    return True
            except Undecided:
                continue
        return False

    @cached_property
    def outsiders(self) -> dict[tuple[str, str], list[Owned]]:
        """What the stack attaches to roles, users and groups that lie outside it, by their kind and name."""
        found: dict[tuple[str, str], list[Owned]] = {}
        for kind, attachments in _ATTACHED.items():
            for type_, attribute, policy in attachments:
                for holder in self.stack.resources(type_):
                    for value in _list_elements(holder[attribute]):
                        if self._is_outside(value, kind):
                            owned = found.setdefault((kind, self.world.text(value)), [])
                            owned.extend(self._open_where_undecided(holder, self._of_holder(policy, holder)))
        return found

    def _is_outside(self, value: Value, kind: str) -> bool:
        """Return whether a value surely names no identity of the stack."""
        try:
            return not value.is_null and not any(one.mode == "managed" for one in self.stack.resolve(value, kind))
        except Undecided:
            return False

    def find_managed_policy(self, arn: Value, holder: Resource) -> Owned:
        """Return the policy that an attachment attaches: one of the stack, one of AWS's, or one that is not known."""
        try:
            named = self.stack.resolve(arn, "aws_iam_policy")
            text = "" if named and named[0].mode == "managed" else self.world.text(arn)
        except Undecided as undecided:
            return Owned(holder, unread_document(undecided.why, holder.address, allows_only=True))
        if named and named[0].mode == "managed":
            return Owned(named[0], self.document(named[0]["policy"], named[0]))
        name = self.world.text(named[0]["name"]) if named else text.removeprefix(_MANAGED)
        for row in rows("managed_policy_grants"):
            if name in {row["name"], row["name"].rpartition("/")[2]}:
                statement = Statement("Allow", Names(tuple(row["actions"].split())), Names(("*",)))
                return Owned(holder, Document((statement,), holder.address))
        why = f"what {text.rpartition('/')[2]} allows is not in this stack"
        return Owned(holder, unread_document(why, holder.address, allows_only=True))

    def boundary(self, holder: Resource) -> Owned | None:
        """Return the permissions boundary of a role or a user, None where it has none."""
        value = holder["permissions_boundary"]
        if value.known and value.is_unset:
            return None
        return self.find_managed_policy(value, holder)

    def find_referrers(self, type_: str, attribute: str, resource: Resource) -> Iterator[Resource]:
        """Yield the resources of a type whose attribute names this one.

        Raises:
            Undecided: After them, where another one may name it.
        """
        return those(
            self.stack.resources(type_),
            lambda holder: any_of(
                _list_elements(holder[attribute]),
                lambda value: any(one.address == resource.address for one in self.stack.resolve(value, resource.type)),
            ),
        )


def _list_elements(value: Value) -> tuple[Value, ...]:
    """Return the elements of a list; a reference, or a single text, stands for itself."""
    try:
        return value.elements()
    except Undecided:
        return (value,)
