"""Values of a root module's variables, in Terraform's order of precedence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import CannotJudgeError, SourceError
from tapeproof.gate.engine.evaluator.configuration import configuration
from tapeproof.gate.frontends.hcl.inputs import RootInputs, Variables, root_inputs, variable_files
from tapeproof.gate.frontends.hcl.parser import parse_hcl
from tapeproof.gate.frontends.hcl.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

DECLARED = """
variable "text" { type = string }
variable "quoted" { type = "string" }
variable "list" { type = list(string) }
variable "any" {}
variable "number" { type = number }
"""


def inputs(root: Path, *files: Path, **values: str) -> RootInputs:
    main = configuration(root, "root", [("main.tf", parse_hcl(DECLARED, "main.tf"))], [])
    return root_inputs(root, Variables(files, values), main, Sources().parse_file)


@pytest.mark.parametrize(
    ("name", "text", "plain"),
    [
        ("text", "[1]", "[1]"),
        ("text", "", ""),
        ("quoted", "prod", "prod"),
        ("number", "5", "5"),
        ("list", '["a", "b"]', ["a", "b"]),
        ("any", "prod", "prod"),
        ("any", ' { a = "b" }', {"a": "b"}),
    ],
)
def test_text_is_an_expression_only_where_the_type_is_no_simple_one(
    name: str, text: str, plain: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inputs(tmp_path, **{name: text}).values[name].plain() == plain
    monkeypatch.setenv(f"TF_VAR_{name}", text)
    assert inputs(tmp_path).values[name].plain() == plain


@pytest.mark.parametrize("text", ["[", "1) + (2", "1)\ny = (2", "", "a b"])
def test_a_value_that_is_no_expression_is_refused_by_its_name(text: str, tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match="--var: the value of 'list' is no expression"):
        inputs(tmp_path, list=text)


def test_a_variable_that_nobody_declares_is_refused_on_the_command_line_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotJudgeError, match="--var nope"):
        inputs(tmp_path, nope="1")
    monkeypatch.setenv("TF_VAR_nope", "1")
    (tmp_path / "terraform.tfvars").write_text("other = 1\n", encoding="utf-8")
    assert list(inputs(tmp_path).values) == ["other"]


def test_a_later_file_wins_and_the_command_line_wins_over_all(tmp_path: Path) -> None:
    for name in ("terraform.tfvars", "b.auto.tfvars", "a.auto.tfvars", ".hidden.auto.tfvars"):
        (tmp_path / name).write_text(f'text = "{name}"\n', encoding="utf-8")
    (tmp_path / "terraform.tfvars.json").write_text('{"text": "${json}"}', encoding="utf-8")
    given = tmp_path / "given.tfvars"
    given.write_text('text = "given"\n', encoding="utf-8")
    order = [path.name for path in variable_files(tmp_path, (given,))]
    assert order == ["terraform.tfvars", "terraform.tfvars.json", "a.auto.tfvars", "b.auto.tfvars", "given.tfvars"]
    assert inputs(tmp_path).values["text"].plain() == "b.auto.tfvars"
    assert inputs(tmp_path, given).values["text"].plain() == "given"
    assert inputs(tmp_path, given, text="cli").values["text"].plain() == "cli"


def test_literal_text_of_variable_files_is_kept_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "terraform.tfvars").write_text('text = "secret"\n', encoding="utf-8")
    (literal,) = inputs(tmp_path).literals
    assert (literal.text, literal.block, literal.span.line) == ("secret", "tfvars", 1)


def test_a_variable_file_with_blocks_or_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "terraform.tfvars").write_text("block {}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="a variable file takes assignments only"):
        inputs(tmp_path)
    with pytest.raises(CannotJudgeError, match="there is no such file"):
        list(variable_files(tmp_path, (tmp_path / "gone.tfvars",)))
