"""The gate is asked from a Python that cannot run it; whatever goes wrong is said, and never a pass."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.frontends import outside
from tapeproof.gate.frontends.outside import (
    GateUnavailableError,
    Results,
    addresses_alike,
    ask,
    command,
    roots_below,
)

if TYPE_CHECKING:
    from pathlib import Path


def result(**fields: object) -> dict[str, Any]:
    return {"policy": "TP_A_1", "resource": "", "file": "main.tf", "line": 2, "verdict": "fail", **fields}


def gate(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = folder / "gate"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("TAPEPROOF", str(path))


def test_what_is_about_a_block_is_passed_on_and_the_rest_is_told_in_the_end(tmp_path: Path) -> None:
    own, count = result(resource="aws_x.y"), result(resource='aws_x.z["k"]')
    local, passed = result(line=9), result(line=8, verdict="pass")
    results = Results({"results": [own, count, local, passed]}, tmp_path)
    path = str(tmp_path / "main.tf")
    assert results.on("TP_A_1", "aws_x.y", path, (1, 3)) == [own]
    assert results.on("TP_A_1", "aws_x.z", path, (1, 3)) == [count]
    assert results.on("TP_B_1", "aws_x.y", path, (1, 3)) == []
    assert results.untold() == [local]
    assert results.on("TP_A_1", "", path, (7, 9)) == [local, passed]
    assert results.untold() == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a.b[0]", "a.b", True),
        ('module.m["x.y]"].a.b', "module.m.a.b", True),
        ("a.b", "a.c", False),
        ("a.b[0].c", "a.b", False),
    ],
)
def test_keys_of_instances_are_left_aside(one: str, other: str, alike: bool) -> None:
    assert addresses_alike(one, other) is alike


def test_the_gates_answer_is_read_whatever_its_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json.dumps({"results": [result()], "problems": ["p"]})
    gate(tmp_path, monkeypatch, f"echo '{answer}'; echo \"$@\" >args; exit 1")
    found = ask([tmp_path / "root"], ["dev.tfvars"], tmp_path)
    assert (len(found.all), found.problems) == (1, ["p"])
    arguments = (tmp_path / "args").read_text(encoding="utf-8").split()
    assert arguments == ["gate", "check", str(tmp_path / "root"), "--format", "json", "--var-file", "dev.tfvars"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo oh >&2; exit 70", "the gate gave no answer: oh"),
        ("exit 3", "the gate gave no answer: it ended with status 3"),
        ("echo '{}'", "the gate ended with status 0"),
        ("echo '[]'", "the gate ended with status 0"),
        ("echo '{\"results\": []}'; exit 70", "the gate ended with status 70"),
    ],
)
def test_no_answer_is_never_a_pass(script: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate(tmp_path, monkeypatch, script)
    with pytest.raises(GateUnavailableError, match=why):
        ask([], [], tmp_path)


def test_a_gate_that_is_not_there_or_never_ends_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPEPROOF", str(tmp_path / "gone"))
    with pytest.raises(GateUnavailableError, match="could not be run"):
        ask([], [], tmp_path)
    monkeypatch.setattr(outside, "TIMEOUT_S", 0.05)
    gate(tmp_path, monkeypatch, "exec sleep 5")
    with pytest.raises(GateUnavailableError, match="timed out"):
        ask([], [], tmp_path)


def test_without_any_gate_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAPEPROOF", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(outside, "PROJECT", tmp_path)
    monkeypatch.setattr(outside.sys, "prefix", str(tmp_path))
    with pytest.raises(GateUnavailableError, match="pipx install tapeproof"):
        command()


def test_roots_are_the_folders_that_nobody_calls_by_path(tmp_path: Path) -> None:
    for name, text in {
        "a/main.tf": 'module "m" {\n  source = "../shared"\n}\n',
        "b/main.tf.json": '{"module": {"m": {"source": "../other"}}}',
        "shared/main.tf": "",
        "other/main.tofu": "",
        ".terraform/x/main.tf": "",
        "docs/readme.md": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    os.mkfifo(tmp_path / "a/pipe.tf")
    (tmp_path / "a/broken.tf").symlink_to("nowhere")
    (tmp_path / "a/latin.tf").write_bytes(b"# \xe9")
    assert {path.name for path in roots_below(tmp_path)} == {"a", "b"}
