"""What somebody can do who has a folder of evidence, or a bundle and a key: make digests fit what was changed."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from tapeproof.evidence.bundle.signing import KeyFileSigner, sign_manifest
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from pathlib import Path


def record_again(folder: Path, path: str) -> None:
    """Make an item's record of a raw file fit the file as it is now."""
    _, item, inside = path.split("/", 2)
    record, data = folder / "evidence" / item / "item.json", (folder / path).read_bytes()
    document = json.loads(record.read_bytes())
    for raw in document["raw"]:
        if raw["path"] == inside:
            raw.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    record.write_bytes(canonical(document))


def reseal(folder: Path, key: Path | None) -> None:
    """Make manifest and signature fit whatever the folder holds now: what somebody with a key can do."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    named = [name for name in names if name not in {"manifest.json", "signature.dsse.json"}]
    if key is not None:
        (folder / "signer.pub.pem").write_bytes(KeyFileSigner(key).public_pem)
    manifest["files"] = [
        {"path": name, "size": len(data := (folder / name).read_bytes()), "sha256": hashlib.sha256(data).hexdigest()}
        for name in named
    ]
    inputs = [
        {"path": one["path"], "sha256": one["sha256"]}
        for one in manifest["files"]
        if one["path"].startswith(("evidence/", "controls/")) or one["path"] in {"run.json", "previous.json"}
    ]
    manifest["evidence_digest"] = "sha256:" + hashlib.sha256(canonical(inputs)).hexdigest()
    data = canonical(manifest)
    (folder / "manifest.json").write_bytes(data)
    if key is not None:
        envelope = json.loads((folder / "signature.dsse.json").read_bytes())
        predicate = json.loads(base64.b64decode(envelope["payload"]))["predicate"]
        predicate["evidence_digest"] = manifest["evidence_digest"]
        signed = sign_manifest(KeyFileSigner(key), hashlib.sha256(data).hexdigest(), predicate)
        (folder / "signature.dsse.json").write_bytes(signed)
