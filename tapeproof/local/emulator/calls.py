"""Requests read as calls of the API: which operation, and what it was asked with, by AWS's models in botocore."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, unquote
from xml.etree.ElementTree import Element, fromstring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import OperationModel, ServiceModel

__all__ = ["Call", "read_call"]

Shape: TypeAlias = Any
"""A shape of botocore's, whose stubs do not know what each kind of them has."""
SERVICES = {"monitoring": "cloudwatch"}
"""Names that requests are signed for, where botocore names the service otherwise."""


class Call(NamedTuple):
    """A call.

    Attributes:
        service: As botocore names it.
        operation: The operation's model.
        asked: Its members, as they were sent.
    """

    service: str
    operation: OperationModel
    asked: dict[str, Any]


def read_call(request: Mapping[str, Any]) -> Call | None:
    """Return the call that a request is, or None when no operation takes it.

    Args:
        request: With `service`, `operation`, `method`, `path`, `headers` and `body`, all text.
    """
    service = SERVICES.get(request["service"], request["service"])
    found = _read(_model(service), request)
    return None if found is None else Call(service, *found)


@cache
def _model(service: str) -> ServiceModel:
    import botocore.session

    return botocore.session.get_session().get_service_model(service)


def _read(model: ServiceModel, request: Mapping[str, Any]) -> tuple[OperationModel, dict[str, Any]] | None:
    if model.metadata["protocol"].startswith("rest"):
        return _read_rest(model, request)
    if request["operation"] not in model.operation_names:
        return None
    operation = model.operation_model(request["operation"])
    if "x-amz-target" in request["headers"]:
        return operation, json.loads(request["body"] or "{}")
    return operation, _read_query(operation, request["body"])


def _read_query(operation: OperationModel, body: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in parse_qsl(body, keep_blank_values=True):
        at = tree
        *above, last = key.split(".")
        for part in above:
            at = at.setdefault(part, {})
        at[last] = value
    tree.pop("Action")
    tree.pop("Version")
    return {} if operation.input_shape is None else _shape_query(operation.input_shape, tree)


def _shape_query(shape: Shape, tree: Any) -> Any:
    if shape.type_name == "structure":
        names = {one.serialization.get("name", name): name for name, one in shape.members.items()}
        return {
            names.get(key, key): _shape_query(shape.members[names[key]], value) if key in names else value
            for key, value in tree.items()
        }
    if shape.type_name == "list":
        inner = tree if shape.serialization.get("flattened") else (tree or {}).get("member", {}) if tree else {}
        return [_shape_query(shape.member, value) for _, value in sorted(inner.items(), key=lambda one: int(one[0]))]
    if shape.type_name == "map":
        return {one["key"]: _shape_query(shape.value, one["value"]) for one in (tree or {}).get("entry", {}).values()}
    return tree


def _read_rest(model: ServiceModel, request: Mapping[str, Any]) -> tuple[OperationModel, dict[str, Any]] | None:
    path, _, query = request["path"].partition("?")
    asked = dict(parse_qsl(query, keep_blank_values=True))
    best: tuple[int, OperationModel, dict[str, str]] | None = None
    for name in model.operation_names:
        operation = model.operation_model(name)
        template, _, literal = operation.http["requestUri"].partition("?")
        wanted = dict(parse_qsl(literal, keep_blank_values=True))
        if operation.deprecated or operation.http["method"] != request["method"] or not wanted.items() <= asked.items():
            continue
        pattern = re.sub(r"\\\{(\w+)\\?\+?\\\}", r"(?P<\1>[^/]+)", re.escape(template.rstrip("/") or "/"))
        found = re.fullmatch(pattern, path.rstrip("/") or "/")
        rank = len(wanted) * 10 - pattern.count("(?P<")
        if found and (best is None or rank > best[0]):
            best = (rank, operation, found.groupdict())
    if best is None:
        return None
    _, operation, labels = best
    return operation, _collect_rest(operation, labels, asked, request)


def _collect_rest(
    operation: OperationModel, labels: dict[str, str], asked: dict[str, str], request: Mapping[str, Any]
) -> dict[str, Any]:
    given: dict[str, Any] = {}
    shape: Shape = operation.input_shape
    for name, member in shape.members.items() if shape else ():
        where, called = member.serialization.get("location"), member.serialization.get("name", name)
        value = {"uri": labels.get(called), "querystring": asked.get(called)}.get(where or "")
        if where == "header":
            value = request["headers"].get(called.lower())
        if value is not None:
            given[name] = unquote(value) if member.type_name != "list" else [value]
    payload = shape.serialization.get("payload") if shape else None
    if payload and shape.members[payload].type_name in {"blob", "string"}:
        given[payload] = request["body"]
    elif request["body"].startswith("{"):
        body = json.loads(request["body"])
        given.update({payload: body} if payload else _renamed(shape, body))
    elif request["body"].startswith("<") and payload:
        given[payload] = _shape_xml(shape.members[payload], fromstring(request["body"]))  # noqa: S314 - as above
    return given


def _renamed(shape: Shape, body: dict[str, Any]) -> dict[str, Any]:
    names = {one.serialization.get("name", name): name for name, one in shape.members.items()}
    return {names.get(key, key): value for key, value in body.items()}


def _shape_xml(shape: Shape, element: Element) -> object:
    if shape.type_name == "structure":
        names = {one.serialization.get("name", name): name for name, one in shape.members.items()}
        given: dict[str, Any] = {}
        for child in element:
            tag = child.tag.rpartition("}")[2]
            member = shape.members.get(names.get(tag, ""))
            if member is not None and member.type_name == "list" and member.serialization.get("flattened"):
                given.setdefault(names[tag], []).append(_shape_xml(member.member, child))
            else:
                given[names.get(tag, tag)] = _shape_xml(member, child) if member is not None else child.text
        return given
    if shape.type_name == "list":
        return [_shape_xml(shape.member, child) for child in element]
    return element.text or ""
