from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.attacks.lanes import edit_entry
from tapeproof.auditing.editor import Editor, clone
from tapeproof.cli import EXIT_IO, EXIT_USAGE, main
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.index import Index
from tapeproof.verifier.judgement import format_time
from tapeproof.verifier.leaves import LeafFile

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.log.note import VerifierKey


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["audit", *(str(one) for one in arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_pinned_export_is_verified_with_exit_status_0(
    exported: Path, pin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "verify", exported, "--pin", pin)
    assert status == 0
    assert out.startswith("VERIFIED: ")


def test_the_json_report_says_the_same_as_the_exit_status(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "verify", exported, "--format", "json")
    report = json.loads(out)
    assert (status, report["verdict"], report["exit_status"]) == (3, "UNANCHORED", 3)
    assert report["counts"]["records"] == report["counts"]["decisions"]


@pytest.mark.parametrize(("options", "status"), [(["--as-of", "2027-01-01T00:00:00Z"], 4), (["--max-age", "0"], 0)])
def test_freshness_is_judged_at_the_time_and_age_that_were_asked_for(
    options: list[str], status: int, exported: Path, pin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "verify", exported, "--pin", pin, *options)[0] == status


def test_a_tampered_export_names_the_attack_the_lane_and_the_sequence(
    exported: Path, pin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone(exported, tmp_path / "copy")
    done = edit_entry(Editor(tmp_path / "copy", random.Random(4)))
    status, out, _ = run(capsys, "verify", tmp_path / "copy", "--pin", pin)
    assert status == 1
    assert "entry edited" in out
    assert done.lane in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["verify", "/nonexistent"], "is not a folder"),
        (["verify"], "no log is named"),
        (["verify", ".", "--vkey", "nonsense"], "is not a verifier key"),
        (["verify", ".", "--vkey", ""], "holds no key"),
        (["verify", ".", "--vkey", os.devnull], "holds no key"),
        (["verify", ".", "--vkey", sys.executable], "is not a verifier key"),
        (["verify", ".", "--vkey", "x" * 5_000], "is not a verifier key"),
        (["verify", ".", "--outputs", "pyproject.toml"], "both named"),
        (["verify", ".", "--keep", "there"], "both named"),
        (["pin", "there", "--export", ".", "--outputs", "pyproject.toml"], "both named"),
        (["verify", ".", "--pin", "pyproject.toml"], "is not a pin"),
        (["verify", ".", "--as-of", "yesterday"], "is no time"),
        (["verify", "tests"], "holds no export"),
        (["check-proof", "pyproject.toml"], "cannot be read"),
        (["verify", "--outputs", "pyproject.toml"], "lacks the stack's outputs"),
    ],
)
def test_unusable_input_exits_5_with_the_reason_and_the_way_out(
    arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, *arguments)
    assert status == 5
    assert reason in err
    assert err.count("\n") >= 2


