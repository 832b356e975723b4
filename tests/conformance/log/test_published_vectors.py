from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
import rfc8785

from tapeproof.log.canonical import canonical
from tapeproof.log.ecdsa_p256 import p256_verify
from tapeproof.log.ed25519 import ed25519_verify
from tapeproof.log.errors import NotCanonicalError
from tapeproof.log.merkle import verify_consistency, verify_inclusion

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

pytestmark = pytest.mark.shared


def _hash(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def test_rfc_8785_triples_are_written_as_published(vectors: Path, counted: Counter[str]) -> None:
    for source in sorted((vectors / "rfc8785" / "input").glob("*.json")):
        value = json.loads(source.read_bytes())
        expected = (vectors / "rfc8785" / "output" / source.name).read_bytes()
        outhex = bytes.fromhex((vectors / "rfc8785" / "outhex" / f"{source.stem}.txt").read_text())
        assert expected == outhex
        try:
            written = canonical(value)
        except NotCanonicalError:
            # Outside our profile (floats, or keys that are not ASCII) the profile refuses and the oracle writes it.
            counted["RFC 8785 outside the profile, refused"] += 1
            written = rfc8785.dumps(value)
        assert written == expected, source.name
        counted["RFC 8785 triples"] += 1
    assert counted["RFC 8785 triples"] == 6


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_rfc_6962_proofs_are_judged_as_published(kind: str, vectors: Path, counted: Counter[str]) -> None:
    for path in sorted((vectors / "rfc6962" / kind).rglob("*.json")):
        case = json.loads(path.read_bytes())
        proof = [_hash(one) for one in case["proof"] or []]
        if kind == "inclusion":
            size, root = case["treeSize"], _hash(case["root"])
            good = verify_inclusion(case["leafIdx"], size, _hash(case["leafHash"]), proof, root)
        else:
            roots = _hash(case["root1"]), _hash(case["root2"])
            good = verify_consistency(case["size1"], case["size2"], *roots, proof)
        assert good is not case["wantErr"], f"{path}: {case['desc']}"
        counted[f"RFC 6962 {kind} proofs"] += 1
    assert counted[f"RFC 6962 {kind} proofs"] == 98


def test_wycheproof_ed25519_signatures_are_judged_as_published(vectors: Path, counted: Counter[str]) -> None:
    for group in json.loads((vectors / "wycheproof" / "ed25519_test.json").read_bytes())["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            good = ed25519_verify(key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
            assert good is (case["result"] == "valid"), case
            counted["Wycheproof Ed25519"] += 1
    assert counted["Wycheproof Ed25519"] == 151


def test_wycheproof_ecdsa_p256_signatures_are_judged_as_published(vectors: Path, counted: Counter[str]) -> None:
    for group in json.loads((vectors / "wycheproof" / "ecdsa_secp256r1_sha256_test.json").read_bytes())["testGroups"]:
        key = bytes.fromhex(group["publicKeyDer"])
        for case in group["tests"]:
            good = p256_verify(key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
            assert good is (case["result"] == "valid"), case
            counted["Wycheproof ECDSA P-256"] += 1
    assert counted["Wycheproof ECDSA P-256"] == 484
