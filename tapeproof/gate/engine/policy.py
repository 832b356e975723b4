"""A policy: a folder with ``policy.yaml``, ``rule.py`` (or ``checks`` in the YAML) and ``examples/``."""

from __future__ import annotations

import importlib.util
import re
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from tapeproof.content import content
from tapeproof.gate.engine.attribute_checks import AttributeCheck, judge_attributes, parse_checks
from tapeproof.gate.engine.documents import DocumentError, Documents
from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.record import field, record
from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tapeproof.gate.engine.rule import Judge

__all__ = ["CATALOG", "Control", "Parameter", "Policy", "Remediation", "Severity", "catalog", "load_policy"]

CATALOG = content("policies")
"""Where the policies that come with the gate live."""

_FACTS = "facts"
"""The folder of data about AWS beside the policies of a catalogue."""
_ID = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z]+)+_[0-9]+")
_STAGES = ("source", "plan", "live")
_REQUIRED = {"id", "title", "severity", "rationale", "remediation", "controls", "decidable_at"}
_OPTIONAL = {"checks", "parameters", "supersedes"}
_OURS = "TP_"
"""How the ids of the policies that come with the gate begin; no other catalogue's may."""


class Severity(IntEnum):
    """How bad a finding is; every severity fails the gate."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        """Return the name as policy.yaml spells it."""
        return self.name.lower()


@record(slots=False)
class Control:
    """A control of a framework that the policy supports: ``nist-800-53-r5`` and ``AU-11``.

    Attributes:
        framework: The framework's short name.
        id: The control's id in it.
        relation: How far it supports the control (``supports``, ``subset``, ``intersects`` …).
        rationale: Why.
    """

    framework: str
    id: str
    relation: str = "supports"
    rationale: str = ""


@record(slots=False)
class Remediation:
    """How to put it right: a sentence, and a snippet of Terraform."""

    text: str
    snippet: str


@record(slots=False)
class Parameter:
    """A number or list a project may set for itself in ``.tapeproof.yaml``."""

    default: Any
    description: str


@record(slots=False)
class Policy:
    """One policy of the catalogue.

    Attributes:
        id: ``TP_LOG_1``.
        title: One line, as a requirement.
        severity: How bad a finding is.
        rationale: Why the rule exists.
        remediation: What to do about a finding.
        controls: What it supports in frameworks of controls.
        decidable_at: Where its rule can decide: ``source``, ``plan``, ``live``.
        parameters: Its parameters and their defaults.
        supersedes: Ids of checkov's built-in checks that it makes superfluous.
        folder: Where it is.
        checks: What it asks of attributes, where that is all of its rule.
        foreign: Whether it comes from another catalogue than the gate's own.
    """

    id: str
    title: str
    severity: Severity
    rationale: str
    remediation: Remediation
    controls: tuple[Control, ...]
    decidable_at: tuple[str, ...]
    folder: Path
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    supersedes: tuple[str, ...] = ()
    checks: tuple[AttributeCheck, ...] = ()
    foreign: bool = False

    @cached_property
    def judge(self) -> Judge:
        """The rule.

        Raises:
            CatalogError: ``rule.py`` is missing, does not load, or has no function ``judge``.
        """
        path = self.folder / "rule.py"
        if self.checks:
            if path.exists():
                raise CatalogError(f"{path}: {self.id} has checks in policy.yaml as well; remove one of them")
            return judge_attributes(self.checks)
        spec = importlib.util.spec_from_file_location(f"tapeproof_policies.{self.folder.name}.rule", path)
        if spec is None or spec.loader is None or not path.is_file():
            raise CatalogError(f"{path}: {self.id} has no rule.py")
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise CatalogError(f"{path}: the rule of {self.id} does not load: {error!r}") from error
        judge = getattr(module, "judge", None)
        if not callable(judge):
            raise CatalogError(f"{path}: the rule of {self.id} has no function named judge")
        return cast("Judge", judge)

    def settings(self, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the parameters by name, a project's own values over the defaults.

        Raises:
            CatalogError: An override has no such parameter, or another type than the default.
        """
        chosen = {name: parameter.default for name, parameter in self.parameters.items()}
        for name, value in (overrides or {}).items():
            if name not in chosen:
                near = find_nearest(name, chosen)
                way = f"did you mean {near}?" if near else f"it has {', '.join(chosen) or 'none'}"
                raise CatalogError(f"{self.id} has no parameter {name!r}; {way}")
            if type(value) is not type(chosen[name]):
                raise CatalogError(f"{self.id}: parameter {name!r} must be like {chosen[name]!r}, not {value!r}")
            chosen[name] = value
        return chosen


