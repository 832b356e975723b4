"""Policies, criteria, frameworks and mappings, read from data and checked against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from tapeproof.content import content
from tapeproof.evidence.controls.errors import ControlsError
from tapeproof.evidence.verifier.criteria import compile_criterion
from tapeproof.evidence.verifier.status import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["CONFLICTS", "KINDS", "RELATIONS", "Library", "load_library", "order_mappings"]

FOLDER: Final = content("compliance")
CONFLICTS: Final = "conflicts"
RELATIONS: Final = {
    "equal": "the policy asks for what the control asks for",
    "subset-of": "the policy asks for a part of the control",
    "superset-of": "the policy asks for the control and more",
    "intersects": "policy and control share a part; each has more",
    "supports": "meeting the policy helps to meet the control",
    "supports-partially": "meeting the policy helps with a small part of the control",
    CONFLICTS: "meeting the policy leaves the control unmet",
    "not-evaluated": "the control matters here and nothing collected can judge it",
}
"""Relations of a policy to a control, after NIST IR 8477, section 4, and what each means here."""
KINDS: Final = ("policy", "assertion", "requirement")
PARAMETERS: Final = {
    "minimum_retention_days": ("TP_LOG_1", "minimum_days"),
    "minimum_timeout": ("TP_RUN_2", "minimum_timeout"),
    "maximum_timeout": ("TP_RUN_2", "maximum_timeout"),
    "minimum_memory_size": ("TP_RUN_2", "minimum_memory_size"),
    "maximum_memory_size": ("TP_RUN_2", "maximum_memory_size"),
    "runtimes": ("TP_RUN_1", "allowed_runtimes"),
}
"""Parameters of criteria, and the policy's parameter that each is."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is asserted, how it is judged, and what it means to frameworks.

    Attributes:
        policies: The gate's policies and the assertions, as the bundle holds them.
        criteria: Criteria of every stage.
        frameworks: Frameworks with their controls.
        mappings: Mappings of policies to controls.
        parameters: Parameters of the criteria.
    """

    policies: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    frameworks: list[dict[str, Any]]
    mappings: list[dict[str, Any]]
    parameters: Mapping[str, Any]

    @property
    def gate_policies(self) -> list[dict[str, Any]]:
        """Return what the gate judges, with what it says about itself."""
        return [policy for policy in self.policies if policy["kind"] == "policy" or policy["id"] == "TP_GATE"]

    def judged_at(self, stage: str, types: Iterable[str] | None = None) -> list[str]:
        """Return the policies that criteria judge at a stage, of some resource types or of all."""
        chosen = None if types is None else set(types)
        return sorted(
            {
                one["policy"]
                for one in self.criteria
                if one["stage"] == stage and (chosen is None or one["type"] in chosen)
            }
        )


@cache
def load_library() -> Library:
    """Read and check the library.

    Raises:
        ControlsError: A file is malformed, or names a policy, control, relation or stage that does not exist.
    """
    criteria = [*_criteria("plan"), *_criteria("live")]
    policies = sorted([*_gate_policies(criteria), *_assertions()], key=lambda policy: policy["id"])
    frameworks = [_document(path) for path in sorted((FOLDER / "frameworks").glob("*.yaml"))]
    library = Library(policies, criteria, frameworks, _cite(_mappings(policies), frameworks), _parameters())
    problems = list(_problems(library))
    if problems:
        raise ControlsError("the controls do not fit together", problems)
    return library


def _document(path: Path) -> Any:  # noqa: ANN401 - YAML
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ControlsError(f"{path.name} cannot be read", [str(error)]) from error


def _criteria(stage: str) -> list[dict[str, Any]]:
    fields = ("policy", "type", "text", "test", "measures")
    return [
        {"stage": stage, **{name: one[name] for name in fields if name in one}}
        for one in _document(FOLDER / f"criteria/{stage}.yaml")
    ]


def _gate_policies(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from tapeproof.gate.engine.policy import catalog  # noqa: PLC0415 - the catalogue is read when the library is

    return [
        {
            "id": policy.id,
            "kind": "policy",
            "title": policy.title,
            "severity": str(policy.severity),
            "stages": _stages(
                {*policy.decidable_at, *(one["stage"] for one in criteria if one["policy"] == policy.id)}
            ),
            "rationale": policy.rationale,
            "remediation": policy.remediation.text,
            "parameters": {name: one.default for name, one in sorted(policy.parameters.items())},
            "controls": [
                {"framework": one.framework, "control": one.id, "relation": one.relation, "rationale": one.rationale}
                for one in policy.controls
            ],
        }
        for policy in catalog()
    ]


def _stages(names: set[str]) -> list[str]:
    return [stage for stage in STAGES if stage in names]


def _assertions() -> list[dict[str, Any]]:
    return [{"controls": [], **one} for one in _document(FOLDER / "assertions.yaml")]


def _mappings(policies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    own = _document(FOLDER / "mappings.yaml")
    mapped = [
        {"policy": policy["id"], "confidence": "judgement", **one}
        for policy in policies
        for one in policy.pop("controls")
    ]
    return order_mappings([*mapped, *own])


def order_mappings(mappings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return mappings as a bundle holds them: by framework, control and policy, AC-2 before AC-10."""
    return sorted(mappings, key=lambda one: (one["framework"], _natural(one["control"]), one["policy"] or ""))


