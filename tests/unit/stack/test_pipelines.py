"""The pipelines call what there is, keep no secret, and apply nothing but what was judged and approved."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

FILES = ["github-actions.yml", "gitlab-ci.yml"]


def _scripts(job: dict[str, Any]) -> list[str]:
    steps = [step["run"] for step in job.get("steps", []) if "run" in step] or job.get("script", [])
    return [line for step in steps for line in step.replace("\\\n", " ").splitlines()]


@pytest.fixture(scope="module", params=FILES)
def jobs(request: pytest.FixtureRequest, stack_folder: Path) -> dict[str, list[str]]:
    """The commands of each job."""
    text = (stack_folder / "pipelines" / request.param).read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    named = document.get("jobs") or {name: document[name] for name in document["stages"]}
    return {name: _scripts(job) for name, job in named.items()}


def _calls(jobs: dict[str, list[str]]) -> list[list[str]]:
    lines = [line for job in jobs.values() for line in job if ".venv/bin/tapeproof" in line]
    return [shlex.split(re.split(r"\|\||>>", line)[0])[1:] for line in lines]


def test_every_option_of_every_command_exists(jobs: dict[str, list[str]]) -> None:
    calls = _calls(jobs)
    expected = {("gate", "check"), ("gate", "access-diff"), ("evidence", "report"), ("ops", "canary")}
    assert {tuple(call[:2]) for call in calls} == expected
    for command in {tuple(call[:2]) for call in calls}:
        done = subprocess.run(
            [sys.executable, "-m", "tapeproof", *command, "--help"], capture_output=True, text=True, check=True
        )
        options = {word for call in calls if tuple(call[:2]) == command for word in call if word.startswith("--")}
        assert [option for option in sorted(options) if f"{option} " not in f"{done.stdout} "] == []


def test_what_is_applied_was_judged_and_is_not_planned_again(jobs: dict[str, list[str]]) -> None:
    plan, apply = "\n".join(jobs["plan"]), "\n".join(jobs["apply"])
    assert plan.index("gate check stack") < plan.index(" plan ") < plan.index("--plan stack/change.json")
    assert "gate access-diff" in plan
    assert " plan " not in apply
    assert apply.index("apply -input=false -parallelism=30 change.tfplan") < apply.index("ops canary --account")
    assert apply.index("ops canary --account") < apply.index("gate check --live")
    assert "-detailed-exitcode" in "\n".join(jobs["drift"])


def test_what_a_change_is_judged_by_comes_from_the_protected_branch(jobs: dict[str, list[str]]) -> None:
    judged = [call for call in _calls({"plan": jobs["plan"]}) if call[:3] == ["gate", "check", "stack"]]
    assert len(judged) == 2
    assert [call[call.index("--trust-settings-from") + 1] for call in judged] == ["${TRUSTED}"] * 2


@pytest.mark.parametrize(
    ("name", "branch"), [("github-actions.yml", "repository.default_branch"), ("gitlab-ci.yml", "CI_DEFAULT_BRANCH}")]
)
def test_the_protected_branch_is_not_one_that_the_change_names(name: str, branch: str, stack_folder: Path) -> None:
    text = (stack_folder / "pipelines" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.search(r"TRUSTED(:|=)|git fetch", line)]
    assert any(branch in line for line in lines)
    assert not any(re.search(r"head|source|MERGE_REQUEST|base", line.replace("FETCH_HEAD", "")) for line in lines)


@pytest.mark.parametrize("name", FILES)
def test_no_pipeline_reads_a_secret(name: str, stack_folder: Path) -> None:
    text = (stack_folder / "pipelines" / name).read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY", text)


def test_actions_are_pinned_and_tokens_are_for_single_jobs(stack_folder: Path) -> None:
    text = (stack_folder / "pipelines" / "github-actions.yml").read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert [one for one in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one)] == []
    assert document["permissions"] == {}
    assert document["jobs"]["apply"]["environment"] == "market-data-prod"
    assert all(job["permissions"] == {"contents": "read", "id-token": "write"} for job in document["jobs"].values())


def _run_tool(*command: str) -> tuple[int, str]:
    """Run a program of this environment and return its status and what it says."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


PINNED = "11bd71901bbe5b1630ceea73d27597364c9af683"
GITHUB = ("check-jsonschema", "--builtin-schema", "vendor.github-workflows")
GITLAB = ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
ZIZMOR = ("zizmor", "--offline", "--no-progress", "--pedantic")


@pytest.mark.parametrize(
    ("program", "name", "good", "broken"),
    [
        pytest.param(
            GITHUB, "github-actions.yml", "timeout-minutes:", "timeout-minuts:", id="schema of GitHub Actions"
        ),
        pytest.param(GITLAB, "gitlab-ci.yml", "stage:", "stagge:", id="schema of GitLab CI"),
        pytest.param(ZIZMOR, "github-actions.yml", f"checkout@{PINNED}", "checkout@v4", id="zizmor"),
    ],
)
def test_another_program_accepts_the_pipeline_and_refuses_a_broken_one(
    program: tuple[str, ...], name: str, good: str, broken: str, *, stack_folder: Path, tmp_path: Path
) -> None:
    source = stack_folder / "pipelines" / name
    status, said = _run_tool(*program, str(source))
    assert status == 0, said
    text = source.read_text(encoding="utf-8")
    assert good in text
    copy = tmp_path / name
    copy.write_text(text.replace(good, broken, 1), encoding="utf-8")
    assert _run_tool(*program, str(copy))[0] != 0
