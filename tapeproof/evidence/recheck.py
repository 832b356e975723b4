"""Judges a bundle's sources and plan again with the gate of this installation: what the single file cannot do.

Verdicts of the gate are recorded in a bundle, and whoever holds the key can edit the record. The auditor's own release
judges again, and each verdict that differs is named.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tapeproof.evidence.collectors.gate import run_gate
from tapeproof.evidence.errors import CollectionError, EvidenceError
from tapeproof.evidence.verifier.archive import open_bundle, safe_name
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable
from tapeproof.evidence.verifier.manifest import read_manifest
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Difference", "Rechecked", "gate_arguments", "recheck_bundle", "spell_recheck"]

GATE_COMMAND: Final = ["tapeproof", "gate", "check"]
COMPARED: Final = ("policy", "resource", "verdict", "line", "column")
SOURCES: Final = "evidence/source-files/raw/files/"
PLAN: Final = "evidence/plan-resources/raw/plan-judged.json"
PLACEHOLDERS: Final = "TP_VAL_3"
"""The policy about placeholders: what stands where a secret was taken out reads as one."""
FRONT_ENDS: Final = {"source": "hcl", "plan": "plan"}


class Difference(NamedTuple):
    """A verdict that is not the same.

    Attributes:
        stage: ``source`` or ``plan``.
        recorded: Whether the bundle has it and the gate does not give it; otherwise the other way round.
        verdict: Policy, resource, verdict, line and column.
    """

    stage: str
    recorded: bool
    verdict: Mapping[str, str]


class Rechecked(NamedTuple):
    """What came of judging again.

    Attributes:
        differences: Verdicts that differ.
        judged: How many verdicts are the same, by stage.
        hidden: Recorded failures that rest on a value which was taken out of the bundle, so that nobody can judge it.
        skipped: What could not be judged again, and why, by stage.
    """

    differences: list[Difference]
    judged: dict[str, int]
    hidden: list[Difference]
    skipped: dict[str, str]


def recheck_bundle(bundle: str) -> Rechecked:
    """Judge a bundle's sources and plan again.

    Args:
        bundle: A folder or zip that verified.

    Raises:
        EvidenceError: It is not shaped as this program writes bundles.
    """
    result = Rechecked([], {}, [], {})
    try:
        with closing(open_bundle(bundle)) as archive, tempfile.TemporaryDirectory(prefix="tapeproof-") as scratch:
            contents = Contents(archive, read_manifest(Contents(archive, {}).read(MANIFEST_NAME))["files"])
            folder = Path(scratch) / "sources"
            _unpack_sources(contents, folder)
            for stage in FRONT_ENDS:
                _recheck_stage(stage, contents, folder, result)
    except (Unusable, *UNEXPECTED, OSError) as error:
        why = f"a field is missing or of another type: {error!r}"
        raise EvidenceError(f"{bundle} cannot be judged again", why=why, fix="verify it first") from error
    return result


def _unpack_sources(contents: Contents, folder: Path) -> None:
    for name in (name for name in contents.files if name.startswith(SOURCES)):
        target = folder / name[len(SOURCES) :]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents.read(name))


def _recheck_stage(stage: str, contents: Contents, folder: Path, result: Rechecked) -> None:
    lines = f"evidence/{stage}-gate/raw/results.jsonl"
    if lines not in contents:
        result.skipped[stage] = "the bundle holds no verdicts of the gate"
        return
    plan = _unpacked_plan(contents, folder) if stage == "plan" else None
    arguments = gate_arguments(contents.json(f"evidence/{stage}-gate/raw/summary.json"), plan)
    if arguments is None:
        result.skipped[stage] = "the recorded command is not run on its maker's word; judge by hand"
        return
    if stage == "plan" and plan is None:
        result.skipped[stage] = "the bundle holds no plan that can be judged again"
        return
    try:
        report = run_gate(folder, arguments)
    except CollectionError as error:
        result.skipped[stage] = error.what
        return
    then = {_key({**one, "resource": line["resource"]}) for line in contents.lines(lines) for one in line["results"]}
    front_end = FRONT_ENDS[stage]
    now = {_key(one) for one in report["results"] if one.get("front_end", front_end) in {front_end, ""}}
    _compare(stage, then, now, _redacted_lines(contents), result)


def _compare(
    stage: str,
    then: set[tuple[str, ...]],
    now: set[tuple[str, ...]],
    redacted: set[str],
    result: Rechecked,
) -> None:
    result.judged[stage] = len(then & now)
    hidden = {key for key in then - now if key[COMPARED.index("verdict")] == "fail" and key[3] in redacted}
    instead = {key[:2] for key in hidden}
    result.hidden.extend(_difference(stage, key, recorded=True) for key in sorted(hidden))
    result.differences.extend(_difference(stage, key, recorded=True) for key in sorted(then - now - hidden))
    told = {
        key
        for key in now - then
        if not (key[:2] in instead and key[2] == "pass") and not (key[0] == PLACEHOLDERS and key[3] in redacted)
    }
    result.differences.extend(_difference(stage, key, recorded=False) for key in sorted(told))


def _redacted_lines(contents: Contents) -> set[str]:
    """Return the numbers of lines of source that something was taken out of."""
    item = contents.json("evidence/source-files/item.json") if "evidence/source-files/item.json" in contents else {}
    return {one["where"].rpartition(" ")[2] for one in item.get("redactions", ()) if one["where"].startswith("line ")}


def _difference(stage: str, key: tuple[str, ...], *, recorded: bool) -> Difference:
    return Difference(stage, recorded, dict(zip(COMPARED, key, strict=True)))


def _unpacked_plan(contents: Contents, folder: Path) -> Path | None:
    if PLAN not in contents:
        return None
    target = folder.parent / "plan.json"
    target.write_bytes(contents.read(PLAN))
    return target


def gate_arguments(summary: Any, plan: Path | None = None) -> list[str] | None:  # noqa: ANN401 - any JSON
    """Return what the gate was run with, or None unless it is one root module and variable files inside the sources.

    A bundle may come from anybody: an option such as ``--output`` would write where its maker wants (CWE-88).

    Args:
        summary: What the gate said of its run.
        plan: The bundled plan, which stands in for the one that the command names.
    """
    command = summary.get("command") if isinstance(summary, dict) else None
    if not isinstance(command, list) or not all(isinstance(one, str) for one in command):
        return None
    if command[:3] != GATE_COMMAND or command[-2:] != ["--format", "json"]:
        return None
    root, *rest = command[3:-2] or [""]
    if len(rest) % 2 or root.startswith("-"):
        return None
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    files = [value for option, value in pairs if option == "--var-file"]
    plans = [value for option, value in pairs if option == "--plan"]
    known = len(files) + len(plans) == len(pairs) and len(plans) == (1 if plan else 0)
    inside = all(one == "." or (safe_name(one) and not one.startswith("-")) for one in (root, *files))
    if not known or not inside:
        return None
    named = [word for path in files for word in ("--var-file", path)]
    return [root, *named, *(["--plan", str(plan)] if plan else [])]


def _key(result: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(result.get(name) or "") for name in COMPARED)


def spell_recheck(result: Rechecked) -> Iterator[str]:
    """Yield the outcome, a line for a person each."""
    for stage, count in result.judged.items():
        told = count_of(count, "verdict of the gate is", "verdicts of the gate are")
        yield f"recheck: {told} the same on the {stage}"
    for stage, why in result.skipped.items():
        yield f"recheck: NOT JUDGED AGAIN: {stage}: {why}"
    for one in result.hidden:
        yield f"recheck: recorded as a failure on a line whose secret was taken out: {_format_verdict(one)}"
    for one in result.differences:
        said = "the bundle records, and the gate does not give" if one.recorded else "the gate now gives"
        yield f"recheck: DIFFERS: {said} {_format_verdict(one)}"


def _format_verdict(one: Difference) -> str:
    return json.dumps(dict(one.verdict), ensure_ascii=False)
