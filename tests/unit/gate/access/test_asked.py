"""The stack a question about access is asked of."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.asked import Source, read_both, read_stack
from tapeproof.gate.engine.errors import GateError, RootError

if TYPE_CHECKING:
    from pathlib import Path

QUEUE = 'variable "name" {}\nresource "aws_sqs_queue" "q" {\n  name = var.name\n}\n'


def _root(folder: Path) -> Path:
    root = folder / "infra"
    root.mkdir()
    (root / "main.tf").write_text(QUEUE, encoding="utf-8")
    (root / "dev.tfvars").write_text('name = "jobs-dev"\n', encoding="utf-8")
    return root


def _name(source: Source) -> str:
    (queue,) = read_stack(source).resources("aws_sqs_queue")
    return queue["name"].text()


def test_a_root_is_read_with_the_variables_that_are_named(tmp_path: Path) -> None:
    root = _root(tmp_path)
    assert _name(Source(root, var_files=(root / "dev.tfvars",))) == "jobs-dev"
    assert _name(Source(root, variables={"name": "other"})) == "other"


def test_a_plan_is_read_in_place_of_the_root(tmp_path: Path) -> None:
    values = {"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q"}
    plan = tmp_path / "plan.json"
    module = {"resources": [{**values, "values": {"name": "planned"}}]}
    planned = {"planned_values": {"root_module": module}, "configuration": {"root_module": {}}}
    whole = {"format_version": "1.2", **planned, "resource_changes": []}
    plan.write_text(json.dumps(whole), encoding="utf-8")
    assert _name(Source(tmp_path / "none", plan=plan)) == "planned"


@pytest.mark.parametrize("read", [read_stack, lambda source: read_both(source, "HEAD")])
def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, read: object) -> None:
    assert callable(read)
    with pytest.raises(RootError, match="there is no such folder; name the folder of a root module"):
        read(Source(tmp_path / "none"))


def test_both_sides_are_read_with_the_variables_of_today(tmp_path: Path) -> None:
    root = _root(tmp_path)
    git = [
        "git",
        "-C",
        str(tmp_path),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    (root / "dev.tfvars").write_text('name = "today"\n', encoding="utf-8")
    (root / "main.tf").write_text(QUEUE + '\nresource "aws_sqs_queue" "new" {}\n', encoding="utf-8")
    before, after = read_both(Source(root, var_files=(root / "dev.tfvars",)), "HEAD")
    assert [one.address for one in before.resources("aws_sqs_queue")] == ["aws_sqs_queue.q"]
    assert [one.address for one in after.resources("aws_sqs_queue")] == ["aws_sqs_queue.q", "aws_sqs_queue.new"]
    assert {one["name"].text() for stack in (before, after) for one in stack.resources() if "name" in one} == {"today"}


def test_a_plan_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("[]", encoding="utf-8")
    with pytest.raises(GateError, match=r"plan\.json"):
        read_stack(Source(plan=tmp_path / "plan.json"))
