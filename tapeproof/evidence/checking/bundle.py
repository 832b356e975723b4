"""Verification of a whole bundle, from its signature down to every verdict and every byte of its reports."""

from __future__ import annotations

import hashlib
from typing import Any

from tapeproof.evidence.checking.countersignature import check_countersignature
from tapeproof.evidence.checking.entries import check_entry, entry_of
from tapeproof.evidence.checking.inventory import check_inventory, check_own_verifier
from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.checking.release import Release, catalogue_differences, own_frameworks
from tapeproof.evidence.checking.reports import check_reports
from tapeproof.evidence.checking.tags import check_tag
from tapeproof.evidence.checking.terms import check_own_frameworks, check_terms
from tapeproof.evidence.reports.rendering import RENDERED
from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import ASSESSMENT_FORMAT, derive
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME, SIGNATURE_NAME, read_statement, verify_statement
from tapeproof.evidence.verifier.findings import (
    EXIT_UNANCHORED,
    EXIT_UNMET,
    EXIT_VERIFIED,
    NO_BUNDLE,
    UNEXPECTED,
    Finding,
    Unusable,
    refuse_shape,
)
from tapeproof.evidence.verifier.keys import PublicKey
from tapeproof.evidence.verifier.layout import (
    ASSESSMENT_NAME,
    PDF_NAME,
    PREVIOUS_NAME,
    RESULTS_NAME,
    SIGNER_NAME,
    evidence_digest,
)
from tapeproof.evidence.verifier.manifest import read_manifest
from tapeproof.evidence.verifier.memory import memory_of
from tapeproof.evidence.verifier.reservations import spell_reservation
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_json
from tapeproof.terminal import count_of

__all__ = ["check_link", "verify_bundle"]

ALWAYS_THERE = {"run.json", RESULTS_NAME, ASSESSMENT_NAME}
"""A folder or zip that holds none of these, and no manifest, is something else."""
MAX_MANIFEST_BYTES = 64 << 20
BRIEF = 80
"""Characters of a value that a finding quotes."""
DIFFERENCES_NAMED = 20
"""At most this many differences from a release's catalogue are named."""


