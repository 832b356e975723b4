"""A release as auditors get it: ``verify.py`` and the digests of all that judges, signed by whoever maintains it."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

from tapeproof.content import content
from tapeproof.evidence.bundle.assemble import verifier_source
from tapeproof.evidence.bundle.signing import sign_statement
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.provenance import tool_digest, tool_version
from tapeproof.evidence.verifier.dsse import pae
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.keys import PublicKey, same_fingerprint
from tapeproof.evidence.verifier.strict_json import decode_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tapeproof.evidence.bundle.signing import Signer

__all__ = ["RELEASE_TYPE", "check_release", "released_files", "write_release"]

RELEASE_TYPE: Final = "https://tapeproof.example/release/v1"
SIGNED: Final = "release.dsse.json"
VERIFIER: Final = "verify.py"
ROOMS: Final = ("policies", "compliance")
"""Policies with their facts; frameworks, mappings, criteria, assertions and templates."""


def released_files() -> Mapping[str, str]:
    """Return the SHA-256 of ``verify.py`` and of each file that judges or is printed, by path."""
    found = {VERIFIER: hashlib.sha256(verifier_source().encode("utf-8")).hexdigest()}
    for room in ROOMS:
        folder = content(room)
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = f"{room}/{path.relative_to(folder).as_posix()}"
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def write_release(folder: Path, signer: Signer) -> None:
    """Write ``verify.py``, the signed digests and the maintainer's public key into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / VERIFIER).write_text(verifier_source(), encoding="utf-8")
    predicate = {"version": tool_version(), "tool": tool_digest()}
    (folder / SIGNED).write_bytes(sign_statement(signer, released_files(), predicate, RELEASE_TYPE))
    (folder / "maintainer.pub.pem").write_bytes(signer.public_pem)


def check_release(folder: Path, public_pem: bytes, fingerprint: str) -> list[str]:
    """Return how this installation and a folder's ``verify.py`` differ from a signed release, a file each.

    Args:
        folder: What `write_release` wrote.
        public_pem: The maintainer's key.
        fingerprint: Of that key, as the reader got it by another channel.

    Raises:
        EvidenceError: The release is not signed by that key.
    """
    try:
        key = PublicKey.from_pem(public_pem)
        envelope = decode_json((folder / SIGNED).read_bytes(), SIGNED)
        payload = base64.b64decode(envelope["payload"], validate=True)
        signatures = [base64.b64decode(one["sig"], validate=True) for one in envelope["signatures"]]
        statement = decode_json(payload, SIGNED)
        subjects = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
        kind = statement["predicateType"]
        own = hashlib.sha256((folder / VERIFIER).read_bytes()).hexdigest()
    except (OSError, KeyError, TypeError, ValueError, Unusable) as error:
        raise EvidenceError(f"{folder} holds no release", why=str(error)) from error
    if not same_fingerprint(key.fingerprint, fingerprint):
        raise EvidenceError(f"the release is signed by {key.fingerprint}", why=f"expected {fingerprint}")
    if kind != RELEASE_TYPE or not any(key.verify(pae(payload), one) for one in signatures):
        raise EvidenceError("the release's signature does not verify", fix="get it again, from where it is published")
    here = released_files()
    told = [] if subjects.get(VERIFIER) == own else [f"{folder / VERIFIER} is not the release's"]
    told += [f"{name} is missing here" for name in subjects.keys() - here.keys()]
    told += [f"{name} is not in the release" for name in here.keys() - subjects.keys()]
    told += [f"{name} differs here" for name in here.keys() & subjects.keys() if here[name] != subjects[name]]
    return sorted(told)
