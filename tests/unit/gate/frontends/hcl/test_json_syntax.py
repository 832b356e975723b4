"""Blocks in JSON syntax: what only blocks can hold makes a block of what stands around it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

INNER = {"dynamic": {"tag": {"for_each": ["a", "b"], "iterator": "one", "content": {"name": "${one.value}"}}}}


@pytest.mark.parametrize(
    "body",
    [
        INNER,
        {"outer": INNER},
        {"outer": [INNER]},
        {"outer": [{"middle": [INNER]}]},
        {"dynamic": {"outer": {"for_each": [1], "content": [INNER]}}},
        {"dynamic": [{"outer": [{"for_each": [1], "content": {"middle": INNER}}]}]},
    ],
)
def test_a_dynamic_block_is_expanded_however_deep_it_lies(tmp_path: Path, body: dict[str, Any]) -> None:
    (tmp_path / "main.tf.json").write_text(json.dumps({"resource": {"aws_x": {"y": body}}}), encoding="utf-8")
    (block,) = read(tmp_path).resources()
    for outer in ("outer", "middle"):
        block = block.block(outer) or block
    assert [tag["name"].text() for tag in block.blocks("tag")] == ["a", "b"]


def test_a_map_with_a_key_called_dynamic_stays_a_map(tmp_path: Path) -> None:
    written = {"resource": {"aws_x": {"y": {"settings": {"dynamic": "yes", "other": {"dynamic": {"a": 1}}}}}}}
    (tmp_path / "main.tf.json").write_text(json.dumps(written), encoding="utf-8")
    (resource,) = read(tmp_path).resources()
    assert resource["settings"].plain() == {"dynamic": "yes", "other": {"dynamic": {"a": 1}}}
