"""The signature checks of the assembled ``verify.py`` against Project Wycheproof's vectors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.places import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

VECTORS = SHARED / "vectors" / "wycheproof"


def _vectors(name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    path = VECTORS / name
    if not path.is_file():
        pytest.skip(f"{path} is not there: the vectors lie beside the project")
    groups = json.loads(path.read_text(encoding="utf-8"))["testGroups"]
    return [(group, test) for group in groups for test in group["tests"]]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), [("ecdsa_secp256r1_sha256_test.json", 484), ("ed25519_test.json", 151)])
def test_every_vector_gets_its_verdict_from_the_file_in_the_bundle(
    verify_py: ModuleType, name: str, count: int, record_property: Callable[[str, object], None]
) -> None:
    vectors = _vectors(name)
    wrong = []
    for group, test in vectors:
        key = verify_py.PublicKey(bytes.fromhex(group["publicKeyDer"]))
        valid = key.verify(bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
        wrong += [test["tcId"]] if valid != (test["result"] == "valid") else []
    record_property("signatures judged right", f"{len(vectors) - len(wrong)}/{len(vectors)}")
    assert (wrong, len(vectors)) == ([], count)
