"""Which policies belong to what: a role's, a queue's, a topic's, a function's, a key's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.access.document import Clause, Document, Names, Statement
from tapeproof.gate.access.evaluation import Grant
from tapeproof.gate.access.operators import Operator
from tapeproof.gate.access.reading import policy_of_value, unread_document
from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.engine.model import Resource, Undecided, Value
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.world import World

__all__ = ["Holdings", "Owned", "default_key_policy", "default_topic_policy"]

_MANAGED = "arn:aws:iam::aws:policy/"
_SEPARATE = {
    "aws_sqs_queue": (("aws_sqs_queue_policy", "queue_url", "policy"),),
    "aws_sns_topic": (("aws_sns_topic_policy", "arn", "policy"),),
    "aws_s3_bucket": (("aws_s3_bucket_policy", "bucket", "policy"),),
    "aws_cloudwatch_event_bus": (("aws_cloudwatch_event_bus_policy", "event_bus_name", "policy"),),
    "aws_dynamodb_table": (("aws_dynamodb_resource_policy", "resource_arn", "policy"),),
    "aws_kinesis_stream": (("aws_kinesis_resource_policy", "resource_arn", "policy"),),
    "aws_secretsmanager_secret": (("aws_secretsmanager_secret_policy", "secret_arn", "policy"),),
    "aws_kms_key": (("aws_kms_key_policy", "key_id", "policy"),),
}
"""Where the AWS provider keeps a policy apart: its type, the attribute that names the resource, and the policy's."""
_ATTACHMENTS = (
    ("aws_iam_role_policy", "role", "policy"),
    ("aws_iam_role_policy_attachment", "role", "policy_arn"),
    ("aws_iam_policy_attachment", "roles", "policy_arn"),
)


class Owned(NamedTuple):
    """A policy document and the resource of the stack that holds it."""

    holder: Resource
    document: Document


