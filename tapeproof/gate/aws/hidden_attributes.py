"""Attributes that a provider hides: which hold a credential, and what of them flows into a value."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import resource_type
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Stack, Value

__all__ = ["credentials_of", "hidden_source"]

_INDEX = re.compile(r'\.\d+(?=\.|$)|\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]')


@lru_cache(maxsize=4096)
def credentials_of(mode: str, type_: str) -> tuple[str, ...]:
    """Return the attributes of a type that its provider hides and that are credentials, not names or certificates."""
    return tuple(path for path in _load_table().get((mode, type_), ()) if path.rpartition(".")[2] not in _public())


def hidden_source(stack: Stack, value: Value) -> str:
    """Return what hidden thing flows into a value, as it is written; empty when nothing does.

    That is an attribute that its provider hides, a variable that is declared sensitive, or ``sensitive()``.
    """
    for part in value.parts():
        for origin in sorted(part.origins):
            if origin.path and _is_hidden(origin.address, origin.path):
                return f"{origin.address}.{origin.path}"
        if part.sensitive:
            declared = {f"var.{variable.name}" for variable in stack.variables if variable.sensitive}
            named = sorted(origin.address for origin in part.origins if origin.address in declared)
            return named[0] if named else "a sensitive value"
    return ""


@lru_cache(maxsize=16_384)
def _is_hidden(address: str, path: str) -> bool:
    mode = "data" if ".data." in f".{address}" else "ephemeral" if ".ephemeral." in f".{address}" else "resource"
    plain = _INDEX.sub("", path)
    hidden = credentials_of(mode, resource_type(address))
    return any(plain == known or plain.startswith(f"{known}.") for known in hidden)


@cache
def _load_table() -> dict[tuple[str, str], tuple[str, ...]]:
    tables = (*rows("sensitive"), *rows("sensitive_elsewhere"))
    return {(row["mode"], row["type"]): tuple(row["attributes"].split()) for row in tables}


@cache
def _public() -> frozenset[str]:
    return frozenset(row["attribute"] for row in rows("sensitive_but_public"))
