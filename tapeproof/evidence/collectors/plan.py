"""A Terraform plan as evidence: what each resource will be, with what is not known before apply marked as such."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.errors import CollectionError, NotGivenError
from tapeproof.evidence.model import Population
from tapeproof.evidence.redaction import SECRET_NAME
from tapeproof.evidence.verifier.observation import UNKNOWN_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.evidence.collection import Context

__all__ = ["PlanCollector", "check_shape", "managed_resources", "read_terraform_json"]

HEADER: Final = ("format_version", "terraform_version", "timestamp", "applyable", "complete", "errored")
SHOW: Final = "make it with: terraform show -json FILE"
MASKED: Final = "[REDACTED: sensitive in Terraform]"


def read_terraform_json(path: Path) -> dict[str, Any]:
    """Return what ``terraform show -json`` wrote.

    Raises:
        CollectionError: It cannot be read, or is not that.
    """
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise CollectionError(f"{path} cannot be read as JSON", why=str(error), fix=SHOW) from error
    if not isinstance(document, dict) or "format_version" not in document:
        raise CollectionError(f"{path} is not the output of terraform show -json", fix=SHOW)
    return document


@contextmanager
def check_shape(path: Path) -> Iterator[None]:
    """Say of a document that is read here, when something in it is not where Terraform puts it, that it is none."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        why = f"a field is missing or of another type: {error!r}"
        raise CollectionError(f"{path} is not shaped as terraform show -json writes it", why=why, fix=SHOW) from error


def managed_resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the managed resources of a module and of those below it."""
    for resource in module.get("resources", ()):
        if resource.get("mode") == "managed":
            yield resource
    for child in module.get("child_modules", ()):
        yield from managed_resources(child)


class PlanCollector:
    """Collects the planned values of every resource.

    Args:
        path: What ``terraform show -json`` wrote of a plan; None when there is no plan.
    """

    name = "plan"

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def collect(self, context: Context) -> None:
        """Collect one item, ``plan-resources``."""
        with context.item(
            "plan-resources",
            "Planned values of every resource",
            collector="plan",
            stage="plan",
            judge="criteria",
            asserts=context.library.judged_at("plan"),
        ) as out:
            if self._path is None:
                raise NotGivenError(
                    "plan",
                    fix="terraform plan -out tfplan && terraform show -json tfplan > plan.json; name it with --plan",
                )
            document = read_terraform_json(self._path)
            if "planned_values" not in document:
                why = "it may be a state, not a plan"
                raise CollectionError(f"{self._path} holds no planned values", why=why, fix=SHOW)
            with check_shape(self._path):
                lines = sorted(_observations(document), key=lambda line: str(line["resource"]))
            out.item.judged = "raw/resources.jsonl"
            out.lines(out.item.judged, lines)
            out.document("raw/plan.json", {name: document.get(name) for name in HEADER})
            with check_shape(self._path):
                out.document("raw/plan-judged.json", _without_sensitive(document))
            digest = hashlib.sha256(self._path.read_bytes()).hexdigest()
            out.item.source = {"kind": "file", "command": "terraform show -json", "sha256": digest}
            out.item.as_of = str(document.get("timestamp") or context.workspace.as_of)
            query = "every managed resource of planned_values, all modules"
            out.item.population = Population(query, len(lines), "resources")
            if document.get("errored"):
                out.item.incomplete = "terraform says that the plan is errored"


def _observations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    changes = {change["address"]: change.get("change", {}) for change in document.get("resource_changes", ())}
    for resource in managed_resources(document["planned_values"].get("root_module", {})):
        change = changes.get(resource["address"], {})
        value = _mask_sensitive(resource.get("values") or {}, resource.get("sensitive_values"))
        yield {
            "resource": resource["address"],
            "type": resource["type"],
            "actions": change.get("actions", []),
            "value": _with_unknowns(value, change.get("after_unknown")),
        }


def _without_sensitive(document: dict[str, Any]) -> dict[str, Any]:
    """Return a whole plan for the gate to judge again, without what Terraform marks as sensitive.

    ``terraform show -json`` marks it and prints it all the same (Terraform, "JSON output format").
    """
    marked = (*_marked_values(document), *_marked_variables(document))
    hidden = {text for value, sensitive in marked for text in _sensitive_texts(value, sensitive)}
    kept = {name: value for name, value in document.items() if name != "prior_state"}
    masked: dict[str, Any] = _without_texts(kept, hidden)
    return masked


def _marked_values(document: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the values of resources, outputs and changes, each with what marks its sensitive places."""
    planned = document["planned_values"]
    for resource in managed_resources(planned.get("root_module", {})):
        yield resource.get("values"), resource.get("sensitive_values")
    for output in (planned.get("outputs") or {}).values():
        yield output.get("value"), output.get("sensitive")
    changes = [*(document.get("resource_changes") or ()), *(document.get("resource_drift") or ())]
    inner = [one.get("change") or {} for one in changes] + list((document.get("output_changes") or {}).values())
    for change in inner:
        for side in ("before", "after"):
            yield change.get(side), change.get(f"{side}_sensitive")


