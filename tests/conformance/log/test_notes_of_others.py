"""Signed notes across implementations: published ones read here, ours read by sigstore-python."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from sigstore._internal.rekor.checkpoint import LogCheckpoint, SignedNote
from sigstore._internal.trust import Keyring
from sigstore.errors import VerificationError
from sigstore_models.common import v1 as common_v1

from tapeproof.log.checkpoint import Checkpoint, open_checkpoint
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import NoteError, VerifierKey, format_note, parse_note
from tests.unit.log.world import ORIGIN, KmsModel

if TYPE_CHECKING:
    from collections import Counter

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
REKOR = (
    "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smG"
    "NM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc="
)
_LOG = "rekor.sigstore.dev - 2605736670972794746"
REKORS_NOTES = [
    (
        f"{_LOG}\n93750551\nKgKiXoOl8rM5d4y6Xlbm2QLftvj/FYvTs6z7dJlNO60=\n\n\u2014 rekor.sigstore.dev wNI9ajBEAiBk"
        "LzdjY8A9HReU7rmtjwZ+JpSuYtEr9SmvSwUIW7FBjgIgKo+vhkW3tqc+gc8fw9gza3xLoncA8a+MTaJYCaLGA9c=\n"
    ),
    (
        f"{_LOG}\n86482791\nFehZ1/6CqPAFDaEM1N4xOsFZO1rD6v8nmu8yMjUqzAg=\n\n\u2014 rekor.sigstore.dev wNI9ajBEAiBT"
        "wFlsQciw2QNcGmPqCfPnArWAV9kgEygav9EeVsa+RgIgC0Q4vazfZksnzDkqpv687OTF99KnwtI8fb9a9pUHoOU=\n"
    ),
    (
        f"{_LOG}\n64319120\nW7/06fgDSjOxApliccDgG4fKqDxExG6JO0e4FGf9gIw=\nTimestamp: 1706845443714164712\n\n"
        "\u2014 rekor.sigstore.dev wNI9ajBFAiEAnduIhP1Jjz8E0ZAP8e1x0aKqzJCtmWZyV1mRJB/PlOoCIBoeHdjeONYmxlD2Za7sU0NeK/60"
        "skNnwoelsa3m2M8z\n"
    ),
]
KEYS = {"arn:key/one": "PKIX_ECDSA_P256_SHA_256", "arn:key/edwards": "PKIX_ED25519"}


def test_the_note_of_the_go_reference_implementation_is_accepted(counted: Counter[str]) -> None:
    key = VerifierKey.parse(PETER)
    assert str(key) == PETER
    assert parse_note(PETERS_NOTE.encode()).signers([key]) == [key]
    with pytest.raises(NoteError, match="does not verify"):
        parse_note(PETERS_NOTE.replace("answer", "enemy").encode()).signers([key])
    counted["notes of others accepted"] += 1


@pytest.mark.parametrize("note", REKORS_NOTES, ids=["93750551", "86482791", "64319120"])
def test_checkpoints_of_the_public_rekor_log_are_accepted(note: str, counted: Counter[str]) -> None:
    key = VerifierKey.parse(REKOR)
    assert str(key) == REKOR
    checkpoint, _, signers = open_checkpoint(note.encode(), [key])
    assert (checkpoint.origin, signers) == (_LOG, [key])
    with pytest.raises(NoteError, match="does not verify"):
        open_checkpoint(note.replace("\n", "\n1", 1).encode(), [key])
    counted["notes of others accepted"] += 1


@pytest.mark.parametrize("arn", KEYS)
def test_our_checkpoints_are_accepted_by_sigstore(arn: str, counted: Counter[str]) -> None:
    kms = KmsModel()
    signer = KmsSigner(kms, ORIGIN)
    key = signer.verifier_key(arn)
    text = Checkpoint(ORIGIN, 20_852_163, bytes(range(32))).text()
    ours = format_note(text, [signer.sign(arn, key, text)]).decode()
    public = kms.get_public_key(KeyId=arn)["PublicKey"]
    details = getattr(common_v1.PublicKeyDetails, KEYS[arn])
    keyring = Keyring([common_v1.PublicKey(raw_bytes=base64.b64encode(public), key_details=details, valid_for=None)])
    theirs = SignedNote.from_text(ours)
    theirs.verify(keyring, key.key_id)  # type: ignore[arg-type]
    read = LogCheckpoint.from_text(theirs.note)
    assert (read.origin, read.log_size, read.log_hash) == (ORIGIN, 20_852_163, bytes(range(32)).hex())
    with pytest.raises(VerificationError):
        SignedNote.from_text(ours.replace("20852163", "20852164")).verify(keyring, key.key_id)  # type: ignore[arg-type]
    counted["notes of ours accepted by sigstore"] += 1
