"""What the commands read of the applied stack's outputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.market.keys import KeyLayout
from tapeproof.ops.errors import NoStackError
from tapeproof.ops.target import read_outputs

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("event_bus_name", "market_table_name", "audit_table_name", "log_origin")
MAPS = ("dlq_urls", "queue_urls", "function_names", "role_arns", "routes")


def _outputs(**more: object) -> str:
    values = dict.fromkeys(NAMES, "x") | {name: {} for name in MAPS} | more
    return json.dumps({name: {"value": value} for name, value in values.items()})


@pytest.mark.parametrize(
    ("more", "layout"),
    [
        ({}, KeyLayout()),
        (
            {"key_layout": {"hour_shards": 2, "record_shards": 4, "minute_shards": 16}},
            KeyLayout(hour_shards=2, record_shards=4, minute_shards=16),
        ),
    ],
)
def test_readers_look_where_the_stack_says_it_writes(
    more: dict[str, object], layout: KeyLayout, tmp_path: Path
) -> None:
    assert read_outputs(tmp_path / "outputs.json", _outputs(**more)).layout == layout


def test_outputs_of_another_version_are_refused_with_the_way_out(tmp_path: Path) -> None:
    outputs = _outputs(key_layout={"record_shards": 1, "symbol_shards": 8})
    with pytest.raises(NoStackError) as refused:
        _ = read_outputs(tmp_path / "outputs.json", outputs).layout
    said = refused.value.diagnostics()
    assert "symbol_shards" in said
    assert "terraform output -json" in said


def test_outputs_that_lack_a_name_are_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(NoStackError, match="event_bus_name"):
        read_outputs(tmp_path / "outputs.json", json.dumps({"log_origin": {"value": "x"}}))
