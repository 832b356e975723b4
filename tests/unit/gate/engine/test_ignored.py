"""What ignore_changes covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.ignored import Watched, find_ignored, ignored_entry
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.model import Resource


def queue(folder: Path, ignored: str) -> Resource:
    (folder / "main.tf").write_text(
        f'resource "aws_sqs_queue" "q" {{\n name = "q"\n lifecycle {{\n ignore_changes = {ignored}\n}}\n}}\n'
    )
    (resource,) = read(folder).resources()
    return resource


@pytest.mark.parametrize(
    ("ignored", "covered"),
    [("[name]", True), ('["*"]', True), ('["name"]', True), ("all", True), ("[name[0].x]", True), ("[tags]", False)],
)
def test_what_was_asked_for_and_is_ignored_is_found(tmp_path: Path, ignored: str, *, covered: bool) -> None:
    watched = Watched(queue(tmp_path, ignored))
    assert list(watched.findings()) == []
    watched.subject["name"].text()
    assert [finding.span.line for finding in watched.findings()] == ([4] if covered else [])
    assert (ignored_entry(watched.subject, "name") is not None) is covered


def test_what_is_ignored_and_not_written_is_nothing(tmp_path: Path) -> None:
    watched = Watched(queue(tmp_path, "[policy]"))
    assert watched.subject["policy"].is_unset
    assert list(watched.findings()) == []


@pytest.mark.parametrize(
    ("ignored", "said"),
    [
        ("[name, tags]", "ignore_changes leaves name"),
        ("all", "ignore_changes leaves name"),
        ("[tags]", ""),
        ("[policy]", ""),
    ],
)
def test_what_a_rule_rests_on_in_another_resource_is_found(tmp_path: Path, ignored: str, said: str) -> None:
    found = list(find_ignored(queue(tmp_path, ignored), "name", "policy"))
    assert len(found) == bool(said)
    assert all(finding.message.startswith(said) for finding in found)


@pytest.mark.parametrize("name", ["lifecycle", "count", "provisioner", "depends_on"])
def test_what_is_terraforms_own_holds_whatever_is_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_sqs_queue" "q" {\n count = 1\n depends_on = [aws_sqs_queue.other]\n'
        ' provisioner "local-exec" {\n command = "true"\n}\n lifecycle {\n ignore_changes = all\n}\n}\n'
    )
    (resource,) = read(tmp_path).resources()
    assert list(find_ignored(resource, name)) == []
