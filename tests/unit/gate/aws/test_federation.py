"""Whose subjects a trust policy means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.federation import binds_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Statement


GITHUB = "token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("condition", "bound"),
    [
        (f'{{ StringEquals = {{ "{GITHUB}:sub" = "repo:octo/tape:ref:refs/heads/main" }} }}', True),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "repo:octo/*" }} }}', True),
        (f'{{ "ForAllValues:StringLike" = {{ "{GITHUB}:sub" = "repo:octo/tape:*" }} }}', True),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = ["repo:octo/tape:*", "repo:*"] }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "*" }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "repo:octo*" }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "repo*" }} }}', False),
        (f'{{ StringEquals = {{ "{GITHUB}:aud" = "sts.amazonaws.com" }} }}', False),
        (f'{{ StringNotEquals = {{ "{GITHUB}:sub" = "repo:octo/tape" }} }}', False),
        ('{ StringLike = { "app.terraform.io:sub" = "organization:octo:project:*" } }', True),
        ('{ StringLike = { "oidc.eks:sub" = "system:serviceaccount:*:*" } }', False),
        ('{ StringEquals = { "cognito-identity.amazonaws.com:aud" = "us-east-1:1a2b" } }', True),
        ('{ StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }', True),
        ("{}", False),
    ],
)
def test_a_subject_is_bound_by_what_names_its_owner(
    statement_of: Callable[[str], Statement], condition: str, *, bound: bool
) -> None:
    assert binds_subject(statement_of(condition)) is bound
