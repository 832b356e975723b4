"""Roles, users, policies and keys, as far as people made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.frontends.live.identity import groups, keys, policies, roles, users

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

ALLOW = {"Statement": [{"Effect": "Allow"}]}


def test_a_role_has_its_trust_its_inline_policies_and_its_attachments(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_roles={"Roles": [{"RoleName": "r", "Arn": "arn:r", "AssumeRolePolicyDocument": ALLOW}]},
        list_role_policies={"PolicyNames": ["p"]},
        get_role_policy={"PolicyDocument": ALLOW},
        list_attached_role_policies={
            "AttachedPolicies": [{"PolicyName": "a", "PolicyArn": "arn:aws:iam::aws:policy/A"}]
        },
    )
    role, inline, attached = roles(account)
    assert role["assume_role_policy"].plain() == ALLOW
    assert (inline.type, inline["policy"].plain(), inline.address) == ("aws_iam_role_policy", ALLOW, "arn:r/p")
    assert attached["policy_arn"].plain() == "arn:aws:iam::aws:policy/A"


def test_a_role_that_belongs_to_a_service_is_left_alone(account_of: Callable[..., Account]) -> None:
    role = {"RoleName": "r", "Arn": "arn:r", "Path": "/aws-service-role/x.amazonaws.com/"}
    assert list(roles(account_of(list_roles={"Roles": [role]}))) == []


def test_a_document_that_aws_refuses_to_show_is_unknown(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_policies={"Policies": [{"PolicyName": "p", "Arn": "arn:p", "DefaultVersionId": "v3"}]},
        get_policy_version="AccessDenied",
    )
    (policy,) = policies(account)
    assert policy["policy"].why == "AWS refused iam get_policy_version: AccessDenied"


def test_a_policy_is_read_in_its_default_version(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_policies={"Policies": [{"PolicyName": "p", "Arn": "arn:p", "DefaultVersionId": "v3"}]},
        get_policy_version=lambda **of: {"PolicyVersion": {"Document": {"Id": f"{of['PolicyArn']} {of['VersionId']}"}}},
    )
    (policy,) = policies(account)
    assert policy["policy"].plain() == {"Id": "arn:p v3"}


def test_policies_of_users_are_read_too(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_users={"Users": [{"UserName": "u", "Arn": "arn:u"}]},
        list_user_policies={"PolicyNames": ["p"]},
        get_user_policy={"PolicyDocument": ALLOW},
        list_attached_user_policies={"AttachedPolicies": [{"PolicyName": "a", "PolicyArn": "arn:a"}]},
    )
    assert [(one.type, one.address) for one in users(account)] == [
        ("aws_iam_user", "arn:u"),
        ("aws_iam_user_policy", "arn:u/p"),
        ("aws_iam_user_policy_attachment", "arn:u/a"),
    ]


def test_customers_keys_are_read_and_keys_of_aws_are_known_by_their_alias(account_of: Callable[..., Account]) -> None:
    managers = {"mine": "CUSTOMER", "theirs": "AWS", "doomed": "CUSTOMER"}

    def describe(KeyId: str) -> object:  # noqa: N803 - as AWS names it
        state = "PendingDeletion" if KeyId == "doomed" else "Enabled"
        return {"KeyMetadata": {"KeyManager": managers[KeyId], "KeyState": state}}

    account = account_of(
        list_aliases={
            "Aliases": [
                {
                    "AliasName": "alias/aws/sqs",
                    "AliasArn": "arn:aws:kms:us-east-1:1:alias/aws/sqs",
                    "TargetKeyId": "theirs",
                },
                {"AliasName": "alias/data", "AliasArn": "arn:alias", "TargetKeyId": "mine"},
                {"AliasName": "alias/aws/unused", "AliasArn": "arn:aws:kms:us-east-1:1:alias/aws/unused"},
            ]
        },
        list_keys={"Keys": [{"KeyId": key, "KeyArn": f"arn:{key}"} for key in managers]},
        describe_key=describe,
        get_key_policy={"Policy": "{}"},
    )
    managed, key, alias = keys(account)
    assert (alias.mode, alias["name"].plain(), alias["target_key_id"].plain()) == ("managed", "alias/data", "mine")
    assert (managed.mode, managed["target_key_arn"].plain()) == ("data", "arn:aws:kms:us-east-1:1:key/theirs")
    assert (key.name, key["policy"].plain()) == ("alias/data", "{}")


def test_a_key_says_whether_it_is_on_and_what_it_is_for(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_keys={"Keys": [{"KeyId": "k", "KeyArn": "arn:k"}]},
        describe_key={
            "KeyMetadata": {
                "KeyManager": "CUSTOMER",
                "Enabled": False,
                "KeyUsage": "SIGN_VERIFY",
                "KeySpec": "ECC_NIST_P256",
            }
        },
        get_key_policy={"Policy": "{}"},
    )
    (key,) = keys(account)
    told = [key[name].plain() for name in ("is_enabled", "key_usage", "customer_master_key_spec")]
    assert told == [False, "SIGN_VERIFY", "ECC_NIST_P256"]


def test_a_key_that_aws_refuses_to_describe_is_judged_all_the_same(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_keys={"Keys": [{"KeyId": "k", "KeyArn": "arn:k"}]},
        describe_key="AccessDenied",
        get_key_policy="AccessDenied",
    )
    (key,) = keys(account)
    assert not key["policy"].known
    assert not key["is_enabled"].known


def test_a_boundary_is_asked_for_by_itself(account_of: Callable[..., Account]) -> None:
    bounded = {"PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::1:policy/fence"}}
    account = account_of(
        list_roles={"Roles": [{"RoleName": "r", "Arn": "arn:r"}, {"RoleName": "s", "Arn": "arn:s"}]},
        get_role=lambda RoleName: {"Role": bounded if RoleName == "r" else {}},  # noqa: N803 - as AWS names it
        list_users={"Users": [{"UserName": "u", "Arn": "arn:u"}]},
        get_user="AccessDenied",
    )
    one, other = roles(account)
    assert one["permissions_boundary"].text() == "arn:aws:iam::1:policy/fence"
    assert other["permissions_boundary"].is_null
    (user,) = users(account)
    assert user["permissions_boundary"].why == "AWS refused iam get_user: AccessDenied"


def test_groups_have_policies_and_users_are_in_groups(account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_users={"Users": [{"UserName": "u", "Arn": "arn:u"}]},
        list_groups_for_user={"Groups": [{"GroupName": "g"}]},
        list_groups={"Groups": [{"GroupName": "g", "Arn": "arn:g"}]},
        list_group_policies={"PolicyNames": ["p"]},
        get_group_policy={"PolicyDocument": ALLOW},
    )
    _, membership = users(account)
    assert (membership["user"].text(), membership["groups"].plain()) == ("u", ["g"])
    assert [(one.type, one.address) for one in groups(account)] == [
        ("aws_iam_group", "arn:g"),
        ("aws_iam_group_policy", "arn:g/p"),
    ]


def test_grants_of_a_key_are_read_with_their_constraints(account_of: Callable[..., Account]) -> None:
    granted = {
        "GrantId": "1",
        "GranteePrincipal": "arn:aws:iam::1:role/app",
        "Operations": ["Decrypt"],
        "Constraints": {"EncryptionContextSubset": {"a": "b"}},
    }
    account = account_of(
        list_keys={"Keys": [{"KeyId": "k", "KeyArn": "arn:k"}]},
        describe_key={"KeyMetadata": {"KeyManager": "CUSTOMER"}},
        list_grants={"Grants": [granted]},
    )
    _, grant = keys(account)
    (constraints,) = grant.blocks("constraints")
    assert (grant["key_id"].text(), grant["operations"].plain()) == ("arn:k", ["Decrypt"])
    assert constraints["encryption_context_subset"].plain() == {"a": "b"}
