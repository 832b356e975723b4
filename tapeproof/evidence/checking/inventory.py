"""Every file of a bundle has a reason to be there: evidence that an item lists, or something derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.reports.rendering import RENDERED
from tapeproof.evidence.verifier.findings import Finding
from tapeproof.evidence.verifier.layout import (
    ASSESSMENT_NAME,
    PDF_NAME,
    PREVIOUS_NAME,
    RESULTS_NAME,
    SIGNER_NAME,
    VERIFIER_NAME,
)
from tapeproof.evidence.verifier.manifest import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.evidence.verifier.contents import Contents

__all__ = ["check_inventory", "check_own_verifier"]

CONTROLS = {f"controls/{name}.json" for name in ("policies", "criteria", "frameworks", "mappings")}
SINGLE = {"run.json", PREVIOUS_NAME, ASSESSMENT_NAME, RESULTS_NAME, SIGNER_NAME, VERIFIER_NAME, PDF_NAME, *RENDERED}
OTHER_VERSION = "OTHER_VERSION"


def check_inventory(contents: Contents) -> list[Finding]:
    """Return a finding for each file that nothing accounts for, or that is not what its item recorded."""
    listed: dict[str, Entry] = {}
    for path in [path for path in contents.files if path.startswith("evidence/") and path.endswith("/item.json")]:
        item = contents.json(path)
        listed[path] = contents.files[path]
        for raw in item["raw"]:
            listed[f"evidence/{item['id']}/{raw['path']}"] = Entry(raw["size"], raw["sha256"])
    return [*_find_unaccounted(contents, listed), *_unlike(contents, listed)]


def _find_unaccounted(contents: Contents, listed: dict[str, Entry]) -> Iterator[Finding]:
    known = {*SINGLE, *CONTROLS, *listed}
    for name in contents.files:
        if name not in known:
            yield Finding("UNACCOUNTED", name, "no item lists it and nothing derives it: it belongs to no evidence")


def _unlike(contents: Contents, listed: dict[str, Entry]) -> Iterator[Finding]:
    for name, entry in listed.items():
        if name not in contents.files:
            yield Finding("MISSING", name, "its item lists it")
        elif contents.files[name] != entry:
            yield Finding("ALTERED", name, "it is not what its item recorded when it was collected")


def check_own_verifier(contents: Contents, own: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return a finding when the bundle carries another ``verify.py`` than the one that runs.

    Args:
        contents: The files.
        own: SHA-256 of the one that runs; empty when it is not known.
        findings: What else was found: where only reports differ, the bundle is another version's.
    """
    if not own or VERIFIER_NAME not in contents.files or contents.files[VERIFIER_NAME].sha256 == own:
        return []
    told = f"the bundle carries sha256:{contents.files[VERIFIER_NAME].sha256}, this one is sha256:{own}"
    if findings and {one.code for one in findings} <= {"REPORT_DISAGREES", "MISSING"}:
        fix = "its reports may be another version's: take the verify.py of that release, never the one in the bundle"
        return [Finding(OTHER_VERSION, VERIFIER_NAME, f"{told}; {fix}")]
    return [Finding("FOREIGN_VERIFIER", VERIFIER_NAME, f"{told}; do not run the one in the bundle")]
