"""What an editor offers at a finding: the change that puts it right, and a waiver to be filled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.engine.report import GATE_POLICY
from tapeproof.gate.fixing.edits import FIXABLE, ON_REQUEST, NotMechanicalError, apply_edits, edit_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.report import Result

__all__ = ["Offer", "list_offers"]

_DAYS = 90
"""How long a waiver that is offered runs."""


class Offer(NamedTuple):
    """A change of one file.

    Attributes:
        title: What it does.
        text: The whole file after it.
        preferred: Whether an editor may take it without asking which.
    """

    title: str
    text: str
    preferred: bool = False


def list_offers(result: Result, text: str) -> Iterator[Offer]:
    """Yield what can be done about a finding.

    Args:
        result: A finding in the file.
        text: What is in the file.
    """
    if result.verdict == "fail" and result.policy in FIXABLE and result.file.endswith((".tf", ".tofu", ".tfvars")):
        try:
            fixed = apply_edits(text, [edit_for(result, text)])
        except (NotMechanicalError, ValueError, IndexError):
            fixed = text
        if fixed != text:
            yield Offer(
                f"{result.policy}: {result.fix or 'put it right'}", fixed, preferred=result.policy not in ON_REQUEST
            )
    waived = _waive(result, text)
    if waived is not None:
        yield Offer(f"Waive {result.policy} on this line (fill in reason and owner)", waived)


def _waive(result: Result, text: str) -> str | None:
    """Return the text with a waiver that accepts nothing until a reason and an owner are written into it."""
    lines = text.split("\n")
    if result.policy == GATE_POLICY or not result.file.endswith((".tf", ".tofu")) or not 0 < result.line <= len(lines):
        return None
    line = lines[result.line - 1].rstrip("\r")
    if "<<" in line or "tapeproof:waive" in line:
        return None
    expires = (datetime.now(UTC) + timedelta(days=_DAYS)).date().isoformat()
    end = "\r" if lines[result.line - 1].endswith("\r") else ""
    comment = f'# tapeproof:waive {result.policy} reason="" owner="" expires={expires}'
    lines[result.line - 1] = f"{line.rstrip()} {comment}{end}"
    return "\n".join(lines)
