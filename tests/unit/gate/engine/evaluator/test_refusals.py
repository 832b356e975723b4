"""A configuration that its own conditions refuse is never judged as if Terraform would plan it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = (
    'variable "days" {{\n'
    "  type = number\n"
    "  {default}\n"
    "  validation {{\n"
    "    condition = {condition}\n"
    '    error_message = "Too {word}."\n'
    "  }}\n"
    "}}\n"
)
QUEUE = (
    'resource "aws_sqs_queue" "q" {{\n'
    '  for_each = toset(["a", "b"])\n'
    "  lifecycle {{\n"
    "    {kind} {{\n"
    "      condition = {condition}\n"
    '      error_message = "no"\n'
    "    }}\n"
    "  }}\n"
    "}}\n"
)


def said(folder: Path, text: str) -> list[str]:
    (folder / "main.tf").write_text(text)
    return [unknown.why for unknown in read(folder).unread]


def variable(condition: str, default: str = "default = 7", word: str = "short") -> str:
    return VARIABLE.format(condition=condition, default=default, word=word)


@pytest.mark.parametrize(
    "condition",
    ["var.days >= 30", "!(var.days < 30)", "contains([30, 90], var.days)", 'tostring(var.days) == "30"', "false"],
)
def test_a_validation_that_surely_fails_is_told_with_its_message(condition: str, tmp_path: Path) -> None:
    why = "Terraform refuses the configuration, as the validation of var.days does not hold: Too short."
    assert said(tmp_path, variable(condition)) == [why]


@pytest.mark.parametrize(
    ("condition", "default"),
    [
        ("var.days >= 30", ""),
        ("var.days >= 30", "default = 30"),
        ('fileexists("later.zip")', "default = 7"),
        ('var.days == null ? true : fileexists("later.zip")', "default = 7"),
        ("var.days > var.other", "default = 7"),
        ('can(regex("^7$", var.days))', "default = 7"),
    ],
)
def test_one_that_holds_or_that_nobody_can_tell_is_not(condition: str, default: str, tmp_path: Path) -> None:
    assert said(tmp_path, variable(condition, default) + 'variable "other" {\n  type = number\n}\n') == []


def test_a_secret_in_a_message_is_not_repeated(tmp_path: Path) -> None:
    secret = 'variable "word" {\n  type = string\n  sensitive = true\n  default = "hunter2hunter2"\n}\n'
    (why,) = said(tmp_path, secret + variable("var.days > 30", word="${var.word}"))
    assert "hunter2" not in why


def test_the_validation_of_a_module_is_told_by_the_modules_address(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(variable("var.days >= 30", ""))
    (why,) = said(tmp_path, 'module "m" {\n  source = "./m"\n  days = 7\n}\n')
    assert "of module.m.var.days does" in why


def test_a_precondition_is_told_for_each_instance_and_of_outputs_too(tmp_path: Path) -> None:
    output = 'output "o" {\n  value = 1\n  precondition {\n    condition = 1 > 2\n    error_message = "no"\n  }\n}\n'
    found = said(tmp_path, QUEUE.format(kind="precondition", condition='each.key != "b"') + output)
    assert [why.split(" of ")[1].split(" does")[0] for why in found] == ["output.o", 'aws_sqs_queue.q["b"]']


@pytest.mark.parametrize(
    ("kind", "condition"),
    [("precondition", "data.aws_region.here.name != each.key"), ("postcondition", "self.name != each.key")],
)
def test_what_only_apply_can_tell_is_terraforms_to_judge(kind: str, condition: str, tmp_path: Path) -> None:
    assert said(tmp_path, QUEUE.format(kind=kind, condition=condition) + 'data "aws_region" "here" {}\n') == []
