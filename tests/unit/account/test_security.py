"""Roles and keys of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.account.errors import AccountError
from tapeproof.account.security import keys, roles

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_document_that_grants_a_role_something_is_read(asker: Callable[..., Any]) -> None:
    script = {
        ("lambda", "list_functions"): [{"Role": "arn:r"}, {"Role": "arn:r"}, {"Role": "arn:other"}],
        ("iam", "list_roles"): [
            {"RoleName": "role-dev", "Arn": "arn:r", "AssumeRolePolicyDocument": '{"Statement": 0}'},
            {"RoleName": "role-prod", "Arn": "arn:other"},
        ],
        ("iam", "list_role_policies", "role-dev"): ["inline"],
        ("iam", "get_role_policy", "role-dev", "inline"): {"PolicyDocument": {"Statement": 1}},
        ("iam", "list_attached_role_policies", "role-dev"): [{"PolicyArn": "arn:p"}],
        ("iam", "get_policy", "arn:p"): {"Policy": {"DefaultVersionId": "v7"}},
        ("iam", "get_policy_version", "arn:p", "v7"): {"PolicyVersion": {"Document": '{"Statement": 2}'}},
    }
    (found,) = roles(asker(script), "dev")
    assert found.value["Documents"] == [{"Statement": 1}, {"Statement": 2}]
    assert found.value["Role"]["AssumeRolePolicyDocument"] == {"Statement": 0}
    assert found.value["FunctionCount"] == 2


def test_a_key_is_read_once_under_all_its_aliases(asker: Callable[..., Any]) -> None:
    script = {
        ("kms", "list_aliases"): [
            {"AliasName": "alias/b-dev", "TargetKeyId": "1"},
            {"AliasName": "alias/a-dev", "TargetKeyId": "1"},
            {"AliasName": "alias/none-dev"},
            {"AliasName": "alias/c-prod", "TargetKeyId": "2"},
        ],
        ("kms", "get_key_rotation_status", "1"): {"KeyRotationEnabled": True},
    }
    (found,) = keys(asker(script), "dev")
    assert (found.identity, found.value["Aliases"]) == ("1", ["alias/a-dev", "alias/b-dev"])
    assert found.value["Rotation"] == {"KeyRotationEnabled": True}


def test_a_key_that_cannot_rotate_says_nothing_and_one_that_is_refused_is_an_error(asker: Callable[..., Any]) -> None:
    script: dict[tuple[str, ...], Any] = {("kms", "list_aliases"): [{"AliasName": "alias/a-dev", "TargetKeyId": "1"}]}
    script["kms", "get_key_rotation_status"] = "UnsupportedOperationException"
    (found,) = keys(asker(script), "dev")
    assert found.value["Rotation"] is None
    script["kms", "get_key_rotation_status"] = "AccessDeniedException"
    with pytest.raises(AccountError):
        list(keys(asker(script), "dev"))
