"""The verifier's own signature checks against Project Wycheproof's vectors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.bundle.verifier.ed25519 import ed25519_verify
from compliance.bundle.verifier.p256 import p256_point, p256_verify

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "wycheproof"


def _vectors(name: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    path = VECTORS / name
    if not path.is_file():
        pytest.skip(f"{path} is not there: the vectors lie beside the project")
    groups = json.loads(path.read_text(encoding="utf-8"))["testGroups"]
    return [(group["publicKey"], test) for group in groups for test in group["tests"]]


@pytest.mark.shared
def test_every_p256_vector_gets_its_verdict(record_property: pytest.RecordProperty) -> None:
    vectors = _vectors("ecdsa_secp256r1_sha256_test.json")
    wrong = []
    for key, test in vectors:
        point = p256_point(bytes.fromhex(key["uncompressed"]))
        valid = point is not None and p256_verify(point, bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
        wrong += [test["tcId"]] if valid != (test["result"] == "valid") else []
    record_property("vectors", len(vectors))
    assert (wrong, len(vectors)) == ([], 484)


@pytest.mark.shared
def test_every_ed25519_vector_gets_its_verdict(record_property: pytest.RecordProperty) -> None:
    vectors = _vectors("ed25519_test.json")
    wrong = []
    for key, test in vectors:
        valid = ed25519_verify(bytes.fromhex(key["pk"]), bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
        wrong += [test["tcId"]] if valid != (test["result"] == "valid") else []
    record_property("vectors", len(vectors))
    assert (wrong, len(vectors)) == ([], 151)
