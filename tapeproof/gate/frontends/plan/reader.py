"""Reads a plan's JSON (Terraform documentation, "JSON Output Format", format 1.x).

What is known only after apply becomes a reference where the configuration names a single attribute for it, and unknown
otherwise. An attribute that the configuration does not set is absent, also when the provider fills in a default, so
that "explicit or default" is the same question here as in source.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.model import Block, Known, Resource, Span, Stack, Unknown, Variable
from tapeproof.gate.facts import rows
from tapeproof.gate.frontends.embedded.unfolding import unfold
from tapeproof.gate.frontends.plain import value_of
from tapeproof.gate.frontends.plan.configuration import Configuration, Scope
from tapeproof.gate.frontends.plan.merging import Place, Planned
from tapeproof.gate.frontends.plan.shapes import check_changes, check_providers, check_resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["read", "stack_of"]

_DOCUMENT, _RENDERED = "aws_iam_policy_document", "json"
_WAY_OUT = "make it with: terraform show -json PLANFILE > plan.json"


def read(path: Path) -> Stack:
    """Return the stack that a plan leads to.

    Args:
        path: The output of ``terraform show -json`` on a saved plan.

    Raises:
        CannotJudgeError: It cannot be read, is no plan, or is of a plan that failed.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise CannotJudgeError(f"{path}: cannot be read: {error.strerror or error}; {_WAY_OUT}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, InvalidOperation) as error:
        raise CannotJudgeError(f"{path}: is no JSON; {_WAY_OUT}") from error
    return stack_of(data, str(path))


def stack_of(data: Any, name: str) -> Stack:  # noqa: ANN401 - JSON is Any until it has been looked at
    """Return the stack of a plan that was parsed already.

    Args:
        data: The plan.
        name: What to call it in messages: its path.

    Raises:
        CannotJudgeError: It is no plan, or is of a plan that failed.
    """
    if not isinstance(data, dict) or "planned_values" not in data or "configuration" not in data:
        raise CannotJudgeError(f"{name}: is no plan: it has no planned_values and configuration; {_WAY_OUT}")
    if not str(data.get("format_version", "")).startswith("1."):
        raise CannotJudgeError(f"{name}: has format {data.get('format_version')!r}; formats 1.x are understood")
    if data.get("complete") is False:
        reason = "leaves changes out (-target, -exclude or deferred actions), so it does not say what it leads to"
        raise CannotJudgeError(f"{name}: {reason}; plan again without them")
    if data.get("errored"):
        raise CannotJudgeError(f"{name}: is of a plan that failed, so it is not whole; plan again")
    try:
        return unfold(_stack(data, Span(name)))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CannotJudgeError(f"{name}: is not as Terraform writes plans: {error!r}; {_WAY_OUT}") from error


def _stack(data: dict[str, Any], span: Span) -> Stack:
    changes = _changes(data)
    # Terraform 1.7 to 1.15.5 lists what it forgets among what it plans too, without values.
    planned = [
        resource
        for resource in _resources(data["planned_values"].get("root_module", {}))
        if changes.get(resource["address"], {}).get("actions") != ["forget"]
    ]
    seen = {resource["address"] for resource in planned}
    check_changes(changes, {resource["address"] for resource in planned})
    check_providers(data["configuration"].get("provider_config", {}))
    prior = data.get("prior_state", {}).get("values", {}).get("root_module", {})
    found = planned + [r for r in _resources(prior) if r["mode"] == "data" and r["address"] not in seen]
    configuration = Configuration(data["configuration"], frozenset(resource["address"] for resource in found))
    return Stack(
        root=span.file,
        front_end="plan",
        everything=tuple(_resource(r, changes.get(r["address"], {}), configuration, span) for r in found),
        blocks=(
            *_providers(data["configuration"], data.get("variables", {}), span),
            *_build_removed_blocks(changes, span),
        ),
        variables=tuple(_variables(data, span)),
    )


def _changes(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what happens to each resource; what is left of one that was replaced before has an entry of its own."""
    listed = (change for change in data.get("resource_changes", []) if "deposed" not in change)
    return {change["address"]: change.get("change", {}) for change in listed}


def _resources(module: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for resource in module.get("resources", []):
        yield resource | {"module": module.get("address", "")}
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _resource(
    found: Mapping[str, Any], change: Mapping[str, Any], configuration: Configuration, span: Span
) -> Resource:
    check_resource(found, change)
    scope = configuration.scope(found["module"])
    declared = scope.find_declaration(found["mode"], found["type"], found["name"])
    written = None if declared is None else declared.get("expressions") or {}
    whole = Planned(
        found.get("values") or {},
        change.get("after_unknown") or {},
        written or (None if found["mode"] == "data" else written),  # a data source without arguments holds answers only
        found.get("sensitive_values") or {},
        filled=_filled().get(found["type"], frozenset()) if found["mode"] == "managed" else frozenset(),
    )
    place = Place(scope, span, _key(found), (declared or {}).get("for_each_expression"))
    attributes = dict(whole.merge_value(place).entries())
    if found["type"] == _DOCUMENT:  # where nothing says what holds it, its text tells
        attributes[_RENDERED] = value_of(whole.value.get(_RENDERED), span)
    return Resource(
        type=found["type"],
        labels=(found["type"], found["name"]),
        attributes=attributes,
        span=span,
        address=found["address"],
        name=found["name"],
        module=found["module"],
        key=found.get("index"),
        mode=found["mode"],
        provider=found.get("provider_name", "").rpartition("/")[2],
    )


@cache
def _filled() -> dict[str, frozenset[str]]:
    """Return the lists and blocks that the provider fills in, by type of resource; it fills none into a data source."""
    found: dict[str, frozenset[str]] = {}
    for row in rows("computed_lists"):
        found[row["resource_type"]] = frozenset(row["attributes"].split())
    for row in rows("filled_blocks"):
        type_ = row["resource_type"]
        found[type_] = found.get(type_, frozenset()).union(row["blocks"].split())
    return found


def _build_removed_blocks(changes: Mapping[str, Any], span: Span) -> Iterator[Block]:
    """Yield a ``removed`` block for each resource that the plan drops from the state without destroying it."""
    keeps = Block(type="lifecycle", attributes={"destroy": value_of(False, span)}, span=span)
    for address, change in changes.items():
        if "forget" in change.get("actions", []):
            yield Block(type="removed", labels=(address,), children=(keeps,), span=span)


def _key(found: Mapping[str, Any]) -> str:
    return f"[{json.dumps(found['index'], ensure_ascii=False)}]" if "index" in found else ""


def _variables(data: Mapping[str, Any], span: Span) -> Iterator[Variable]:
    declared = data["configuration"].get("root_module", {}).get("variables", {})
    given = data.get("variables", {})
    for name, declaration in declared.items():
        hidden = bool(declaration.get("sensitive"))
        default = declaration.get("default")
        yield Variable(
            name=name,
            default=value_of(default, span, sensitive=hidden) if "default" in declaration else None,
            value=value_of(given[name].get("value"), span, sensitive=hidden)
            if name in given
            else Unknown(f"var.{name} has no value in the plan", span=span),
            sensitive=hidden,
            block=Block(type="variable", labels=(name,), span=span),
        )


def _providers(configuration: Mapping[str, Any], variables: Mapping[str, Any], span: Span) -> Iterator[Block]:
    scope = Configuration(configuration).scope("")
    for key, provider in configuration.get("provider_config", {}).items():
        attributes = {}
        for name, expression in (provider.get("expressions") or {}).items():
            if not isinstance(expression, dict):
                continue
            if "constant_value" in expression:
                attributes[name] = value_of(expression["constant_value"], span)
            else:
                attributes[name] = _from_variables(expression, variables, scope, span)
        yield Block(type="provider", labels=(provider.get("name", key),), attributes=attributes, span=span)


def _from_variables(
    expression: Mapping[str, Any], variables: Mapping[str, Any], scope: Scope, span: Span
) -> Known | Unknown:
    """Return the value of a variable that an expression consists of; a plan does not hold that of any other one."""
    references = expression.get("references", [])
    name = references[0].removeprefix("var.") if len(references) == 1 and not scope.module else ""
    if name in variables:
        found = value_of(variables[name].get("value"), span)
        return found if isinstance(found, Known) else Unknown(found.why, span=span)
    return Unknown("the plan does not say what it comes to", span=span)