def verify_bundle(path: str, expected: Expectations, release: Release | None = None) -> Outcome:
    """Verify a bundle.

    Args:
        path: A folder or a zip file.
        expected: What the reader knows from elsewhere.
        release: Digests of the release whose rules judge; None compares with none.

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
        _verify(archive, expected, release, outcome)
    except Unusable as error:
        outcome.findings.append(error.finding)
        outcome.readable = error.finding.code not in NO_BUNDLE
    except UNEXPECTED as error:
        # What is made of the evidence after it was judged can still meet a value that no collector writes.
        outcome.findings.append(refuse_shape("the bundle", error).finding)
    finally:
        archive.close()
    return outcome


def _verify(archive: Any, expected: Expectations, release: Release | None, outcome: Outcome) -> None:  # noqa: ANN401 - Folder or Zip
    raw = _read_small(archive, MANIFEST_NAME)
    outcome.manifest_sha256 = hashlib.sha256(raw).hexdigest()
    manifest = read_manifest(raw)
    contents = Contents(archive, manifest["files"])
    outcome.findings += contents.check_names()
    predicate = _check_signature(archive, contents, expected, outcome)
    digest = evidence_digest(contents)
    _compare(outcome, "evidence digest", MANIFEST_NAME, manifest["evidence_digest"], digest)
    _check_verdicts(contents, outcome)
    _note_what_is_recorded(archive, contents, outcome)
    outcome.findings += contents.finish()
    total = sum(entry.size for entry in contents.files.values())
    counted = f"{count_of(len(contents.files), 'file')}, {count_of(total, 'byte')}"
    outcome.checked.append(("files", f"{counted}, each against its SHA-256"))
    if outcome.assessment is not None:
        _check_statement(outcome, manifest, predicate, digest)
        _check_release(contents, release, expected, outcome)
        outcome.unmet += check_tag(contents, outcome.assessment["run"], expected.terms)
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
        if expected.countersignature:
            told = "the bundle itself is not signed, so there is nothing to countersign"
            outcome.findings.append(Finding("COUNTERSIGNATURE_INVALID", expected.countersignature, told))
        outcome.checked.append(("signature", "NONE: anybody could have made this bundle"))
        return None
    outcome.signed = True
    statement = read_statement(_read_small(archive, SIGNATURE_NAME))
    pem = expected.public_key or contents.read(SIGNER_NAME)
    key = PublicKey.from_pem(pem, "the public key you gave" if expected.public_key else SIGNER_NAME)
    outcome.findings += verify_statement(statement, key, expected.fingerprint)
    outcome.signer = key.fingerprint
    _compare(outcome, "SHA-256", MANIFEST_NAME, outcome.manifest_sha256, statement.manifest_sha256)
    outcome.anchored = expected.anchored
    if expected.countersigner and not expected.countersignature:
        told = "a second signature was expected; name its file with --countersignature"
        outcome.findings.append(Finding("COUNTERSIGNATURE_INVALID", SIGNATURE_NAME, told))
    if expected.countersignature:
        second = check_countersignature(
            expected.countersignature, outcome.manifest_sha256, key.fingerprint, expected.countersigner
        )
        outcome.findings += second.findings
        outcome.checked += [("countersigned", second.told)] if second.told else []
    known = "the key you named" if expected.anchored else "COMPARE this fingerprint with one you got by another channel"
    outcome.checked.append(("signature", f"{key.algorithm} by {key.fingerprint} ({known})"))
    return statement.predicate


def _check_verdicts(contents: Contents, outcome: Outcome) -> None:
    _check_version(contents)
    try:
        with contents.compare_file(RESULTS_NAME) as comparison:
            assessment, rows, twice = derive(contents, comparison.take)
        if contents.sha256(ASSESSMENT_NAME) != hashlib.sha256(canonical(assessment)).hexdigest():
            outcome.findings += _differences(contents.json(ASSESSMENT_NAME), assessment)
        outcome.assessment = assessment
        outcome.previous = contents.json(PREVIOUS_NAME) if PREVIOUS_NAME in contents else None
        outcome.findings += check_inventory(contents)
        if comparison.difference:
            outcome.findings.append(Finding("VERDICT_CHANGED", RESULTS_NAME, comparison.difference))
        else:
            outcome.findings += check_reports(contents, assessment, _signer_named(contents))
            outcome.checked.append(("reports", f"{len(RENDERED)} files rendered again, each byte compared"))
    except Unusable as error:
        outcome.findings.append(error.finding)
        return
    judged = f"{count_of(rows, 'verdict')} derived again from the evidence, {twice} of them by two judges"
    outcome.checked.append(("verdicts", judged))


def _signer_named(contents: Contents) -> str:
    """Return the fingerprint that the reports repeat: of the key beside them, whether or not the reader trusts it."""
    return PublicKey.from_pem(contents.read(SIGNER_NAME), SIGNER_NAME).fingerprint if SIGNER_NAME in contents else ""


def _note_what_is_recorded(archive: Any, contents: Contents, outcome: Outcome) -> None:  # noqa: ANN401 - Folder or Zip
    """Say what the bundle holds that was read and hashed, but that nobody derived again."""
    for item in (outcome.assessment or {}).get("items", ()):
        document = contents.json(f"evidence/{item['id']}/item.json")
        if document["judge"] == "gate" and item["status"] == "collected":
            told = f"{item['id']}: verdicts of the gate; `tapeproof evidence recheck` judges source and plan again"
            outcome.recorded.append(told)
    if PDF_NAME in contents:
        outcome.recorded.append(f"{PDF_NAME}: a convenience copy that a browser printed; reports/report.html counts")
    left = "left by a file browser, not part of the bundle"
    outcome.checked += [("foreign", f"{name}: {left}") for name in archive.foreign]


def _check_release(contents: Contents, release: Release | None, expected: Expectations, outcome: Outcome) -> None:
    if release is None:
        return
    run = (outcome.assessment or {})["run"]
    told = catalogue_differences(contents, run["parameters"], release)
    if told and expected.terms.get("catalogue") != _catalogue_digest(contents):
        more = len(told) - DIFFERENCES_NAMED
        shown = "; ".join([*told[:DIFFERENCES_NAMED], *([f"{more} more"] if more > 0 else [])])
        outcome.unmet.append(Finding("OWN_CATALOGUE", "controls/", f"{_catalogue_digest(contents)}: {shown}"))
    own = own_frameworks(contents.json("controls/frameworks.json"), release)
    note = "the entity's own framework; its mappings say what the entity says, and no release vouches for them"
    outcome.checked += [("own", f"{name} {digest}: {note}") for name, digest in sorted(own.items())]
    outcome.unmet += check_own_frameworks(own, expected.terms)
    outcome.findings += check_own_verifier(contents, release.verifier, outcome.findings)
    outcome.readable = not any(one.code in NO_BUNDLE for one in outcome.findings)


def _catalogue_digest(contents: Contents) -> str:
    """Return the digest that an expectation file names a catalogue by."""
    listed = [(name, entry.sha256) for name, entry in sorted(contents.files.items()) if name.startswith("controls/")]
    return "sha256:" + hashlib.sha256(canonical(listed)).hexdigest()


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
    outcome.unmet += check_terms(assessment, expected.terms)
    outcome.unmet += [
        Finding(one["code"], "evidence/", spell_reservation(one))
        for one in assessment["reservations"]
        if one["contradiction"]
    ]
    if expected.entry:
        entered = check_entry(expected.entry, entry_of(run, outcome.manifest_sha256), expected.log_keys)
        outcome.findings += entered.findings
        outcome.checked += [("entered", entered.told)] if entered.told else []
    if expected.previous:
        _check_previous(outcome, expected)
    elif outcome.previous:
        runs = count_of(len(outcome.previous["history"]), "earlier run")
        told = f"{PREVIOUS_NAME}: what the maker remembers of {runs}; name them with --previous or --chain"
        outcome.recorded.append(told)


def _check_previous(outcome: Outcome, expected: Expectations) -> None:
    before = verify_bundle(expected.previous, Expectations(expected.fingerprint, expected.public_key))
    if before.exit_status not in {EXIT_VERIFIED, EXIT_UNANCHORED, EXIT_UNMET} or before.assessment is None:
        first = "; ".join(f"{one.code} {one.where}: {one.message}" for one in before.findings[:1])
        text = f"the previous bundle does not verify: {first}"
        outcome.findings.append(Finding("PREVIOUS_INVALID", expected.previous, text))
        return
    outcome.findings += check_link(before, outcome)
    outcome.checked.append(("chain", f"follows run {before.assessment['run']['id']}"))


def check_link(before: Outcome, after: Outcome) -> list[Finding]:
    """Return what is wrong with one bundle as the one before another; both were verified."""
    assessment = after.assessment or {}
    claimed, shown = (assessment["previous"] or {}).get("digest"), f"sha256:{before.manifest_sha256}"
    earlier = (before.assessment or {})["run"]
    found = []
    if claimed != shown:
        text = f"the previous bundle is {claimed}; the one you gave is {shown}"
        found.append(Finding("PREVIOUS_MISMATCH", PREVIOUS_NAME, text))
    elif after.previous != memory_of(before.assessment, shown):
        text = f"what it remembers of run {earlier['id']} is not what that bundle's evidence gives"
        found.append(Finding("MEMORY_CHANGED", PREVIOUS_NAME, text))
    if earlier["as_of"] >= assessment["run"]["as_of"]:
        found.append(Finding("REPLAYED", "run.json", "this bundle is not younger than the previous one"))
    return found


def _compare(outcome: Outcome, what: str, where: str, said: Json, shown: Json) -> None:
    if said != shown:
        text = f"{what}: it says {_brief_text(said)}, the bundle shows {_brief_text(shown)}"
        outcome.findings.append(Finding("ALTERED", where, text))
