"""``tapeproof evidence verify`` and ``verifier``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tapeproof.evidence.again import judge_again
from tapeproof.evidence.bundle.assemble import verifier_source
from tapeproof.evidence.bundle.release import current_release
from tapeproof.evidence.checking.command import run_verification
from tapeproof.evidence.commands.showing import newest_bundle
from tapeproof.evidence.defaults import DEFAULT_OUTPUT
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.verifier.findings import EXIT_TAMPERED, EXIT_UNUSABLE

if TYPE_CHECKING:
    import argparse

__all__ = ["verify", "write_verifier"]


def verify(parsed: argparse.Namespace) -> int:
    """Verify a bundle with the verifier of this installation; with ``--again``, judge and render it again too."""
    parsed.bundle = parsed.bundle or str(newest_bundle(DEFAULT_OUTPUT))
    status = run_verification(parsed, parsed.bundle, current_release())
    if not parsed.again or status in {EXIT_TAMPERED, EXIT_UNUSABLE}:
        return status
    differences = judge_again(parsed.bundle)
    for line in differences or ["again: the gate gives the same verdicts, and the reports come out the same"]:
        sys.stdout.write(f"{line}\n")
    return status or (1 if differences else 0)


def write_verifier(parsed: argparse.Namespace) -> int:
    """Write ``verify.py``."""
    if parsed.path is None:
        sys.stdout.write(verifier_source())
    else:
        try:
            parsed.path.write_text(verifier_source(), encoding="utf-8")
        except OSError as error:
            fix = "name a file in a folder that is there, such as ./verify.py"
            raise EvidenceError(f"{parsed.path} cannot be written", why=str(error), fix=fix) from error
    return 0
