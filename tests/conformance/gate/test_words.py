"""No sentence is read by anything but people: with every message another word, the gate answers as before."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.aws import event_pattern, exposure, fault
from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.world import ModuleNotHereError
from tapeproof.gate.engine.examples import Example, examples
from tapeproof.gate.engine.model import Finding, Undecided, Unknown
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.engine.runner import judge
from tapeproof.gate.frontends.hcl.json_reader import JsonError
from tapeproof.gate.frontends.hcl.masking import MaskingError
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.gate.secrets import formats

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = ("message", "fix", "expected", "observed", "waiver")
MADE: tuple[tuple[type, str, tuple[str, ...]], ...] = (
    (Finding, "__init__", ("message", "fix", "expected")),
    (Unknown, "__init__", ("reason",)),
    (Undecided, "__init__", ("why",)),
    (SourceError, "__init__", ("reason",)),
    (CycleFault, "__init__", ("message",)),
    (JsonError, "__init__", ("reason",)),
    (fault.Fault, "__new__", ("message", "fix", "expected")),
    (event_pattern.Fault, "__new__", ("message",)),
    (exposure.Exposure, "__new__", ("message", "fix")),
    (formats.Found, "__new__", ("kind",)),
)
"""Where a sentence of the gate is made: the type, the method that gets it, and its arguments."""
PLAIN = (Fault, ModuleNotHereError, MaskingError, UndecidedError)
"""Exceptions that are nothing but a sentence."""


def word_for(text: str) -> str:
    """Return another word for each text; what is surely the same message stays the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else text


def reword(make: Callable[..., Any], names: tuple[str, ...], parameters: list[str]) -> Callable[..., Any]:
    """Return a constructor that takes another word for some of its arguments."""

    def made(first: Any, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as each class has it
        values = [
            word_for(one) if name in names and isinstance(one, str) else one
            for name, one in zip(parameters, given, strict=False)
        ]
        return make(first, *values, **{name: word_for(one) if name in names else one for name, one in named.items()})

    return made


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes every message another word, where it is made."""

    def change() -> None:
        for made, method, names in MADE:
            make = getattr(made, method)
            code = getattr(make, "__wrapped__", make).__code__
            parameters = list(code.co_varnames[1 : code.co_argcount])
            assert set(names) <= {*parameters, *code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]}, made
            monkeypatch.setattr(made, method, reword(make, names, parameters))
        for plain in PLAIN:
            begin = plain.__init__
            monkeypatch.setattr(
                plain, "__init__", lambda self, text="", *rest, begin=begin: begin(self, word_for(text), *rest)
            )

    return change


def copy_example(example: Example, folder: Path) -> Path:
    """Return a root module that holds the example alone."""
    root = folder / example.name
    if example.root.is_dir():
        shutil.copytree(example.root, root, dirs_exist_ok=True)
    else:
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(example.root, root)
    return root


def judged(policy: Policy, folder: Path) -> list[tuple[Any, ...]]:
    """Return what a policy and the gate say of the policy's examples, but for the words."""
    found = []
    for example in examples(policy):
        for one in judge(read(copy_example(example, folder)), [policy]):
            place = (one.root, one.file, one.line, one.column, one.end_line, one.end_column)
            found.append((one.policy, one.verdict, one.resource, *place, one.warning, one.source_line))
    return sorted(set(found))


@pytest.mark.parametrize("policy", catalog(), ids=lambda policy: policy.id)
def test_a_verdict_does_not_depend_on_any_word_of_a_message(
    policy: Policy, reworded: Callable[[], None], tmp_path: Path
) -> None:
    before = judged(policy, tmp_path)
    reworded()
    assert before
    assert judged(policy, tmp_path) == before


def answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """Return the exit status of a check, and its JSON without the members that are text for people."""
    status = main(["gate", "check", "--no-cache", "--format", "json", str(folder)])
    return status, without_text(json.loads(capsys.readouterr().out))


def without_text(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {name: without_text(one) for name, one in value.items() if name not in TEXT}
    return [without_text(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tf", b'resource "aws_sqs_queue" "q" {'),
        ("a.tf", b'resource "aws_sqs_queue" "q" { name = "\xff" }'),
        ("a.tf", b'resource "aws_sqs_queue" {}'),
        ("a.tf", b'module "m" { source = "./gone" }'),
        ("a.tf", b'module "m" { source = "hashicorp/consul/aws" }'),
        ("a.tf", b'module "m" { source = "./" }'),
        ("a.tf", b"locals { a = " + b"[" * 5_000 + b"]" * 5_000 + b" }"),
        ("a.tf", b'variable "a" {}\nvariable "a" {}'),
        ("a.tf", b'resource "aws_cloudwatch_log_group" "g" { retention_in_days = var.nothing }'),
        ("a.tf", b'resource "aws_cloudwatch_event_rule" "r" { event_pattern = "NaN" }'),
        ("a.tf", b'resource "aws_security_group" "s" { description = "run it with DB_PASSWORD=Xk29fLq81zZp" }'),
        ("a.tf.json", b'{"resource": 1}'),
        ("a.tf.json", b'{"resource": {"aws_sqs_queue": {"q": {"name": "${"}}}}'),
        ("terraform.tfvars", b"a {}"),
        ("stacks.tfstack.hcl", b""),
    ],
)
def test_the_whole_answer_stays_the_same_but_for_its_text(
    name: str, content: bytes, reworded: Callable[[], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "a" {}\n')
    (tmp_path / name).write_bytes(content)
    before = answer(tmp_path, capsys)
    reworded()
    assert answer(tmp_path, capsys) == before
    assert before[0] == 2 or before[1]["results"]
