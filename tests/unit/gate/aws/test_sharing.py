"""What is shared with every account of AWS is found, in each setting that may share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.sharing import public_shares, sharing_types
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

LISTS = frozenset({"shared_accounts", "allowed_principals", "user_groups"})


def written(row: dict[str, str], value: str) -> str:
    *outer, name = row["attribute"].split(".")
    text = f'["{value}"]' if name in LISTS else f'"{value}"'
    body = f"{name} = {text}\n"
    if outer == ["permissions"]:
        body, outer = f"permissions = {{\n{body}}}\n", []
    for block in reversed(outer):
        body = f"{block} {{\n{body}}}\n"
    return f'resource "{row["resource_type"]}" "x" {{\n{body}}}'


@pytest.mark.parametrize("row", rows("public_shares"), ids=lambda row: row["resource_type"])
def test_each_setting_that_shares_with_everyone_is_found_and_one_account_is_not(
    stack_of: Callable[[str], Stack], row: dict[str, str]
) -> None:
    for value, count in ((row["everyone"], 1), ("999988887777", 0)):
        stack = stack_of(written(row, value))
        (resource,) = stack.resources(row["resource_type"])
        assert len(list(public_shares(resource))) == count
    assert row["source"]
    assert row["resource_type"] in sharing_types()


EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers"


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_s3_object_copy", f'grant = [{{ uri = "x" }}, {{ uri = "{EVERYONE}" }}]'),
        ("aws_s3_object_copy", f'grant = {{ uri = "{EVERYONE}" }}'),
        ("aws_s3_bucket_acl", f'access_control_policy = [{{ grant = [{{ grantee = [{{ uri = "{EVERYONE}" }}] }}] }}]'),
        ("aws_s3_bucket_acl", f'access_control_policy {{\n grant = [{{ grantee = {{ uri = "{EVERYONE}" }} }}]\n}}'),
        ("aws_s3_bucket", f'grant = [for u in ["{EVERYONE}"] : {{ uri = u }}]'),
    ],
)
def test_blocks_that_are_written_as_attributes_are_found(
    stack_of: Callable[[str], Stack], type_: str, body: str
) -> None:
    (resource,) = stack_of(f'resource "{type_}" "x" {{\n{body}\n}}').resources(type_)
    assert [fault.observed for fault in public_shares(resource)] == [EVERYONE]


@pytest.mark.parametrize(
    ("type_", "body", "whom", "fix"),
    [
        ("aws_s3_bucket_acl", 'acl = "public-read"', "anyone, who need not even sign in", "make it private"),
        ("aws_s3_bucket_acl", 'acl = "authenticated-read"', "every account of AWS", "make it private"),
        (
            "aws_s3_bucket",
            f'grant {{\n uri = "{EVERYONE}"\n}}',
            "anyone, who need not even sign in",
            "name the accounts",
        ),
        ("aws_db_snapshot", 'shared_accounts = ["all"]', "every account of AWS", "name the accounts"),
        ("aws_lambda_layer_version_permission", 'principal = "*"', "every account of AWS", "name the accounts"),
    ],
)
def test_it_is_told_who_is_let_in_and_the_way_out_fits_the_setting(
    stack_of: Callable[[str], Stack], type_: str, body: str, whom: str, fix: str
) -> None:
    (resource,) = stack_of(f'resource "{type_}" "x" {{\n{body}\n}}').resources(type_)
    assert [(fault.message.partition(" with ")[2], fault.fix) for fault in public_shares(resource)] == [(whom, fix)]
