"""The hook, for real: pre-commit refuses a commit that breaks a policy, and lets it in when it is put right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.places import PROJECT

BIN = Path(sys.executable).parent
BAD = """resource "aws_cloudwatch_log_group" "trade" {
  name              = "/aws/lambda/lambda-trade-${var.environment_suffix}"
  retention_in_days = 7
  kms_key_id        = aws_kms_key.data.arn
}

resource "aws_kms_key" "data" {
  description = "logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.here.account_id}:root" }
        Action    = ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = local.groups } }
      },
    ]
  })
}

data "aws_caller_identity" "here" {}

locals {
  groups = "arn:aws:logs:*:${data.aws_caller_identity.here.account_id}:*"
}

variable "environment_suffix" {
  type    = string
  default = "dev"
}

provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "us-east-1"
}
"""
GOOD = BAD.replace("= 7", "= 90")


def git(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Engineer",
        "GIT_AUTHOR_EMAIL": "engineer@example.com",
        "GIT_COMMITTER_NAME": "Engineer",
        "GIT_COMMITTER_EMAIL": "engineer@example.com",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        **environment,
    }
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):  # set when these tests themselves run from a hook
        settings.pop(name, None)
    return subprocess.run(["git", *arguments], cwd=folder, env=settings, capture_output=True, text=True, check=False)


def pre_commit(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PRE_COMMIT_COLOR": "never", **environment}
    command = [str(BIN / "pre-commit"), *arguments]
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=280)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return someone else's repository, with the published hook but the gate that is installed here."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (hook,) = (hook for hook in published() if hook["id"] == "tapeproof-gate")
    own = hook | {"language": "system", "entry": str(hook["entry"]).replace("tapeproof", str(BIN / "tapeproof"), 1)}
    own.pop("additional_dependencies")  # only of environments that pre-commit makes itself
    config = {"repos": [{"repo": "local", "hooks": [own]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    assert git(folder, "init", "--quiet", "--initial-branch=main").returncode == 0
    installed = pre_commit(folder, "install", PRE_COMMIT_HOME=str(tmp_path / "home"))
    assert installed.returncode == 0, installed.stderr
    return folder


def published() -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return found


def committed(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    assert git(folder, "add", "--all").returncode == 0
    return git(folder, "commit", "--message", "Keep logs", PRE_COMMIT_HOME=str(folder.parent / "home"))


def test_a_bad_commit_is_refused_at_its_line_and_a_fixed_one_lands(repository: Path) -> None:
    refused = committed(repository, BAD)
    told = refused.stdout + refused.stderr
    assert refused.returncode != 0
    assert "main.tf:3:23: FAIL TP_LOG_1 aws_cloudwatch_log_group.trade" in told
    assert "retention_in_days = 30" in told
    assert git(repository, "rev-parse", "--verify", "HEAD").returncode != 0

    landed = committed(repository, GOOD)
    assert landed.returncode == 0, landed.stdout + landed.stderr
    assert git(repository, "log", "--format=%s").stdout == "Keep logs\n"


def test_what_cannot_be_judged_does_not_land_either(repository: Path) -> None:
    refused = committed(repository, GOOD.replace("= 90", "= var.days") + '\nvariable "days" {\n  type = number\n}\n')
    assert refused.returncode != 0
    assert "UNKNOWN TP_LOG_1" in refused.stdout + refused.stderr


def test_a_file_that_is_no_terraform_does_not_land(repository: Path) -> None:
    refused = committed(repository, GOOD + "\nresource {{{\n")
    assert refused.returncode != 0
    assert "main.tf:" in refused.stdout + refused.stderr


def test_a_commit_without_terraform_does_not_start_the_gate(repository: Path) -> None:
    (repository / "notes.txt").write_text("nothing to judge\n", encoding="utf-8")
    assert git(repository, "add", "notes.txt").returncode == 0
    landed = git(repository, "commit", "--message", "Notes", PRE_COMMIT_HOME=str(repository.parent / "home"))
    assert landed.returncode == 0
    assert "Skipped" in landed.stdout + landed.stderr


def test_a_waiver_with_a_reason_an_owner_and_a_date_lets_it_in(repository: Path) -> None:
    waiver = '# tapeproof:waive TP_LOG_1 reason="a scratch environment" owner="data desk" expires=2099-12-31'
    landed = committed(repository, BAD.replace("= 7", f"= 7 {waiver}"))
    assert landed.returncode == 0, landed.stdout + landed.stderr
    assert committed(repository, BAD.replace("= 7", f"= 7 {waiver.replace('2099', '2020')}")).returncode != 0


def test_the_published_hooks_are_valid() -> None:
    done = pre_commit(PROJECT, "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def test_our_own_hooks_are_valid_and_come_from_no_other_repository() -> None:
    done = pre_commit(PROJECT, "validate-config", ".pre-commit-config.yaml")
    assert done.returncode == 0, done.stdout
    config = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {entry["repo"] for entry in config["repos"]} == {"local"}


def test_the_published_hook_installs_with_its_own_dependencies_and_refuses_too(tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    assert git(folder, "init", "--quiet", "--initial-branch=main").returncode == 0
    (folder / "main.tf").write_text(BAD, encoding="utf-8")
    assert git(folder, "add", "--all").returncode == 0
    head = git(PROJECT, "rev-parse", "HEAD").stdout.strip()
    done = pre_commit(
        folder,
        "try-repo",
        "--ref",
        head,
        str(PROJECT),
        "tapeproof-gate",
        "--all-files",
        PRE_COMMIT_HOME=str(tmp_path / "home"),
    )
    told = done.stdout + done.stderr
    if "Could not find a version" in told or "No matching distribution" in told:
        pytest.skip("no package registry can be reached from here")
    assert done.returncode == 1, told
    assert "main.tf:3:23: FAIL TP_LOG_1" in told


ROLE = """resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:us-east-1:1:jobs" }]
  })
}
"""


def test_a_push_that_allows_more_is_refused_until_somebody_approves_it(tmp_path: Path) -> None:
    folder, home = tmp_path / "repository", str(tmp_path / "home")
    folder.mkdir()
    (hook,) = (hook for hook in published() if hook["id"] == "tapeproof-access")
    own = hook | {"language": "system", "entry": str(hook["entry"]).replace("tapeproof", str(BIN / "tapeproof"), 1)}
    own.pop("additional_dependencies")  # as above
    config = {"default_install_hook_types": ["pre-push"], "repos": [{"repo": "local", "hooks": [own]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (folder / "main.tf").write_text(ROLE, encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--bare", "remote")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(tmp_path / "remote"))
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "base")
    assert git(folder, "push", "--quiet", "origin", "main").returncode == 0
    assert pre_commit(folder, "install", PRE_COMMIT_HOME=home).returncode == 0
    (folder / "main.tf").write_text(ROLE.replace('"sqs:SendMessage"', '"sqs:SendMessage", "sqs:PurgeQueue"'))
    git(folder, "commit", "--quiet", "-a", "-m", "purge")
    refused = git(folder, "push", "origin", "main", PRE_COMMIT_HOME=home)
    assert refused.returncode != 0
    assert "NEW ACCESS aws_iam_role.app (identity): sqs:PurgeQueue" in refused.stdout + refused.stderr
    command = [str(BIN / "tapeproof"), "gate", "access-diff", "--base", "origin/main", "--approve"]
    approval = ["--reason", "nightly purge", "--owner", "desk", "--expires", "2999-01-01"]
    subprocess.run([*command, *approval], cwd=folder, check=True, capture_output=True)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "approve")
    pushed = git(folder, "push", "origin", "main", PRE_COMMIT_HOME=home)
    assert pushed.returncode == 0, pushed.stdout + pushed.stderr
