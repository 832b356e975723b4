"""``tapeproof evidence accept-risk``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.errors import RiskError
from tapeproof.evidence.provenance import clock_of
from tapeproof.evidence.risks import Acceptance, accept

if TYPE_CHECKING:
    import argparse

__all__ = ["accept_risk"]


def accept_risk(parsed: argparse.Namespace) -> int:
    """Put an acceptance on file."""
    _check_subject(parsed.policy, parsed.control)
    today = clock_of().iso()[:10]
    acceptance = Acceptance(
        id=parsed.id,
        policy=parsed.policy,
        control=parsed.control,
        owner=parsed.owner,
        approver=parsed.approver,
        reason=parsed.reason,
        compensating=tuple(parsed.compensating),
        accepted=today,
        expires=parsed.expires,
    )
    filed = accept(parsed.risks, acceptance)
    sys.stdout.write(f"{filed.id} is on file in {parsed.risks}; it ends on {filed.expires}\n")
    sys.stdout.write("what it accepts stays not satisfied in every report, marked as accepted until then\n")
    return 0


def _check_subject(policy: str, control: str) -> None:
    library = load_library()
    if policy and policy not in {one["id"] for one in library.policies}:
        raise RiskError(f"there is no policy {policy}", fix="tapeproof gate list names the gate's policies")
    mapped = {f"{one['framework']}:{one['control']}" for one in library.mappings}
    if control and control not in mapped:
        near = sorted(one for one in mapped if one.startswith(control.split(":", maxsplit=1)[0] + ":"))
        raise RiskError(
            f"{control} is not a mapped control", fix=f"one of {', '.join(near)}" if near else "framework:id"
        )
