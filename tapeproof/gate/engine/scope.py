"""What of a root module was judged by which policies, and what is outside of them by which rule.

A row is about all instances of one type: plain data, as reports and caches hold it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tapeproof.gate.engine.model import Stack
    from tapeproof.gate.engine.report import Result

__all__ = ["AWS_PROVIDERS", "OTHER_PROVIDER", "Scope", "is_of_aws", "list_scope", "merge_scopes"]

AWS_PROVIDERS = ("aws", "awscc")
"""The providers whose types the policies know, by their local names."""
OTHER_PROVIDER = "other_provider"
"""Why something of a provider other than AWS's is outside of the policies."""
_NO_POLICY = "no_policy"
_KINDS = {"managed": "resource", "data": "data", "ephemeral": "ephemeral"}
_RULES = {"resource": _NO_POLICY, "data": "data_source", "ephemeral": "ephemeral"}
_BLOCK = "block"
Scope: TypeAlias = tuple[dict[str, Any], ...]
"""Rows about a model."""
_Row: TypeAlias = tuple[str, str]


def is_of_aws(type_: str) -> bool:
    """Return whether a type of resource, or of what else a provider makes, is one of AWS's providers'."""
    return type_.partition("_")[0] in AWS_PROVIDERS


def list_scope(stack: Stack, results: Iterable[Result]) -> Scope:
    """Return for each kind and type of a model how many there are, what judged them and why they are outside.

    Args:
        stack: The model.
        results: Every verdict on it, passes included.

    Returns:
        Rows with ``kind`` (``resource``, ``data``, ``ephemeral``, or what a block is called), ``type`` (of a provider
        its name, of other blocks empty), ``number``, ``policies`` (sorted ids of those that gave a verdict about one
        of them) and ``outside``, the rule by which the policies are not about it; empty when they are.
    """
    rows: dict[str, _Row] = {}
    numbers: dict[_Row, int] = {}
    for address, row in _list_parts(stack):
        rows.setdefault(address, row)
        numbers[row] = numbers.get(row, 0) + 1
    judged: dict[_Row, set[str]] = {}
    for result in results:
        found = rows.get(result.resource)
        if found is not None:
            judged.setdefault(found, set()).add(result.policy)
    return tuple(_tell(row, numbers[row], judged.get(row, set())) for row in sorted(numbers))


def merge_scopes(scopes: Iterable[Iterable[Mapping[str, Any]]], *, same: bool = False) -> Scope:
    """Return one scope of several.

    Args:
        scopes: What ``list_scope`` returned for each.
        same: Whether they are of one root module in several environments, so that the largest number is its number.
    """
    merged: dict[_Row, dict[str, Any]] = {}
    for scope in scopes:
        for row in scope:
            key = row["kind"], row["type"]
            kept = merged.get(key)
            if kept is None:
                merged[key] = dict(row)
                continue
            kept["number"] = max(kept["number"], row["number"]) if same else kept["number"] + row["number"]
            kept["policies"] = sorted({*kept["policies"], *row["policies"]})
            kept["outside"] = kept["outside"] and row["outside"]
    return tuple(merged[key] for key in sorted(merged))


def _list_parts(stack: Stack) -> Iterator[tuple[str, _Row]]:
    """Yield the address of each part of a model as verdicts name it, with its row."""
    for resource in stack.everything:
        yield resource.address, (_KINDS[resource.mode], resource.type)
    for block in stack.blocks:
        provider = block.labels[0] if block.type == "provider" and block.labels else ""
        yield ".".join((block.type, *block.labels)), (block.type, provider)
    for variable in stack.variables:
        yield _within(variable.module, f"var.{variable.name}"), ("variable", "")
    for output in stack.outputs:
        yield _within(output.module, f"output.{output.name}"), ("output", "")


def _within(module: str, name: str) -> str:
    return f"{module}.{name}" if module else name


def _tell(row: _Row, number: int, policies: set[str]) -> dict[str, Any]:
    kind, type_ = row
    outside = "" if policies else _RULES.get(kind, _BLOCK)
    if type_ and not is_of_aws(type_):
        outside = OTHER_PROVIDER
    return {"kind": kind, "type": type_, "number": number, "policies": sorted(policies), "outside": outside}
