"""``yamlencode``, in the style of Terraform: block style, every string in double quotes unless it has lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.encoding import json_text
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial
from tapeproof.gate.engine.evaluator.types import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Plain, Value

__all__: list[str] = []

_PRINTABLE = r"\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
_SPECIAL = rf'["\\]|[^{_PRINTABLE}]'
_IN_LINES = rf"[{_PRINTABLE}\n\x85\u2028\u2029]*"
"""Not compiled before they are needed: ranges beyond ASCII take long, and few runs write YAML."""
_ESCAPES = {
    special: f"\\{letter}"
    for special, letter in zip('\0\a\b\t\n\v\f\r\x1b"\\\x85\u2028\u2029', '0abtnvfre"\\NLP', strict=True)
}


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
            if _has_lines(key):
                raise Fault("yamlencode: a key of several lines is written in a form that the gate does not write")
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
    if not (isinstance(value, str) and _has_lines(value)):
        yield head + _scalar(value)
        return
    body = value.rstrip("\n")
    keep = len(value) - len(body)
    width = "2" if value.startswith((" ", "\n")) else ""
    yield f"{head}|{width}" + ("-" if not keep else "" if body and keep == 1 else "+")
    for line in (body + "\n" * max(keep - 1, 0)).split("\n"):
        yield "  " * depth + line if line else ""


def _has_lines(text: str) -> bool:
    """Return whether a text is written line by line: nothing in it needs an escape, and no line ends in a space."""
    return "\n" in text and " \n" not in text and re.fullmatch(_IN_LINES, text) is not None


def _scalar(value: Plain) -> str:
    if isinstance(value, str):
        return _quote_string(value)
    return json_text(value)


def _quote_string(text: str) -> str:
    escaped = re.sub(_SPECIAL, lambda found: _ESCAPES.get(found[0]) or _escape_code(ord(found[0])), text)
    return f'"{escaped}"'


def _escape_code(code: int) -> str:
    """Return an escape of two, four or eight digits."""
    letter, digits = next(form for form in (("x", 2), ("u", 4), ("U", 8)) if code < 16 ** form[1])
    return f"\\{letter}{code:0{digits}X}"
