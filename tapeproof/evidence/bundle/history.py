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
    if outcome.exit_status not in {EXIT_VERIFIED, EXIT_UNANCHORED} or outcome.assessment is None:
        why = "; ".join(f"{one.code} {one.where}: {one.message}" for one in outcome.findings[:3])
        raise BundleError(f"{previous} cannot be the previous bundle", why=why, fix=OTHER_PREVIOUS)
    before, (as_of, subject) = outcome.assessment, _time_and_subject(folder / "run.json")
    if before["run"]["as_of"] >= as_of:
        why = f"it is as of {before['run']['as_of']}"
        raise BundleError(f"{previous} is not older than this run", why=why, fix=OTHER_PREVIOUS)
    if before["run"]["subject"] != subject:
        why = f"it is about {before['run']['subject']!r}, this run is about {subject!r}"
        raise BundleError(f"{previous} cannot be the previous bundle", why=why, fix=OTHER_PREVIOUS)
    target.write_bytes(canonical(memory_of(before, f"sha256:{outcome.manifest_sha256}")) + b"\n")


def _time_and_subject(path: Path) -> tuple[str, str]:
    try:
        run = decode_json(path.read_bytes(), path.name)
        return str(run["as_of"]), run["subject"]
    except (Unusable, *UNEXPECTED) as error:
        raise BundleError(f"{path} cannot be used", why=str(error), fix=COLLECT_ANEW) from error
