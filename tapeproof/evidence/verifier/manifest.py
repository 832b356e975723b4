"""The manifest: what a bundle says it holds."""

from __future__ import annotations

from typing import NamedTuple

from tapeproof.evidence.verifier.archive import safe_name
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_json

__all__ = ["BUNDLE_FORMAT", "Entry", "read_manifest"]

BUNDLE_FORMAT = "tapeproof/bundle/1"


class Entry(NamedTuple):
    """What the manifest says of one file."""

    size: int
    sha256: str


def read_manifest(data: bytes) -> dict[str, Json]:
    """Return the manifest, checked for form; ``files`` becomes a mapping of path to `Entry`.

    Raises:
        Unusable: It is not a manifest of a version that this verifier knows.
    """
    manifest = decode_json(data, MANIFEST_NAME)
    if not isinstance(manifest, dict) or manifest.get("format") != BUNDLE_FORMAT:
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, f"its format is not {BUNDLE_FORMAT}")
    if canonical(manifest) != data:
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, "it is not in the canonical encoding")
    try:
        files = {one["path"]: _read_entry(one) for one in manifest["files"]}
        ordered = [one["path"] for one in manifest["files"]]
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, f"its list of files cannot be read: {error!r}") from error
    if ordered != sorted(files) or not all(safe_name(path) for path in ordered):
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, "its list of files is not sorted, unique and safe")
    return {**manifest, "files": files}


def _read_entry(one: Json) -> Entry:
    if type(one["size"]) is not int or one["size"] < 0 or not isinstance(one["sha256"], str):
        raise TypeError(f"{one['path']!r} needs a size in bytes and a SHA-256 as text")
    return Entry(one["size"], one["sha256"])
