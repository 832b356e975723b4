"""A minified file makes no answer that nobody can hold, and shows no secret; --diff knows its findings again."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

GATE = PROJECT / ".venv" / "bin" / "tapeproof"
FINDINGS = 150
SECRET = "Tr4de-W1nd-of-all-seas"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a root module of one file of one line, with a finding for each of its groups and each of its passwords."""
    folder = tmp_path_factory.mktemp("minified")
    groups = {f"l{number}": {"name": "x" * 250, "retention_in_days": 1} for number in range(FINDINGS)}
    local = {f"p{number}_password": f"{SECRET}-{number}" for number in range(FINDINGS)}
    text = json.dumps({"resource": {"aws_cloudwatch_log_group": groups}, "locals": local})
    (folder / "main.tf.json").write_text(text, encoding="utf-8")
    return folder


def check(root: Path, *arguments: str, cache: Path | None = None) -> str:
    """Return what the gate prints."""
    command = [str(GATE), "gate", "check", ".", *arguments]
    environment = os.environ | ({} if cache is None else {"TAPEPROOF_CACHE_DIR": str(cache)})
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("form", ["full", "json", "sarif", "junit", "gitlab", "github"])
def test_an_answer_about_one_long_line_is_bounded_and_shows_no_secret(form: str, root: Path) -> None:
    told = check(root, "--no-cache", "--format", form)
    line = (root / "main.tf.json").stat().st_size
    findings = FINDINGS * 5
    assert len(told) < findings * 4_000 < findings * line / 10
    assert SECRET not in told


def test_what_is_kept_of_it_is_bounded_and_gives_the_same_answer(root: Path, tmp_path: Path) -> None:
    first, again = (check(root, "--format", "json", cache=tmp_path) for _ in range(2))
    assert json.loads(first) == json.loads(again)
    assert 0 < sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 20_000_000


def test_a_revision_knows_the_findings_of_a_long_line_again(root: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    told = json.loads(check(root, "--no-cache", "--format", "json", "--diff", "HEAD"))
    assert told["counts"]["fail"] == 0
    assert sum(row["results"] for row in told["not_asked"]) >= 2 * FINDINGS
