"""``tapeproof evidence verify`` and ``verifier``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tapeproof.evidence.bundle.assemble import verifier_source
from tapeproof.evidence.bundle.release import current_release
from tapeproof.evidence.checking.command import run_verification
from tapeproof.evidence.commands.showing import newest_bundle
from tapeproof.evidence.defaults import DEFAULT_OUTPUT
from tapeproof.evidence.errors import EXIT_FINDINGS, EXIT_INCOMPLETE, EvidenceError
from tapeproof.evidence.recheck import recheck_bundle, spell_recheck
from tapeproof.evidence.verifier.findings import EXIT_TAMPERED, EXIT_UNUSABLE
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    import argparse

__all__ = ["recheck", "verify", "write_verifier"]


def verify(parsed: argparse.Namespace) -> int:
    """Verify a bundle with the verifier of this installation."""
    if not parsed.chain:
        parsed.bundle = parsed.bundle or str(newest_bundle(DEFAULT_OUTPUT))
    return run_verification(parsed, parsed.bundle or ".", current_release())


def recheck(parsed: argparse.Namespace) -> int:
    """Verify a bundle, then judge its sources and plan again with the gate of this installation.

    Returns:
        The status of the verification when that fails; else 1 when a verdict differs, 2 when something could not be
        judged again, and the status of the verification otherwise.
    """
    if parsed.chain:
        raise EvidenceError("one bundle at a time is judged again", fix="leave --chain out, and name the bundle")
    status = verify(parsed)
    if status in {EXIT_TAMPERED, EXIT_UNUSABLE}:
        return status
    found = recheck_bundle(parsed.bundle)
    for line in spell_recheck(found):
        sys.stdout.write(f"{escape_text(line)}\n")
    if found.differences:
        return EXIT_FINDINGS
    named = found.skipped.keys() - {"plan"} or (found.skipped and not found.judged)
    return status or (EXIT_INCOMPLETE if named else 0)


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