def _marked_variables(document: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
    """Yield the values and defaults of variables; one that nobody declared may be anything."""
    root = (document.get("configuration") or {}).get("root_module") or {}
    declared = root.get("variables") or {}
    for name, one in (document.get("variables") or {}).items():
        yield one.get("value"), name not in declared or _is_sensitive(name, declared[name])
    for module in _modules(root):
        for name, one in (module.get("variables") or {}).items():
            yield one.get("default"), _is_sensitive(name, one)


def _is_sensitive(name: str, variable: dict[str, Any]) -> bool:
    return bool(variable.get("sensitive") or SECRET_NAME.search(name))


def _modules(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield module
    for call in (module.get("module_calls") or {}).values():
        yield from _modules(call.get("module") or {})


def _sensitive_texts(value: Any, sensitive: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield every text below the places that Terraform marks."""
    if isinstance(value, str) and sensitive is True and value:
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _sensitive_texts(one, sensitive.get(key) if isinstance(sensitive, dict) else sensitive)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _sensitive_texts(one, _at(sensitive, at) if isinstance(sensitive, list) else sensitive)


def _without_texts(value: Any, hidden: set[str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return MASKED if value in hidden else value
    if isinstance(value, dict):
        return {key: _without_texts(one, hidden) for key, one in value.items()}
    return [_without_texts(one, hidden) for one in value] if isinstance(value, list) else value


def _mask_sensitive(value: Any, sensitive: Any) -> Any:  # noqa: ANN401 - any JSON
    if sensitive is True:
        return MASKED
    if isinstance(value, dict) and isinstance(sensitive, dict):
        return {key: _mask_sensitive(one, sensitive.get(key)) for key, one in value.items()}
    if isinstance(value, list) and isinstance(sensitive, list):
        return [_mask_sensitive(one, sensitive[at] if at < len(sensitive) else None) for at, one in enumerate(value)]
    return value


def _with_unknowns(value: Any, unknown: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a value with a mark wherever Terraform says "known after apply"."""
    if unknown is True:
        return {UNKNOWN_KEY: True}
    if value is None and not _holds_unknown(unknown):
        return None
    if isinstance(unknown, dict) and isinstance(value, dict | None):
        known = value or {}
        return {key: _with_unknowns(known.get(key), unknown.get(key)) for key in known.keys() | unknown.keys()}
    if isinstance(unknown, list) and isinstance(value, list | None):
        known_list = value or []
        longer = max(len(known_list), len(unknown))
        return [_with_unknowns(_at(known_list, at), _at(unknown, at)) for at in range(longer)]
    return value


def _holds_unknown(unknown: Any) -> bool:  # noqa: ANN401 - any JSON
    inner = unknown.values() if isinstance(unknown, dict) else unknown if isinstance(unknown, list) else ()
    return unknown is True or any(_holds_unknown(one) for one in inner)


def _at(values: list[Any], at: int) -> Any:  # noqa: ANN401 - any JSON
    return values[at] if at < len(values) else None
