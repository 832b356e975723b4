"""Provider 6 of hashicorp/aws cannot be applied here: each type and argument in use is held against a binding of it.

The binding was published by HashiCorp and generated from the schema of 6.25.0; `.ci/read-bindings` takes the names of
arguments from it. It says that an argument is there, not what it does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.stack.conftest import Block

TABLE = json.loads((Path(__file__).parent / "provider_6.json").read_text(encoding="utf-8"))
TYPES: dict[str, dict[str, Any]] = TABLE["types"]
OF_TERRAFORM = {"count", "depends_on", "dynamic", "for_each", "lifecycle", "provider"}
LOCKED = "5.100"


def _declared(block: Block) -> str:
    return f"data.{block.labels[0]}" if block.kind == "data" else block.labels[0]


def _unknown(body: dict[str, Any], arguments: dict[str, Any], path: str) -> Iterator[str]:
    """Yield the path of each argument that the binding does not have."""
    for name, value in body.items():
        if name.startswith("__") or (name in OF_TERRAFORM and name != "dynamic"):
            continue
        if name == "dynamic":
            for dynamic in value:
                for label, inner in dynamic.items():
                    block = label.strip('"')
                    contents = inner["content"] if not label.startswith("__") else []
                    yield from _unknown({block: contents}, arguments, path)
        elif name not in arguments:
            yield f"{path}.{name}"
        elif isinstance(value, list) and all(isinstance(one, dict) and one.get("__is_block__") for one in value):
            for one in value:
                yield from _unknown(one, arguments[name] or {}, f"{path}.{name}")


def test_every_type_and_argument_in_use_is_in_the_binding_of_provider_6(stack_blocks: list[Block]) -> None:
    used = [
        block for block in stack_blocks if block.kind in {"data", "resource"} and block.labels[0].startswith("aws_")
    ]
    assert len(used) > 60  # guards the reader
    assert {_declared(block) for block in used} == TYPES.keys()
    assert [path for block in used for path in _unknown(block.body, TYPES[_declared(block)], _declared(block))] == []


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"name": '"a"', "nome": '"b"'}, ["aws_sqs_queue.nome"]),
        ({"lifecycle": [{}], "count": 1, "__start_line__": 1}, []),
        ({"dynamic": [{'"tags"': {"content": [{"__is_block__": True}]}}]}, []),
        ({"dynamic": [{'"nothing"': {"content": [{"__is_block__": True}]}}]}, ["aws_sqs_queue.nothing"]),
    ],
)
def test_what_the_binding_does_not_have_is_named(body: dict[str, Any], missing: list[str]) -> None:
    assert list(_unknown(body, TYPES["aws_sqs_queue"], "aws_sqs_queue")) == missing


def test_an_argument_of_a_nested_block_is_looked_for_in_its_block() -> None:
    block = [{"mode": '"Active"', "sampling": 1, "__is_block__": True}]
    found = list(_unknown({"tracing_config": block}, TYPES["aws_lambda_function"], "aws_lambda_function"))
    assert found == ["aws_lambda_function.tracing_config.sampling"]


def test_the_page_says_that_provider_6_was_not_applied(stack_folder: Path) -> None:
    said = (stack_folder / "README.md").read_text(encoding="utf-8")
    assert "was not applied" in said
    assert TABLE["source"].rsplit(" ", 1)[-1] in said
    assert LOCKED in said
