"""Judgements from evidence: one row for each stage, resource and policy, derived from the raw bytes alone."""

from __future__ import annotations

import heapq
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from compliance.bundle.verifier.criteria import UNKNOWN_KEY, Judged, compile_criterion
from compliance.bundle.verifier.findings import Unusable
from compliance.bundle.verifier.strict_json import Json, canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.bundle.verifier.manifest import Contents

__all__ = ["VERDICTS", "Criterion", "Row", "gate_row", "load_criteria", "stage_rows", "worst"]

Row = dict[str, Json]
Criterion = dict[str, Json]

VERDICTS = ("fail", "unknown", "waived", "pass")
"""Verdicts of one resource, worst first."""
GATE_POLICY = "TP_GATE"
GATE_FIELDS = ("message", "file", "line", "column", "fix", "expected", "observed", "waiver")
VERDICT_OF = {True: "pass", False: "fail", None: "unknown"}
OBSERVED_CHARACTERS = 400
"""An observed value longer than this is cut in the row; the whole stands in the evidence."""

KEY_OF = attrgetter("key")

Key = tuple[str, str]


class Judgement(NamedTuple):
    """What one judge says of one resource under one policy."""

    key: Key
    judge: str
    verdict: str
    reference: str
    finding: dict[str, Json]


def worst(verdicts: list[str], order: tuple[str, ...] = VERDICTS) -> str:
    """Return the worst of some verdicts; one that nobody knows counts as unknown."""
    for verdict in order:
        if verdict in verdicts:
            return verdict
    return "unknown"


def load_criteria(criteria: list[Criterion], parameters: dict[str, Json]) -> dict[str, dict[str, list[Json]]]:
    """Return compiled criteria by stage and resource type, each list sorted by policy."""
    table: dict[str, dict[str, list[Json]]] = {}
    for one in sorted(criteria, key=lambda item: (item["stage"], item["type"], item["policy"])):
        judge = compile_criterion(one["test"], parameters)
        table.setdefault(one["stage"], {}).setdefault(one["type"], []).append((one["policy"], one["text"], judge))
    return table


def stage_rows(
    stage: str,
    contents: Contents,
    items: list[Json],
    by_type: dict[str, list[Json]],
    seen: Callable[[str, str], None],
) -> Iterator[Row]:
    """Yield the rows of one stage, sorted by address and policy.

    Args:
        stage: The stage.
        contents: The files.
        items: The stage's evidence items that the gate or criteria judge.
        by_type: The stage's compiled criteria.
        seen: Is told the stage and each address, judged or not.

    Raises:
        Unusable: Evidence lines are not sorted, or lack a field.
    """
    streams = []
    for item in items:
        name = f"evidence/{item['id']}/{item['judged']}"
        lines = _sorted_lines(name, contents, lambda address: seen(stage, address))
        if item["judge"] == "gate":
            streams.append(_gate_judgements(item["id"], lines))
        else:
            streams.append(_criteria_judgements(item["id"], lines, by_type))
    for key, group in groupby(heapq.merge(*streams, key=KEY_OF), key=KEY_OF):
        yield _row(stage, key, list(group))


def gate_row(stage: str, item: Json, contents: Contents) -> Row:
    """Return the row on the gate itself: it read every file, and nothing kept it from judging."""
    summary = contents.json(f"evidence/{item['id']}/raw/summary.json")
    files, problems = summary["files"], [str(one) for one in summary.get("problems") or ()]
    told = [
        {"expected": "every file read, no problem", "observed": f"{files['read']} of {files['on_disk']} files read"}
    ]
    told += [{"message": problem} for problem in problems]
    return {
        "stage": stage,
        "resource": "",
        "policy": GATE_POLICY,
        "verdict": "pass" if files["read"] == files["on_disk"] and not problems else "unknown",
        "judges": ["criterion"],
        "references": [f"{item['id']}:1"],
        "findings": told,
    }


