"""Whose subjects a trust policy means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.federation import admits_guests, binds_subject, subject_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Statement


GITHUB = "token.actions.githubusercontent.com"
BITBUCKET = "api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc"


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
        (f'{{ StringEquals = {{ "{GITHUB}:sub" = "environment:production" }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "workflow:deploy*" }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "workflow:*:repo:octo/tape" }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:sub" = "environment:production:repo:octo/*" }} }}', True),
        (f'{{ StringEquals = {{ "{GITHUB}:sub" = "repository_owner:octo:environment:production" }} }}', True),
        (f'{{ StringEquals = {{ "{GITHUB}/octo:sub" = "ref:refs/heads/main" }} }}', False),
        ('{ StringEquals = { "ghe.example.com/_services/token:sub" = "workflow:deploy" } }', False),
        (f'{{ StringLike = {{ "{GITHUB}:repository" = "octo/*" }} }}', True),
        (f'{{ StringLike = {{ "{GITHUB}:repository" = "octo*" }} }}', False),
        (f'{{ StringLike = {{ "{GITHUB}:repository_owner" = "octo*" }} }}', False),
        (f'{{ StringEquals = {{ "{GITHUB}:repository_owner" = "octo" }} }}', True),
        (f'{{ StringLike = {{ "{GITHUB}:job_workflow_ref" = "*/.github/workflows/deploy.yml@*" }} }}', False),
        ('{ StringLike = { "app.terraform.io:sub" = "organization:octo:project:*" } }', True),
        ('{ StringLike = { "oidc.circleci.com/org/1b2c:sub" = "org/1b2c/project/*/user/*" } }', True),
        ('{ StringLike = { "oidc.circleci.com/org/1b2c:sub" = "org/*/project/9f8e/user/*" } }', False),
        ('{ StringLike = { "oidc.vercel.com:sub" = "owner:*:project:tape:environment:production" } }', False),
        ('{ StringLike = { "spacelift.example.com:sub" = "space:*" } }', False),
        ('{ StringLike = { "oidc.eks:sub" = "system:serviceaccount:*:*" } }', False),
        ('{ StringEquals = { "cognito-identity.amazonaws.com:aud" = "us-east-1:1a2b" } }', True),
        ('{ StringLike = { "cognito-identity.amazonaws.com:aud" = "us-east-1:*" } }', False),
        ('{ StringLike = { "accounts.google.com:aud" = "*.apps.googleusercontent.com" } }', False),
        ('{ "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "authenticated" } }', False),
        ('{ StringEquals = { "SAML:sub_type" = "persistent" } }', False),
        ('{ StringEquals = { "SAML:sub" = "_cbb8", "SAML:sub_type" = "persistent" } }', True),
        ('{ StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }', True),
        ('{ StringLike = { "api.pulumi.com/oidc:sub" = "pulumi:deploy:org:octo:project:*" } }', True),
        ('{ StringLike = { "api.pulumi.com/oidc:sub" = "pulumi:deploy:org:*:project:tape" } }', False),
        ('{ StringLike = { "api.pulumi.com/oidc:sub" = "pulumi:environments:org:octo*" } }', False),
        (f'{{ StringEquals = {{ "{BITBUCKET}:aud" = "ari:cloud:bitbucket::workspace/1b2c" }} }}', True),
        (f'{{ StringLike = {{ "{BITBUCKET}:aud" = "ari:cloud:bitbucket::workspace/*" }} }}', False),
        (f'{{ StringEquals = {{ "{BITBUCKET}:aud" = "https://api.example.com" }} }}', False),
        (f'{{ StringEqualsIfExists = {{ "{BITBUCKET}:aud" = "ari:cloud:bitbucket::workspace/1b2c" }} }}', False),
        (f'{{ StringEquals = {{ "{GITHUB}:aud" = "ari:cloud:bitbucket::workspace/1b2c" }} }}', False),
        ("{}", False),
    ],
)
def test_a_subject_is_bound_by_what_names_its_owner(
    statement_of: Callable[[str], Statement], condition: str, *, bound: bool
) -> None:
    assert binds_subject(statement_of(condition)) is bound


AMR = "cognito-identity.amazonaws.com:amr"


@pytest.mark.parametrize(
    ("condition", "admits"),
    [
        (f'{{ "ForAnyValue:StringLike" = {{ "{AMR}" = "unauthenticated" }} }}', True),
        (f'{{ "ForAnyValue:StringEquals" = {{ "{AMR}" = ["authenticated", "unauthenticated"] }} }}', True),
        (f'{{ "ForAnyValue:StringLike" = {{ "{AMR}" = "authenticated" }} }}', False),
        (f'{{ "ForAnyValue:StringNotEquals" = {{ "{AMR}" = "unauthenticated" }} }}', False),
        ("{}", False),
    ],
)
def test_guests_of_an_identity_pool_are_told_apart(
    statement_of: Callable[[str], Statement], condition: str, *, admits: bool
) -> None:
    assert admits_guests(statement_of(condition)) is admits


@pytest.mark.parametrize(
    ("provider", "key"),
    [
        (f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}", f"{GITHUB}:sub"),
        (f"arn:aws:iam::111122223333:oidc-provider/{BITBUCKET}", f"{BITBUCKET}:sub"),
        ("arn:aws:iam::111122223333:saml-provider/office", "SAML:aud"),
        ("cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com:aud"),
        ("accounts.google.com", "accounts.google.com:aud"),
        ("www.amazon.com", "www.amazon.com:app_id"),
        ("the identity provider", "the provider's sub claim"),
    ],
)
def test_the_way_out_names_the_key_of_the_provider_and_that_key_binds(provider: str, key: str) -> None:
    assert subject_key(provider) == key
