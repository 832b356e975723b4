"""Signed notes and verifier keys (C2SP ``signed-note``).

Signature types read here: 0x01 Ed25519, 0x02 ECDSA P-256 with SHA-256, and 0x04, the timestamped Ed25519 cosignature of
a witness (C2SP ``tlog-cosignature``). A signature by a key that is not known is ignored, as the format demands; a
signature that names a known key and does not verify condemns the note.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256
from typing import NamedTuple

from tapeproof.log.ecdsa_p256 import p256_public_key, p256_verify
from tapeproof.log.ed25519 import ed25519_verify, is_public_key
from tapeproof.log.errors import AuditError

__all__ = [
    "COSIGNATURE",
    "ECDSA_P256",
    "ED25519",
    "Note",
    "NoteError",
    "Signature",
    "VerifierKey",
    "format_note",
    "parse_note",
]

ED25519, ECDSA_P256, COSIGNATURE = 1, 2, 4
"""Signature type bytes."""
MAX_NOTE_BYTES, MAX_SIGNATURES, MOST_OF_A_KEY = 1_000_000, 100, 2
_DASH = "\u2014 "


class NoteError(AuditError):
    """A note or a verifier key is malformed, or no known key vouches for the note."""


class VerifierKey(NamedTuple):
    """A public key with its name.

    Attributes:
        name: Key name, usually the log's origin.
        kind: Signature type byte.
        material: 32 bytes for Ed25519 and for cosignatures, DER SubjectPublicKeyInfo for ECDSA.
    """

    name: str
    kind: int
    material: bytes

    @property
    def key_id(self) -> bytes:
        """Return the 4-byte key id: of the SPKI for ECDSA, of name, type and key otherwise."""
        if self.kind == ECDSA_P256:
            return sha256(self.material).digest()[:4]
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.material).digest()[:4]

    @property
    def label(self) -> str:
        """Return name and id, which is how people are told of a key."""
        return f"{self.name}+{self.key_id.hex()}"

    def __str__(self) -> str:
        return f"{self.label}+{base64.b64encode(bytes([self.kind]) + self.material).decode()}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read ``<name>+<key id in hex>+<base64 of type and key>``.

        Raises:
            NoteError: The text is malformed, its id does not belong to the key, or its type is not supported.
        """
        remedy = "A verifier key reads <name>+<8 hex digits>+<base64>."
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not (_good_name(parts[0]) and parts[0].isprintable()):  # noqa: PLR2004 - the three parts
            raise NoteError(f"{text[:80]!r} is not a verifier key", remedy)
        raw = _unbase64(parts[2])
        if not raw:
            raise NoteError(f"the key in {text[:80]!r} is not base64", remedy)
        key = cls(parts[0], raw[0], raw[1:])
        key.validate()
        if key.key_id.hex() != parts[1]:
            raise NoteError(f"the key of {key.name} has the id {key.key_id.hex()}, the text says {parts[1]}", remedy)
        return key

    def validate(self) -> None:
        """Raise ``NoteError`` unless the key is of a supported type and well formed."""
        if self.kind in {ED25519, COSIGNATURE}:
            if not is_public_key(self.material):
                raise NoteError(
                    f"the key of {self.name} is unusable: it is no point of Ed25519, or anybody signs with it"
                )
            return
        if self.kind != ECDSA_P256:
            raise NoteError(f"the key of {self.name} has type {self.kind}; 1, 2 and 4 are supported")
        try:
            p256_public_key(self.material)
        except ValueError as error:
            raise NoteError(f"the key of {self.name} is unusable: {error}") from error

    def verify(self, text: bytes, signature: bytes) -> bool:
        """Return whether a signature over a note's text is this key's."""
        if self.kind == ED25519:
            return ed25519_verify(self.material, text, signature)
        if self.kind == COSIGNATURE:
            time = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {time}\n".encode() + text
            return ed25519_verify(self.material, message, signature[8:])
        return self.kind == ECDSA_P256 and p256_verify(self.material, text, signature)


class Signature(NamedTuple):
    """One signature line."""

    name: str
    key_id: bytes
    data: bytes

    @property
    def label(self) -> str:
        """Return name and id of the key that is said to have signed."""
        return f"{self.name}+{self.key_id.hex()}"

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.data).decode()}\n"


class Note(NamedTuple):
    """A text and the signatures under it; nothing is verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def signers(self, keys: list[VerifierKey]) -> list[VerifierKey]:
        """Return the known keys whose signatures are under the note, in the order given.

        Raises:
            NoteError: A signature names a known key and does not verify.
        """
        found = []
        for key in keys:
            signed = self.signed_by(key)
            if signed is False:
                raise NoteError(f"the signature of {key.label} does not verify")
            if signed:
                found.append(key)
        return found

    def signed_by(self, key: VerifierKey) -> bool | None:
        """Return whether a key's signature is under the note and verifies; None when there is none, False for many."""
        mine = {one.data for one in self.signatures if (one.name, one.key_id) == (key.name, key.key_id)}
        if len(mine) > MOST_OF_A_KEY:
            return False
        data = self.text.encode()
        return all(key.verify(data, one) for one in sorted(mine)) if mine else None


def parse_note(data: bytes) -> Note:
    """Read a signed note.

    Raises:
        NoteError: The bytes are not a signed note.
    """
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise NoteError("the note is not UTF-8") from error
    if len(data) > MAX_NOTE_BYTES or any(letter < " " and letter != "\n" for letter in whole):
        raise NoteError("the note is too long or holds control characters")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise NoteError("the note has no signatures after an empty line")
    rows = lines[:-1].split("\n")
    if len(rows) > MAX_SIGNATURES:
        raise NoteError(f"the note has {len(rows)} signatures, at most {MAX_SIGNATURES} are read")
    return Note(text + "\n", tuple(_signature(row) for row in rows))


def format_note(text: str, signatures: list[Signature]) -> bytes:
    """Return the bytes of a note.

    Raises:
        NoteError: The text does not end its last line, or nothing is signed.
    """
    if not text.endswith("\n") or not signatures:
        raise NoteError("a note's text ends with a newline and has at least one signature")
    return (text + "\n" + "".join(map(str, signatures))).encode()


def _signature(row: str) -> Signature:
    name, gap, encoded = row[len(_DASH) :].partition(" ")
    raw = _unbase64(encoded)
    if not row.startswith(_DASH) or not gap or not _good_name(name) or len(raw) < 5:  # noqa: PLR2004 - id and a byte
        raise NoteError(f"not a signature line: {row[:80]!r}")
    return Signature(name, raw[:4], raw[4:])


def _good_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""
