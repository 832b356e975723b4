"""Verification of a whole bundle, from its signature down to every verdict."""

from __future__ import annotations

import hashlib
from typing import Any

from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import ASSESSMENT_FORMAT, derive, inputs_of
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME, SIGNATURE_NAME, read_statement, verify_statement
from tapeproof.evidence.verifier.findings import (
    EXIT_TAMPERED,
    EXIT_UNANCHORED,
    EXIT_UNUSABLE,
    EXIT_VERIFIED,
    NO_BUNDLE,
    Finding,
    Unusable,
)
from tapeproof.evidence.verifier.keys import PublicKey
from tapeproof.evidence.verifier.manifest import read_manifest
from tapeproof.evidence.verifier.rendered import REPORTS, check_reports
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_json

__all__ = [
    "ASSESSMENT_NAME",
    "RESULTS_NAME",
    "SIGNER_NAME",
    "Expectations",
    "Outcome",
    "evidence_digest",
    "verify_bundle",
]

SIGNER_NAME = "signer.pub.pem"
RESULTS_NAME = "results.jsonl"
ASSESSMENT_NAME = "assessment.json"
ALWAYS_THERE = {"run.json", RESULTS_NAME, ASSESSMENT_NAME}
"""A folder or zip that holds none of these, and no manifest, is something else."""
MAX_MANIFEST_BYTES = 64 << 20
BRIEF = 80
"""Characters of a value that a finding quotes."""


class Expectations:
    """What the reader knows from elsewhere; each is compared when it is given.

    Attributes:
        fingerprint: Of the signer's key.
        public_key: PEM of the signer's key.
        previous: Path of the bundle before this one.
        run: Id of the run.
        after: The run is not older than this UTC time, ISO 8601.
    """

    def __init__(
        self,
        fingerprint: str = "",
        public_key: bytes = b"",
        previous: str = "",
        run: str = "",
        after: str = "",
    ) -> None:
        self.fingerprint = fingerprint
        self.public_key = public_key
        self.previous = previous
        self.run = run
        self.after = after

    @property
    def anchored(self) -> bool:
        """Whether the reader knows the signer."""
        return bool(self.fingerprint or self.public_key)


