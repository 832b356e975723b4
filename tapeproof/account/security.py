"""IAM roles and KMS keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.observation import Observation, is_kept_by_aws, parse_document, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.account.asking import Asker

__all__ = ["keys", "roles"]


def roles(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each role with every document that grants it something, and how many functions use it."""
    users = [one.get("Role") for one in asker.pages("lambda", "list_functions", "Functions")]
    for role in list(asker.pages("iam", "list_roles", "Roles")):
        if not is_kept_by_aws(role) and asker.is_chosen("aws_iam_role", role["RoleName"], suffix):
            count = users.count(role["Arn"])
            yield Observation("aws_iam_role", role["RoleName"], {**_role(asker, role), "FunctionCount": count})


def _role(asker: Asker, role: dict[str, Any]) -> dict[str, Any]:
    name = role["RoleName"]
    inline = [
        parse_document(asker.ask("iam", "get_role_policy", RoleName=name, PolicyName=policy)["PolicyDocument"])
        for policy in list(asker.pages("iam", "list_role_policies", "PolicyNames", RoleName=name))
    ]
    attached = list(asker.pages("iam", "list_attached_role_policies", "AttachedPolicies", RoleName=name))
    managed = [_read_managed_policy(asker, one["PolicyArn"]) for one in attached]
    described = {**role, "AssumeRolePolicyDocument": parse_document(role.get("AssumeRolePolicyDocument"))}
    return {"Name": name, "Role": described, "Attached": attached, "Documents": [*inline, *managed]}


def _read_managed_policy(asker: Asker, arn: str) -> Any:  # noqa: ANN401 - any JSON
    version = asker.ask("iam", "get_policy", PolicyArn=arn)["Policy"]["DefaultVersionId"]
    answer = asker.ask("iam", "get_policy_version", PolicyArn=arn, VersionId=version)
    return parse_document(answer["PolicyVersion"]["Document"])


def keys(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each key that an alias of the environment names."""
    aliases: dict[str, list[str]] = {}
    for alias in list(asker.pages("kms", "list_aliases", "Aliases")):
        if asker.is_chosen("aws_kms_key", alias["AliasName"], suffix) and alias.get("TargetKeyId"):
            aliases.setdefault(alias["TargetKeyId"], []).append(alias["AliasName"])
    for key_id, names in sorted(aliases.items()):
        key = asker.key(key_id) or {}
        rotation = asker.ask_if_any("kms", "get_key_rotation_status", ("UnsupportedOperationException",), KeyId=key_id)
        value = {
            "Name": names[0],
            "Region": region_of(key.get("Arn", "")),
            "Key": key,
            "Rotation": rotation,
            "Aliases": sorted(names),
        }
        yield Observation("aws_kms_key", key_id, value)
