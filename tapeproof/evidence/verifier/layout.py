"""Where things lie in a bundle, and which of them the rest is derived from."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.contents import Contents

__all__ = [
    "ASSESSMENT_NAME",
    "PDF_NAME",
    "PREVIOUS_NAME",
    "README_NAME",
    "RESULTS_NAME",
    "SIGNER_NAME",
    "VERIFIER_NAME",
    "evidence_digest",
    "inputs_of",
]

SIGNER_NAME = "signer.pub.pem"
RESULTS_NAME = "results.jsonl"
ASSESSMENT_NAME = "assessment.json"
PREVIOUS_NAME = "previous.json"
README_NAME = "README.txt"
VERIFIER_NAME = "verify.py"
PDF_NAME = "reports/report.pdf"
"""A convenience copy: a browser printed it, so nobody can derive its bytes again."""
INPUT_FOLDERS = ("evidence/", "controls/")
INPUT_FILES = {"run.json", PREVIOUS_NAME}


def inputs_of(contents: Contents) -> tuple[str, ...]:
    """Return the paths an assessment is derived from, sorted."""
    return tuple(sorted(path for path in contents.files if path.startswith(INPUT_FOLDERS) or path in INPUT_FILES))


def evidence_digest(contents: Contents) -> str:
    """Return the digest over everything the assessment is derived from: what reports print and a signer signs."""
    inputs = [{"path": path, "sha256": contents.files[path].sha256} for path in inputs_of(contents)]
    return "sha256:" + hashlib.sha256(canonical(inputs)).hexdigest()
