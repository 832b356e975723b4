"""What is new since a commit is told, and what was there before is counted."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "{0}" {{\n  name              = "{0}"\n  retention_in_days = {1}\n}}\n'
AS_IT_WAS = GROUP.format("old", 7) + GROUP.format("good", 365)


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str], dict[str, Any]]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path.parent / "cache"))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "main.tf").write_text(AS_IT_WAS)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "a")

    def check(*roots: str, since: str = "HEAD") -> tuple[int, list[str], dict[str, Any]]:
        capsys.readouterr()
        status = cli.main(["gate", "check", *roots, "--policy", "TP_LOG_1", "--diff", since, "--format", "json"])
        said = capsys.readouterr()
        answer = json.loads(said.out) if said.out else {"error": said.err}
        found = [one["resource"].rpartition(".")[2] for one in answer.get("results", ()) if one["verdict"] != "pass"]
        return status, found, answer

    return check


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        (AS_IT_WAS, (0, [], 1)),
        ("\n\n" + AS_IT_WAS, (0, [], 1)),
        (AS_IT_WAS + GROUP.format("new", 7), (1, ["new"], 1)),
        (GROUP.format("old", 1) + GROUP.format("good", 365), (1, ["old"], 0)),
        (GROUP.format("old", 7) + GROUP.format("good", 14), (1, ["good"], 1)),
        (AS_IT_WAS.replace("  retention_in_days = 365\n", ""), (1, ["good"], 1)),
        (AS_IT_WAS.replace("= 7\n", "= 7 # kept short\n"), (1, ["old"], 0)),
        (AS_IT_WAS.replace('"old"', '"renamed"'), (1, ["renamed"], 0)),
        (GROUP.format("good", 365), (0, [], 0)),
    ],
    ids=["nothing", "moved", "added", "worse", "went wrong", "taken away", "touched", "renamed", "mended"],
)
def test_only_what_is_new_or_touched_is_told(
    text: str,
    owed: tuple[int, list[str], int],
    told: Callable[..., tuple[int, list[str], dict[str, Any]]],
    tmp_path: Path,
) -> None:
    (tmp_path / "a" / "main.tf").write_text(text)
    got, named, answer = told()
    assert (got, named, sum(row["results"] for row in answer["not_asked"])) == owed


def test_a_change_elsewhere_that_makes_a_value_worse_is_told_where_the_value_is(
    told: Callable[..., tuple[int, list[str], dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "a" / "main.tf").write_text(GROUP.format("g", "var.days"))
    (tmp_path / "a" / "variables.tf").write_text('variable "days" {\n  default = 365\n}\n')
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "b")
    (tmp_path / "a" / "variables.tf").write_text('variable "days" {\n  default = 7\n}\n')
    assert told()[:2] == (1, ["g"])


def test_a_root_that_is_new_is_told_whole(
    told: Callable[..., tuple[int, list[str], dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "main.tf").write_text(AS_IT_WAS)
    assert told()[:2] == (1, ["old"])
    assert told("b")[:2] == (1, ["old"])
    assert told("a")[:2] == (0, [])


def test_the_revision_is_judged_by_its_own_settings_and_no_others(
    told: Callable[..., tuple[int, list[str], dict[str, Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder for temporary files is everybody's, and somebody may have put settings there."""
    scratch = tmp_path.parent / "scratch"
    scratch.mkdir()
    (scratch / ".tapeproof.yaml").write_text("nonsense: 1\n")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    (tmp_path / "a" / "main.tf").write_text(AS_IT_WAS + GROUP.format("new", 7))
    assert told()[:2] == (1, ["new"])


def test_a_revision_is_compared_with_under_settings_that_are_trusted(
    told: Callable[..., tuple[int, list[str], dict[str, Any]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told
    (tmp_path / "a" / "main.tf").write_text(AS_IT_WAS + GROUP.format("new", 7))
    arguments = ["--policy", "TP_LOG_1", "--diff", "HEAD", "--trust-settings-from", "HEAD"]
    assert cli.main(["gate", "check", *arguments]) == 1, capsys.readouterr().err


def test_a_revision_that_cannot_be_judged_is_named_with_the_reason(
    told: Callable[..., tuple[int, list[str], dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / ".tapeproof.yaml").write_text("fail_on: urgent\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "b")
    (tmp_path / ".tapeproof.yaml").unlink()
    status, _, answer = told()
    assert status == 2
    assert "fail_on: expected one of" in answer["error"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [(["--diff", "nowhere"], "nowhere"), (["--diff", "HEAD", "--plan", "plan.json"], "source with source")],
)
def test_what_cannot_be_compared_is_an_error(
    arguments: list[str],
    why: str,
    told: Callable[..., tuple[int, list[str], dict[str, Any]]],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    (tmp_path / "plan.json").write_text('{"format_version": "1.2", "planned_values": {"root_module": {}}}')
    assert told
    assert cli.main(["gate", "check", "--policy", "TP_LOG_1", *arguments]) == 2
    assert why in capsys.readouterr().err
