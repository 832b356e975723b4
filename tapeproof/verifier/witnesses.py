"""Others who saw a checkpoint: their cosignatures (C2SP ``tlog-cosignature``), and how many of them are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tapeproof.log.note import COSIGNATURE, NoteError, VerifierKey, parse_note
from tapeproof.verifier.controls import SKEW_NS
from tapeproof.verifier.findings import Attack, Finding, UnusableError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.history import Stored

__all__ = ["Witnesses", "check_cosignatures"]

_FIRST_COSIGNATURES = 1_577_836_800 * 10**9
"""2020: nobody cosigned a log before."""


class Witnesses(NamedTuple):
    """Whom the reader asks to have seen the log.

    Attributes:
        keys: Their keys.
        quorum: How many of them must have signed; 0 is all.
    """

    keys: Sequence[VerifierKey] = ()
    quorum: int = 0


def check_cosignatures(
    stored: Stored, policy: Witnesses, own: Collection[VerifierKey], sealed_at: int, report: Report
) -> None:
    """Count the cosignatures on the newest checkpoint as anchors when there are enough; a bad one is a finding.

    Args:
        stored: The newest checkpoint.
        policy: Keys of witnesses, and how many must have signed.
        own: Keys of the log itself.
        sealed_at: When the checkpoint was sealed, nanoseconds since 1970; 0 when the log does not say.
        report: Takes anchors and findings.

    Raises:
        UnusableError: A key is no witness's: nobody can vouch for himself, and only a cosignature says when. Or more
            must have signed than are known.
    """
    signed: dict[bytes, VerifierKey] = {}
    witnesses = {key.material for key in policy.keys}  # who has two names is one witness
    if policy.quorum > len(witnesses):
        raise UnusableError(
            f"{policy.quorum} witnesses must have signed, the keys of {len(witnesses)} are given",
            "Give a smaller --quorum, or the other witnesses' keys with --witness.",
        )
    for key in policy.keys:
        _check_witness(key, stored, own)
        try:
            found = parse_note(stored.data).signers([key])
        except NoteError as error:
            report.add(Finding(Attack.FOREIGN_SIGNATURE, f"{stored.where}: {error.what}", subject=key.label))
            continue
        time = _cosigned_at(stored, key) if found else -1
        earliest = max(sealed_at - SKEW_NS, _FIRST_COSIGNATURES)
        if found and earliest <= time * 10**9 <= report.as_of + SKEW_NS:
            signed[key.material] = key
        elif found:
            report.notes.append(f"The cosignature of {key.name} is dated {time} s after 1970, which cannot be.")
    needed = policy.quorum or len(witnesses)
    if witnesses and len(signed) >= needed:
        report.anchors += [f"cosignature of {key.name}" for key in signed.values()]
    elif witnesses:
        report.notes.append(f"{len(signed)} of {len(witnesses)} witnesses signed; {needed} are needed.")


def _check_witness(key: VerifierKey, stored: Stored, own: Collection[VerifierKey]) -> None:
    if key in own or key.name == stored.checkpoint.origin or key.material in {one.material for one in own}:
        raise UnusableError(
            f"the witness's key {key.label} is the log's own, which vouches for nothing",
            "Give the log's key with --vkey, and that of somebody else with --witness.",
        )
    if key.kind != COSIGNATURE:
        raise UnusableError(
            f"the key {key.label} does not make cosignatures (type {key.kind}, not {COSIGNATURE})",
            "A witness's verifier key has the type 4 (C2SP tlog-cosignature).",
        )


def _cosigned_at(stored: Stored, key: VerifierKey) -> int:
    """Return the latest time, in seconds since 1970, that a witness's cosignatures under a checkpoint name."""
    mine = [one.data for one in parse_note(stored.data).signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    return max(int.from_bytes(data[:8], "big") for data in mine)
