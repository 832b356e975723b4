"""A period shown by a chain of bundles: each is verified, and each one's memory is made again from the one before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.evidence.checking.bundle import check_link, verify_bundle
from tapeproof.evidence.checking.entries import check_entries, entry_of
from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import (
    EXIT_TAMPERED,
    EXIT_UNANCHORED,
    EXIT_UNMET,
    EXIT_UNUSABLE,
    EXIT_VERIFIED,
    Finding,
    Unusable,
)
from tapeproof.evidence.verifier.period import gaps_between
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.checking.release import Release
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["Chain", "Trend", "is_of_another_version", "verify_chain"]

OF_ANOTHER_VERSION = {"OTHER_VERSION", "REPORT_DISAGREES", "MISSING"}
"""What is found in a bundle of another build: its reports come out otherwise, or it lacks one that is newer."""
FAILED, HELD = {"fail", "not-satisfied"}, {"pass", "satisfied"}
KEPT_THE_SAME = ("accounts", "roots", "var_files")


class Trend(NamedTuple):
    """How a policy or a control went over the period.

    Attributes:
        subject: Id of the policy, or framework and control.
        failed: In how many bundles its implementation failed.
        repaired_days: Days from each first failure to the next pass, in whole days.
    """

    subject: str
    failed: int
    repaired_days: list[int]


class Chain(NamedTuple):
    """What came of verifying a chain.

    Attributes:
        bundles: Names of the bundles, oldest first, with what came of each.
        findings: What is wrong with the bundles or the links between them.
        changes: What the bundles do not share, which may be right and must be known.
        trends: Policies and controls that failed at some time.
        coverage: The period in words: its ends, how many runs, the stated cadence and how many gaps.
        entered: Against which log it was held; empty for none.
    """

    bundles: list[tuple[str, Outcome]]
    findings: list[Finding]
    changes: list[Finding]
    trends: list[Trend]
    coverage: str = ""
    entered: str = ""

    @property
    def exit_status(self) -> int:
        """0 verified; 1 when a bundle or a link is wrong; 3 without a signer; 4 when something changed; 5 no chain."""
        if not self.bundles:
            return EXIT_UNUSABLE
        statuses = {outcome.exit_status for _, outcome in self.bundles if not is_of_another_version(outcome)}
        if self.findings or statuses & {EXIT_TAMPERED, EXIT_UNUSABLE}:
            return EXIT_TAMPERED
        if self.changes or EXIT_UNMET in statuses:
            return EXIT_UNMET
        return EXIT_UNANCHORED if EXIT_UNANCHORED in statuses else EXIT_VERIFIED


def verify_chain(folder: str, expected: Expectations, release: Release | None) -> Chain:
    """Verify every bundle in a folder, oldest first, and that each follows the one before.

    Args:
        folder: Holds the bundles, as zip files or unpacked.
        expected: The signer, and terms that each bundle must meet.
        release: Digests of the release whose rules judge.

    Raises:
        Unusable: There is no bundle.
    """
    paths = _bundles_in(folder)
    if not paths:
        raise Unusable("NOT_A_BUNDLE", folder, "the folder holds no bundle")
    each = Expectations(expected.fingerprint, expected.public_key, terms=expected.terms)
    verified = [(path.name, verify_bundle(str(path), each, release)) for path in paths]
    readable = [(name, outcome) for name, outcome in verified if outcome.assessment is not None]
    readable.sort(key=lambda one: (one[1].assessment or {})["run"]["as_of"])
    lost = [Finding("UNREADABLE", name, "it cannot be verified") for name, one in verified if one.assessment is None]
    findings, entered = [*lost, *_wrong_bundles(verified), *_links(readable)], ""
    if expected.entries[0]:
        against = check_entries(*expected.entries, expected.log_keys, list(_entries_of(readable)))
        findings, entered = [*findings, *against.findings], against.told
    changes = [*_other_versions(readable), *_changes(readable)]
    return Chain(verified, findings, changes, list(_trends(readable)), _spell_coverage(readable), entered)


def _bundles_in(folder: str) -> list[Path]:
    """Return every bundle of a folder, also one that lies there unpacked or under a name in capitals.

    Raises:
        Unusable: The folder cannot be read.
    """
    try:
        found = sorted(Path(folder).iterdir())
    except (OSError, ValueError) as error:
        raise Unusable("NOT_A_BUNDLE", folder, f"it holds no bundle that can be read: {error}") from error
    return [path for path in found if path.suffix.lower() == ".zip" or (path / MANIFEST_NAME).exists()]


def is_of_another_version(outcome: Outcome) -> bool:
    """Return whether a bundle's evidence and verdicts verified, and only another release can check its reports."""
    codes = {one.code for one in outcome.findings}
    return outcome.assessment is not None and "OTHER_VERSION" in codes and codes <= OF_ANOTHER_VERSION


def _other_versions(bundles: list[tuple[str, Outcome]]) -> Iterator[Finding]:
    for name, outcome in bundles:
        if is_of_another_version(outcome):
            version = (outcome.assessment or {})["run"]["tool"]["version"]
            told = f"rendered by another build ({version}): its evidence and verdicts were derived again, its reports"
            yield Finding("OTHER_VERSION", name, f"{told} were not; verify it with the verify.py of that release")


