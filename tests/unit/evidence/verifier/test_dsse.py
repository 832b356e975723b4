"""The envelope and the statement: DSSE protocol 1.0.2 and in-toto Statement v1."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tapeproof.evidence.verifier.dsse import PREDICATE_TYPE, pae, read_statement, verify_statement
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.keys import PublicKey

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
KEY = PublicKey(PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
STATEMENT = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [{"name": "manifest.json", "digest": {"sha256": "ab" * 32}}],
    "predicateType": PREDICATE_TYPE,
    "predicate": {"run": "r"},
}


def _envelope(statement: Any = STATEMENT, **changes: Any) -> bytes:  # noqa: ANN401 - any JSON
    payload = json.dumps(statement).encode()
    signature = base64.b64encode(PRIVATE.sign(pae(payload))).decode()
    envelope = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": "application/vnd.in-toto+json",
        "signatures": [{"sig": signature}],
    }
    return json.dumps({**envelope, **changes}).encode()


def test_what_is_signed_names_the_type_and_both_lengths_so_that_no_two_payloads_encode_alike() -> None:
    assert pae(b"hello") == b"DSSEv1 28 application/vnd.in-toto+json 5 hello"
    assert pae(b"") == b"DSSEv1 28 application/vnd.in-toto+json 0 "


def test_a_statement_about_the_manifest_is_read_and_its_signature_verifies() -> None:
    statement = read_statement(_envelope())
    assert (statement.manifest_sha256, statement.predicate) == ("ab" * 32, {"run": "r"})
    assert verify_statement(statement, KEY, KEY.fingerprint) == []


def test_one_good_signature_among_foreign_ones_is_enough() -> None:
    mine = json.loads(_envelope())["signatures"]
    foreign = {"keyid": "other", "sig": base64.b64encode(b"x" * 64).decode()}
    assert verify_statement(read_statement(_envelope(signatures=[foreign, *mine])), KEY, "") == []


@pytest.mark.parametrize(
    ("envelope", "pinned", "codes"),
    [
        (_envelope(signatures=[]), "", ["SIGNATURE_INVALID"]),
        (_envelope(signatures=[{"sig": ""}]), "", ["SIGNATURE_INVALID"]),
        (_envelope(), "sha256:" + "00" * 32, ["WRONG_KEY"]),
        (_envelope(signatures=[]), "nonsense", ["WRONG_KEY", "SIGNATURE_INVALID"]),
    ],
)
def test_a_signature_that_is_not_by_the_key_and_a_key_that_is_not_the_named_one_are_two_findings(
    envelope: bytes, pinned: str, codes: list[str]
) -> None:
    assert [one.code for one in verify_statement(read_statement(envelope), KEY, pinned)] == codes


SUBJECT = STATEMENT["subject"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    "envelope",
    [
        b"null",
        b"[]",
        b"{}",
        _envelope(payloadType="application/json"),
        _envelope(payload=None),
        _envelope(payload="not base64!"),
        _envelope(payload="\N{LATIN SMALL LETTER E WITH ACUTE}"),
        _envelope(signatures=None),
        _envelope(signatures=[{}]),
        _envelope(signatures=[{"sig": "\N{CYRILLIC SMALL LETTER A}AAA"}]),
        _envelope([]),
        _envelope({**STATEMENT, "_type": "https://in-toto.io/Statement/v0.1"}),
        _envelope({**STATEMENT, "predicateType": "https://slsa.dev/provenance/v1"}),
        _envelope({**STATEMENT, "predicate": []}),
        _envelope({**STATEMENT, "subject": []}),
        _envelope({**STATEMENT, "subject": [SUBJECT, {**SUBJECT, "name": "other.json"}]}),
        _envelope({**STATEMENT, "subject": [SUBJECT, SUBJECT]}),
        _envelope({**STATEMENT, "subject": [{"name": "manifest.json", "digest": {"sha512": "ab"}}]}),
    ],
)
def test_anything_but_an_envelope_of_one_statement_about_one_manifest_is_refused(envelope: bytes) -> None:
    with pytest.raises(Unusable) as refused:
        read_statement(envelope)
    assert refused.value.finding[:2] == ("SIGNATURE_INVALID", "signature.dsse.json")


def test_an_envelope_that_says_a_member_twice_is_refused_as_ambiguous() -> None:
    with pytest.raises(Unusable, match="twice"):
        read_statement(_envelope()[:-1] + b',"payload":"AAAA"}')
