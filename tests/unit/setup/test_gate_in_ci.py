"""The gate as an action of GitHub and a job of GitLab: valid, pinned as locked, and run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.effort import SOAKING
from tests.places import PROJECT

ACTION = PROJECT / "action.yml"
TEMPLATE = PROJECT / ".ci" / "templates" / "gate.gitlab-ci.yml"
PINS = PROJECT / ".ci" / "gate-requirements.txt"
SCHEMA = ("check-jsonschema", "--builtin-schema")
GROUP = 'resource "aws_cloudwatch_log_group" "t" {\n  name              = "/x"\n  retention_in_days = 7\n}\n'


@pytest.mark.parametrize(
    ("program", "source", "good", "broken"),
    [
        pytest.param((*SCHEMA, "vendor.github-actions"), ACTION, "using: composite", "using: composit", id="action"),
        pytest.param(
            (*SCHEMA, "vendor.gitlab-ci", "--data-transform", "gitlab-ci"), TEMPLATE, "stage:", "stagge:", id="template"
        ),
        pytest.param(
            ("zizmor", "--offline", "--no-progress", "--pedantic"),
            ACTION,
            'options=(--format "${FORMAT}")',
            "options=(--format ${{ inputs.format }})",
            id="zizmor",
        ),
    ],
)
def test_another_program_accepts_it_and_refuses_a_broken_one(
    program: tuple[str, ...], source: Path, good: str, broken: str, tmp_path: Path
) -> None:
    command = [str(Path(sys.executable).parent / program[0]), *program[1:]]
    accepted = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    text = source.read_text(encoding="utf-8")
    assert good in text
    if program[0] != "zizmor" and not SOAKING:  # the schemas' own programs take seconds to start
        return
    (tmp_path / source.name).write_text(text.replace(good, broken, 1), encoding="utf-8")
    assert subprocess.run([*command, str(tmp_path / source.name)], capture_output=True, check=False).returncode != 0


def test_what_the_action_installs_is_what_hooks_install() -> None:
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    pinned = re.findall(r"^(\S+==\S+)", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(pinned) == sorted(hooks[0]["additional_dependencies"])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("one", "two words"):
        (tmp_path / "project" / name).mkdir(parents=True)
        (tmp_path / "project" / name / "main.tf").write_text(GROUP, encoding="utf-8")
    (tmp_path / "tapeproof" / "bin").mkdir(parents=True)
    (tmp_path / "tapeproof" / "bin" / "tapeproof").symlink_to(Path(sys.executable).parent / "tapeproof")
    return tmp_path / "project"


@pytest.mark.parametrize(("roots", "found"), [("", 2), ("two words\n", 1)] if SOAKING else [("two words\n", 1)])
def test_the_actions_step_judges_the_roots_it_is_given(project: Path, roots: str, found: int) -> None:
    script = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"][-1]["run"]
    given = {"ROOTS": roots, "TRUSTED": "", "DIFF": "", "FORMAT": "github", "OUTPUT": "told.txt"}
    environment = {**os.environ, **given, "RUNNER_TEMP": str(project.parent), "TAPEPROOF_CACHE_DIR": str(project / "c")}
    done = subprocess.run(
        ["bash", "-c", script], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    told = (project / "told.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^::error file=[^\n]*TP_LOG_1", told, re.MULTILINE)) == found


def test_the_templates_job_calls_options_that_exist() -> None:
    script = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["tapeproof-gate"]["script"]
    (call,) = [line for line in script if line.startswith("tapeproof gate check")]
    command = [sys.executable, "-m", "tapeproof", "gate", "check", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [word for word in call.split() if word.startswith("--") and word not in shown] == []
