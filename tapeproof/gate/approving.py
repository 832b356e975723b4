"""Approvals of new access: waivers of ``ACCESS`` in the project's file of waivers, each bound to what was approved.

An approval names the holder and a fingerprint of its policies; whoever changes them asks anew. It has a reason, an
owner and an end, and the evidence shows it with the other waivers.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tapeproof.gate.acceptance.written import FILE_NAME, load
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.gate.acceptance.waivers import Waiver
    from tapeproof.gate.access.changes import Change

__all__ = ["POLICY", "Approval", "approve", "split_approved"]

POLICY = "ACCESS"
"""What an approval waives."""
_HEAD = "waivers:\n"
_EMPTY = {"", "waivers:", "waivers: []"}


class Approval(NamedTuple):
    """Who approves, why, and until when.

    Attributes:
        reason: Why.
        owner: Who answers for it.
        expires: The last day, ISO 8601.
    """

    reason: str
    owner: str
    expires: str


def split_approved(
    changes: Iterable[Change], folder: Path = Path()
) -> tuple[list[Change], list[tuple[Change, Waiver]]]:
    """Return the changes that nobody approved, and those that somebody did with the approval.

    Args:
        changes: What is newly allowed.
        folder: Where the file of waivers may be.
    """
    today = datetime.now(UTC).date()
    valid = [one for one in load(folder, {}).entries if _is_valid(one, today)]
    left: list[Change] = []
    approved: list[tuple[Change, Waiver]] = []
    for change in changes:
        found = next((one for one in valid if (one.resource, one.value) == (change.name, change.fingerprint)), None)
        if found is None:
            left.append(change)
        else:
            approved.append((change, found))
    return left, approved


def _is_valid(waiver: Waiver, today: date) -> bool:
    in_time = waiver.expires is not None and today <= waiver.expires
    return waiver.policy == POLICY and not waiver.fault and in_time


def approve(changes: Sequence[Change], approval: Approval, folder: Path = Path()) -> Path:
    """Add an approval of each change to the project's file of waivers, and return its path.

    Raises:
        CannotJudgeError: The approval lacks something or its end is past, or the file cannot be read or written.
    """
    _check_approval(approval)
    path = folder / FILE_NAME
    added = "".join(_write_entry(one, approval) for one in changes)
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        empty = before.strip() in _EMPTY
        text = (_HEAD if empty else f"{before.rstrip()}\n") + added
        _check_text(text, path, (0 if empty else len(load(folder, {}).entries)) + len(changes))
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CannotJudgeError(f"{path}: cannot be written", why=str(error), fix=f"add by hand:\n{added}") from error
    return path


def _check_text(text: str, path: Path, entries: int) -> None:
    """Refuse a file that would not hold what it held and the new approvals: one in another layout, or broken."""
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE_NAME).write_text(text, encoding="utf-8")
        found = load(Path(folder), {}).entries
    broken = next((one for one in found if one.fault), None)
    if broken is not None or len(found) != entries:
        why = f"line {broken.line} {broken.fault}" if broken else "its list is not written an entry below the other"
        raise CannotJudgeError(f"{path}: no approval can be added", why=why, fix="put the file right first")


def _check_approval(approval: Approval) -> None:
    lacking = [f"--{name}" for name, value in approval._asdict().items() if not (value or "").strip()]
    if lacking:
        raise CannotJudgeError(f"an approval needs {', '.join(lacking)}", fix="say why, who answers, and until when")
    try:
        ends = date.fromisoformat(approval.expires)
    except ValueError as error:
        raise CannotJudgeError(
            f"--expires {approval.expires}: expected a date such as 2027-03-31", fix="name the last day"
        ) from error
    if ends < datetime.now(UTC).date():
        raise CannotJudgeError(f"--expires {approval.expires}: the day is past", fix="name a day to come")


def _write_entry(change: Change, approval: Approval) -> str:
    """Return one entry as YAML; every JSON string is one."""
    settings = {
        "policy": POLICY,
        "resource": change.name,
        "value": change.fingerprint,
        "reason": approval.reason,
        "owner": approval.owner,
        "expires": approval.expires,
    }
    lines = [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
    return "".join(f"{'  - ' if at == 0 else '    '}{line}\n" for at, line in enumerate(lines))
