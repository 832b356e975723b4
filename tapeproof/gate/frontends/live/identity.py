"""Roles, users and groups with their policies, and keys with their grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.observation import is_kept_by_aws
from tapeproof.gate.engine.model import Unknown
from tapeproof.gate.engine.record import replace
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["groups", "keys", "policies", "roles", "users"]

_GRANT = ("aws_kms_grant", "key_id", "grantee_principal", "operations", "constraints")
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
            permissions_boundary=_boundary(account, "get_role", "Role", RoleName=name),
        )
        yield from _attached(account, "role", name, found["Arn"])


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
    """Yield the users with the policies they have of their own and the groups they are in."""
    for found in account.pages("iam", "list_users", "Users"):
        name, arn = found["UserName"], found["Arn"]
        if not account.covers(name):
            continue
        boundary = _boundary(account, "get_user", "User", UserName=name)
        yield account.resource("aws_iam_user", name, arn, name=name, arn=arn, id=name, permissions_boundary=boundary)
        yield from _attached(account, "user", name, arn)
        groups = account.pages("iam", "list_groups_for_user", "Groups", UserName=name)
        names = [group["GroupName"] for group in groups]
        if names:
            address = f"{arn}/groups"
            yield account.resource("aws_iam_user_group_membership", name, address, user=name, groups=names)


def groups(account: Account) -> Iterator[Resource]:
    """Yield the groups with their policies."""
    for found in account.pages("iam", "list_groups", "Groups"):
        name, arn = found["GroupName"], found["Arn"]
        if account.covers(name):
            yield account.resource("aws_iam_group", name, arn, name=name, arn=arn, id=name)
            yield from _attached(account, "group", name, arn)


def _attached(account: Account, kind: str, name: str, arn: str) -> Iterator[Resource]:
    """Yield the inline policies of a user or a group, and what attaches managed ones to it."""
    selected: dict[str, Any] = {f"{kind.title()}Name": name}
    for policy in account.pages("iam", f"list_{kind}_policies", "PolicyNames", **selected):
        answer = account.ask("iam", f"get_{kind}_policy", PolicyName=policy, **selected)
        document = _document(account, account.part(answer, "PolicyDocument"))
        yield account.resource(f"aws_iam_{kind}_policy", policy, f"{arn}/{policy}", **{kind: name}, policy=document)
    for policy in account.pages("iam", f"list_attached_{kind}_policies", "AttachedPolicies", **selected):
        address = f"{arn}/{policy['PolicyName']}"
        attachment = f"aws_iam_{kind}_policy_attachment"
        yield account.resource(attachment, name, address, **{kind: name}, policy_arn=policy["PolicyArn"])


def _boundary(account: Account, operation: str, member: str, **selected: str) -> Any:  # noqa: ANN401 - JSON
    """Return the boundary, which AWS leaves out where it lists roles and users (IAM API Reference, ListRoles)."""
    return account.part(
        account.ask("iam", operation, **selected), member, "PermissionsBoundary", "PermissionsBoundaryArn"
    )


def keys(account: Account) -> Iterator[Resource]:
    """Yield the customer-managed keys with their policies and aliases, and as data the aliases of AWS's own keys.

    A key that is being deleted and has no alias is nobody's.
    """
    aliases: dict[str, list[dict[str, Any]]] = {}
    for alias in account.pages("kms", "list_aliases", "Aliases"):
        aliases.setdefault(alias.get("TargetKeyId", ""), []).append(alias)
        if alias["AliasName"].startswith(_OF_AWS) and "TargetKeyId" in alias:
            yield replace(_build_alias(account, alias), mode="data")  # as configurations refer to what AWS manages
    for listed in account.pages("kms", "list_keys", "Keys"):
        mine = aliases.get(listed["KeyId"], [])
        named = [name for name in [alias["AliasName"] for alias in mine] or [""] if account.covers(name)]
        if not named:
            continue
        found = account.part(account.ask("kms", "describe_key", KeyId=listed["KeyId"]), "KeyMetadata")
        ours = isinstance(found, Unknown) or (found or {}).get("KeyManager") == "CUSTOMER"
        gone = isinstance(found, dict) and found.get("KeyState") == "PendingDeletion"
        if ours and (named[0] or not gone):
            yield _build_key(account, listed, named[0] or listed["KeyId"], found)
            yield from (_build_alias(account, alias) for alias in mine)
            yield from _grants(account, listed["KeyId"], listed["KeyArn"])


def _build_key(account: Account, listed: dict[str, Any], name: str, metadata: Mapping[str, Any] | Unknown) -> Resource:
    answer = account.ask("kms", "get_key_policy", KeyId=listed["KeyId"], PolicyName="default")
    return account.resource(
        "aws_kms_key",
        name,
        listed["KeyArn"],
        arn=listed["KeyArn"],
        key_id=listed["KeyId"],
        is_enabled=account.part(metadata, "Enabled"),
        key_usage=account.part(metadata, "KeyUsage"),
        customer_master_key_spec=account.part(metadata, "KeySpec"),
        policy=account.part(answer, "Policy"),
    )


def _grants(account: Account, key: str, arn: str) -> Iterator[Resource]:
    for found in account.pages("kms", "list_grants", "Grants", gap=_GRANT, KeyId=key):
        constraints = found.get("Constraints", {})
        yield account.resource(
            "aws_kms_grant",
            found["GrantId"],
            f"{arn}/grant/{found['GrantId']}",
            key_id=arn,
            grantee_principal=found.get("GranteePrincipal"),
            operations=found.get("Operations", []),
            constraints=[
                {
                    "encryption_context_equals": constraints.get("EncryptionContextEquals"),
                    "encryption_context_subset": constraints.get("EncryptionContextSubset"),
                }
            ]
            if constraints
            else None,
        )


def _build_alias(account: Account, alias: dict[str, Any]) -> Resource:
    return account.resource(
        "aws_kms_alias",
        alias["AliasName"],
        alias["AliasArn"],
        name=alias["AliasName"],
        target_key_id=alias["TargetKeyId"],
        target_key_arn=f"{alias['AliasArn'].partition(':alias/')[0]}:key/{alias['TargetKeyId']}",
    )


def _document(account: Account, found: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a policy document; boto3 has parsed it already."""
    return found if isinstance(found, Unknown) else value_of(found, account.span)
