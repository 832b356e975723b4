"""Finding and reading Terraform, within a time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.environment import Environment
from tapeproof.gate.engine.errors import CannotJudgeError, RootError
from tapeproof.gate.kept import Kept
from tapeproof.gate.question import Question
from tapeproof.gate.reading import Reading

QUEUE = 'resource "aws_sqs_queue" "q" {}\n'
CALL = 'module "m" {\n  source = "%s"\n}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(name: str, text: str = QUEUE) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _read(*roots: str, **asked: object) -> Reading:
    return Reading(Question(tuple(map(Path, roots)), **asked), Documents())  # type: ignore[arg-type]


def _roots(reading: Reading) -> list[str]:
    return [str(root) for root in reading.roots(Kept(None, reading.question, reading.settings, ""))]


def test_a_module_that_is_called_is_no_root() -> None:
    _write("a/main.tf", CALL % "../modules/m")
    _write("b/main.tf", 'terraform {}\nlocals {\n  module = "not called"\n}\n')
    _write("modules/m/main.tf")
    _write("modules/unused/main.tf")
    assert _roots(_read()) == ["a", "b", "modules/unused"]


def test_a_module_that_is_named_is_a_root_all_the_same() -> None:
    _write("a/main.tf", CALL % "./m")
    _write("a/m/main.tf")
    assert _roots(_read("a", "a/m")) == ["a", "a/m"]


def test_a_file_that_cannot_be_parsed_calls_nothing_and_stops_nothing() -> None:
    _write("a/main.tf", 'module "m" {\n  source = "./m"\n')
    _write("a/m/main.tf")
    _write("b/main.tf.json", "[")
    assert _roots(_read()) == ["a", "a/m", "b"]


@pytest.mark.parametrize(("folder", "told"), [("none", "there is no such folder"), ("empty", "there is no Terraform")])
def test_a_folder_without_terraform_is_refused(folder: str, told: str) -> None:
    Path("empty").mkdir()
    with pytest.raises(RootError, match=told):
        _read(folder)


def test_nothing_is_read_where_only_a_plan_is_judged() -> None:
    reading = _read(plan=Path("plan.json"))
    assert (reading.files, _roots(reading), reading.list_files) == ({}, [], set())


def test_variable_files_that_are_named_are_the_only_environment() -> None:
    _write("a/main.tf")
    _write("a/dev.tfvars", "")
    named = (Path("a/dev.tfvars"),)
    assert _read("a", var_files=named).environments(Path("a")) == (Environment(named),)
    assert _read("a").environments(Path("a")) == (Environment(),)


def test_a_waiver_is_looked_for_in_files_that_can_be_read() -> None:
    _write("a/main.tf", QUEUE + "# tapeproof:waive TP_LOG_1\n")
    _write("a/other.tf")
    Path("a/binary.tf").write_bytes(b"\xff\xfe\x00tapeproof:waive")
    reading = _read("a")
    waiving = [name for name in ("main.tf", "other.tf", "binary.tf", "gone.tf") if reading.is_waiving(Path("a") / name)]
    assert waiving == ["main.tf"]


def test_a_path_keeps_the_state_it_was_read_in() -> None:
    _write("a/main.tf")
    reading = _read("a")
    before = reading.state("a/main.tf")
    _write("a/main.tf", QUEUE * 2)
    assert reading.state("a/main.tf") == before != _read("a").state("a/main.tf")
    assert reading.state("a/none.tf") == reading.state("a/none.tf")


@pytest.mark.parametrize(("written", "seconds"), [("", 300), ("7", 7), ("0.5", 0.5)])
def test_a_run_has_a_time(monkeypatch: pytest.MonkeyPatch, written: str, seconds: float) -> None:
    monkeypatch.setenv("TAPEPROOF_DEADLINE", written)
    _write("a/main.tf")
    monkeypatch.setattr(time, "monotonic", lambda: 1_000.0)
    assert _read("a").deadline == 1_000 + seconds


@pytest.mark.parametrize("written", ["0", "-1", "soon", "nan", "5 minutes"])
def test_a_time_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("TAPEPROOF_DEADLINE", written)
    _write("a/main.tf")
    with pytest.raises(CannotJudgeError, match="expected a number of seconds above 0, got"):
        _read("a")


def test_reading_counts_against_the_time_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("a/main.tf")
    monkeypatch.setenv("TAPEPROOF_DEADLINE", "1e-9")
    with pytest.raises(CannotJudgeError, match=r"were over while its files were read.*TAPEPROOF_DEADLINE"):
        _read()


def test_parsing_what_calls_modules_counts_against_the_time_of_a_run() -> None:
    _write("a/main.tf", CALL % "./m")
    _write("a/m/main.tf")
    reading = _read()
    reading.deadline = time.monotonic() - 1
    with pytest.raises(CannotJudgeError, match="were over while its files were read"):
        _roots(reading)
