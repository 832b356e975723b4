from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tapeproof.log.errors import AuditError
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import ECDSA_P256, ED25519
from tests.unit.log.world import ORIGIN, KmsModel


@pytest.mark.parametrize(("arn", "kind"), [("arn:key/one", ECDSA_P256), ("arn:key/edwards", ED25519)])
def test_a_key_signs_under_the_logs_name_and_its_public_half_verifies(arn: str, kind: int) -> None:
    signer = KmsSigner(KmsModel(), ORIGIN)
    key = signer.verifier_key(arn)
    assert (key.name, key.kind) == (ORIGIN, kind)
    signature = signer.sign(arn, key, "text\n")
    assert (signature.name, signature.key_id) == (ORIGIN, key.key_id)
    assert key.verify(b"text\n", signature.data)


def test_a_signature_by_another_key_is_never_handed_out() -> None:
    signer = KmsSigner(KmsModel(), ORIGIN)
    with pytest.raises(AuditError, match="does not verify under its own public key"):
        signer.sign("arn:key/two", signer.verifier_key("arn:key/one"), "text\n")


class _Answer:
    def __init__(self, **answer: object) -> None:
        self.answer = answer

    def get_public_key(self, **_: object) -> dict[str, object]:
        return self.answer


SPKI = (
    ec.derive_private_key(7, ec.SECP256R1()).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
)


@pytest.mark.parametrize("spec", ["RSA_2048", "ECC_NIST_P384", "ECC_SECG_P256K1", "HMAC_256", "ML_DSA_44", ""])
def test_a_key_that_cannot_sign_checkpoints_is_refused_and_the_right_ones_are_named(spec: str) -> None:
    with pytest.raises(AuditError) as refused:
        KmsSigner(_Answer(PublicKey=SPKI, KeySpec=spec), ORIGIN).verifier_key("arn:x")
    assert "ECC_NIST_P256" in refused.value.fix


def test_the_name_that_older_answers_have_for_the_kind_is_understood() -> None:
    key = KmsSigner(_Answer(PublicKey=SPKI, CustomerMasterKeySpec="ECC_NIST_P256"), ORIGIN).verifier_key("arn:x")
    assert key.material == SPKI


def test_a_public_key_that_is_damaged_is_refused() -> None:
    with pytest.raises(AuditError, match="unusable"):
        KmsSigner(_Answer(PublicKey=SPKI[:-1], KeySpec="ECC_NIST_P256"), ORIGIN).verifier_key("arn:x")
