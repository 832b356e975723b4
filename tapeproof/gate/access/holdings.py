"""Which policies belong to what: a role's, a queue's, a topic's, a function's, a key's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.access.attachments import Attachments, Owned
from tapeproof.gate.access.document import Clause, Document, Names, Statement
from tapeproof.gate.access.evaluation import Grant
from tapeproof.gate.access.operators import Operator
from tapeproof.gate.access.reading import unread_document
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import Resource, Undecided
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from tapeproof.gate.access.world import World

__all__ = ["KEYS", "Holdings", "default_key_policy", "default_topic_policy", "grants_of"]

KEYS = ("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key")
_SEPARATE = {
    "aws_sqs_queue": (("aws_sqs_queue_policy", "queue_url", "policy"),),
    "aws_sns_topic": (("aws_sns_topic_policy", "arn", "policy"),),
    "aws_s3_bucket": (("aws_s3_bucket_policy", "bucket", "policy"),),
    "aws_cloudwatch_event_bus": (("aws_cloudwatch_event_bus_policy", "event_bus_name", "policy"),),
    "aws_dynamodb_table": (("aws_dynamodb_resource_policy", "resource_arn", "policy"),),
    "aws_kinesis_stream": (("aws_kinesis_resource_policy", "resource_arn", "policy"),),
    "aws_secretsmanager_secret": (("aws_secretsmanager_secret_policy", "secret_arn", "policy"),),
    "aws_vpc_endpoint": (("aws_vpc_endpoint_policy", "vpc_endpoint_id", "policy"),),
    **dict.fromkeys(KEYS, (("aws_kms_key_policy", "key_id", "policy"),)),
}
"""Where the AWS provider keeps a policy apart: its type, the attribute that names the resource, and the policy's."""


class Holdings(Attachments):
    """Finds policies in one stack, those of identities and those of resources, each read once."""

    def trust(self, role: Resource) -> Owned:
        """Return who may assume a role."""
        return Owned(role, self.document(role["assume_role_policy"], role, trust=True))

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._attached: dict[str, list[Owned]] = {}
        self._granted: dict[str, tuple[Grant, ...]] = {}
        self._permissions: list[Owned] | None = None

    def find_attached(self, resource: Resource) -> list[Owned]:
        """Return the policies of a resource itself, those kept apart included; several where one overwrites another."""
        if resource.address not in self._attached:
            self._attached[resource.address] = self._find_attached(resource)
        return self._attached[resource.address]

    def _find_attached(self, resource: Resource) -> list[Owned]:
        found: list[Owned] = []
        own = resource.attributes.get("policy")
        if own is not None and not (own.known and own.is_unset):
            found.append(Owned(resource, self.document(own, resource)))
        for type_, attribute, policy in _SEPARATE.get(resource.type, ()):
            holders = self.find_referrers(type_, attribute, resource)
            near = (holder for holder in holders if not in_another_region(self.stack, holder, resource))
            found.extend(Owned(holder, self.document(holder[policy], holder)) for holder in near)
        return found

    def of_logs(self) -> list[Owned]:
        """Return the resource policies of CloudWatch Logs, which hold for every group of the account."""
        holders = self.stack.resources("aws_cloudwatch_log_resource_policy")
        return [Owned(holder, self.document(holder["policy_document"], holder)) for holder in holders]

    def permissions(self) -> list[Owned]:
        """Return every permission on a function, as the statement that Lambda makes of it."""
        if self._permissions is None:
            holders = self.stack.resources("aws_lambda_permission")
            self._permissions = [Owned(holder, self._permission(holder)) for holder in holders]
        return self._permissions

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
        resolved = self.stack.resolve(named, "aws_lambda_function", "aws_lambda_alias")
        functions = [one for one in resolved if not in_another_region(self.stack, holder, one)]
        if not text.startswith("arn:"):
            name, _, qualifier = text.partition(":")
            base = self.world.arn(functions[0]) if functions else ""
            if not base or functions[0].type == "aws_lambda_alias":
                base = f"arn:aws:lambda:{self.world.region_of(holder)}:{self.world.account}:function:{name}"
            text = f"{base}:{qualifier}" if qualifier else base
        qualifier_value = holder["qualifier"]
        return text if qualifier_value.is_unset else f"{text}:{self.world.text(qualifier_value)}"

    def grants(self, key: Resource) -> tuple[Grant, ...]:
        """Return the grants on a key that the stack makes.

        Raises:
            Undecided: Of one of them it cannot be told what it is.
        """
        if key.address not in self._granted:
            found = self.find_referrers("aws_kms_grant", "key_id", key)
            self._granted[key.address] = tuple(map(self._grant, found))
        return self._granted[key.address]

    def _grant(self, holder: Resource) -> Grant:
        operations = tuple(one.text() for one in holder["operations"].elements())
        asked: dict[str, tuple[tuple[str, str], ...]] = {"equals": (), "subset": ()}
        for block in holder.blocks("constraints"):
            for kind in asked:
                pairs = block[f"encryption_context_{kind}"]
                if not pairs.is_null:
                    asked[kind] += tuple((key, self.world.text(one)) for key, one in pairs.entries().items())
        return Grant(
            self.world.text(holder["grantee_principal"]),
            operations,
            asked["subset"],
            asked["equals"] or None,
            holder.address,
            str(holder.span),
        )


def grants_of(holdings: Holdings, key: Resource) -> Document:
    """Return the grants on a key as a document that says who may use it; one that cannot be told may allow anything."""
    try:
        grants = holdings.grants(key)
    except Undecided as undecided:
        return unread_document(undecided.why, key.address, allows_only=True)
    return Document(tuple(_name_grantee(grant) for grant in grants), key.address)


def _name_grantee(grant: Grant) -> Statement:
    kind = "AWS" if grant.grantee.startswith("arn:") else "Service"
    return replace(grant.as_statement(), resources=Names(("*",)), principals=((kind, grant.grantee),))


def default_key_policy(account: str, name: str) -> Document:
    """Return the policy of a key that was made without one: its account decides.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    statement = Statement("Allow", Names(("kms:*",)), Names(("*",)), (("AWS", f"arn:aws:iam::{account}:root"),))
    return Document((statement,), name)


@lru_cache(maxsize=256)
def default_topic_policy(account: str, name: str) -> Document:
    """Return the policy of a topic that was made without one: its owner's callers.

    Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    """
    owned = Clause(Operator("StringEquals"), "aws:sourceowner", "AWS:SourceOwner", (account,))
    actions = ("Publish", "Subscribe", "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission")
    names = Names(tuple(f"sns:{action}" for action in (*actions, "DeleteTopic", "ListSubscriptionsByTopic")))
    return Document((Statement("Allow", names, Names(("*",)), (("AWS", "*"),), clauses=(owned,)),), name)
