"""What a bundle remembers of the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tapeproof.evidence.bundle.errors import COLLECT_ANEW, BundleError
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.findings import EXIT_UNANCHORED, EXIT_VERIFIED, UNEXPECTED, Unusable
from tapeproof.evidence.verifier.layout import PREVIOUS_NAME
from tapeproof.evidence.verifier.memory import memory_of
from tapeproof.evidence.verifier.strict_json import canonical, decode_json

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.checking.outcome import Outcome

__all__ = ["write_previous"]

OTHER_PREVIOUS: Final = "name the last bundle of the same subject with --previous, or leave it out"


def write_previous(folder: Path, previous: Path | None) -> None:
    """Write ``previous.json`` into collected evidence, or remove it when there is no previous bundle.

    Raises:
        BundleError: The previous bundle does not verify, is not older, or is about something else.
    """
    target = folder / PREVIOUS_NAME
    if previous is None:
        target.unlink(missing_ok=True)
        return
    outcome = verify_bundle(str(previous), Expectations())
    as_of, subject, tool = _describe_run(folder / "run.json")
    fits = outcome.exit_status in {EXIT_VERIFIED, EXIT_UNANCHORED} or _was_rendered_by_another(outcome, tool)
    if not fits or outcome.assessment is None:
        why = "; ".join(f"{one.code} {one.where}: {one.message}" for one in outcome.findings[:3])
        raise BundleError(f"{previous} cannot be the previous bundle", why=why, fix=OTHER_PREVIOUS)
    before = outcome.assessment
    if before["run"]["as_of"] >= as_of:
        why = f"it is as of {before['run']['as_of']}"
        raise BundleError(f"{previous} is not older than this run", why=why, fix=OTHER_PREVIOUS)
    if before["run"]["subject"] != subject:
        why = f"it is about {before['run']['subject']!r}, this run is about {subject!r}"
        raise BundleError(f"{previous} cannot be the previous bundle", why=why, fix=OTHER_PREVIOUS)
    target.write_bytes(canonical(memory_of(before, f"sha256:{outcome.manifest_sha256}")) + b"\n")


def _was_rendered_by_another(outcome: Outcome, tool: str) -> bool:
    """Return whether only reports differ, of a bundle that another build of the tool made.

    What is remembered is derived again from the bundle's evidence, in which reports have no part.
    """
    if outcome.assessment is None:
        return False
    only_reports = {one.code for one in outcome.findings} == {"REPORT_DISAGREES"}
    return only_reports and outcome.assessment["run"]["tool"]["digest"] != tool


def _describe_run(path: Path) -> tuple[str, str, str]:
    """Return time, subject and the tool's digest of a run."""
    try:
        run = decode_json(path.read_bytes(), path.name)
        return str(run["as_of"]), run["subject"], str(run["tool"]["digest"])
    except (Unusable, *UNEXPECTED) as error:
        raise BundleError(f"{path} cannot be used", why=str(error), fix=COLLECT_ANEW) from error
