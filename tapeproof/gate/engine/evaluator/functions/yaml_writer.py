"""``yamlencode``, in the style of Terraform: block style, every string in double quotes unless it has lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.functions.encoding import json_text
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial
from tapeproof.gate.engine.evaluator.types import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Plain, Value

__all__: list[str] = []


@partial("yamlencode", ANY, nullable=True)
def _yamlencode(call: Invocation, value: Value) -> Value:
    if not value.known:
        return call.unknown((value,))
    content = value.plain()
    if isinstance(content, (dict, list)) and content:
        return call.known("".join(f"{line}\n" for line in _yaml(content, 0)))
    lines = "".join(f"{line}\n" for line in _with_scalar("", content, 1))
    # A document that is one bare word ends in a marker.
    bare = not isinstance(content, (str, dict, list))
    return call.known(f"{lines}...\n" if bare else lines)


def _yaml(content: Plain, depth: int) -> Iterator[str]:
    margin = "  " * depth
    if isinstance(content, dict):
        for key in sorted(content):
            yield from _entry(f"{margin}{_quote_string(key)}:", content[key], depth)
    elif isinstance(content, list):
        for element in content:
            yield from _item(margin, element, depth)


def _entry(head: str, value: Plain, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _yaml(value, depth + 1)
    elif isinstance(value, list) and value:
        yield head
        yield from _yaml(value, depth)
    else:
        yield from _with_scalar(f"{head} ", value, depth + 1)


def _item(margin: str, element: Plain, depth: int) -> Iterator[str]:
    if isinstance(element, (dict, list)) and element:
        first, *rest = _yaml(element, depth + 1)
        yield f"{margin}- {first.lstrip(' ')}"
        yield from rest
    else:
        yield from _with_scalar(f"{margin}- ", element, depth + 1)


def _with_scalar(head: str, value: Plain, depth: int) -> Iterator[str]:
    if not (isinstance(value, str) and "\n" in value):
        yield head + _scalar(value)
        return
    body = value.rstrip("\n")
    keep = len(value) - len(body)
    width = "2" if value.startswith((" ", "\n")) else ""
    yield f"{head}|{width}" + ("-" if not keep else "" if keep == 1 else "+")
    for line in (body + "\n" * max(keep - 1, 0)).split("\n"):
        yield "  " * depth + line if line else ""


def _scalar(value: Plain) -> str:
    if isinstance(value, str):
        return _quote_string(value)
    return json_text(value)


def _quote_string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
