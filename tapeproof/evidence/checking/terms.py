"""What an auditor expects of a bundle, written down beforehand in a file, against what the bundle is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Finding, Unusable
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_json
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TERMS", "check_own_frameworks", "check_terms", "read_terms"]

MAX_TERMS_BYTES = 1 << 20
SECONDS_A_DAY = 86_400
TERMS: dict[str, type] = {
    "account": str,
    "catalogue": str,
    "commit": str,
    "environment": str,
    "maximum_age_days": int,
    "maximum_ages": dict,
    "now": str,
    "organization": str,
    "own_frameworks": dict,
    "parameters": dict,
    "period_from": str,
    "period_to": str,
    "repository": str,
    "seed": str,
    "simulated": bool,
    "stages": list,
    "subject": str,
    "tag": str,
    "tag_signers": list,
    "tool_version": str,
    "var_files": list,
}
"""What a file may expect, and of which type each is."""


def read_terms(path: str) -> dict[str, Json]:
    """Return what a file expects.

    Raises:
        Unusable: It cannot be read, or expects something that is not known: what is not understood is not met.
    """
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_TERMS_BYTES)
    except (OSError, ValueError) as error:
        raise Unusable("BAD_EXPECTATION", path, f"the expectations cannot be read: {error}") from error
    terms = decode_json(data, path)
    if not isinstance(terms, dict):
        raise Unusable("BAD_EXPECTATION", path, "expected an object with one member for each expectation")
    for name, value in terms.items():
        if name not in TERMS:
            raise Unusable("BAD_EXPECTATION", path, f"{name!r} is not one of {', '.join(sorted(TERMS))}")
        if type(value) is not TERMS[name]:
            raise Unusable("BAD_EXPECTATION", path, f"{name}: expected {TERMS[name].__name__}, got {value!r}")
    if any(type(days) is not int for days in terms.get("maximum_ages", {}).values()):
        raise Unusable("BAD_EXPECTATION", path, "maximum_ages: expected a number of days for each stage")
    if ("tag" in terms) != bool(terms.get("tag_signers")):
        fix = "name the tag, and as tag_signers the lines of the public keys that you trust to sign it"
        raise Unusable("BAD_EXPECTATION", path, f"tag: {fix}")
    if not all(isinstance(one, str) for one in terms.get("tag_signers", ())):
        raise Unusable("BAD_EXPECTATION", path, "tag_signers: expected lines such as 'ssh-ed25519 AAAA…'")
    if "maximum_age_days" in terms and not _is_moment(terms.get("now", "")):
        fix = 'name the moment to count from with "now", as 2026-11-30T09:00:00Z'
        raise Unusable("BAD_EXPECTATION", path, f"maximum_age_days needs a clock of your own: {fix}")
    return terms


def check_terms(assessment: dict[str, Json], terms: dict[str, Json]) -> list[Finding]:
    """Return a finding for each expectation that is not met."""
    found = [*_plain(assessment, terms), *_periods(assessment["run"], terms), *_lists(assessment, terms)]
    found += _ages(assessment, terms)
    return [Finding("NOT_EXPECTED", name, text) for name, text in found]


def check_own_frameworks(own: dict[str, str], terms: dict[str, Json]) -> list[Finding]:
    """Return a finding for each framework of the entity's own that is not the one expected, or was not expected.

    Args:
        own: Digests of those that the bundle holds, by id.
        terms: ``own_frameworks`` names each that may be there, with its digest.
    """
    expected = terms.get("own_frameworks")
    if expected is None:
        return []
    return [
        Finding(
            "NOT_EXPECTED", f"own_frameworks/{name}", f"expected {expected.get(name)}, the bundle has {own.get(name)}"
        )
        for name in sorted({*expected, *own})
        if expected.get(name) != own.get(name)
    ]


def _plain(assessment: dict[str, Json], terms: dict[str, Json]) -> Iterator[tuple[str, str]]:
    run = assessment["run"]
    shown: dict[str, Json] = {
        "account": ", ".join(assessment["scope"]["accounts"]),
        "commit": ", ".join(assessment["scope"]["commits"]) + ("-dirty" if run["dirty"] else ""),
        "environment": run["parameters"].get("environment_suffix", ""),
        "organization": ", ".join(assessment["scope"]["organizations"]),
        "repository": run["repository"],
        "seed": ", ".join(assessment["scope"]["seeds"]),
        "simulated": run["simulated"],
        "subject": run["subject"],
        "tool_version": run["tool"]["version"],
    }
    for name, value in shown.items():
        if name in terms and terms[name] != value:
            yield name, f"expected {terms[name]!r}, the bundle has {value!r}"
    for name, value in terms.get("parameters", {}).items():
        if run["parameters"].get(name) != value:
            yield f"parameters/{name}", f"expected {_text(value)}, the bundle has {_text(run['parameters'].get(name))}"


def _periods(run: dict[str, Json], terms: dict[str, Json]) -> Iterator[tuple[str, str]]:
    if "period_from" in terms and run["period"]["from"][:10] > terms["period_from"][:10]:
        yield "period_from", f"expected a period from {terms['period_from']}, it begins {run['period']['from']}"
    if "period_to" in terms and run["as_of"][:10] < terms["period_to"][:10]:
        yield "period_to", f"expected a period up to {terms['period_to']}, it ends {run['as_of']}"
    if "maximum_age_days" in terms:
        seconds = (_moment_of(terms["now"]) - _moment_of(run["as_of"])).total_seconds()
        if not 0 <= seconds <= terms["maximum_age_days"] * SECONDS_A_DAY:
            limit = f"{count_of(terms['maximum_age_days'], 'day')} before {terms['now']}"
            yield "maximum_age_days", f"expected a run within {limit}, it is as of {run['as_of']}"


def _ages(assessment: dict[str, Json], terms: dict[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield each stage with evidence that is older, at the run, than it may be; evidence without a date is."""
    at = _moment_of(assessment["run"]["as_of"])
    for stage, days in terms.get("maximum_ages", {}).items():
        dated = [(one["id"], one["as_of"]) for one in assessment["items"] if one["stage"] == stage]
        old = [name for name, as_of in dated if not as_of or (at - _moment_of(as_of)).days >= days]
        if old or not dated:
            told = f"older or undated: {', '.join(sorted(old))}" if old else "there is none"
            yield f"maximum_ages/{stage}", f"expected evidence of fewer than {days} days before the run; {told}"


def _lists(assessment: dict[str, Json], terms: dict[str, Json]) -> Iterator[tuple[str, str]]:
    collected = {stage for stage, facts in assessment["stages"].items() if facts["collected"] and not facts["failed"]}
    for stage in terms.get("stages", ()):
        if stage not in collected:
            yield f"stages/{stage}", "expected evidence of this stage, the bundle lacks some or all of it"
    for name in terms.get("var_files", ()):
        if name not in assessment["scope"]["var_files"]:
            yield f"var_files/{name}", "expected this environment to be judged, the gate was not given its file"


def _is_moment(text: str) -> bool:
    try:
        return _moment_of(text).tzinfo is not None
    except ValueError:
        return False


def _moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))  # noqa: FURB162 - Python 3.9


def _text(value: Json) -> str:
    return canonical(value).decode("utf-8")
