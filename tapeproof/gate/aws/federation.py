"""Whom a trust policy lets in from an identity provider: a subject it names, or whoever the provider knows.

Sources: AWS IAM User Guide, "Create a role for OpenID Connect federation" and "Available keys for AWS web identity
federation"; GitHub documentation, "Configuring OpenID Connect in Amazon Web Services".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import HOLE, shape
from tapeproof.gate.aws.conditions import base_operator, holds_without_key
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Condition, Statement, Value

__all__ = ["admits_guests", "binds_subject", "subject_key"]

_SUBJECTS = compile_late(
    r":(?:sub|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|project_path|project_id"
    r"|namespace_path|namespace_id|terraform_organization_id|terraform_workspace_id)$"
)
"""Claims that say who it is; an audience says for whom the token was made, which all users of a CI service share."""
_PATH = re.compile(r":(?:repository|job_workflow_ref|project_path|namespace_path)$")
"""Claims that begin with their owner: ``owner/name``; of all others, a pattern fixes nobody."""
_ONE_APPLICATION = frozenset(
    {
        "cognito-identity.amazonaws.com:aud",
        "accounts.google.com:aud",
        "accounts.google.com:oaud",
        "accounts.google.com:azp",
        "graph.facebook.com:app_id",
        "www.amazon.com:app_id",
    }
)
"""Audiences that are one application's own: an identity pool, or a client id."""
_WORKSPACE_AUDIENCE = re.compile(r"api\.bitbucket\.org/2\.0/workspaces/[^:]+:aud")
_WORKSPACE = re.compile(r"ari:cloud:bitbucket::workspace/.+", re.DOTALL)
"""The audience that Bitbucket gives a workspace names it; one of the user's own does not (Bitbucket documentation,
"Deploy on AWS using Bitbucket Pipelines OpenID Connect")."""
_SCHEMES = compile_late(
    r"(?:repo|repository(?:_id|_owner|_owner_id)?|organization(?:_id)?|org|owner|project(?:_path)?|system:serviceaccount"
    r"|environment|team|user|space|account|workspace|workplace|enterprise)[:/]"
)
_OWNER_CUT = compile_late(r"[:/](?:org|organization|account|owner|enterprise|tenant)[:/][^:/]*$")
"""Where a pattern begins with something else and ends within its owner: ``pulumi:deploy:org:*`` (Pulumi documentation,
"Configuring OpenID Connect for AWS")."""
_GITHUB = compile_late(r"token\.actions\.githubusercontent\.com[^:]*:sub|[^:]*/_services/token:sub")
_GITHUB_OWNER = compile_late(
    r"(?:^|:)(?:repo|repository|repository_id|repository_owner|repository_owner_id|enterprise|job_workflow_ref):[^:]"
)
"""What in a subject of GitHub's says whose it is: workflows, environments and branches are called alike by everyone
(GitHub documentation, "Customizing the token claims")."""
_FIXING = frozenset({"stringequals", "stringequalsignorecase", "stringlike"})
_KIND_OF_SUBJECT = "saml:sub_type"
"""Whether a subject is transient says nothing of who it is (IAM User Guide, keys for SAML-based federation)."""
_AUTHENTICATION = "cognito-identity.amazonaws.com:amr"
_GUEST = "unauthenticated"
"""Whoever has not signed in: anyone on the internet (Amazon Cognito Developer Guide, "Role trust and permissions")."""


def binds_subject(statement: Statement) -> bool:
    """Return whether a statement that lets a federated provider in says which of its subjects it means.

    Raises:
        Undecided: It cannot be told.
    """
    return any_of(statement.conditions, lambda condition: _binds(statement, condition))


def admits_guests(statement: Statement) -> bool:
    """Return whether a statement lets in those of an identity pool who have not signed in.

    Raises:
        Undecided: It cannot be told.
    """
    asked = [one for one in statement.conditions if one.key.lower() == _AUTHENTICATION]
    wanted = [value for one in asked if base_operator(one) in _FIXING for value in one.values]
    return any_of(wanted, lambda value: value.text().lower() == _GUEST)


def subject_key(provider: str) -> str:
    """Return the condition key by which a provider, its ARN or name, says who somebody is.

    Sources: AWS IAM User Guide, "Available keys for AWS web identity federation" and "Available keys for SAML-based
    AWS STS federation".
    """
    kind, _, name = provider.rpartition(":")[2].partition("/")
    if kind == "saml-provider":
        return "SAML:aud"
    issuer = name if kind == "oidc-provider" else provider
    for claim in ("aud", "app_id"):
        if f"{issuer}:{claim}" in _ONE_APPLICATION:
            return f"{issuer}:{claim}"
    return f"{issuer}:sub" if "." in issuer else "the provider's sub claim"


def _binds(statement: Statement, condition: Condition) -> bool:
    key = condition.key.lower()
    subject = _SUBJECTS.search(key) is not None
    of_saml = key.startswith("saml:") and key != _KIND_OF_SUBJECT
    of_one = key in _ONE_APPLICATION or of_saml or _WORKSPACE_AUDIENCE.fullmatch(key)
    if not (subject or of_one) or not condition.values:
        return False
    # A token always has a subject, so a condition that would also hold without one still binds.
    if not key.endswith(":sub") and holds_without_key(statement, condition):
        return False
    operator = base_operator(condition)
    return operator in _FIXING and not any_of(condition.values, lambda value: _is_open(key, operator, value))


def _is_open(key: str, operator: str, value: Value) -> bool:
    """Return whether one value of a condition leaves open who it is."""
    text = shape(value)
    fixed = re.split(r"[*?]", text, maxsplit=1)[0] if operator == "stringlike" else text
    if _GITHUB.fullmatch(key) and HOLE not in fixed and not _GITHUB_OWNER.search(fixed):
        return True
    if _WORKSPACE_AUDIENCE.fullmatch(key):
        return fixed != text or not (_WORKSPACE.fullmatch(text) or HOLE in text)
    if fixed == text:
        return False
    return _leaves_owner_open(fixed) if key.endswith(":sub") else not (_PATH.search(key) and "/" in fixed)


def _leaves_owner_open(fixed: str) -> bool:
    """Return whether a pattern leaves open whose subject it is, by what comes before ``*``: ``repo:``, ``repo:org``.

    The first part after the scheme is the owner (``repo:owner/name:ref``, ``organization:owner:project``).
    """
    scheme = _SCHEMES.match(fixed)
    if scheme is None:
        return not fixed.replace(HOLE, "x") or fixed.endswith("repo") or _OWNER_CUT.search(fixed) is not None
    return re.match(r"[^/:]+[/:]", fixed[scheme.end() :]) is None
