"""The signature over a bundle: an in-toto Statement v1 in a DSSE v1 envelope."""

from __future__ import annotations

import base64
from typing import NamedTuple

from tapeproof.evidence.verifier.findings import Finding, Unusable
from tapeproof.evidence.verifier.keys import PublicKey, same_fingerprint
from tapeproof.evidence.verifier.strict_json import Json, decode_json

__all__ = [
    "COUNTERSIGNATURE_TYPE",
    "MANIFEST_NAME",
    "PREDICATE_TYPE",
    "SIGNATURE_NAME",
    "Statement",
    "pae",
    "read_statement",
    "verify_statement",
]

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
COUNTERSIGNATURE_TYPE = "https://tapeproof.example/countersignature/v1"
PREDICATE_TYPE = "https://tapeproof.example/evidence-bundle/v1"
MANIFEST_NAME = "manifest.json"
SIGNATURE_NAME = "signature.dsse.json"


class Statement(NamedTuple):
    """What was signed, and the signatures over it."""

    signed_bytes: bytes
    signatures: list[bytes]
    manifest_sha256: str
    predicate: dict[str, Json]


def pae(payload: bytes) -> bytes:
    """Return the bytes that are signed: the pre-authentication encoding of the DSSE protocol."""
    kind = PAYLOAD_TYPE.encode("ascii")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def read_statement(envelope: bytes, where: str = SIGNATURE_NAME, predicate_type: str = PREDICATE_TYPE) -> Statement:
    """Read an envelope whose statement is about exactly one manifest.

    Args:
        envelope: The file.
        where: Its name, for errors.
        predicate_type: What it says of the manifest.

    Raises:
        Unusable: It is not such an envelope.
    """
    outer = decode_json(envelope, where)
    try:
        if outer["payloadType"] != PAYLOAD_TYPE:
            raise Unusable("SIGNATURE_INVALID", where, f"the payload type is {outer['payloadType']!r}")
        payload = base64.b64decode(outer["payload"], validate=True)
        signatures = [base64.b64decode(one["sig"], validate=True) for one in outer["signatures"]]
        inner = decode_json(payload, where)
        subjects = [(one["name"], one["digest"]["sha256"]) for one in inner["subject"]]
        kinds, predicate = (inner["_type"], inner["predicateType"]), inner["predicate"]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unusable("SIGNATURE_INVALID", where, f"not a DSSE envelope of a statement: {error!r}") from error
    named = [name for name, _ in subjects]
    if kinds != (STATEMENT_TYPE, predicate_type) or named != [MANIFEST_NAME] or not isinstance(predicate, dict):
        raise Unusable("SIGNATURE_INVALID", where, "the statement is not about an evidence bundle's manifest")
    return Statement(pae(payload), signatures, subjects[0][1], predicate)


def verify_statement(statement: Statement, key: PublicKey, pinned: str) -> list[Finding]:
    """Check the signature, and that the key is the one the reader was told of.

    Args:
        statement: What was signed.
        key: The key that the bundle says signed it.
        pinned: The fingerprint that the reader got by another channel; empty when there is none.

    Returns:
        Nothing, or the findings.
    """
    found = []
    if pinned and not same_fingerprint(pinned, key.fingerprint):
        found.append(Finding("WRONG_KEY", SIGNATURE_NAME, f"signed by {key.fingerprint}, expected {pinned}"))
    if not any(key.verify(statement.signed_bytes, signature) for signature in statement.signatures):
        found.append(Finding("SIGNATURE_INVALID", SIGNATURE_NAME, f"no signature over it is by {key.fingerprint}"))
    return found
