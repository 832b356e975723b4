"""Turns collected evidence into a bundle: derives the assessment, renders the reports, seals the whole."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from tapeproof.evidence.bundle.assemble import verifier_source
from tapeproof.evidence.bundle.errors import COLLECT_ANEW, BundleError
from tapeproof.evidence.bundle.forms import check_forms
from tapeproof.evidence.bundle.packing import pack
from tapeproof.evidence.bundle.signing import sign_manifest
from tapeproof.evidence.reports.rendering import build_view, render_reports
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import derive
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME, SIGNATURE_NAME
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable
from tapeproof.evidence.verifier.keys import PublicKey
from tapeproof.evidence.verifier.layout import (
    ASSESSMENT_NAME,
    PDF_NAME,
    README_NAME,
    RESULTS_NAME,
    SIGNER_NAME,
    VERIFIER_NAME,
)
from tapeproof.evidence.verifier.manifest import BUNDLE_FORMAT, Entry
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tapeproof.evidence.bundle.signing import Signer
    from tapeproof.evidence.reports.view import View

__all__ = ["Bundle", "write_bundle"]

DERIVED: Final = ("reports/", RESULTS_NAME, ASSESSMENT_NAME, VERIFIER_NAME, README_NAME, SIGNER_NAME)
"""What is made here; everything else in the folder is evidence and must be there before."""
CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written.

    Attributes:
        folder: Its files.
        zip: The same as one file.
        assessment: What it says.
        fingerprint: Of the signer; empty when it is not signed.
        manifest_sha256: Hex digest of its manifest.
        files: How many files it has, manifest and signature included.
        size: Bytes of the zip.
    """

    folder: Path
    zip: Path
    assessment: Mapping[str, Any]
    fingerprint: str
    manifest_sha256: str
    files: int
    size: int


def write_bundle(
    folder: Path,
    *,
    signer: Signer | None = None,
    print_pdf: Callable[[Path, Path, str], None] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Bundle:
    """Write a bundle from a folder of collected evidence; its bytes depend on the evidence and the signer alone.

    Args:
        folder: What the collectors filled; the reports are written into it.
        signer: Who signs; an unsigned bundle says so on every page.
        print_pdf: Prints the HTML file to a PDF file, with the run's time; None leaves the PDF out.
        say: Is told what is being done.

    Raises:
        BundleError: The evidence is not whole.
    """
    say("deriving verdicts from the evidence")
    fingerprint = PublicKey.from_pem(signer.public_pem).fingerprint if signer else ""
    try:
        contents = _evidence(folder)
        view = build_view(contents, _derive(contents, folder), fingerprint, pdf=print_pdf is not None)
        say("writing reports")
        _render(folder, view)
    except Unusable as error:
        finding = error.finding
        raise BundleError(
            f"the evidence in {folder} cannot be used: {finding.where}",
            why=f"{finding.code}: {finding.message}",
            fix=COLLECT_ANEW,
        ) from error
    except UNEXPECTED as error:
        why = f"a field is missing or of another type: {error!r}"
        raise BundleError(f"the evidence in {folder} cannot be used", why=why, fix=COLLECT_ANEW) from error
    if print_pdf is not None:
        print_pdf(folder / "reports/report.html", folder / PDF_NAME, view.run["as_of"])
    _write(folder / VERIFIER_NAME, verifier_source().encode("utf-8"))
    if signer:
        _write(folder / SIGNER_NAME, signer.public_pem)
    say("writing manifest and signature")
    return _seal(folder, view, signer, contents)


def _evidence(folder: Path) -> Contents:
    """Return the evidence files, without what an earlier report left; stale files are removed."""
    for name in Folder(str(folder)).sizes:
        if name.startswith(DERIVED) or name in {MANIFEST_NAME, SIGNATURE_NAME} or name.endswith(".part"):
            (folder / name).unlink()
    return _contents(folder)


def _contents(folder: Path, known: Mapping[str, Entry] | None = None) -> Contents:
    archive = Folder(str(folder))
    skipped = {MANIFEST_NAME, SIGNATURE_NAME}
    files = {
        name: (known or {}).get(name) or Entry(size, _sha256(folder / name))
        for name, size in sorted(archive.sizes.items())
        if name not in skipped
    }
    return Contents(archive, files)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _derive(contents: Contents, folder: Path) -> Mapping[str, Any]:
    check_forms(contents)
    _check_items(contents)
    with (folder / RESULTS_NAME).open("wb") as out:
        assessment = derive(contents, out.write).assessment
    _write(folder / ASSESSMENT_NAME, canonical(assessment))
    return assessment


def _check_items(contents: Contents) -> None:
    """Refuse evidence that changed between its collection and now."""
    for path in [path for path in contents.files if path.endswith("/item.json")]:
        item = contents.json(path)
        for raw in item["raw"]:
            name = f"evidence/{item['id']}/{raw['path']}"
            if name not in contents.files or contents.files[name] != Entry(raw["size"], raw["sha256"]):
                raise Unusable("ALTERED", name, "it is not what was collected")


def _render(folder: Path, view: View) -> None:
    (folder / "reports").mkdir(exist_ok=True)
    with (folder / RESULTS_NAME).open("rb") as lines:
        render_reports(view, lines, lambda path: _open_for_replacement(folder / path))


@contextmanager
def _open_for_replacement(path: Path) -> Iterator[IO[bytes]]:
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as out:
        yield out
    temporary.replace(path)


def _seal(folder: Path, view: View, signer: Signer | None, evidence: Contents) -> Bundle:
    contents = _contents(folder, evidence.files)
    assessment = view.assessment
    facts = {"run": view.run["id"], "previous": assessment["previous"], "evidence_digest": view.evidence_digest}
    files = [{"path": path, "size": entry.size, "sha256": entry.sha256} for path, entry in contents.files.items()]
    manifest = canonical({"format": BUNDLE_FORMAT, **facts, "files": files})
    _write(folder / MANIFEST_NAME, manifest)
    digest = hashlib.sha256(manifest).hexdigest()
    names = [MANIFEST_NAME, *contents.files]
    if signer:
        predicate = {**facts, "rows": assessment["counts"]["rows"], "simulated": view.run["simulated"]}
        _write(folder / SIGNATURE_NAME, sign_manifest(signer, digest, predicate))
        names.append(SIGNATURE_NAME)
    target = folder.with_name(folder.name + ".zip")
    pack(folder, names, target)
    return Bundle(folder, target, assessment, view.signer, digest, len(names), target.stat().st_size)


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    temporary.replace(path)
