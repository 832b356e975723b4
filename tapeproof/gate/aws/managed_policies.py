"""Policies that AWS wrote for everyone: recognised however their ARN is put together, and by name.

Source of the form: IAM User Guide, "IAM identifiers": ``arn:<partition>:iam::aws:policy/<path><name>``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import HOLE, shape
from tapeproof.gate.aws.functions import value_at
from tapeproof.gate.engine.model import Ref, Undecided
from tapeproof.gate.facts import rows, rows_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["attached_policies", "attaching_types", "managed_policy"]

_MANAGED = re.compile(r":iam::aws:policy/(.*)", re.DOTALL)
_SOME = "a policy"


@cache
def attaching_types() -> dict[str, tuple[str, ...]]:
    """Return, by resource type, the attributes that give somebody managed policies."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows_of_all("policy_attachments"):
        if row["effect"] == "grants":
            found[row["resource_type"]] = (*found.get(row["resource_type"], ()), row["attribute"])
    return found


def attached_policies(resource: Resource) -> Iterator[Value]:
    """Yield the ARNs of the policies that a resource attaches.

    Raises:
        Undecided: After them, when there may be more.
    """
    for path in attaching_types()[resource.type]:
        for value in value_at(resource, path):
            yield from (value,) if _is_one(value) else value.elements()


def managed_policy(stack: Stack, arn: Value) -> str:
    """Return the name of the policy of AWS that a value stands for, with its path; empty when it is somebody's own.

    Raises:
        Undecided: It may be one.
    """
    if arn.known and arn.is_unset:
        return ""
    if isinstance(arn, Ref) and arn.is_data:
        sources = [source for source in stack.resolve(arn, "aws_iam_policy") if source.mode == "data"]
        if sources:
            return next(filter(None, (_looked_up(stack, source) for source in sources)), "")
    text = "".join(piece.content if isinstance(piece.content, str) else HOLE for piece in arn.pieces_of_text())
    found = _MANAGED.search(text)
    if found:
        return found[1].replace(HOLE, "…") or _SOME
    shape(arn)  # whatever may be any ARN may be one of AWS's
    return ""


def _is_one(value: Value) -> bool:
    """Return whether a value is one ARN, and no list."""
    try:
        value.elements()
    except Undecided:
        return True
    return False


def _looked_up(stack: Stack, source: Resource) -> str:
    """Return the policy of AWS that a data source finds, by its ARN or by its name."""
    if not source["arn"].is_unset:
        return managed_policy(stack, source["arn"])
    if source["name"].is_unset:
        raise Undecided(source["path_prefix"], "the policy is looked up by its path and tags")
    return _names().get(source["name"].text(), "")


@cache
def _names() -> dict[str, str]:
    """Return the policies of AWS by name, with their paths."""
    table = rows("managed_policies")
    return {name: f"{row['path']}{name}".lstrip("/") for row in table for name in row["names"].split()}
