"""What a folder declares: files put together, twice the same refused, overrides laid over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.configuration import Configuration, configuration
from tapeproof.gate.frontends.hcl.json_syntax import parse_json
from tapeproof.gate.frontends.hcl.parser import parse_hcl

BASE = """
variable "v" { default = 1 }
resource "aws_x" "r" {
  a = 1
  b = 2
  rule { n = 1 }
  rule { n = 2 }
  other { n = 3 }
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [a]
  }
}
provider "aws" { region = "a" }
provider "aws" {
  alias  = "west"
  region = "b"
}
"""


def made(text: str, *overrides: str) -> Configuration:
    override_files = [(f"{n}_override.tf", parse_hcl(one, f"{n}_override.tf")) for n, one in enumerate(overrides)]
    return configuration(Path(), "root", [("main.tf", parse_hcl(text, "main.tf"))], override_files)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('variable "a" {}\nvariable "a" {}\n', "main.tf:2:1: variable 'a' is declared twice"),
        ('output "a" {}\noutput "a" {}\n', "main.tf:2:1: output 'a' is declared twice"),
        ('module "a" {}\nmodule "a" {}\n', "main.tf:2:1: module 'a' is declared twice"),
        ('resource "x" "a" {}\nresource "x" "a" {}\n', "main.tf:2:1: x.a is declared twice"),
        ("locals { a = 1 }\nlocals { a = 2 }\n", "main.tf:2:10: local.a is declared twice"),
        ('resource "x" {}\n', "main.tf:1:1: a resource block takes 2 labels, not 1"),
        ('variable "a" "b" {}\n', "main.tf:1:1: a variable block takes 1 labels, not 2"),
        ("a = 1\n", "main.tf:1:1: argument 'a' is not expected here"),
    ],
)
def test_what_terraform_refuses_of_a_folder_is_refused_at_its_place(text: str, place: str) -> None:
    with pytest.raises(SourceError) as raised:
        made(text)
    assert str(raised.value) == place


def test_the_same_name_may_be_a_resource_a_data_source_and_an_ephemeral_one() -> None:
    found = made('resource "x" "a" {}\ndata "x" "a" {}\nephemeral "x" "a" {}\n')
    assert list(found.resources) == [("managed", "x", "a"), ("data", "x", "a"), ("ephemeral", "x", "a")]


def test_blocks_that_terraform_may_know_one_day_are_kept_apart() -> None:
    found = made('moved {}\naction "a" "b" {}\nfrobnicate {}\n')
    assert [declared.block.type for declared in found.others] == ["moved"]
    assert [declared.block.type for declared in found.strange] == ["action", "frobnicate"]


def test_an_override_replaces_arguments_one_by_one_and_nested_blocks_type_by_type() -> None:
    override = 'resource "aws_x" "r" {\n  b = 3\n  rule { n = 9 }\n  lifecycle { prevent_destroy = false }\n}\n'
    declared = made(BASE, override).resources["managed", "aws_x", "r"]
    body = declared.block.body
    assert {one.name: getattr(one.expression, "value", None) for one in body.attributes} == {"a": 1, "b": 3}
    assert [(one.type, one.body.expression("n").value) for one in body.blocks if one.type != "lifecycle"] == [
        ("other", 3),
        ("rule", 9),
    ]
    (lifecycle,) = [one for one in body.blocks if one.type == "lifecycle"]
    assert lifecycle.body.expression("prevent_destroy").value is False
    assert lifecycle.body.expression("ignore_changes") is not None


def test_what_came_from_an_override_knows_its_file() -> None:
    body = made(BASE, 'resource "aws_x" "r" {\n  b = 3\n}\n').resources["managed", "aws_x", "r"].block.body
    assert {one.name: one.file for one in body.attributes} == {"a": "", "b": "0_override.tf"}


def test_a_dynamic_block_overrides_blocks_of_its_label() -> None:
    override = 'resource "aws_x" "r" {\n  dynamic "rule" {\n    for_each = []\n    content {}\n  }\n}\n'
    body = made(BASE, override).resources["managed", "aws_x", "r"].block.body
    assert [one.type for one in body.blocks] == ["other", "lifecycle", "dynamic"]


@pytest.mark.parametrize(
    ("written", "types", "names"),
    [
        ('{"n": 9}', ["other", "lifecycle"], ["a", "b", "rule"]),
        ('[{"n": 8}, {"n": 9}]', ["other", "lifecycle"], ["a", "b", "rule"]),
        ("[]", ["rule", "rule", "other", "lifecycle"], ["a", "b"]),
        ("null", ["rule", "rule", "other", "lifecycle"], ["a", "b"]),
    ],
)
def test_an_object_of_json_overrides_blocks_of_its_name(written: str, types: list[str], names: list[str]) -> None:
    override = parse_json('{"resource": {"aws_x": {"r": {"rule": ' + written + "}}}}", "o_override.tf.json")
    found = configuration(Path(), "root", [("main.tf", parse_hcl(BASE, "main.tf"))], [("o_override.tf.json", override)])
    body = found.resources["managed", "aws_x", "r"].block.body
    assert [one.type for one in body.blocks] == types
    assert [one.name for one in body.attributes] == names


@pytest.mark.parametrize(
    ("written", "override", "kept"),
    [
        ('[{"n": 1}]', "[]", True),
        ('[{"n": 1}]', "null", True),
        ('[{"n": 1}]', '[{"n": 2}]', False),
        ('["n"]', "[]", False),
        ("[]", '[{"n": 2}]', False),
    ],
    ids=["no blocks over blocks", "null over blocks", "blocks over blocks", "no texts over texts", "blocks over none"],
)
def test_json_over_json_makes_no_blocks_of_an_empty_list(written: str, override: str, kept: bool) -> None:
    text = '{{"resource": {{"aws_x": {{"r": {{"rule": {}}}}}}}}}'
    base, over = parse_json(text.format(written), "main.tf.json"), parse_json(text.format(override), "override.tf.json")
    found = configuration(Path(), "root", [("main.tf.json", base)], [("override.tf.json", over)])
    (rule,) = found.resources["managed", "aws_x", "r"].block.body.attributes
    assert (rule.file == "override.tf.json") is not kept


def test_a_block_overrides_an_object_of_json() -> None:
    base = parse_json('{"resource": {"aws_x": {"r": {"rule": {"n": 1}}}}}', "main.tf.json")
    override = parse_hcl('resource "aws_x" "r" {\n  rule { n = 9 }\n}\n', "override.tf")
    found = configuration(Path(), "root", [("main.tf.json", base)], [("override.tf", override)])
    body = found.resources["managed", "aws_x", "r"].block.body
    assert ([one.type for one in body.blocks], body.attributes) == (["rule"], ())


@pytest.mark.parametrize(
    ("type_", "block"), [("moved", "moved {}"), ("import", "import {}"), ("check", 'check "c" {}')]
)
def test_what_no_override_file_may_hold_is_refused(type_: str, block: str) -> None:
    with pytest.raises(SourceError, match=rf"0_override.tf:1:1: an override file may hold no {type_} block"):
        made(BASE, block + "\n")


def test_a_removed_block_of_an_override_file_changes_nothing() -> None:
    found = made(BASE + "removed { from = aws_x.s }\n", "removed { from = aws_x.t }\n")
    assert [one.file for one in found.others if one.block.type == "removed"] == ["main.tf"]


def test_a_provider_is_overridden_by_its_alias_and_the_last_override_wins() -> None:
    found = made(BASE, 'provider "aws" {\n  alias  = "west"\n  region = "c"\n}\n', 'provider "aws" { region = "d" }\n')
    assert [one.block.body.expression("region").value for one in found.others] == ["d", "c"]


def test_an_override_of_nothing_is_refused() -> None:
    with pytest.raises(SourceError, match=r"0_override.tf:1:1: there is no variable gone to override"):
        made(BASE, 'variable "gone" { default = 2 }\n')


def test_everything_but_local_values_is_gone_through() -> None:
    found = made(BASE + "locals { l = 1 }\n")
    assert [one.block.type for one in found.everything()] == ["variable", "resource", "provider", "provider"]
