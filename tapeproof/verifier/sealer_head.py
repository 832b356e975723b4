"""The sealer's head, which whoever writes the table may write, against the tree and what the log's key has signed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.log.control import SEAL, parse_control
from tapeproof.log.errors import AuditError
from tapeproof.log.head import commitment_text
from tapeproof.verifier.findings import Attack, Finding

if TYPE_CHECKING:
    from collections.abc import Collection

    from tapeproof.log.note import VerifierKey
    from tapeproof.verifier.authority import Authority
    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder

__all__ = ["HeadCheck"]

_SHOWN = 200
_ARN = re.compile(r"(arn:[^:]+:kms:)[^:]*(:.*)", re.ASCII | re.DOTALL)
_REPLICATED = ":key/mrk-"


class HeadCheck:
    """What an export says of the sealer's head.

    Args:
        folder: The export.
        controls: What the control leaves say.
        keys: Keys of the log: those that the reader trusts, and those that they were rotated from and to.
        current: The key that is to sign next, as the key service has it: a rotation to it may be under way.
        report: Takes findings.
    """

    def __init__(
        self,
        folder: ExportFolder,
        controls: Controls,
        keys: Collection[VerifierKey],
        current: Collection[VerifierKey],
        report: Report,
    ) -> None:
        self._folder, self._controls, self._report = folder, controls, report
        self._keys, self._current = keys, current

    def run(self, authority: Authority) -> None:
        """Judge it.

        Args:
            authority: The tree under the signed root.
        """
        head, size = self._folder.head, self._report.size
        if not head or not self._folder.head_root or head[0] <= 0:
            return
        if head[0] > size:
            if head[1] <= size:  # otherwise checkpoints are missing, which is told
                self._check_unfinished(head)
            return
        if authority.root(head[0]).hex() != self._folder.head_root:
            self._report_forged(f"is damaged, or has another tree of {head[0]} leaves than the log", "root")
        if head[0] == size == head[1] and self._folder.head_commit:
            self._report_forged("has a commitment, and nothing is left to commit to", "commit")
        state = self._controls.state
        if head[0] == size and state and state != self._folder.head_state:
            self._report_forged("goes on from other hours and lanes than the newest SEAL leaf says", "state")
        is_told = any(one.attack is Attack.KEY_REPLACED for one in self._report.findings)
        if not is_told and {*(self._folder.head_keys or ())} - {*map(str, self._keys)}:
            self._report_forged("names a key that is not the log's", "keys")
        self._check_places()

    def _check_places(self) -> None:
        """Hold where the head says that the signing key is against where it is: a rotation asks it for a signature."""
        current = next(map(str, self._current), "")
        for key, arn in zip(self._folder.head_keys or (), self._folder.head_arns, strict=False):
            if key == current and self._folder.key_arn and not _is_one_key(arn, self._folder.key_arn):
                self._report_forged(f"says that its key is {arn[:_SHOWN]!r}, it is {self._folder.key_arn!r}", "arn")

    def _check_unfinished(self, head: tuple[int, int]) -> None:
        """Judge a head that commits to more than is signed, as it does for a moment, or when a sealer died."""
        seal = self._find_seal(head[0] - 1)
        if seal.get("act") != SEAL or seal["first"] != self._report.size:
            self._report_forged(f"commits to {head[0]} leaves, which no SEAL leaf ends", "size")
        elif seal.get("state", "") not in {"", self._folder.head_state}:
            self._report_forged("goes on from other hours and lanes than the SEAL leaf that it commits to", "state")
        elif not self._folder.head_commit:
            detail = "the sealer's head is ahead of what is signed, and nothing vouches for that: verify again soon"
            if self._folder.head_keys is not None:  # an export of before does not say
                self._report.add(Finding(Attack.STALE, detail, subject="commit"))
        elif not self._is_agreed(head):
            self._report_forged(f"commits to {head[0]} leaves, which no sealer of the log signed for", "commit")

    def _find_seal(self, at: int) -> dict[str, Any]:
        data = next((data for leaf, data in self._folder.controls() if leaf == at), b"")
        try:
            return parse_control(data)
        except AuditError:
            return {}

    def _is_agreed(self, head: tuple[int, int]) -> bool:
        names = [*reversed(self._folder.head_keys or ())]
        text = commitment_text(
            self._folder.origin, (head[1], head[0]), self._folder.head_root, state=self._folder.head_state, keys=names
        )
        try:
            signature = bytes.fromhex(self._folder.head_commit)
        except ValueError:
            return False
        retired = {old for _, old, _ in self._controls.rotations} - {new for _, _, new in self._controls.rotations[-1:]}
        keys = [*(key for key in self._keys if key not in retired), *self._current]
        return any(key.verify(text.encode(), signature) for key in keys)

    def _report_forged(self, what: str, subject: str) -> None:
        self._report.add(Finding(Attack.HEAD_FORGED, f"the sealer's head {what}", subject=subject))


def _is_one_key(one: str, other: str) -> bool:
    """Return whether two places are the same, or of one multi-Region key: a log that moved names the one before."""
    if _REPLICATED not in one:
        return one == other
    parts = [match.groups() if match else () for match in map(_ARN.fullmatch, (one, other))]
    return bool(parts[0]) and parts[0] == parts[1]
