"""Terraform's JSON syntax becomes the same syntax as HCL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Constant, GetAttribute, Listing, Name, Nested, Template
from tapeproof.gate.frontends.hcl.json_syntax import parse_json, parse_json_values
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path


def blocks(data: object) -> tuple[Nested, ...]:
    return parse_json(json.dumps(data), "x.tf.json").body.blocks


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"resource": {"t": {"n": {}, "m": {}}}}, [("resource", ("t", "n")), ("resource", ("t", "m"))]),
        ({"resource": [{"t": {"n": {}}}, {"t": {"m": {}}}]}, [("resource", ("t", "n")), ("resource", ("t", "m"))]),
        ({"provider": {"aws": [{"region": "a"}, {"region": "b"}]}}, [("provider", ("aws",))] * 2),
        ({"locals": {"a": 1}, "//": "a comment"}, [("locals", ())]),
        ([{"locals": {}}, {"terraform": {}}], [("locals", ()), ("terraform", ())]),
        ({"variable": {"v": None}}, []),
        ({"unheard_of": 5}, [("unheard_of", ())]),
        ({}, []),
    ],
)
def test_objects_are_blocks_by_their_labels(data: object, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(block.type, block.labels) for block in blocks(data)] == found


def attribute(data: dict[str, object], name: str) -> object:
    (block,) = blocks(data)
    return block.body.expression(name)


def test_a_string_is_a_template_or_the_expression_in_it() -> None:
    def value(text: str) -> object:
        return attribute({"resource": {"t": {"n": {"a": text}}}}, "a")

    assert isinstance(value("${var.x}"), GetAttribute)
    assert isinstance(value("a${var.x}"), Template)
    assert isinstance(value("plain"), Constant)
    escaped = value("$${x}")
    assert isinstance(escaped, Constant)
    assert escaped.value == "${x}"


def test_strings_that_name_things_are_names_and_types_are_types() -> None:
    names = attribute({"resource": {"t": {"n": {"depends_on": ["aws_x.y"]}}}}, "depends_on")
    assert isinstance(names, Listing)
    assert isinstance(names.items[0], GetAttribute)
    assert isinstance(attribute({"variable": {"v": {"type": "string"}}}, "type"), Name)


def test_a_default_is_literal() -> None:
    default = attribute({"variable": {"v": {"default": "${x}"}}}, "default")
    assert isinstance(default, Constant)
    assert default.value == "${x}"


def test_blocks_that_terraform_defines_are_told_from_attributes() -> None:
    (block,) = blocks({"resource": {"t": {"n": {"lifecycle": {"prevent_destroy": True}, "rule": {"a": 1}}}}})
    assert [inner.type for inner in block.body.blocks] == ["lifecycle"]
    assert [inner.name for inner in block.body.attributes] == ["rule"]


def test_the_life_of_a_module_is_a_block() -> None:
    (block,) = blocks({"module": {"m": {"source": "./m", "lifecycle": {"enabled": False}}}})
    assert [inner.type for inner in block.body.blocks] == ["lifecycle"]


def test_a_dynamic_block_has_contents() -> None:
    data = {"resource": {"t": {"n": {"dynamic": {"rule": {"for_each": [1], "content": {"a": "${rule.value}"}}}}}}}
    (block,) = blocks(data)
    (dynamic,) = block.body.blocks
    assert (dynamic.type, dynamic.labels) == ("dynamic", ("rule",))
    assert [inner.type for inner in dynamic.body.blocks] == ["content"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "x.tf.json:1:2: a key in quotes is expected here"),
        ("5", "x.tf.json:1:1: expected a JSON object"),
        ("[5]", "x.tf.json:1:2: expected a JSON object"),
        ('{"resource": {"t": 5}}', "x.tf.json:1:20: 'resource' must hold an object"),
        ('{"locals": {"a": "${"}}', "x.tf.json:1:18: "),
        ('{"resource": {"t": {"n": {"depends_on": ["1) + (2"]}}}}', "x.tf.json:1:1: expected one expression"),
    ],
)
def test_what_is_not_of_terraforms_form_is_refused_with_its_place(text: str, why: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse_json(text, "x.tf.json")
    assert str(raised.value).startswith(why)


def test_a_variable_file_holds_literals() -> None:
    source = parse_json_values('{"a": "${x}", "//": 1}', "x.tfvars.json")
    assert [(one.name, one.expression.value) for one in source.body.attributes] == [("a", "${x}"), ("//", 1)]
    with pytest.raises(SourceError, match="a JSON object"):
        parse_json_values("[]", "x.tfvars.json")


def test_a_part_of_a_string_has_its_own_place_whatever_escapes_come_before_it() -> None:
    text = '{"locals": {"a": "\\u00e9 ${upper(var.y)}"}}'
    (block,) = parse_json(text, "x.tf.json").body.blocks
    node = block.body.expression("a")
    assert node is not None
    shown = [text[one.at[1] - 1 : one.at[3] - 1] for one in (node, *node.parts)]
    assert shown == ['"\\u00e9 ${upper(var.y)}"', "\\u00e9 ", "upper(var.y)"]


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
