"""The JSON Schema of ``tapeproof/1`` (json-schema.org, draft 2020-12), made of the one table of members."""

from __future__ import annotations

from typing import Any

from tapeproof.market.schema import COMMON, MEMBERS, Member

__all__ = ["build_schema"]

_DECIMAL = r"(0|[1-9][0-9]{0,29})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?$"
_WHOLE = {"oneOf": [{"type": "string", "pattern": "^[0-9]{1,20}$"}, {"type": "integer", "minimum": 0}]}
_TEXTS = {"type": "object", "maxProperties": 64, "additionalProperties": {"type": "string", "maxLength": 128}}
_LEVEL = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}], "minItems": 2}
_COUNTS = {"type": "array", "items": {"type": "string"}}
_KINDS: dict[str, dict[str, Any]] = {
    "price": {"type": "string", "pattern": f"^-?{_DECIMAL}"},
    "size": {"type": "string", "pattern": f"^{_DECIMAL}"},
    "text": {"type": "string", "maxLength": 128},
    "long": {"type": "string"},
    "side": {"enum": ["buy", "sell", ""]},
    "ns": _WHOLE,
    "whole": _WHOLE,
    "flag": {"type": "boolean"},
    "words": {"type": "array", "maxItems": 64, "items": {"type": "string", "maxLength": 128}},
    "levels": {"type": "array", "maxItems": 25_000, "items": _LEVEL},
    "pairs": _TEXTS,
    "counts": {"type": "object", "required": ["asks", "bids"], "properties": {"asks": _COUNTS, "bids": _COUNTS}},
}


def build_schema() -> dict[str, Any]:
    """Return the schema of a detail of any type."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tapeproof/1",
        "description": "A market event for which its publisher needs no venue module.",
        "oneOf": [_of_type(kind, members) for kind, members in MEMBERS.items()],
    }


def _of_type(kind: str, members: tuple[Member, ...]) -> dict[str, Any]:
    own = {one.name: _of_member(one) for one in (*COMMON, *members)}
    fixed: dict[str, Any] = {"schema": {"const": "tapeproof/1"}, "type": {"const": kind}, "extra": {}, "numbering": {}}
    required = ["schema", "type", *(one.name for one in (*COMMON, *members) if one.required)]
    return {
        "type": "object",
        "required": required,
        "properties": dict(sorted((fixed | own).items())),
        "additionalProperties": False,
    }


def _of_member(one: Member) -> dict[str, Any]:
    return {"enum": list(one.allowed)} if one.allowed else _KINDS[one.kind]