def _sorted_lines(name: str, contents: Contents, seen: Callable[[str], None]) -> Iterator[tuple[int, str, Json]]:
    last = ""
    for number, line in enumerate(contents.lines(name), 1):
        try:
            address = line["resource"] or ""
        except (KeyError, TypeError) as error:
            raise Unusable("BAD_EVIDENCE", f"{name}:{number}", "the line names no resource") from error
        if address < last:
            raise Unusable("REORDERED", f"{name}:{number}", "evidence lines are sorted by resource; this one is not")
        last = address
        seen(address)
        yield number, address, line


def _gate_judgements(item: str, lines: Iterator[tuple[int, str, Json]]) -> Iterator[Judgement]:
    last = ("", "")
    for number, address, line in lines:
        reference = f"{item}:{number}"
        verdict, key = line.get("verdict"), (address, str(line.get("policy", "")))
        if key < last:
            raise Unusable("REORDERED", reference, "the gate's results are sorted by resource and policy")
        last = key
        yield Judgement(key, "gate", verdict if verdict in VERDICTS else "unknown", reference, _gate_finding(line))


def _gate_finding(line: Json) -> dict[str, Json]:
    finding = {}
    for name in GATE_FIELDS:
        value = line.get(name)
        if value is not None and value != "":
            finding[name] = _short(value)
    return finding


def _criteria_judgements(
    item: str, lines: Iterator[tuple[int, str, Json]], by_type: dict[str, list[Json]]
) -> Iterator[Judgement]:
    for number, address, line in lines:
        reference = f"{item}:{number}"
        for policy, text, judge in by_type.get(line.get("type", ""), ()):
            judged = judge(line.get("value"))
            yield Judgement(
                (address, policy), "criterion", _verdict(judged), reference, _criterion_finding(text, judged)
            )


def _verdict(judged: Judged) -> str:
    return VERDICT_OF[judged.answer]


def _criterion_finding(text: str, judged: Judged) -> dict[str, Json]:
    return {"expected": text, "observed": _short("; ".join(_note(*one) for one in judged.observed) or "nothing")}


def _note(pointer: str, value: Json) -> str:
    if value is None:
        return f"{pointer} absent"
    if isinstance(value, dict) and UNKNOWN_KEY in value:
        return f"{pointer} not known yet"
    return f"{pointer} = {value if isinstance(value, str) else canonical(value).decode('utf-8')}"


def _short(value: Json) -> Json:
    if value.__class__ is int:
        return value
    if isinstance(value, (list, dict)):
        value = canonical(value).decode("utf-8")
    if isinstance(value, str) and len(value) > OBSERVED_CHARACTERS:
        return value[:OBSERVED_CHARACTERS] + "…"
    return value


def _row(stage: str, key: Key, group: list[Judgement]) -> Row:
    if len(group) == 1:
        return _assembled(stage, key, group[0].verdict, [group[0].judge], group, [group[0].finding])
    by_judge = {judge: [one for one in group if one.judge == judge] for judge in {one.judge for one in group}}
    verdicts = {judge: worst([one.verdict for one in some]) for judge, some in by_judge.items()}
    verdict, note = _reconciled(verdicts)
    leading = by_judge.get("gate") or group
    findings = [one.finding for one in leading if one.verdict == worst([each.verdict for each in leading])]
    if note:
        findings.insert(0, {"message": note})
    return _assembled(stage, key, verdict, sorted(verdicts), group, findings)


def _assembled(  # noqa: PLR0917 - the fields of a row
    stage: str, key: Key, verdict: str, judges: list[str], group: list[Judgement], findings: list[Json]
) -> Row:
    return {
        "stage": stage,
        "resource": key[0],
        "policy": key[1],
        "verdict": verdict,
        "judges": judges,
        "references": sorted({one.reference for one in group}) if len(group) > 1 else [group[0].reference],
        "findings": findings,
    }


def _reconciled(verdicts: dict[str, str]) -> tuple[str, str | None]:
    """Return the verdict of all judges: where one says pass and another fail, nobody knows."""
    gate, criterion = verdicts.get("gate"), verdicts.get("criterion")
    if gate is None or criterion is None:
        return gate or criterion or "unknown", None
    if {gate, criterion} == {"pass", "fail"}:
        return "unknown", f"the judges disagree: the gate says {gate}, the criterion over the raw evidence {criterion}"
    return gate, None