def catalog(folders: Iterable[Path] = (CATALOG,), documents: Documents | None = None) -> tuple[Policy, ...]:
    """Return the policies of some catalogues, by id.

    Args:
        folders: The catalogues.
        documents: Reads their YAML; as it is when None.

    Raises:
        CatalogError: A folder is not a whole policy, or an id is taken twice.
    """
    found: dict[str, Policy] = {}
    documents = documents or Documents()
    for folder in folders:
        if not folder.is_dir():
            raise CatalogError(f"{folder}: there is no such folder of policies")
        listed = [path for path in sorted(folder.iterdir()) if _is_policy(path)]
        documents.prepare(path / "policy.yaml" for path in listed)
        for path in listed:
            policy = load_policy(path, documents, foreign=folder.resolve() != CATALOG)
            if policy.id in found:
                raise CatalogError(f"{path}: {policy.id} is already the id of {found[policy.id].folder}")
            found[policy.id] = policy
    if not found:
        raise CatalogError("there are no policies to judge by")
    return tuple(found[key] for key in sorted(found, key=_order))


def _is_policy(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith((".", "_")) and path.name != _FACTS


def load_policy(folder: Path, documents: Documents | None = None, *, foreign: bool = False) -> Policy:
    """Return the policy of one folder; its rule loads when it is first used.

    Args:
        folder: The folder.
        documents: Reads its YAML; as it is when None.
        foreign: Whether it comes from another catalogue than the gate's own.

    Raises:
        CatalogError: ``policy.yaml`` is missing, unreadable, or not as the schema has it.
    """
    path = folder / "policy.yaml"
    try:
        data = (documents or Documents()).load(path)
    except DocumentError as error:
        raise CatalogError(f"{path}: cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise CatalogError(f"{path}: must be a mapping")
    missing, surplus = _REQUIRED - data.keys(), data.keys() - _REQUIRED - _OPTIONAL
    if missing or surplus:
        raise CatalogError(
            f"{path}: {_list_names('lacks', missing)}{_list_names('does not know', surplus)}".rstrip("; ")
        )
    try:
        return _policy(folder, data, foreign=foreign)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogError(f"{path}: {error}") from error


def _policy(folder: Path, data: dict[str, Any], *, foreign: bool) -> Policy:
    if not _ID.fullmatch(data["id"]):
        raise ValueError(f"id {data['id']!r} is not of the form {'ACME' if foreign else 'TP'}_AREA_1")
    if foreign and data["id"].startswith(_OURS):
        raise ValueError(f"id {data['id']!r} begins with {_OURS}, which is for the gate's own policies")
    stages = tuple(data["decidable_at"])
    if not stages or set(stages) - set(_STAGES):
        raise ValueError(f"decidable_at must name some of {', '.join(_STAGES)}, not {stages!r}")
    for key in ("title", "rationale"):
        if not str(data[key]).strip():
            raise ValueError(f"{key} is empty")
    if str(data["severity"]).upper() not in Severity.__members__:
        raise ValueError(f"severity must be one of {', '.join(map(str, Severity))}, not {data['severity']!r}")
    return Policy(
        id=data["id"],
        title=str(data["title"]).strip(),
        severity=Severity[str(data["severity"]).upper()],
        rationale=str(data["rationale"]).strip(),
        remediation=Remediation(data["remediation"]["text"].strip(), data["remediation"]["snippet"].rstrip("\n")),
        controls=tuple(Control(**{key: str(value) for key, value in control.items()}) for control in data["controls"]),
        decidable_at=stages,
        folder=folder,
        parameters={
            name: Parameter(value["default"], value["description"])
            for name, value in (data.get("parameters") or {}).items()
        },
        supersedes=tuple(data.get("supersedes") or ()),
        checks=parse_checks(data["checks"]) if "checks" in data else (),
        foreign=foreign,
    )


def _list_names(verb: str, names: set[str]) -> str:
    return f"{verb} {', '.join(sorted(names))}; " if names else ""


def _order(identifier: str) -> tuple[str, int]:
    area, _, number = identifier.rpartition("_")
    return area, int(number)