class Outcome:
    """What was checked and what was found."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.checked: list[tuple[str, str]] = []
        self.signed = False
        self.anchored = False
        self.readable = True
        self.assessment: Json | None = None
        self.manifest_sha256 = ""

    @property
    def exit_status(self) -> int:
        """0 verified, 1 tampered, 3 nothing from outside says who made it, 5 not a bundle."""
        if not self.readable:
            return EXIT_UNUSABLE
        if self.findings:
            return EXIT_TAMPERED
        return EXIT_VERIFIED if self.signed and self.anchored else EXIT_UNANCHORED

    @property
    def word(self) -> str:
        """The verdict in one word."""
        words = {EXIT_VERIFIED: "VERIFIED", EXIT_TAMPERED: "TAMPERED", EXIT_UNUSABLE: "UNUSABLE"}
        return words.get(self.exit_status, "UNANCHORED" if self.signed else "UNSIGNED")


def evidence_digest(contents: Contents) -> str:
    """Return the digest over everything the assessment is derived from: what reports print and a signer signs."""
    inputs = [{"path": path, "sha256": contents.files[path].sha256} for path in inputs_of(contents)]
    return "sha256:" + hashlib.sha256(canonical(inputs)).hexdigest()


def verify_bundle(path: str, expected: Expectations) -> Outcome:
    """Verify a bundle.

    Args:
        path: A folder or a zip file.
        expected: What the reader knows from elsewhere.

    Returns:
        The outcome; nothing is raised for a bundle that is wrong.
    """
    outcome = Outcome()
    try:
        archive = open_bundle(path)
    except Unusable as error:
        outcome.findings.append(error.finding)
        outcome.readable = error.finding.code not in NO_BUNDLE
        return outcome
    try:
        _verify(archive, expected, outcome)
    except Unusable as error:
        outcome.findings.append(error.finding)
        outcome.readable = error.finding.code not in NO_BUNDLE
    finally:
        archive.close()
    return outcome


def _verify(archive: Any, expected: Expectations, outcome: Outcome) -> None:  # noqa: ANN401 - Folder or Zip
    raw = _read_small(archive, MANIFEST_NAME)
    outcome.manifest_sha256 = hashlib.sha256(raw).hexdigest()
    manifest = read_manifest(raw)
    contents = Contents(archive, manifest["files"])
    outcome.findings += contents.check_names()
    predicate = _check_signature(archive, contents, expected, outcome)
    digest = evidence_digest(contents)
    _compare(outcome, "evidence digest", MANIFEST_NAME, manifest["evidence_digest"], digest)
    _check_verdicts(contents, outcome)
    outcome.findings += contents.finish()
    total = sum(entry.size for entry in contents.files.values())
    outcome.checked.append(("files", f"{len(contents.files)} files, {total} bytes, each against its SHA-256"))
    if outcome.assessment is not None:
        _check_statement(outcome, manifest, predicate, digest)
        _check_expectations(outcome, expected)


def _read_small(archive: Any, name: str) -> bytes:  # noqa: ANN401 - Folder or Zip
    size = archive.sizes.get(name)
    if size is None:
        inside = next((other for other in archive.sizes if other.endswith(f"/{name}")), "")
        hint = f"; it lies in a folder of it, {inside}: unpack it and verify that folder" if inside else ""
        code = "MISSING" if ALWAYS_THERE & set(archive.sizes) else "NOT_A_BUNDLE"
        raise Unusable(code, name, f"the bundle does not hold it{hint}")
    if size > MAX_MANIFEST_BYTES:
        raise Unusable("TOO_LARGE", name, f"past the limit of {MAX_MANIFEST_BYTES} bytes")
    return Contents(archive, {}).read(name)


def _check_signature(archive: Any, contents: Contents, expected: Expectations, outcome: Outcome) -> Json:  # noqa: ANN401
    if SIGNATURE_NAME not in archive.sizes:
        if expected.anchored:
            outcome.findings.append(
                Finding("UNSIGNED", SIGNATURE_NAME, "a signature was expected, the bundle has none")
            )
        outcome.checked.append(("signature", "NONE: anybody could have made this bundle"))
        return None
    outcome.signed = True
    statement = read_statement(_read_small(archive, SIGNATURE_NAME))
    pem = expected.public_key or contents.read(SIGNER_NAME)
    key = PublicKey.from_pem(pem, "the public key you gave" if expected.public_key else SIGNER_NAME)
    outcome.findings += verify_statement(statement, key, expected.fingerprint)
    _compare(outcome, "SHA-256", MANIFEST_NAME, outcome.manifest_sha256, statement.manifest_sha256)
    outcome.anchored = expected.anchored
    known = "the key you named" if expected.anchored else "COMPARE this fingerprint with one you got by another channel"
    outcome.checked.append(("signature", f"{key.algorithm} by {key.fingerprint} ({known})"))
    return statement.predicate


def _check_verdicts(contents: Contents, outcome: Outcome) -> None:
    _check_version(contents)
    try:
        with contents.comparing(RESULTS_NAME) as comparison:
            assessment, rows, twice = derive(contents, comparison.take)
        if contents.sha256(ASSESSMENT_NAME) != hashlib.sha256(canonical(assessment)).hexdigest():
            outcome.findings += _differences(contents.json(ASSESSMENT_NAME), assessment)
        if comparison.difference:
            outcome.findings.append(Finding("VERDICT_CHANGED", RESULTS_NAME, comparison.difference))
        outcome.findings += check_reports(contents, assessment)
        outcome.assessment = assessment
    except Unusable as error:
        outcome.findings.append(error.finding)
        return
    judged = f"{rows} verdicts derived again from the evidence, {twice} of them by two judges"
    outcome.checked.append(("verdicts", judged))
    outcome.checked.append(("reports", f"the numbers of {len(REPORTS)} reports against the evidence"))


def _check_version(contents: Contents) -> None:
    """Refuse a bundle whose verdicts were derived by another version's rules, once its bytes are as it was sealed."""
    if ASSESSMENT_NAME not in contents:
        return
    data = contents.read(ASSESSMENT_NAME)
    if f'"format":"{ASSESSMENT_FORMAT}"'.encode() in data or contents.findings:
        return
    stored = decode_json(data, ASSESSMENT_NAME)
    named = stored.get("format") if isinstance(stored, dict) else None
    if named != ASSESSMENT_FORMAT:
        text = f"it is {named!r}, this verifier knows {ASSESSMENT_FORMAT!r}: take the verify.py of that version"
        raise Unusable("OTHER_VERSION", ASSESSMENT_NAME, text)