def _spell_coverage(bundles: list[tuple[str, Outcome]]) -> str:
    assessments = [outcome.assessment or {} for _, outcome in bundles]
    if not assessments:
        return ""
    first, last = assessments[0]["run"]["as_of"], assessments[-1]["run"]["as_of"]
    days = assessments[-1]["period"]["cadence_days"]
    stated = f"one every {count_of(days, 'day')} stated" if days else "no cadence stated"
    runs, gaps = count_of(len(assessments), "run"), count_of(len(_gaps(assessments)), "gap")
    return f"{first} to {last}, {runs}, {stated}, {gaps}"


def _entries_of(bundles: list[tuple[str, Outcome]]) -> Iterator[tuple[str, str, bytes]]:
    for name, outcome in bundles:
        run = (outcome.assessment or {})["run"]
        yield name, run["subject"], entry_of(run, outcome.manifest_sha256)


def _wrong_bundles(verified: list[tuple[str, Outcome]]) -> Iterator[Finding]:
    for name, outcome in verified:
        for one in outcome.findings if not is_of_another_version(outcome) else ():
            yield Finding(one.code, f"{name}: {one.where}", one.message)


def _links(bundles: list[tuple[str, Outcome]]) -> Iterator[Finding]:
    for (_, before), (name, after) in zip(bundles, bundles[1:]):  # noqa: B905, RUF007 - Python 3.9
        for one in check_link(before, after):
            yield Finding(one.code, f"{name}: {one.where}", one.message)
    if bundles and bundles[0][1].previous:
        text = f"it follows run {bundles[0][1].previous['run']}, which is not in the folder"
        yield Finding("CHAIN_BEGINS_LATE", bundles[0][0], text)


def _changes(bundles: list[tuple[str, Outcome]]) -> Iterator[Finding]:
    """Yield what changed from one bundle to the next, and gaps longer than the stated cadence."""
    assessments = [(name, outcome.assessment or {}) for name, outcome in bundles]
    for (_, before), (name, after) in zip(assessments, assessments[1:]):  # noqa: B905, RUF007 - Python 3.9
        for what in KEPT_THE_SAME:
            if before["scope"][what] != after["scope"][what]:
                text = f"{_join_values(before['scope'][what])} before, {_join_values(after['scope'][what])} here"
                yield Finding(f"CHANGED_{what.upper()}", name, text)
        if before["run"]["tool"]["digest"] != after["run"]["tool"]["digest"]:
            versions = f"{before['run']['tool']['version']} before, {after['run']['tool']['version']} here"
            yield Finding("CHANGED_TOOL", name, versions)
        if before["period"]["cadence_days"] != after["period"]["cadence_days"]:
            days = f"{before['period']['cadence_days']} days before, {after['period']['cadence_days']} here"
            yield Finding("CHANGED_CADENCE", name, days)
        for code, left, right in _changed_run(before["run"], after["run"], after["period"]["cadence_days"]):
            yield Finding(code, name, f"{left or 'none'} before, {right or 'none'} here")
    for left, right in _gaps([one for _, one in assessments]):
        yield Finding("GAP", "chain", f"no run between {left} and {right}")


def _changed_run(before: Json, after: Json, cadence: int) -> Iterator[tuple[str, str, str]]:
    """Yield what a run says otherwise than the one before: what it is about, and the period that it counts from."""
    yield from _differing("CHANGED_SUBJECT", before["subject"], after["subject"])
    environments = [run["parameters"].get("environment_suffix", "") for run in (before, after)]
    yield from _differing("CHANGED_ENVIRONMENT", *environments)
    if cadence:  # without one nothing operates over a period, and each run begins its own
        yield from _differing("CHANGED_PERIOD", before["period"]["from"], after["period"]["from"])


def _differing(code: str, left: Json, right: Json) -> Iterator[tuple[str, str, str]]:
    if left != right:
        yield code, str(left), str(right)


def _gaps(assessments: list[Json]) -> list[list[str]]:
    # The shortest that was stated: a longer one, stated afterwards, would close the gaps that came before it.
    cadence = min((one["period"]["cadence_days"] for one in assessments if one["period"]["cadence_days"]), default=0)
    return gaps_between([one["run"]["as_of"] for one in assessments], cadence) if cadence else []


def _trends(bundles: list[tuple[str, Outcome]]) -> Iterator[Trend]:
    seen: dict[str, list[tuple[str, str]]] = {}
    for assessment in (outcome.assessment or {} for _, outcome in bundles):
        for subject, status in _implemented(assessment):
            seen.setdefault(subject, []).append((assessment["run"]["as_of"], status))
    for subject, statuses in sorted(seen.items()):
        failed = sum(status in FAILED for _, status in statuses)
        if failed:
            yield Trend(subject, failed, list(_repairs(statuses)))


def _implemented(assessment: Json) -> Iterator[tuple[str, str]]:
    for policy in assessment["policies"]:
        yield policy["id"], policy["effects"]["implemented"]
    for control in assessment["controls"]:
        yield f"{control['framework']} {control['control']}", control["effects"]["implemented"]


def _repairs(seen: list[tuple[str, str]]) -> Iterator[int]:
    since = ""
    for as_of, status in seen:
        if status in FAILED:
            since = since or as_of
        elif status in HELD and since:
            yield _days_between(since, as_of)
            since = ""


def _days_between(left: str, right: str) -> int:
    return (date.fromisoformat(right[:10]) - date.fromisoformat(left[:10])).days


def _join_values(values: list[str]) -> str:
    return ", ".join(values) or "none"
