"""JSON that says each thing once: of a member that is there twice, one reader takes the first and another the last."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["DECODER", "read_json"]


def _collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {twice[:40]!r} is there twice")
    return members


DECODER = json.JSONDecoder(object_pairs_hook=_collect)
"""Raises ``ValueError`` for an object with a member twice."""


def read_json(data: bytes | str) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value.

    Args:
        data: Its text, UTF-8 where it is bytes.

    Raises:
        ValueError: It is none, or an object in it has a member twice.
        RecursionError: It is nested too deeply.
    """
    return DECODER.decode(data.decode() if isinstance(data, bytes) else data)
