"""Requests as they went over the wire, held against AWS's own models of them, which botocore carries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote
from xml.etree.ElementTree import Element, fromstring

import botocore.session
import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import OperationModel, ServiceModel, Shape

    from tapeproof.local.lifecycle import LocalStack

SERVICES = {"monitoring": "cloudwatch"}


def check_requests(stack: LocalStack) -> Checked:
    """Hold every request that Terraform's provider made so far against the model of its operation."""
    checked = Checked()
    for request in json.loads(stack.ask_emulator("GET", "requests")[1]):
        checked.check(request)
    return checked


@cache
def _model(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(SERVICES.get(service, service))


@dataclass
class Checked:
    """What came of the check: how many values were looked at, and what is wrong."""

    requests: int = 0
    values: int = 0
    operations: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)

    def check(self, request: dict[str, Any]) -> None:
        """Hold one request against the model of its operation."""
        self.requests += 1
        model = _model(request["service"])
        found = _read(model, request)
        if found is None:
            self.violations.append(f"{request['service']}: no operation {request['operation']}")
            return
        operation, given = found
        self.operations.add(f"{request['service']}:{operation.name}")
        if operation.input_shape is not None:
            path = f"{request['service']}:{operation.name}"
            self.violations += self._walk(operation.input_shape, given, path)

    def _walk(self, shape: Shape, value: object, path: str) -> Iterator[str]:
        self.values += 1
        walk = {"structure": self._structure, "list": self._list, "map": self._map}.get(shape.type_name)
        if walk is not None:
            yield from walk(shape, value, path)
        else:
            yield from (f"{path}: {said}" for said in _judge_scalar(shape, value))

    def _structure(self, shape: Shape, value: object, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: is no structure"
            return
        yield from (f"{path}: lacks {name}" for name in shape.required_members if name not in value)
        yield from (f"{path}: {name} is unknown" for name in value if name not in shape.members)
        for name, inner in value.items():
            if name in shape.members and inner is not None:
                yield from self._walk(shape.members[name], inner, f"{path}.{name}")

    def _list(self, shape: Shape, value: object, path: str) -> Iterator[str]:
        yield from (f"{path}: {said}" for said in _judge_size(shape, len(value)))
        for inner in value:
            yield from self._walk(shape.member, inner, f"{path}[]")

    def _map(self, shape: Shape, value: object, path: str) -> Iterator[str]:
        for key, inner in value.items():
            yield from self._walk(shape.key, key, f"{path}.key")
            yield from self._walk(shape.value, inner, f"{path}.{key}")


def _judge_size(shape: Shape, size: float) -> Iterator[str]:
    if size < shape.metadata.get("min", size) or size > shape.metadata.get("max", size):
        yield f"{size} is not within {shape.metadata.get('min')} and {shape.metadata.get('max')}"


def _judge_scalar(shape: Shape, value: object) -> Iterator[str]:
    kind = shape.type_name
    if kind in {"integer", "long", "float", "double"}:
        if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", str(value)):
            yield f"{value!r} is no number"
        else:
            yield from _judge_size(shape, float(value))
    elif kind == "boolean" and str(value).lower() not in {"true", "false"}:
        yield f"{value!r} is no boolean"
    elif kind == "string":
        if not isinstance(value, str):
            yield f"{value!r} is no string"
            return
        yield from _judge_size(shape, len(value))
        if shape.metadata.get("enum") and value not in shape.metadata["enum"]:
            yield f"{value!r} is none of {shape.metadata['enum']}"
        pattern = shape.metadata.get("pattern")
        if pattern and not regex.search(rf"^(?:{pattern})$", value):
            yield f"{value!r} does not match {pattern}"


def _read(model: ServiceModel, request: dict[str, Any]) -> tuple[OperationModel, dict[str, Any]] | None:
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


def _shape_query(shape: Shape, tree: object) -> object:
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


def _read_rest(model: ServiceModel, request: dict[str, Any]) -> tuple[OperationModel, dict[str, Any]] | None:
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
    operation: OperationModel, labels: dict[str, str], asked: dict[str, str], request: dict[str, Any]
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
        given[payload] = _shape_xml(shape.members[payload], fromstring(request["body"]))
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
