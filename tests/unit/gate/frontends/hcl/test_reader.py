"""A folder becomes a model; what was read for it is remembered, and what is not here is told of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.boundary import Boundary
from tapeproof.gate.engine.errors import RootError, SourceError
from tapeproof.gate.frontends.hcl.inputs import Variables
from tapeproof.gate.frontends.hcl.reader import Reader, read
from tapeproof.gate.frontends.hcl.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

QUEUE = 'resource "aws_sqs_queue" "{}" {{}}\n'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("text", ["", "# nothing\n", "locals {}\n"])
def test_a_folder_that_declares_nothing_is_no_root_module(text: str, tmp_path: Path) -> None:
    write(tmp_path / "main.tf", text)
    with pytest.raises(RootError, match="declare nothing"):
        read(tmp_path)
    with pytest.raises(RootError, match="there is no such folder"):
        read(tmp_path / "gone")


def test_variables_come_from_files_and_the_command_line(tmp_path: Path) -> None:
    write(tmp_path / "main.tf", 'variable "a" {}\nresource "aws_sqs_queue" "q" {\n  name = var.a\n}\n')
    write(tmp_path / "x.tfvars", 'a = "file"\n')
    by_file = read(tmp_path, var_files=[tmp_path / "x.tfvars"])
    by_hand = read(tmp_path, var_files=[tmp_path / "x.tfvars"], variables={"a": "hand"})
    assert [next(stack.resources())["name"].plain() for stack in (by_file, by_hand)] == ["file", "hand"]


def test_a_called_module_is_read_by_path_or_from_where_terraform_installed_it(tmp_path: Path) -> None:
    write(tmp_path / "root/main.tf", 'module "a" { source = "../m" }\nmodule "b" { source = "x/y/aws" }\n')
    write(tmp_path / "m/main.tf", QUEUE.format("near"))
    write(tmp_path / "root/.terraform/modules/b/main.tf", QUEUE.format("far"))
    manifest = {"Modules": [{"Key": "b", "Dir": ".terraform/modules/b"}]}
    write(tmp_path / "root/.terraform/modules/modules.json", json.dumps(manifest))
    found = read(tmp_path / "root")
    assert [one.address for one in found.resources()] == ["module.a.aws_sqs_queue.near", "module.b.aws_sqs_queue.far"]


@pytest.mark.parametrize(
    ("source", "manifest", "why"),
    [
        ("./gone", None, "there is no folder"),
        ("./" + "a" * 5000, None, "there is no folder"),
        ("x/y/aws", None, "run `terraform init` to have it judged too"),
        ("x/y/aws", {"Modules": []}, "run `terraform init` to have it judged too"),
        ("x/y/aws", {"Modules": [{"Key": "m", "Dir": "gone"}]}, "run `terraform init` to have it judged too"),
        ("x/y/aws", {"Modules": [{"Key": "m", "Dir": "../outside"}]}, "run `terraform init` to have it judged too"),
        ("../outside", None, "outside the repository"),
        (
            "x/y/aws",
            {"Modules": [{"Key": "m", "Dir": ".", "Source": "registry.terraform.io/z/y/aws"}]},
            "what is installed came from 'registry.terraform.io/z/y/aws'; run `terraform init`",
        ),
    ],
)
def test_a_module_that_is_not_here_is_unread(source: str, manifest: object, why: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root / "main.tf", f'module "m" {{ source = "{source}" }}\n')
    write(tmp_path / "outside/main.tf", QUEUE.format("secret"))
    if manifest is not None:
        write(root / ".terraform/modules/modules.json", json.dumps(manifest))
    (unread,) = Reader(Sources(Boundary((root,)))).read(root, Variables()).unread
    assert why in unread.why


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"Modules": 5}', '{"Modules": [{"Dir": "x"}]}', '{"Modules": [{"Key": "m", "Dir": 7}]}']
)
def test_a_manifest_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    write(tmp_path / "main.tf", 'module "m" { source = "x/y/aws" }\n')
    write(tmp_path / ".terraform/modules/modules.json", text)
    with pytest.raises(SourceError, match="is no manifest of modules"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("environment", "file", "workspace"),
    [("a", "b", "a"), ("", "b\n", "b"), ("", "", "default"), ("", None, "default")],
)
def test_the_workspace_is_the_selected_one(
    environment: str, file: str | None, workspace: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "main.tf", 'resource "aws_sqs_queue" "q" {\n  name = terraform.workspace\n}\n')
    if file is not None:
        write(tmp_path / ".terraform/environment", file)
    monkeypatch.setenv("TF_WORKSPACE", environment)
    assert next(read(tmp_path).resources())["name"].plain() == workspace


def test_everything_that_was_read_or_looked_for_is_remembered(tmp_path: Path) -> None:
    write(tmp_path / "main.tf", 'module "m" { source = "./gone" }\nlocals { a = fileexists("later.txt") }\n')
    write(tmp_path / "terraform.tfvars", "x = 1\n")
    reader = Reader(Sources())
    reader.read(tmp_path, Variables())
    assert {tmp_path / name for name in ("main.tf", "terraform.tfvars", "gone", "later.txt")} <= set(reader.states)
    assert reader.files == {tmp_path / "main.tf"}


def test_one_file_that_cannot_be_read_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    for name, text in (("a.tf", "a {"), ("b.tf", QUEUE.format("q"))):
        write(tmp_path / name, text)
    reader = Reader(Sources())
    with pytest.raises(SourceError):
        reader.read(tmp_path, Variables())
    assert reader.sources.read == {tmp_path / "b.tf"}


@pytest.mark.parametrize("passed", ["aws.west", "${aws.west}"])
def test_a_module_called_in_json_gets_the_providers_that_it_is_passed(passed: str, tmp_path: Path) -> None:
    module = {"source": "./m", "providers": {"aws": passed}}
    write(tmp_path / "main.tf.json", json.dumps({"module": {"m": module}}))
    write(tmp_path / "m" / "main.tf", QUEUE.format("q"))
    (queue,) = read(tmp_path).resources()
    assert queue.provider == "aws.west"
