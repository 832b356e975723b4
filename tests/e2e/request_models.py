"""Requests as they went over the wire, held against AWS's own models of them, which botocore carries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import regex

from tapeproof.local.emulator.calls import read_call
from tapeproof.local.emulator.needs import list_needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import Shape

    from tapeproof.local.emulator.needs import Need
    from tapeproof.local.lifecycle import LocalStack


def check_requests(stack: LocalStack) -> Checked:
    """Hold every request that Terraform's provider made so far against the model of its operation."""
    checked = Checked()
    for request in json.loads(stack.ask_emulator("GET", "requests")[1]):
        checked.check(request)
    return checked


@dataclass
class Checked:
    """What came of the check: how many values were looked at, what is wrong, and what the calls need of IAM."""

    requests: int = 0
    values: int = 0
    operations: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    needs: set[Need] = field(default_factory=set)

    def check(self, request: dict[str, Any]) -> None:
        """Hold one request against the model of its operation."""
        self.requests += 1
        call = read_call(request)
        if call is None:
            self.violations.append(f"{request['service']}: no operation {request['operation']}")
            return
        path, shape = f"{request['service']}:{call.operation.name}", call.operation.input_shape
        self.operations.add(path)
        said = list(self._walk(shape, call.asked, path)) if shape is not None else []
        self.violations += said
        if not said:
            self.needs.update(list_needs(call.service, call.operation.name, call.asked))

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
