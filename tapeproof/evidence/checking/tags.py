"""The signed tag that a reader expects a bundle's commit to carry, against git's own tag object in the bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Finding
from tapeproof.evidence.verifier.git_evidence import TAG_MEDIA_TYPE, git_id
from tapeproof.evidence.verifier.ssh_signature import (
    SSH_BEGIN,
    SshError,
    parse_ssh_key,
    verify_ssh_signature,
)

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["check_tag"]

OTHER_SIGNATURES = (b"-----BEGIN PGP", b"-----BEGIN SIGNED MESSAGE")
SOURCE_ITEM = "evidence/source-files"


def check_tag(contents: Contents, run: dict[str, Json], terms: dict[str, Json]) -> list[Finding]:
    """Return a finding when the tag that is expected is not there, or nobody whom the reader named signed it.

    Args:
        contents: The files.
        run: The run, whose commit the tag must be of.
        terms: What the reader expects; ``tag`` names one, ``tag_signers`` its keys.
    """
    if "tag" not in terms:
        return []
    try:
        _verify_tag(_find_tag(contents, terms["tag"]), run, terms)
    except SshError as error:
        return [Finding("NOT_EXPECTED", "tag", f"expected {terms['tag']!r} on the commit, signed: {error}")]
    return []


def _find_tag(contents: Contents, name: str) -> bytes:
    """Return the tag object of a name.

    Raises:
        SshError: The bundle holds none.
    """
    if f"{SOURCE_ITEM}/item.json" not in contents:
        raise SshError("the bundle holds no sources")
    raw = contents.json(f"{SOURCE_ITEM}/item.json")["raw"]
    for path in [f"{SOURCE_ITEM}/{one['path']}" for one in raw if one["media_type"] == TAG_MEDIA_TYPE]:
        data = contents.read(path)
        if git_id("tag", data) == path.rpartition("/")[2] and _headers(data).get(b"tag") == name.encode():
            return data
    raise SshError("the bundle holds no annotated tag of that name; a lightweight one carries no signature")


def _verify_tag(data: bytes, run: dict[str, Json], terms: dict[str, Json]) -> None:
    head = _headers(data)
    if head.get(b"type") != b"commit" or head.get(b"object") != run["commit"].encode() or not run["commit"]:
        raise SshError(
            f"the tag is of {head.get(b'object', b'').decode('ascii', 'replace')}, the run of {run['commit']}"
        )
    if run["dirty"]:
        raise SshError("the sources have changes that are not committed, so no tag is of them")
    message, mark, rest = data.partition(SSH_BEGIN)
    if not mark:
        kind = "an OpenPGP or X.509 signature, which" if any(one in data for one in OTHER_SIGNATURES) else ""
        way = "git verify-tag, with the sources at hand, can"
        raise SshError(f"it carries {kind} cannot be checked here: {way}" if kind else "the tag is not signed")
    verify_ssh_signature(mark + rest, message, b"git", [parse_ssh_key(one) for one in terms["tag_signers"]])


def _headers(data: bytes) -> dict[bytes, bytes]:
    """Return what stands before the message of a tag, the first of each name."""
    found: dict[bytes, bytes] = {}
    for line in data.partition(b"\n\n")[0].split(b"\n"):
        name, _, value = line.partition(b" ")
        found.setdefault(name, value)
    return found
