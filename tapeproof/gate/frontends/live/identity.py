"""Roles, their policies, users' policies, and keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.account.observation import is_kept_by_aws
from tapeproof.gate.engine.model import Unknown
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["keys", "policies", "roles", "users"]

_OF_AWS = "alias/aws/"


def roles(account: Account) -> Iterator[Resource]:
    """Yield the roles that people made, with inline policies and attachments."""
    for found in account.pages("iam", "list_roles", "Roles"):
        name = found["RoleName"]
        if not account.covers(name) or is_kept_by_aws(found):
            continue
        yield account.resource(
            "aws_iam_role",
            name,
            found["Arn"],
            name=name,
            arn=found["Arn"],
            id=name,
            assume_role_policy=_document(account, found.get("AssumeRolePolicyDocument")),
        )
        for policy in account.pages("iam", "list_role_policies", "PolicyNames", RoleName=name):
            answer = account.ask("iam", "get_role_policy", RoleName=name, PolicyName=policy)
            document = _document(account, account.part(answer, "PolicyDocument"))
            yield account.resource(
                "aws_iam_role_policy", policy, f"{found['Arn']}/{policy}", role=name, policy=document
            )
        for policy in account.pages("iam", "list_attached_role_policies", "AttachedPolicies", RoleName=name):
            address = f"{found['Arn']}/{policy['PolicyName']}"
            arn = policy["PolicyArn"]
            yield account.resource("aws_iam_role_policy_attachment", name, address, role=name, policy_arn=arn)


def policies(account: Account) -> Iterator[Resource]:
    """Yield the customer-managed policies in their default version."""
    for found in account.pages("iam", "list_policies", "Policies", Scope="Local"):
        if account.covers(found["PolicyName"]):
            version = found["DefaultVersionId"]
            answer = account.ask("iam", "get_policy_version", PolicyArn=found["Arn"], VersionId=version)
            document = _document(account, account.part(answer, "PolicyVersion", "Document"))
            name = found["PolicyName"]
            yield account.resource("aws_iam_policy", name, found["Arn"], name=name, arn=found["Arn"], policy=document)


def users(account: Account) -> Iterator[Resource]:
    """Yield the policies that users have of their own."""
    for found in account.pages("iam", "list_users", "Users"):
        name, arn = found["UserName"], found["Arn"]
        if not account.covers(name):
            continue
        for policy in account.pages("iam", "list_user_policies", "PolicyNames", UserName=name):
            answer = account.ask("iam", "get_user_policy", UserName=name, PolicyName=policy)
            document = _document(account, account.part(answer, "PolicyDocument"))
            yield account.resource("aws_iam_user_policy", policy, f"{arn}/{policy}", user=name, policy=document)
        for policy in account.pages("iam", "list_attached_user_policies", "AttachedPolicies", UserName=name):
            address = f"{arn}/{policy['PolicyName']}"
            attached = policy["PolicyArn"]
            yield account.resource("aws_iam_user_policy_attachment", name, address, user=name, policy_arn=attached)


def keys(account: Account) -> Iterator[Resource]:
    """Yield the customer-managed keys with their policies; one that is being deleted and has no alias is nobody's."""
    aliases: dict[str, list[str]] = {}
    for alias in account.pages("kms", "list_aliases", "Aliases"):
        aliases.setdefault(alias.get("TargetKeyId", ""), []).append(alias["AliasName"])
        if alias["AliasName"].startswith(_OF_AWS) and "TargetKeyId" in alias:
            yield _build_managed_key(account, alias)
    for listed in account.pages("kms", "list_keys", "Keys"):
        named = [name for name in aliases.get(listed["KeyId"], [""]) if account.covers(name)]
        if not named:
            continue
        found = account.part(account.ask("kms", "describe_key", KeyId=listed["KeyId"]), "KeyMetadata")
        ours = isinstance(found, Unknown) or (found or {}).get("KeyManager") == "CUSTOMER"
        gone = isinstance(found, dict) and found.get("KeyState") == "PendingDeletion"
        if ours and (named[0] or not gone):
            yield _build_key(account, listed, named[0] or listed["KeyId"])


def _build_key(account: Account, listed: dict[str, Any], name: str) -> Resource:
    answer = account.ask("kms", "get_key_policy", KeyId=listed["KeyId"], PolicyName="default")
    return account.resource(
        "aws_kms_key",
        name,
        listed["KeyArn"],
        arn=listed["KeyArn"],
        key_id=listed["KeyId"],
        policy=account.part(answer, "Policy"),
    )


def _build_managed_key(account: Account, alias: dict[str, Any]) -> Resource:
    """Return a key that AWS manages, as the data source by which configurations refer to it."""
    found = account.resource(
        "aws_kms_alias",
        alias["AliasName"],
        alias["AliasArn"],
        name=alias["AliasName"],
        target_key_id=alias["TargetKeyId"],
        target_key_arn=f"{alias['AliasArn'].partition(':alias/')[0]}:key/{alias['TargetKeyId']}",
    )
    return replace(found, mode="data")


def _document(account: Account, found: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a policy document; boto3 has parsed it already."""
    return found if isinstance(found, Unknown) else value_of(found, account.span)