class Holdings:
    """Finds policies in one stack, each read once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stack = world.stack
        self.read: dict[tuple[str, int], Document] = {}
        self.identities: dict[str, list[Owned]] = {}

    def _document(self, value: Value, holder: Resource, *, trust: bool = False) -> Document:
        key = (holder.address, id(value))
        if key not in self.read:
            self.read[key] = policy_of_value(self.world, value, holder.address, trust=trust)
        return self.read[key]

    def identity(self, role: Resource) -> list[Owned]:
        """Return the policies attached to a role."""
        if role.address not in self.identities:
            self.identities[role.address] = list(self._identity(role))
        return self.identities[role.address]

    def _identity(self, role: Resource) -> Iterator[Owned]:
        try:
            for block in role.blocks("inline_policy"):
                if not block["policy"].is_unset:
                    yield Owned(role, self._document(block["policy"], role))
            for value in role["managed_policy_arns"].elements() if not role["managed_policy_arns"].is_null else ():
                yield self._find_managed_policy(value, role)
        except Undecided as undecided:
            yield Owned(role, unread_document(undecided.why, role.address, allows_only=True))
        for type_, attribute, policy in _ATTACHMENTS:
            try:
                for holder in self._find_referrers(type_, attribute, role):
                    attached = policy == "policy_arn"
                    value = holder[policy]
                    yield (
                        self._find_managed_policy(value, holder)
                        if attached
                        else Owned(holder, self._document(value, holder))
                    )
            except Undecided as undecided:
                yield Owned(role, unread_document(undecided.why, role.address, allows_only=True))

    def _find_managed_policy(self, arn: Value, holder: Resource) -> Owned:
        """Return the policy that an attachment attaches: one of the stack, one of AWS's, or one that is not known."""
        try:
            named = self.stack.resolve(arn, "aws_iam_policy")
            text = "" if named and named[0].mode == "managed" else self.world.text(arn)
        except Undecided as undecided:
            return Owned(holder, unread_document(undecided.why, holder.address, allows_only=True))
        if named and named[0].mode == "managed":
            return Owned(named[0], self._document(named[0]["policy"], named[0]))
        name = self.world.text(named[0]["name"]) if named else text.removeprefix(_MANAGED)
        for row in rows("managed_policy_grants"):
            if name in {row["name"], row["name"].rpartition("/")[2]}:
                statement = Statement("Allow", Names(tuple(row["actions"].split())), Names(("*",)))
                return Owned(holder, Document((statement,), holder.address))
        why = f"what {text.rpartition('/')[2]} allows is not in this stack"
        return Owned(holder, unread_document(why, holder.address, allows_only=True))

    def boundary(self, role: Resource) -> Owned | None:
        """Return a role's permissions boundary, None where it has none."""
        value = role["permissions_boundary"]
        if value.known and value.is_unset:
            return None
        return self._find_managed_policy(value, role)

    def trust(self, role: Resource) -> Owned:
        """Return who may assume a role."""
        return Owned(role, self._document(role["assume_role_policy"], role, trust=True))

    def find_attached(self, resource: Resource) -> list[Owned]:
        """Return the policies of a resource itself, those kept apart included; several where one overwrites another."""
        found: list[Owned] = []
        own = resource.attributes.get("policy")
        if own is not None and not (own.known and own.is_unset):
            found.append(Owned(resource, self._document(own, resource)))
        for type_, attribute, policy in _SEPARATE.get(resource.type, ()):
            for holder in self._find_referrers(type_, attribute, resource):
                found.append(Owned(holder, self._document(holder[policy], holder)))  # noqa: PERF401 - two things happen
        return found

    def of_logs(self) -> list[Owned]:
        """Return the resource policies of CloudWatch Logs, which hold for every group of the account."""
        holders = self.stack.resources("aws_cloudwatch_log_resource_policy")
        return [Owned(holder, self._document(holder["policy_document"], holder)) for holder in holders]

    def permissions(self) -> list[Owned]:
        """Return every permission on a function, as the statement that Lambda makes of it."""
        return [Owned(holder, self._permission(holder)) for holder in self.stack.resources("aws_lambda_permission")]

    def _permission(self, holder: Resource) -> Document:
        try:
            return Document((self._permission_statement(holder),), holder.address)
        except Undecided as undecided:
            return unread_document(undecided.why, holder.address, allows_only=True)

    def _permission_statement(self, holder: Resource) -> Statement:
        unread: list[str] = []

        def spell_attribute(attribute: str) -> str:
            found = self.world.spell(holder[attribute])
            unread.extend([found.why] if found.why else [])
            return found.text

        clauses = [
            Clause(Operator(base), key.lower(), key, (spell_attribute(attribute),))
            for attribute, base, key in (
                ("source_arn", "ArnLike", "aws:SourceArn"),
                ("source_account", "StringEquals", "aws:SourceAccount"),
                ("principal_org_id", "StringEquals", "aws:PrincipalOrgID"),
            )
            if not holder[attribute].is_unset
        ]
        principal = spell_attribute("principal")
        kind = "Service" if principal.endswith(("amazonaws.com", ".amazonaws.com.cn")) else "AWS"
        return Statement(
            "Allow",
            Names((spell_attribute("action"),)),
            Names((self.permitted_arn(holder),)),
            ((kind, principal),),
            clauses=tuple(clauses),
            unread=tuple(unread),
            place=str(holder.span),
        )

    def permitted_arn(self, holder: Resource) -> str:
        """Return the ARN that a permission is on: a function's, or that of a version or an alias.

        Raises:
            Undecided: It cannot be told.
        """
        named = holder["function_name"]
        text = self.world.text(named)
        functions = self.stack.resolve(named, "aws_lambda_function", "aws_lambda_alias")
        if not text.startswith("arn:"):
            name, _, qualifier = text.partition(":")
            base = self.world.arn(functions[0]) if functions else ""
            if not base or functions[0].type == "aws_lambda_alias":
                base = f"arn:aws:lambda:{self.world.region_of(holder)}:{self.world.account}:function:{name}"
            text = f"{base}:{qualifier}" if qualifier else base
        qualifier_value = holder["qualifier"]
        return text if qualifier_value.is_unset else f"{text}:{self.world.text(qualifier_value)}"

    def grants(self, key: Resource) -> tuple[Grant, ...]:
        """Return the grants on a key that the stack makes."""
        return tuple(
            Grant(
                self.world.text(holder["grantee_principal"]), tuple(v.text() for v in holder["operations"].elements())
            )
            for holder in self._find_referrers("aws_kms_grant", "key_id", key)
        )

    def _find_referrers(self, type_: str, attribute: str, resource: Resource) -> Iterator[Resource]:
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
    """Return the elements of a list; a reference stands for itself."""
    try:
        return value.elements()
    except Undecided:
        return (value,)


def default_key_policy(account: str, name: str) -> Document:
    """Return the policy of a key that was made without one: its account decides.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    statement = Statement("Allow", Names(("kms:*",)), Names(("*",)), (("AWS", f"arn:aws:iam::{account}:root"),))
    return Document((statement,), name)


def default_topic_policy(account: str, name: str) -> Document:
    """Return the policy of a topic that was made without one: its owner's callers.

    Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    """
    owned = Clause(Operator("StringEquals"), "aws:sourceowner", "AWS:SourceOwner", (account,))
    actions = ("Publish", "Subscribe", "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission")
    names = Names(tuple(f"sns:{action}" for action in (*actions, "DeleteTopic", "ListSubscriptionsByTopic")))
    return Document((Statement("Allow", names, Names(("*",)), (("AWS", "*"),), clauses=(owned,)),), name)