def _differences(stored: Json, derived: Json, where: str = "", limit: int = 5) -> list[Finding]:
    """Return where an assessment says other than its evidence, by path."""
    if isinstance(stored, dict) and isinstance(derived, dict):
        pairs = [(f"{where}/{key}", stored.get(key), derived.get(key)) for key in sorted({*stored, *derived})]
    elif isinstance(stored, list) and isinstance(derived, list) and len(stored) == len(derived):
        pairs = [(f"{where}/{number}", *pair) for number, pair in enumerate(zip(stored, derived))]  # noqa: B905 - Python 3.9
    else:
        said, shown = _brief_text(stored), _brief_text(derived)
        text = f"{where} says {said}, the evidence says {shown}"
        return [Finding("VERDICT_CHANGED", ASSESSMENT_NAME, text)]
    found: list[Finding] = []
    for path, left, right in pairs:
        if left != right and len(found) < limit:
            found += _differences(left, right, path, limit - len(found))
    return found or [Finding("ALTERED", ASSESSMENT_NAME, "it is not in the canonical encoding")]


def _brief_text(value: Json) -> str:
    text = canonical(value).decode("utf-8")
    return text if len(text) <= BRIEF else text[:BRIEF] + "…"


def _check_statement(outcome: Outcome, manifest: Json, predicate: Json, digest: str) -> None:
    assessment = outcome.assessment or {}
    facts = {"run": assessment["run"]["id"], "previous": assessment["previous"]}
    for name, value in facts.items():
        _compare(outcome, name, MANIFEST_NAME, manifest.get(name), value)
    if predicate is None:
        return
    facts.update(
        {"evidence_digest": digest, "rows": assessment["counts"]["rows"], "simulated": assessment["run"]["simulated"]}
    )
    for name, value in facts.items():
        _compare(outcome, name, SIGNATURE_NAME, predicate.get(name), value)


def _check_expectations(outcome: Outcome, expected: Expectations) -> None:
    assessment = outcome.assessment or {}
    run = assessment["run"]
    if expected.run and run["id"] != expected.run:
        outcome.findings.append(Finding("REPLAYED", "run.json", f"this is run {run['id']}, expected {expected.run}"))
    if expected.after and run["as_of"] < expected.after:
        outcome.findings.append(Finding("REPLAYED", "run.json", f"made {run['as_of']}, before {expected.after}"))
    if expected.previous:
        _check_previous(outcome, expected)


def _check_previous(outcome: Outcome, expected: Expectations) -> None:
    before = verify_bundle(expected.previous, Expectations(expected.fingerprint, expected.public_key))
    if before.exit_status not in {EXIT_VERIFIED, EXIT_UNANCHORED} or before.assessment is None:
        first = "; ".join(f"{one.code} {one.where}: {one.message}" for one in before.findings[:1])
        text = f"the previous bundle does not verify: {first}"
        outcome.findings.append(Finding("PREVIOUS_INVALID", expected.previous, text))
        return
    assessment = outcome.assessment or {}
    claimed = (assessment["previous"] or {}).get("digest")
    shown = f"sha256:{before.manifest_sha256}"
    if claimed != shown:
        text = f"the previous bundle is {claimed}; the one you gave is {shown}"
        outcome.findings.append(Finding("PREVIOUS_MISMATCH", "previous.json", text))
    if before.assessment["run"]["as_of"] >= assessment["run"]["as_of"]:
        outcome.findings.append(Finding("REPLAYED", "run.json", "this bundle is not younger than the previous one"))
    outcome.checked.append(("chain", f"follows run {before.assessment['run']['id']}"))


def _compare(outcome: Outcome, what: str, where: str, said: Json, shown: Json) -> None:
    if said != shown:
        text = f"{what}: it says {_brief_text(said)}, the bundle shows {_brief_text(shown)}"
        outcome.findings.append(Finding("ALTERED", where, text))
