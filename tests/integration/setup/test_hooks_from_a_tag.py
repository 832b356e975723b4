"""The published hooks as another repository has them: from a tag or a commit, in environments of pre-commit's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tapeproof import __version__
from tests.effort import SOAKING
from tests.places import PROJECT

pytestmark = pytest.mark.skipif(not SOAKING, reason="makes environments from a package index: run by make soak")

BIN = Path(sys.executable).parent
GROUP = """resource "aws_cloudwatch_log_group" "trade" {{
  name              = "/trade"
  retention_in_days = {days}
}}
"""
ROLE = """resource "aws_iam_role" "app" {{
  name               = "app"
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "lambda.amazonaws.com" }} }}]
  }})
}}

resource "aws_iam_role_policy" "app" {{
  role   = aws_iam_role.app.id
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = [{actions}], Resource = "arn:aws:sqs:us-east-1:1:jobs" }}]
  }})
}}
"""
CLEAN = {"logs.tf": GROUP.format(days=30), "role.tf": ROLE.format(actions='"sqs:SendMessage"')}
STATES = {
    "clean": CLEAN,
    "finding": {
        "logs.tf": GROUP.format(days=7),
        "role.tf": ROLE.format(actions='"sqs:SendMessage", "sqs:PurgeQueue"'),
    },
    "broken": CLEAN | {"logs.tf": "resource {{{\n"},
}
STAGES = {"tapeproof-gate": "pre-commit", "tapeproof-access": "pre-push", "tapeproof-gate-fix": "manual"}


class Expected(NamedTuple):
    """What pre-commit says of a hook."""

    word: str
    told: str = ""


EXPECTED = {
    ("tapeproof-gate", "clean"): Expected("Passed"),
    ("tapeproof-gate", "finding"): Expected("exit code: 1", "logs.tf:3:23: FAIL TP_LOG_1"),
    ("tapeproof-gate", "broken"): Expected("exit code: 2", "logs.tf:1:12: UNKNOWN TP_GATE"),
    ("tapeproof-access", "clean"): Expected("Passed"),
    ("tapeproof-access", "finding"): Expected("exit code: 1", "NEW ACCESS aws_iam_role.app (identity): sqs:PurgeQueue"),
    ("tapeproof-access", "broken"): Expected("exit code: 2", "logs.tf:1:12: a bracket is not closed"),
    ("tapeproof-gate-fix", "clean"): Expected("Passed"),
    ("tapeproof-gate-fix", "finding"): Expected("files were modified by this hook", "1 change"),
    ("tapeproof-gate-fix", "broken"): Expected("exit code: 2", "not judged: logs.tf:1:12: a bracket is not closed"),
}


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "tag.gpgSign=false"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module", params=["tag", "commit"])
def repository(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of a stranger's that names a release's tag, or a commit where there is no tag."""
    base = tmp_path_factory.mktemp(request.param)
    _git(base, "clone", "-q", "--bare", str(PROJECT), "published.git")
    published = base / "published.git"
    revision = f"v{__version__}" if request.param == "tag" else _git(published, "rev-parse", "HEAD")
    if request.param == "tag":
        _git(published, "tag", "-f", revision)
    folder = base / "user"
    folder.mkdir()
    hooks = [{"id": one, **({"args": ["--policy", "TP_LOG_1"]} if one == "tapeproof-gate" else {})} for one in STAGES]
    config = {"repos": [{"repo": published.as_uri(), "rev": revision, "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    _git(folder, "init", "-q", "-b", "main")
    _write(folder, "clean")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "Clean")
    _git(base, "clone", "-q", "--bare", str(folder), "origin.git")
    _git(folder, "remote", "add", "origin", str(base / "origin.git"))
    _git(folder, "fetch", "-q", "origin")
    _git(folder, "branch", "-q", "--set-upstream-to=origin/main")
    return folder


def _write(folder: Path, state: str) -> None:
    for name, text in STATES[state].items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("hook", "state"), EXPECTED)
def test_a_hook_judges_what_a_stranger_has(hook: str, state: str, repository: Path) -> None:
    _write(repository, state)
    _git(repository, "add", "-A")
    command = [str(BIN / "pre-commit"), "run", hook, "--all-files", "--hook-stage", STAGES[hook], "--color", "never"]
    settings = {**os.environ, "PRE_COMMIT_HOME": str(repository.parent / "home")}
    done = subprocess.run(command, cwd=repository, env=settings, capture_output=True, text=True, check=False)
    told = done.stdout + done.stderr
    if "Could not find a version" in told or "No matching distribution" in told:
        pytest.skip("no package registry can be reached from here")
    assert EXPECTED[hook, state].word in told
    assert EXPECTED[hook, state].told in told
    assert done.returncode == (0 if state == "clean" else 1)


def test_every_published_hook_was_tried() -> None:
    published = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {one["id"] for one in published} == set(STAGES)
