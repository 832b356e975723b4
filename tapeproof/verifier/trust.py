"""Whose signatures count: the keys that a reader trusts, those that the store names, and those that either became."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.log.note import NoteError, VerifierKey
from tapeproof.verifier.findings import Attack, Finding, UnusableError
from tapeproof.verifier.leaves import leaf_room
from tapeproof.verifier.signatures import Keyring, rotation_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder
    from tapeproof.verifier.history import History, Stored
    from tapeproof.verifier.options import Options

__all__ = ["Trust", "select_keys"]


def select_keys(trusted: Sequence[VerifierKey], origin: str) -> list[VerifierKey]:
    """Return the keys that may vouch for a log: of several logs' keys those of its name, so that no other's does.

    Args:
        trusted: Keys that the reader trusts.
        origin: The log.
    """
    return [key for key in trusted if key.name == origin] or list(trusted)


class Trust:
    """The keys of a log, and what they vouch for.

    Args:
        folder: The export.
        options: The keys that the reader trusts, and pins.
        report: Takes findings.

    Attributes:
        trusted: The keys that the reader trusts.
        claimed: The keys that the store names: that of the key service, then those of the head.
    """

    def __init__(self, folder: ExportFolder, options: Options, report: Report) -> None:
        self._folder, self._report = folder, report
        trusted = [*options.keys, *(key for pin in options.pins for key in pin.keys)]
        self.trusted = select_keys(trusted, folder.origin)
        self.claimed: list[VerifierKey] = []
        self._rotated: dict[VerifierKey, None] = {}

    def find_credible(self, history: History) -> list[Stored]:
        """Read the keys that the store names; return the newest checkpoints that a known key signed.

        Returns:
            Checkpoints of one size, which may differ; none when nothing signed can be held against anything.

        Raises:
            UnusableError: No key that signed is known, and the reader brought none.
        """
        self._read_claimed()
        leaves, room = self._read_rotated()
        if history.largest() > room:
            room += leaf_room(self._folder.root)
        newest, larger = history.newest(self.known_keys(), leaves, room)
        for stored in larger:
            detail = (
                f"{stored.where}: the store has no room for the {stored.checkpoint.size} leaves that it is signed for"
            )
            self._report.add(Finding(Attack.ROOT_MISMATCH, detail, subject=stored.where))
        if newest or larger:
            return newest
        why = "no checkpoint is signed by a key that you trust, that the store names, or that either was rotated to"
        if not self.trusted:
            raise UnusableError(why, "Give the log's key with --vkey, or a pin.")
        self._report.add(Finding(Attack.FOREIGN_SIGNATURE, why))
        return []

    def _read_claimed(self) -> None:
        for text in self._folder.verifier_keys():
            try:
                self.claimed.append(VerifierKey.parse(text))
            except NoteError as error:
                self._report.add(Finding(Attack.KEY_REPLACED, f"keys.txt: {error.what}", subject=text[:200]))

    def _read_rotated(self) -> tuple[int, int]:
        """Read the keys that control leaves rotate to; return how many leaves these imply, and there is room for."""
        leaves, room = 0, self._folder.entry_room()
        for leaf, data in self._folder.controls():
            self._rotated.update(dict.fromkeys(rotation_keys(data)))
            leaves, room = max(leaves, leaf + 1), room + 1
        return leaves, room

    def known_keys(self) -> list[VerifierKey]:
        """Return the keys that were trusted, named or rotated to, whether linked to each other or not."""
        return [*self.trusted, *self.claimed, *self._rotated]

    def build_keyring(self, controls: Controls) -> Keyring:
        """Return which key signs when, as the log's rotations say; report keys that these do not link."""
        trusted, claimed = self.trusted, self.claimed
        keyring = Keyring(trusted, claimed, controls.rotations)
        if not keyring.linked or (trusted and claimed and not keyring.accepted & {*claimed}):
            detail = "the keys in the store are not the key you trust, nor rotated from or to it"
            self._report.add(Finding(Attack.KEY_REPLACED, detail))
        if not trusted:
            self._report.notes.append(
                "The log's key was taken from the store itself; give --vkey or --pin to trust it."
            )
        return keyring
