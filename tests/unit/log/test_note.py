"""C2SP signed-note and tlog-cosignature, with keys and signatures of a library that is not ours."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tapeproof.log.note import (
    COSIGNATURE,
    ECDSA_P256,
    ED25519,
    NoteError,
    Signature,
    VerifierKey,
    format_note,
    parse_note,
)

EDWARDS = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)
NIST = ec.derive_private_key(9, ec.SECP256R1())
SPKI = NIST.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
KEY = VerifierKey("example.com/log", ED25519, EDWARDS.public_key().public_bytes_raw())
WITNESS = VerifierKey("witness.example", COSIGNATURE, EDWARDS.public_key().public_bytes_raw())
P256 = VerifierKey("example.com/log", ECDSA_P256, SPKI)
TEXT = "first\nsecond\n"


def _mine(text: str = TEXT) -> Signature:
    return Signature(KEY.name, KEY.key_id, EDWARDS.sign(text.encode()))


@pytest.mark.parametrize("key", [KEY, WITNESS, P256])
def test_a_key_is_read_as_it_is_written(key: VerifierKey) -> None:
    assert VerifierKey.parse(str(key)) == key
    assert VerifierKey.parse(f" {key}\n") == key
    assert str(key).startswith(f"{key.label}+")


def test_the_key_of_the_specifications_example_has_its_id() -> None:
    # C2SP signed-note and Go's golang.org/x/mod/sumdb/note: the key of sum.golang.org.
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert str(VerifierKey.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/log",
        str(KEY).replace("+", "-"),
        str(KEY).replace(KEY.key_id.hex(), "00000000"),
        str(KEY)[:-4],
        f"two words+{KEY.key_id.hex()}+AAAA",
        f"+{KEY.key_id.hex()}+{base64.b64encode(b'x').decode()}",
        f"{KEY.label}+",
        f"{KEY.label}+\u00e9",
        str(VerifierKey("n", 5, bytes(32))),
        str(VerifierKey("n", ED25519, bytes(31))),
        str(VerifierKey("n", ECDSA_P256, SPKI[:-1])),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.parse(text)


def test_a_note_gives_back_its_text_and_its_signatures() -> None:
    note = parse_note(format_note(TEXT, [_mine(), Signature("other", b"abcd", b"x")]))
    assert (note.text, note.signatures[0]) == (TEXT, _mine())
    assert note.signatures[1].label == "other+61626364"


def test_a_text_may_have_empty_lines_and_only_the_last_one_divides() -> None:
    text = "a\n\nb\n"
    assert parse_note(format_note(text, [_mine(text)])).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"\n\n\xe2\x80\x94 n AAAAAAA=\n",
        b"text\n\n- n AAAAAAA=\n",
        "text\n\n\u2014 n AAAAAAA=".encode(),
        "text\n\n\u2014 n AAAA\n".encode(),
        "text\n\n\u2014  AAAAAAA=\n".encode(),
        "text\n\n\u2014 n AAAAAAB=\n".encode(),
        "text\n\n\u2014 n+m AAAAAAA=\n".encode(),
        "te\x00xt\n\n\u2014 n AAAAAAA=\n".encode(),
        "te\rxt\n\n\u2014 n AAAAAAA=\n".encode(),
        "text\n\n\u2014 n AAAAAAA=\n".encode() + b"\xff",
        ("text\n\n" + "\u2014 n AAAAAAA=\n" * 101).encode(),
        b"x" * 1_000_001 + "\n\n\u2014 n AAAAAAA=\n".encode(),
    ],
)
def test_bytes_that_are_no_note_are_refused(data: bytes) -> None:
    with pytest.raises(NoteError):
        parse_note(data)


@pytest.mark.parametrize(("text", "signatures"), [("no end", [_mine()]), ("", [_mine()]), (TEXT, [])])
def test_a_note_that_nobody_could_read_is_not_written(text: str, signatures: list[Signature]) -> None:
    with pytest.raises(NoteError):
        format_note(text, signatures)


def test_a_signature_by_nobody_known_is_passed_over_and_a_false_one_condemns_the_note() -> None:
    stranger = Signature("stranger", b"abcd", b"x" * 64)
    assert parse_note(format_note(TEXT, [stranger, _mine()])).signers([KEY]) == [KEY]
    assert parse_note(format_note(TEXT, [stranger])).signers([KEY]) == []
    with pytest.raises(NoteError, match="does not verify"):
        parse_note(format_note(TEXT, [_mine("another\n")])).signers([KEY])


def test_a_key_that_signs_again_and_again_is_not_believed() -> None:
    def signed(*data: bytes) -> bool | None:
        return parse_note(format_note(TEXT, [Signature(KEY.name, KEY.key_id, one) for one in data])).signed_by(KEY)

    good = _mine().data
    assert signed(good, good) is True
    assert signed(good, b"x" * 64) is False
    assert signed(good, b"x" * 64, b"y" * 64) is False
    assert parse_note(format_note(TEXT, [_mine()])).signed_by(WITNESS) is None


def test_every_kind_of_key_verifies_what_it_signed_and_a_witness_binds_its_time() -> None:
    data = TEXT.encode()
    assert KEY.verify(data, EDWARDS.sign(data))
    assert P256.verify(data, NIST.sign(data, ec.ECDSA(hashes.SHA256())))
    stamp = (1_790_000_000).to_bytes(8, "big")
    cosigned = EDWARDS.sign(b"cosignature/v1\ntime 1790000000\n" + data)
    assert WITNESS.verify(data, stamp + cosigned)
    assert not WITNESS.verify(data, (1_790_000_001).to_bytes(8, "big") + cosigned)
    assert not WITNESS.verify(data, b"")
    assert not VerifierKey("n", 9, b"").verify(data, b"")
