"""What makes two findings the same finding: the policy, the resource, and the value that was found there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Result

__all__ = ["Fingerprint", "fingerprint_of", "is_root_gone"]

_LONGEST = 200


class Fingerprint(NamedTuple):
    """A finding without its place: it survives edits above it, and nothing else.

    Attributes:
        root: The root module, as it is named from the working directory.
        policy: The policy's id.
        resource: The resource's address; empty for the root as a whole.
        verdict: ``fail`` or ``unknown``: what was not known is not accepted once it is known to be wrong.
        value: What was found, so that a worse value is another finding. A secret is never in it.
    """

    root: str
    policy: str
    resource: str
    verdict: str
    value: str


def is_root_gone(root: str) -> bool:
    """Return whether a root module that is accepted of is no more: no folder, and neither a plan nor an account."""
    return not root.endswith(".json") and not root.startswith("aws:") and not os.path.lexists(root)


def fingerprint_of(result: Result) -> Fingerprint:
    """Return the fingerprint of a result."""
    return Fingerprint(result.root, result.policy, result.resource, result.verdict, _value(result))


def _value(result: Result) -> str:
    text = result.observed or _extract_value(result) or result.message
    return " ".join(text.split())[:_LONGEST]


def _extract_value(result: Result) -> str:
    """Return the value as it is written, where it stands on one line."""
    if not result.line or result.end_line != result.line or result.end_column <= result.column:
        return ""
    begins = result.source_column
    return result.source_line[max(result.column - begins, 0) : max(result.end_column - begins, 0)]
