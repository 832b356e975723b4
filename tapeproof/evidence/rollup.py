"""Several accounts and environments in one report: each bundle is verified first, and nothing is averaged away.

A policy or control is met in the whole only where it is met in every bundle; a bundle that does not verify shows
nothing, and an environment that is expected and has no bundle is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tapeproof.evidence.bundle.release import current_release
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.findings import (
    EXIT_TAMPERED,
    EXIT_UNANCHORED,
    EXIT_UNMET,
    EXIT_UNUSABLE,
    EXIT_VERIFIED,
)
from tapeproof.evidence.verifier.keys import same_fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tapeproof.evidence.checking.outcome import Outcome

__all__ = ["EFFECTS_TOLD", "UNVERIFIED", "Column", "Rollup", "roll_up"]

EFFECTS_TOLD: Final = ("design", "implemented", "operating")
UNVERIFIED: Final = "unverified"
ABSENT: Final = "absent"
"""A bundle of another catalogue does not know the policy or control."""
MET: Final = {"pass", "satisfied", "not-applicable"}
NOT_MET: Final = {"fail", "not-satisfied", "waived", "unknown", UNVERIFIED}


class Column(NamedTuple):
    """One bundle.

    Attributes:
        place: Account and environment, ``111122223333/prod``.
        run: Id of the run; the file's name where it did not verify.
        as_of: The run's time.
        word: What came of verifying it.
        simulated: Whether its live evidence is an emulator's.
        manifest: Digest of its manifest.
        signer: Fingerprint of its signer.
        statuses: Status of each policy and control, by subject and effect; empty where it did not verify.
        counts: How many subjects have which status, by effect.
        findings: What is wrong with it, or not as expected.
    """

    place: str
    run: str
    as_of: str
    word: str
    simulated: bool
    manifest: str
    signer: str
    statuses: Mapping[tuple[str, str], str]
    counts: Mapping[str, Mapping[str, int]]
    findings: list[str]


class Rollup(NamedTuple):
    """Several bundles.

    Attributes:
        columns: A bundle each, by place and time.
        unmet: Subject and effect of whatever is not met in one bundle or more, with its status in each.
        differs: The same of whatever has not one status in all.
        missing: Places that are expected and have no bundle that verified.
        twice: Places that have more than one bundle.
        exit_status: 0; 1 when a bundle does not verify; 3 when a signer is not known; 4 when something is missing.
    """

    columns: list[Column]
    unmet: list[tuple[str, str, list[str]]]
    differs: list[tuple[str, str, list[str]]]
    missing: list[str]
    twice: list[str]
    exit_status: int


def roll_up(paths: Sequence[str], fingerprints: Sequence[str] = (), expected: Sequence[str] = ()) -> Rollup:
    """Verify bundles and lay them side by side.

    Args:
        paths: Folders or zip files.
        fingerprints: Of the signers that the reader knows.
        expected: Places that there must be a bundle of, ``ACCOUNT/ENVIRONMENT``.
    """
    outcomes = [(path, verify_bundle(path, Expectations(), current_release())) for path in dict.fromkeys(paths)]
    columns = sorted((_column(path, one, fingerprints) for path, one in outcomes), key=lambda one: one[:3])
    whole = [one for one in columns if one.statuses]
    places = [one.place for one in whole]
    missing = [place for place in dict.fromkeys(expected) if place not in places]
    twice = sorted({place for place in places if places.count(place) > 1})
    rows = [(*subject, [_status_in(one, subject) for one in columns]) for subject in _subjects(whole)]
    unmet = [row for row in rows if NOT_MET & set(row[2])]
    differs = [row for row in rows if len({*row[2]} - {UNVERIFIED}) > 1]
    return Rollup(
        columns, unmet, differs, missing, twice, _status([one for _, one in outcomes], columns, missing, twice)
    )


def _column(path: str, outcome: Outcome, fingerprints: Sequence[str]) -> Column:
    told = [f"{one.code} {one.where}: {one.message}" for one in (*outcome.findings, *outcome.unmet)]
    assessment, manifest = outcome.assessment, f"sha256:{outcome.manifest_sha256}"
    if assessment is None or outcome.exit_status in {EXIT_TAMPERED, EXIT_UNUSABLE}:
        return Column("not verified", path, "", outcome.word, False, manifest, "", {}, {}, told)
    run, accounts = assessment["run"], assessment["scope"]["accounts"]
    place = f"{'+'.join(accounts) or 'no account'}/{run['parameters'].get('environment_suffix') or 'no environment'}"
    known = any(same_fingerprint(outcome.signer, one) for one in fingerprints)
    word = outcome.word if outcome.unmet else "VERIFIED" if known else "UNANCHORED" if outcome.signed else "UNSIGNED"
    statuses = dict(_statuses(assessment))
    counts = {effect: _count(statuses, effect) for effect in EFFECTS_TOLD}
    facts = (place, run["id"], run["as_of"], word, bool(run["simulated"]), manifest, outcome.signer)
    return Column(*facts, statuses, counts, told)


def _statuses(assessment: Mapping[str, Any]) -> list[tuple[tuple[str, str], str]]:
    named = [(one["id"], one["effects"]) for one in assessment["policies"]]
    named += [(f"{one['framework']} {one['control']}", one["effects"]) for one in assessment["controls"]]
    return [((name, effect), effects[effect]) for name, effects in named for effect in EFFECTS_TOLD]


def _count(statuses: Mapping[tuple[str, str], str], effect: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for (_, shown), status in statuses.items():
        if shown == effect:
            counted[status] = counted.get(status, 0) + 1
    return dict(sorted(counted.items()))


def _subjects(columns: Sequence[Column]) -> list[tuple[str, str]]:
    return sorted({subject for one in columns for subject in one.statuses})


def _status_in(column: Column, subject: tuple[str, str]) -> str:
    return column.statuses.get(subject, ABSENT) if column.statuses else UNVERIFIED


def _status(outcomes: Sequence[Outcome], columns: Sequence[Column], missing: list[str], twice: list[str]) -> int:
    if any(one.exit_status in {EXIT_TAMPERED, EXIT_UNUSABLE} for one in outcomes):
        return EXIT_TAMPERED
    if missing or twice or any(one.unmet for one in outcomes):
        return EXIT_UNMET
    return EXIT_VERIFIED if all(one.word == "VERIFIED" for one in columns) else EXIT_UNANCHORED
