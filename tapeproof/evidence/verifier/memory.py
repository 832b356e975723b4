"""What a bundle remembers of the one before it, made from that bundle's own assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["REMEMBERED", "memory_of"]

REMEMBERED = 52
"""How many earlier runs a bundle carries: a year of weekly ones."""


def memory_of(assessment: Json, digest: str) -> Json:
    """Return what the next bundle remembers of a bundle.

    Args:
        assessment: As derived from that bundle's evidence.
        digest: ``sha256:`` and the digest of its manifest.
    """
    run = assessment["run"]
    facts = {"run": run["id"], "as_of": run["as_of"], "digest": digest}
    cadence = int(run["period"].get("cadence_days") or 0)
    implemented = {one["id"]: one["effects"]["implemented"] for one in assessment["policies"]}
    entry = {**facts, "cadence_days": cadence, "implemented": implemented}
    return {
        **facts,
        "policies": {policy["id"]: policy["effects"] for policy in assessment["policies"]},
        "not_passed": assessment["not_passed"],
        "history": [*assessment["history"], entry][-REMEMBERED:],
    }
