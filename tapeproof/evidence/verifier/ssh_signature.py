"""Signatures that ``ssh-keygen -Y sign`` makes, which is how git signs tags with an SSH key (OpenSSH, PROTOCOL.sshsig).

Read here: Ed25519 and ECDSA P-256, version 1. A key of another kind, an OpenPGP or an X.509 signature needs a program
that is not the standard library.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

from tapeproof.log.ecdsa_p256 import p256_verify
from tapeproof.log.ed25519 import ed25519_verify

__all__ = ["SSH_BEGIN", "SSH_END", "SshError", "SshKey", "parse_ssh_key", "verify_ssh_signature"]

SSH_BEGIN, SSH_END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
MAGIC, VERSION = b"SSHSIG", 1
ED25519_NAME, P256_NAME = b"ssh-ed25519", b"ecdsa-sha2-nistp256"
READ_KINDS = {ED25519_NAME.decode(), P256_NAME.decode()}
HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
P256_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
"""What stands before the point in a SubjectPublicKeyInfo on P-256 (RFC 5480)."""
POINT_BYTES = 65
DER_LONG = 0x80


class SshError(Exception):
    """Why a key or a signature says nothing."""


class SshKey(NamedTuple):
    """A public key: its kind, and the blob that a signature repeats."""

    kind: bytes
    blob: bytes


def parse_ssh_key(line: str) -> SshKey:
    """Return the key of a line of a ``.pub`` file or of git's allowed signers.

    Raises:
        SshError: It holds none of a kind that is read here, or limits the key by options, which are not.
    """
    words = line.split()
    at = next((at for at, word in enumerate(words) if word.startswith(("ssh-", "ecdsa-", "sk-"))), None)
    if at is None or at > 1 or len(words) < at + 2:
        raise SshError("expected [principal] kind base64, without options")
    if words[at] not in READ_KINDS:
        raise SshError(f"a key of kind {words[at]} cannot be checked here: {', '.join(sorted(READ_KINDS))} can")
    try:
        blob = base64.b64decode(words[at + 1], validate=True)
        kind, _ = _take_string(blob)
    except (binascii.Error, IndexError) as error:
        raise SshError(f"the key is not base64 of an SSH key: {error}") from error
    if kind != words[at].encode():
        raise SshError(f"the key says {words[at]} and is {kind.decode('ascii', 'replace')}")
    return SshKey(kind, blob)


def verify_ssh_signature(armored: bytes, message: bytes, namespace: bytes, keys: list[SshKey]) -> SshKey:
    """Return which of some keys signed a message.

    Args:
        armored: The signature, as ``ssh-keygen`` prints it.
        message: What was signed.
        namespace: What it was signed for; git's is ``git``.
        keys: Whom the reader trusts.

    Raises:
        SshError: None of them did, and why.
    """
    try:
        inner = armored.split(SSH_BEGIN, 1)[1].split(SSH_END, 1)[0]
        data = base64.b64decode(b"".join(inner.split()), validate=True)
        parts, version = _take_parts(data)
    except (binascii.Error, IndexError) as error:
        raise SshError(f"the signature cannot be read: {error}") from error
    blob, space, reserved, algorithm, signature = parts
    if version != VERSION or space != namespace or algorithm not in HASHES:
        raise SshError(f"it is of version {version}, for {space.decode('ascii', 'replace')!r}")
    key = next((one for one in keys if one.blob == blob), None)
    if key is None:
        raise SshError(
            f"it is signed by SHA256:{spell_ssh_fingerprint(blob)}, which is none of the keys that you named"
        )
    digest = HASHES[algorithm](message).digest()
    signed = MAGIC + b"".join(_as_string(one) for one in (space, reserved, algorithm, digest))
    if not _is_signed(key, signature, signed):
        raise SshError("the signature does not verify")
    return key


def spell_ssh_fingerprint(blob: bytes) -> str:
    """Return a key's digest as ``ssh-keygen -l`` prints it."""
    return base64.b64encode(hashlib.sha256(blob).digest()).decode("ascii").rstrip("=")


def _take_parts(data: bytes) -> tuple[list[bytes], int]:
    if data[: len(MAGIC)] != MAGIC or len(data) < len(MAGIC) + 4:
        raise IndexError("it does not begin as one")
    version, rest = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "big"), data[len(MAGIC) + 4 :]
    parts = []
    for _ in range(5):
        part, rest = _take_string(rest)
        parts.append(part)
    if rest:
        raise IndexError("bytes follow it")
    return parts, version


def _is_signed(key: SshKey, signature: bytes, signed: bytes) -> bool:
    try:
        kind, rest = _take_string(signature)
        value, rest = _take_string(rest)
        _, after = _take_string(key.blob)
        if kind != key.kind or rest:
            return False
        if key.kind == ED25519_NAME:
            return ed25519_verify(_take_string(after)[0], signed, value)
        point = _take_string(_take_string(after)[1])[0]
        first, second = _take_string(value)
        return len(point) == POINT_BYTES and p256_verify(
            P256_SPKI + point, signed, _der(first, _take_string(second)[0])
        )
    except (IndexError, ValueError):
        return False


def _der(*numbers: bytes) -> bytes:
    """Return two whole numbers as the DER sequence that ECDSA signatures are elsewhere."""
    body = b"".join(b"\x02" + bytes([len(one)]) + one for one in numbers)
    if len(body) >= DER_LONG:
        raise ValueError("numbers too large for P-256")
    return b"\x30" + bytes([len(body)]) + body


def _take_string(data: bytes) -> tuple[bytes, bytes]:
    size = int.from_bytes(data[:4], "big")
    if len(data) < 4 + size:
        raise IndexError("it ends too early")
    return data[4 : 4 + size], data[4 + size :]


def _as_string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data
