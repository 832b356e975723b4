"""The assessment: everything a report says, derived from the evidence in the bundle and from nothing else.

The same function makes the assessment when a bundle is written and checks it when a bundle is verified, so a verdict
cannot be edited without its evidence.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.evidence.verifier.audit_evidence import audit_rows
from tapeproof.evidence.verifier.counting import summarise
from tapeproof.evidence.verifier.exceptions import exception_rows, link_acceptances, read_exceptions, state_of
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable, refuse_shape
from tapeproof.evidence.verifier.git_evidence import blob_rows
from tapeproof.evidence.verifier.junit_evidence import junit_rows
from tapeproof.evidence.verifier.layout import inputs_of
from tapeproof.evidence.verifier.manual_evidence import manual_records
from tapeproof.evidence.verifier.origin import is_simulated, stage_origin
from tapeproof.evidence.verifier.period import Period
from tapeproof.evidence.verifier.population import Populations, type_of
from tapeproof.evidence.verifier.reservations import find_reservations
from tapeproof.evidence.verifier.rows import Row, Verdicts, gate_row, result_line, stage_verdicts, verdicts_of_row
from tapeproof.evidence.verifier.scope import scope_of
from tapeproof.evidence.verifier.sightings import load_criteria
from tapeproof.evidence.verifier.status import STAGES, Tally, control_statuses, policy_statuses
from tapeproof.evidence.verifier.strict_json import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["ASSESSMENT_FORMAT", "Derived", "derive"]

ASSESSMENT_FORMAT = "tapeproof/assessment/3"
NOT_COLLECTED = "no evidence was collected at this stage"
POPULATION_POLICIES = {("source", "plan"): "EV_POP_1", ("plan", "live"): "EV_POP_2"}
ROW_JUDGES = {"gate", "criteria"}
PIECES_A_BLOCK = 512
"""Pieces of results that are handed on together, two for each line."""


class Derived(NamedTuple):
    """What the evidence gives.

    Attributes:
        assessment: Everything a report says.
        rows: How many verdicts there are.
        twice: How many of them rest on two judges.
    """

    assessment: dict[str, Json]
    rows: int
    twice: int


def derive(contents: Contents, sink: Callable[[bytes], object]) -> Derived:
    """Derive the assessment.

    Args:
        contents: The files; only those of `inputs_of` are read.
        sink: Gets ``results.jsonl``, some lines at a time.

    Raises:
        Unusable: The evidence is not well formed.
    """
    try:
        derivation = _Derivation(contents, sink)
        return Derived(derivation.assessment(), *derivation.tally.by_judges())
    except UNEXPECTED as error:
        raise refuse_shape("evidence", error) from error


class _Derivation:
    def __init__(self, contents: Contents, sink: Callable[[bytes], object]) -> None:
        self.contents, self.sink = contents, sink
        self.run = _checked_run(contents.json("run.json"))
        self.policies = contents.json("controls/policies.json")
        self.mappings = contents.json("controls/mappings.json")
        self.criteria = load_criteria(contents.json("controls/criteria.json"), self.run["parameters"])
        self.previous = contents.json("previous.json") if "previous.json" in contents else None
        self.items = [contents.json(path) for path in inputs_of(contents) if path.endswith("/item.json")]
        self.tally = Tally()
        self.populations = Populations(self.run["population_types"])
        self.block: list[bytes] = []
        self.exceptions: list[Json] = []

    def assessment(self) -> dict[str, Json]:
        stages = {stage: self._stage(stage) for stage in STAGES}
        for stage in STAGES:
            self._judge(stage)
            self._note_gaps(stage)
        populations = self.populations.summary()
        self._judge_populations(populations)
        self._flush()
        history = self.previous["history"] if self.previous else []
        try:
            period = Period(self.run, history)
        except UNEXPECTED as error:
            raise refuse_shape("run.json, previous.json", error) from error
        policies = policy_statuses(self.policies, self.tally, stages, period)
        controls = control_statuses(self.mappings, policies)
        link_acceptances(self.exceptions, policies, controls)
        return {
            "format": ASSESSMENT_FORMAT,
            "run": {**self.run, "simulated": self.run["simulated"] or _any_simulated(self.items)},
            "stages": stages,
            "policies": policies,
            "controls": controls,
            "populations": populations,
            "exceptions": self.exceptions,
            "manual": manual_records(self.items, self.run["as_of"]),
            "counts": summarise(policies, controls, self.tally.by_policy(), self.items),
            "items": [_brief(item) for item in self.items],
            "previous": self._previous(),
            "scope": scope_of(self.items),
            "period": {"cadence_days": period.cadence_days, "runs": len(period.runs) + 1, "gaps": period.gaps},
            "reservations": find_reservations(self.run, self.items, self.policies, self.contents),
            "history": history,
            "changes": self._changes(policies),
            "not_passed": self.tally.not_passed,
        }

    def _stage(self, stage: str) -> dict[str, Json]:
        items = [item for item in self.items if item["stage"] == stage]
        collected = [item for item in items if item["status"] == "collected" and item["judge"]]
        failed = [f"{item['title']}: {item['failure']}" for item in items if item["status"] != "collected"]
        reason = None if collected else "; ".join(failed) or NOT_COLLECTED
        return {
            "items": [item["id"] for item in items],
            "simulated": any(is_simulated(item) for item in items),
            "origin": stage_origin(items),
            "collected": bool(collected),
            "reason": reason,
            "failed": failed,
        }

    def _judge(self, stage: str) -> None:
        items = [one for one in self.items if one["stage"] == stage and one["status"] == "collected" and one["judge"]]
        if items:
            self.populations.stage(stage)
        judged = [one for one in items if one["judge"] in ROW_JUDGES]
        if judged:
            by_type = self.criteria.get(stage, {})
            add, block, most = self.tally.add, self.block, PIECES_A_BLOCK
            for address, references, verdicts in stage_verdicts(
                stage, self.contents, judged, by_type, self.populations.add
            ):  # as `_emit` does, written out: this runs once for each of perhaps hundreds of thousands of resources
                add(stage, address, verdicts)
                block += result_line(stage, address, references, verdicts)
                if len(block) >= most:
                    self._flush()
        for item in items:
            try:
                for row in self._other_rows(stage, item):
                    self._emit_row(row)
            except UNEXPECTED as error:
                raise refuse_shape(f"evidence/{item['id']}", error) from error

    def _other_rows(self, stage: str, item: Json) -> Iterator[Row]:
        if item["judge"] == "gate" and stage != "live":
            yield gate_row(stage, item, self.contents)
        elif item["judge"] == "junit":
            yield from junit_rows(item, self.contents)
        elif item["judge"] == "audit":
            yield from audit_rows(item, self.contents)
        elif item["judge"] == "blobs":
            yield from blob_rows(item, self.contents)
        elif item["judge"] == "exceptions":
            lines = read_exceptions(self.contents, f"evidence/{item['id']}/{item['judged']}")
            self.exceptions = [{**line, "state": state_of(line, self.run["as_of"]), "used": None} for line in lines]
            yield from exception_rows(item, lines, self.run["as_of"])
        elif item["judge"] not in ROW_JUDGES:
            raise Unusable("BAD_EVIDENCE", item["id"], f"the judge {item['judge']!r} is not known")

    def _emit(self, stage: str, address: str, references: list[str], verdicts: Verdicts) -> None:
        self.tally.add(stage, address, verdicts)
        self.block += result_line(stage, address, references, verdicts)
        if len(self.block) >= PIECES_A_BLOCK:
            self._flush()

    def _emit_row(self, row: Row) -> None:
        self._emit(row["stage"], row["resource"], [quoted(one) for one in row["references"]], verdicts_of_row(row))

    def _flush(self) -> None:
        self.sink(b"".join(self.block))
        self.block.clear()

    def _note_gaps(self, stage: str) -> None:
        """Say which policies a stage could not judge, or not wholly: silence is not a pass."""
        items = [one for one in self.items if one["stage"] == stage]
        judged = {policy for item in items if item["status"] == "collected" for policy in item["asserts"]}
        for policy in self.policies:
            lacking = [_lack(item) for item in items if policy["id"] in item["asserts"] and _lack(item)]
            if lacking:
                self.tally.not_evaluated[policy["id"], stage] = "; ".join(lacking)
            elif items and policy["id"] not in judged and policy["id"] not in POPULATION_POLICIES.values():
                self.tally.not_evaluated[policy["id"], stage] = "nothing that was collected at this stage judges it"

    def _judge_populations(self, populations: Json) -> None:
        compared = {(one["left"], one["right"]): one for one in populations["differences"]}
        for pair, policy in POPULATION_POLICIES.items():
            lacking = [
                item["id"] for item in self.items if item["stage"] in pair and item["judge"] != "blobs" and _lack(item)
            ]
            if pair not in compared:
                reason = f"the populations of {pair[0]} and {pair[1]} are not both known"
                self.tally.not_evaluated[policy, pair[1]] = reason
            elif lacking:
                self.tally.not_evaluated[policy, pair[1]] = f"incomplete evidence: {', '.join(lacking)}"
            else:
                for kind in populations["types"]:
                    self._emit_row(_population_row(pair, policy, kind, compared[pair]))

    def _previous(self) -> Json:
        return {name: self.previous[name] for name in ("run", "as_of", "digest")} if self.previous else None

    def _changes(self, policies: list[Json]) -> Json:
        if not self.previous:
            return None
        was = self.previous["policies"]
        moved = [
            {
                "policy": policy["id"],
                "effect": effect,
                "was": was.get(policy["id"], {}).get(effect, "absent"),
                "now": now,
            }
            for policy in policies
            for effect, now in policy["effects"].items()
            if was.get(policy["id"], {}).get(effect, "absent") != now
        ]
        gone = sorted(set(was) - {policy["id"] for policy in policies})
        old = {tuple(one) for one in self.previous["not_passed"]}
        new = {tuple(one) for one in self.tally.not_passed}
        return {
            "policies": moved,
            "policies_gone": gone,
            "appeared": sorted(map(list, new - old)),
            "resolved": sorted(map(list, old - new)),
        }


def _any_simulated(items: list[Json]) -> bool:
    return any(is_simulated(item) for item in items if item["stage"] in {"live", "audit"})


def _checked_run(run: Json) -> Json:
    """Return the run, once what every reader of it relies on is there."""
    for name in ("id", "as_of", "subject"):
        if not isinstance(run[name], str):
            raise TypeError(f"{name} of the run is not text")
    datetime.strptime(run["as_of"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - the text says Z; reports print it as it is
    if not isinstance(run["simulated"], bool):
        raise TypeError("the run does not say whether it is simulated")
    return run


def _population_row(pair: tuple[str, str], policy: str, kind: Json, difference: Json) -> Row:
    only = {
        side: [one for one in difference[f"only_{side}"] if type_of(one) == kind["type"]] for side in ("left", "right")
    }
    parts = [f"{stage} {kind[stage]}" for stage in pair]
    parts += [f"only in {stage}: {', '.join(only[side])}" for stage, side in zip(pair, only) if only[side]]  # noqa: B905 - Python 3.9
    return {
        "stage": pair[1],
        "resource": f"population of {kind['type']}",
        "policy": policy,
        "verdict": "fail" if only["left"] or only["right"] else "pass",
        "judges": ["criterion"],
        "references": [],
        "findings": [{"expected": f"the same resources in {pair[0]} and {pair[1]}", "observed": "; ".join(parts)}],
    }


def _lack(item: Json) -> str:
    if item["status"] != "collected":
        return f"{item['title']}: {item['failure']}"
    return f"{item['title']}: {item['incomplete']}" if item["incomplete"] else ""


def _brief(item: Json) -> dict[str, Json]:
    names = ("id", "title", "collector", "stage", "status", "failure", "simulated", "as_of", "collected", "population")
    return {**{name: item[name] for name in names}, "redactions": len(item["redactions"]), "raw": item["raw"]}
