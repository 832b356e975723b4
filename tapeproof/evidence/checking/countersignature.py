"""A second signature over a bundle's manifest, by another person than its maker; it lies beside the bundle."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tapeproof.evidence.verifier.dsse import COUNTERSIGNATURE_TYPE, read_statement, verify_statement
from tapeproof.evidence.verifier.findings import Finding, Unusable
from tapeproof.evidence.verifier.keys import PublicKey, same_fingerprint

__all__ = ["Countersigned", "check_countersignature"]

MAX_COUNTERSIGNATURE_BYTES = 1 << 20


class Countersigned(NamedTuple):
    """What came of a countersignature.

    Attributes:
        findings: What is wrong with it.
        told: Who signed, with which key, and when by their own clock.
    """

    findings: list[Finding]
    told: str


def check_countersignature(path: str, manifest_sha256: str, signer: str, expected: str) -> Countersigned:
    """Check a countersignature against a bundle.

    Args:
        path: The file.
        manifest_sha256: Hex digest of the bundle's manifest.
        signer: Fingerprint of the bundle's own signer: the same key twice is one person.
        expected: Fingerprint of the countersigner as the reader knows it; empty when they know none.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_COUNTERSIGNATURE_BYTES)
        statement = read_statement(data, path, COUNTERSIGNATURE_TYPE)
        who, as_of, pem = (str(statement.predicate.get(name, "")) for name in ("who", "as_of", "public_key"))
        key = PublicKey.from_pem(pem.encode("utf-8"), path)
    except (OSError, ValueError) as error:
        return Countersigned([Finding("COUNTERSIGNATURE_INVALID", path, f"it cannot be read: {error}")], "")
    except Unusable as error:
        return Countersigned([Finding("COUNTERSIGNATURE_INVALID", path, error.finding.message)], "")
    found = [
        Finding("WRONG_COUNTERSIGNER" if one.code == "WRONG_KEY" else "COUNTERSIGNATURE_INVALID", path, one.message)
        for one in verify_statement(statement, key, expected)
    ]
    if statement.manifest_sha256 != manifest_sha256:
        found.append(Finding("COUNTERSIGNATURE_INVALID", path, "it is about another bundle"))
    if signer and same_fingerprint(signer, key.fingerprint):
        found.append(Finding("SAME_SIGNER", path, "the bundle's own key signed twice: that is no second person"))
    known = "the key you named" if expected else "COMPARE this fingerprint with one you got by another channel"
    return Countersigned(found, f"{who}, {as_of} by their own clock, {key.fingerprint} ({known})")
