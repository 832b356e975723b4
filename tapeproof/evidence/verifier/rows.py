"""Rows: what all judges together say of each resource, one line of ``results.jsonl`` a stage and resource."""

from __future__ import annotations

import heapq
import json
from itertools import groupby
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.judgement import Judgement, Memo, worst
from tapeproof.evidence.verifier.sightings import sightings
from tapeproof.evidence.verifier.strict_json import Json, canonical, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.sightings import Criteria, Sighting

__all__ = ["Row", "Verdicts", "gate_row", "result_line", "rows_of", "stage_verdicts", "verdicts_of_row"]

Row = dict[str, Json]
"""One verdict: stage, resource, policy, verdict, judges, references, findings."""
GATE_POLICY = "TP_GATE"
TWO_STREAMS = 2
LINES_ABOUT_ONE = 1000
"""Evidence lines about one resource at one stage; memory is for that many, and a stack has a handful."""


class Verdicts:
    """The verdicts on one resource, shared by every resource that all judges say the same of.

    Attributes:
        tail: As they stand at the end of a line of ``results.jsonl``.
        signature: Policy, verdict and number of judges of each, as text: equal where all of them are.
        bad: Pairs of policy and verdict that are no pass.
    """

    __slots__ = ("bad", "signature", "tail")

    def __init__(self, entries: list[dict[str, Json]]) -> None:
        self.tail = canonical(entries) + b"}\n"
        self.signature = json.dumps([(one["policy"], one["verdict"], len(one["judges"])) for one in entries])
        self.bad = [(one["policy"], one["verdict"]) for one in entries if one["verdict"] != "pass"]


def stage_verdicts(
    stage: str, contents: Contents, items: list[Json], by_type: dict[str, Criteria], seen: Callable[[str, str], None]
) -> Iterator[tuple[str, list[str], Verdicts]]:
    """Yield address, references and verdicts of each resource of a stage, sorted by address.

    Args:
        stage: The stage.
        contents: The files.
        items: The stage's evidence items that the gate or criteria judge.
        by_type: The stage's criteria.
        seen: Is told the stage and each address, judged or not.

    Raises:
        Unusable: Evidence lines are not sorted, or lack a field.
    """
    streams = [sightings(item, contents, by_type) for item in items]
    merged = streams[0] if len(streams) == 1 else _merge(streams)
    known = Memo()
    for group in _by_address(stage, merged):
        address, reference, judgements = group[0]
        seen(stage, address)
        if len(group) == 1:  # most often
            if judgements:
                verdicts = known.get(judgements) or known.keep(judgements, _merge_verdicts(group))
                yield address, [reference], verdicts
            continue
        found = [one for one in group if one[2]]
        if found:
            key = tuple([one[2] for one in found]) if len(found) > 1 else found[0][2]
            verdicts = known.get(key) or known.keep(key, _merge_verdicts(found))
            yield address, [one[1] for one in found], verdicts


def _merge(streams: list[Iterator[Sighting]]) -> Iterator[Sighting]:
    """Yield sightings by address, those of one address by reference; two streams in half the time of many."""
    if len(streams) != TWO_STREAMS:
        yield from heapq.merge(*streams)
        return
    left, right = streams
    one, other = next(left, None), next(right, None)
    while one is not None and other is not None:
        if one[0] < other[0] or (one[0] == other[0] and one[1] <= other[1]):
            yield one
            one = next(left, None)
        else:
            yield other
            other = next(right, None)
    for first, rest in ((one, left), (other, right)):
        if first is not None:
            yield first
            yield from rest


def _by_address(stage: str, sightings_in_order: Iterator[Sighting]) -> Iterator[list[Sighting]]:
    group: list[Sighting] = []
    for one in sightings_in_order:
        if not group or one[0] != group[0][0]:
            if group:
                yield group
            group = [one]
            continue
        group.append(one)
        if len(group) > LINES_ABOUT_ONE:
            told = f"more than {LINES_ABOUT_ONE} evidence lines at {stage} are about it"
            raise Unusable("BAD_EVIDENCE", one[0] or "the root module", told)
    if group:
        yield group


def result_line(stage: str, address: str, references: list[str], verdicts: Verdicts) -> tuple[bytes, bytes]:
    """Return a line of ``results.jsonl`` in two pieces, the second as it is shared; the references are JSON text."""
    head = f'{{"lines":[{",".join(references)}],"resource":{quoted(address)},"stage":"{stage}","verdicts":'
    return head.encode("utf-8"), verdicts.tail


def verdicts_of_row(row: Row) -> Verdicts:
    """Return the verdicts of a resource that one judge alone said one thing of."""
    entry = {name: row[name] for name in ("policy", "verdict", "judges", "findings")}
    return Verdicts([{**entry, "from": list(range(len(row["references"])))}])


def rows_of(line: Json) -> Iterator[Row]:
    """Yield the rows that a line of ``results.jsonl`` holds."""
    for one in line["verdicts"]:
        yield {
            "stage": line["stage"],
            "resource": line["resource"],
            "policy": one["policy"],
            "verdict": one["verdict"],
            "judges": one["judges"],
            "references": [line["lines"][at] for at in one["from"]],
            "findings": one["findings"],
        }


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


def _merge_verdicts(found: list[Sighting]) -> Verdicts:
    placed = [(judgement, at) for at, (_, _, judgements) in enumerate(found) for judgement in judgements]
    placed.sort(key=lambda one: one[0].policy)
    return Verdicts([_entry(policy, list(group)) for policy, group in groupby(placed, key=lambda one: one[0].policy)])


def _entry(policy: str, placed: list[tuple[Judgement, int]]) -> dict[str, Json]:
    group = [judgement for judgement, _ in placed]
    by_judge = {judge: [one for one in group if one.judge == judge] for judge in {one.judge for one in group}}
    verdicts = {judge: worst([one.verdict for one in some]) for judge, some in by_judge.items()}
    verdict, note = _reconcile_judges(verdicts)
    leading = by_judge.get("gate") or group
    findings = [one.finding for one in leading if one.verdict == worst([each.verdict for each in leading])]
    if note:
        findings.insert(0, {"message": note})
    return {
        "policy": policy,
        "verdict": verdict,
        "judges": sorted(verdicts),
        "from": sorted({at for _, at in placed}),
        "findings": findings,
    }


def _reconcile_judges(verdicts: dict[str, str]) -> tuple[str, str | None]:
    """Return the verdict of all judges: where one says pass and another fail, nobody knows."""
    gate, criterion = verdicts.get("gate"), verdicts.get("criterion")
    if gate is None or criterion is None:
        return gate or criterion or "unknown", None
    if {gate, criterion} == {"pass", "fail"}:
        return "unknown", f"the judges disagree: the gate says {gate}, the criterion over the raw evidence {criterion}"
    return gate, None