def _cite(mappings: list[dict[str, Any]], frameworks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the mappings, each with where its control stands: the document, the id, and what of it was read when."""
    known = {one["id"]: one for one in frameworks}
    cited = []
    for one in mappings:
        framework = known.get(one["framework"], {})
        told = f"{framework.get('source', '')}: {one['control']}; {framework.get('read', '')}"
        cited.append({**one, "citation": told})
    return cited


def _natural(control: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts AC-2 before AC-10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", control))


def _parameters() -> dict[str, Any]:
    from tapeproof.gate.engine.policy import catalog  # noqa: PLC0415 - the catalogue is read when the library is

    policies = {policy.id: policy for policy in catalog()}
    found = {
        name: policies[policy].parameters[parameter].default
        for name, (policy, parameter) in PARAMETERS.items()
        if policy in policies and parameter in policies[policy].parameters
    }
    return {**found, "unscoped_actions": sorted(_unscoped_actions())}


def _unscoped_actions() -> set[str]:
    """Return the actions that AWS takes no narrower resource for than ``*``, or that answer less with one."""
    from tapeproof.gate.aws.actions import actions_without_resource  # noqa: PLC0415 - the catalogue is read then, too
    from tapeproof.gate.facts import rows  # noqa: PLC0415

    wide = [row["actions"].split() for row in rows("wildcard_arns") if (row["document"], row["arn"]) == ("*", "*")]
    return set(actions_without_resource().union(*wide))


def _problems(library: Library) -> Iterable[str]:
    known = {policy["id"] for policy in library.policies}
    if len(known) != len(library.policies):
        yield "two policies have one id"
    controls = {(one["id"], str(control)) for one in library.frameworks for control in one["controls"]}
    for mapping in library.mappings:
        where = f"{mapping['framework']} {mapping['control']}"
        if (mapping["framework"], mapping["control"]) not in controls:
            yield f"{where}: mapped by {mapping['policy']}, but the framework's file has no such control"
        if mapping["policy"] is not None and mapping["policy"] not in known:
            yield f"{where}: there is no policy {mapping['policy']}"
        if mapping["relation"] not in RELATIONS or not mapping.get("rationale"):
            yield f"{where}: {mapping['policy']} needs a known relation and a rationale, not {mapping['relation']!r}"
    for framework in library.frameworks:
        lacking = [name for name in ("source", "read", "publisher", "edition") if not framework.get(name)]
        if lacking:
            yield f"framework {framework['id']}: it does not say its {', '.join(lacking)}"
    yield from _criterion_problems(library, known)


def _criterion_problems(library: Library, known: set[str]) -> Iterable[str]:
    parameters = {**library.parameters, "region": "", "environment_suffix": ""}
    for one in library.criteria:
        if one["policy"] not in known:
            yield f"criterion on {one['type']}: there is no policy {one['policy']}"
        try:
            compile_criterion(one["test"], parameters)
        except Exception as error:  # noqa: BLE001 - every problem is listed, whatever it is
            yield f"criterion of {one['policy']} on {one['type']}: {error}"