@pytest.mark.parametrize(
    "change",
    [{"keys": []}, {"keys": [7]}, {"keys": "abc"}, {"keys": {"a": 1}}, {"checkpoint": 7}, {"checkpoint": "\ud800"}],
    ids=str,
)
def test_a_pin_of_another_form_is_refused(
    change: dict[str, object], exported: Path, pin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pin.json"
    path.write_text(json.dumps({**json.loads(pin.read_bytes()), **change}))
    status, _, err = run(capsys, "verify", exported, "--pin", path)
    assert status == 5
    assert "pin.json is not a pin" in err or "pin.json names no key" in err


def test_json_without_end_is_refused_wherever_it_is_read(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000)
    for arguments in (["verify", exported, "--pin", path], ["check-proof", path], ["verify", "--outputs", path]):
        assert run(capsys, *arguments)[0] == 5


@pytest.mark.parametrize("first", [True, False])
def test_the_log_s_key_may_stand_anywhere_among_those_of_other_logs(
    exported: Path, vkey: VerifierKey, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, first: bool
) -> None:
    others = [vkey._replace(name="another.example/log"), vkey]
    path = tmp_path / "keys"
    path.write_text("".join(f"{key}\n" for key in (others[::-1] if first else others)))
    assert run(capsys, "verify", exported, "--vkey", path)[0] == 3


@pytest.mark.parametrize("jobs", ["0", "-3", "many"])
def test_a_number_of_processes_that_makes_no_sense_is_a_usage_error(
    jobs: str, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", str(exported), f"--jobs={jobs}"]) == EXIT_USAGE
    assert "--jobs" in capsys.readouterr().err


def test_the_option_of_before_answers_with_its_name_of_now(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify", str(exported), "--no-witness"]) == EXIT_USAGE
    assert "--no-witness is --no-witness-lines now" in capsys.readouterr().err


@pytest.mark.parametrize("before", ["3", "2026-01-31T09", "\u0662" * 10, ""])
def test_an_hour_to_prune_before_that_is_none_is_a_usage_error(
    before: str, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["prune", "--export", str(exported), "--by", "x", "--dry-run", f"--before={before}"]
    assert main(["audit", *arguments]) == EXIT_USAGE
    assert "expected an hour such as" in capsys.readouterr().err


@pytest.fixture
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Outputs of another log, in an account that does not answer."""
    for name in [one for one in os.environ if one.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    names = ("audit_table_name", "market_table_name", "tile_bucket_name")
    values: dict[str, object] = dict.fromkeys(names, "Bad Name!") | {"log_origin": "other.example/log"}
    values |= {"log_group_names": {}, "checkpoint_key_arn": ""}
    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({name: {"value": value} for name, value in values.items()}))
    return path


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--profile", "nobody"], "could not be found"),
        (["--endpoint", "nonsense"], "Invalid endpoint"),
        (["--endpoint", "http://127.0.0.1:9"], "Invalid bucket name"),
    ],
)
def test_what_the_aws_sdk_refuses_is_told_without_a_traceback(
    arguments: list[str], reason: str, outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "verify", "--outputs", outputs, *arguments)
    assert status == 5
    assert reason in err


def test_a_region_that_is_not_set_is_told_without_a_traceback(
    outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    status, _, err = run(capsys, "verify", "--outputs", outputs)
    assert status == 5
    assert "You must specify a region" in err


def test_an_export_prunes_no_other_log(
    exported: Path, pin: Path, outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(
        capsys, "prune", "--export", exported, "--pin", pin, "--by", "x", "--before", "2099010100", "--outputs", outputs
    )  # fmt: skip
    assert status == 5
    assert "not of other.example/log" in err


def test_a_pin_that_cannot_be_written_is_told_without_a_traceback(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nowhere" / "pin.json"
    assert main(["audit", "pin", str(target), "--export", str(exported)]) == EXIT_IO
    assert "nowhere" in capsys.readouterr().err


SPOOF = "\x1b[2J\x1b[1;32mVERIFIED\x9b0m \u202e"


def test_nothing_that_others_wrote_steers_the_terminal(
    exported: Path, pin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(exported, tmp_path / "copy")
    (tmp_path / "copy" / "lanes" / "other.gz").write_bytes(gzip.compress(f"{SPOOF}\n".encode()))
    status, out, _ = run(capsys, "verify", tmp_path / "copy", "--pin", pin)
    assert status == 1
    assert r"belongs to no lane: \x1b[2J\x1b[1;32mVERIFIED\x9b0m \u202e" in out
    status, out, _ = run(capsys, "verify", tmp_path / "copy", "--pin", pin, "--format", "json")
    assert out.isascii()
    (tmp_path / "copy" / "export.json").write_text(json.dumps({"format": SPOOF, "origin": SPOOF, "created": "1"}))
    _, _, err = run(capsys, "verify", tmp_path / "copy")
    assert err.replace("\n", "").isprintable()


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("tampered", [True, False], ids=["tampered", "sound"])
def test_the_exit_status_does_not_depend_on_who_reads_the_answer(
    form: str, *, tampered: bool, exported: Path, pin: Path, tmp_path: Path
) -> None:
    clone(exported, tmp_path / "copy")
    if tampered:
        edit_entry(Editor(tmp_path / "copy", random.Random(4)))
    reading, writing = os.pipe()
    os.close(reading)
    command = [
        sys.executable,
        "-m",
        "tapeproof",
        "audit",
        "verify",
        str(tmp_path / "copy"),
        f"--format={form}",
        f"--as-of={format_time(ExportFolder(exported).created)}",
        "--pin",
    ]
    with os.fdopen(writing, "wb") as pipe:
        process = subprocess.run([*command, str(pin)], stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (process.returncode, process.stderr) == (int(tampered), b"")


@pytest.mark.parametrize(
    "arguments",
    [["drill"], ["prove", "evt-1", "--export"], ["prune", "--dry-run", "--by=x", "--before=2099010100", "--export"]],
)
def test_an_answer_fits_a_terminal_without_utf_8(arguments: list[str], exported: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "tapeproof", "audit", *arguments, str(exported)]
    process = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (process.returncode, process.stderr) == (0, b"")
    assert process.stdout.isascii()


def test_a_full_disk_is_told_and_is_no_verdict(
    exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Index, "add_control", full)
    status, out, err = run(capsys, "verify", exported)
    assert (status, out) == (EXIT_IO, "")
    assert "disk is full" in err
    monkeypatch.setattr(os, "pwrite", lambda _fd, data, _at: len(data) - 1)
    leaves = LeafFile(tmp_path / "leaves")
    with pytest.raises(OSError, match="No space left"):
        leaves.write(0, bytes(32))
    leaves.close()


@pytest.mark.parametrize("leaf", ["#\u00b2", "#-1", "#", "#99999999999999999999"])
def test_a_leaf_that_is_no_number_of_the_log_is_no_leaf(
    leaf: str, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "prove", leaf, "--export", exported)[0] == 5


def test_an_event_is_proved_by_one_small_file(
    exported: Path, pin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "proof.json"
    assert run(capsys, "prove", "evt-7", "--export", exported, "-o", path)[0] == 0
    assert path.stat().st_size < 8_000
    status, out, _ = run(capsys, "check-proof", path, "--pin", pin)
    assert status == 0
    assert "evt-7" in out or "BATCH" in out
    assert run(capsys, "check-proof", path)[0] == 3


def test_who_verifies_an_export_does_not_wait_for_what_makes_one() -> None:
    code = "import sys, tapeproof.cli.audit; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "tapeproof.verifier.verify" in loaded
    assert not {"tapeproof.auditing.export", "concurrent.futures", "boto3", "rich"} & set(loaded)
