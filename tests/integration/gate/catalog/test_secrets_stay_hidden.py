"""No output of the gate, and nothing it keeps, shows a secret of what it judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import PROJECT

SECRETS = {
    "by name": "Tr0ub4dor-and-3",
    "by form": "AKIA" + "IOSFODNN7EXAMPLF",
    "by entropy": "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae",
    "by declaration": "plain-words-of-nobody",
    "in a script": "hunter2-in-a-script",
    "in a variable file": "feed-me-with-this",
}
SOURCE = f"""
variable "dsn" {{
  type      = string
  sensitive = true
  default   = "{SECRETS["by declaration"]}"
}}
variable "api_token" {{
  type      = string
  sensitive = true
}}
locals {{
  key  = "{SECRETS["by entropy"]}"
  note = "use {SECRETS["by form"]} for now"
}}
resource "aws_db_instance" "prices" {{ password = "{SECRETS["by name"]}" }}
resource "aws_instance" "box" {{
  user_data = <<-EOT
    export DB_PASSWORD={SECRETS["in a script"]}
  EOT
}}
resource "aws_sqs_queue" "named_by_mistake" {{
  name = var.dsn
}}
resource "aws_iam_role_policy_attachment" "named_by_mistake" {{
  role       = "feed"
  policy_arn = "arn:aws:iam::aws:policy/${{local.key}}"
}}
"""
FORMATS = ["text", "json", "sarif", "junit"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "main.tf").write_text(SOURCE, encoding="utf-8")
    (folder / "terraform.tfvars").write_text(f'api_token = "{SECRETS["in a variable file"]}"\n', encoding="utf-8")
    return folder


def told(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "TAPEPROOF_CACHE_DIR": str(root.parent / "cache"), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "tapeproof", "gate", "check", root.name, *arguments]
    done = subprocess.run(command, cwd=root.parent, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in {1, 2}, done.stderr
    return done.stdout + done.stderr


def leaked(text: str) -> list[str]:
    return [kind for kind, secret in SECRETS.items() if secret in text]


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_of_the_answer_shows_a_secret(root: Path, form: str) -> None:
    answer = told(root, "--format", form)
    assert "TP_VAL_2" in answer
    assert leaked(answer) == []


def test_a_run_without_the_policy_that_finds_them_covers_the_line_as_well(root: Path) -> None:
    assert set(leaked(told(root, "--policy", "TP_DST_2", "--policy", "TP_NAM_1"))) <= {"by declaration"}


def test_what_is_kept_for_the_next_run_holds_no_secret(root: Path) -> None:
    told(root)
    kept = [path.read_bytes() for path in (root.parent / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not [kind for kind, secret in SECRETS.items() if any(secret.encode() in content for content in kept)]


def test_every_secret_is_found_at_its_own_place(root: Path) -> None:
    results = json.loads(told(root, "--format", "json"))["results"]
    failed = [result for result in results if (result["policy"], result["verdict"]) == ("TP_VAL_2", "fail")]
    lines = {(Path(result["file"]).name, result["line"]) for result in failed}
    wanted = {("terraform.tfvars", 1)}
    wanted |= {("main.tf", at) for at, line in enumerate(SOURCE.split("\n"), 1) if leaked(line)}
    assert wanted <= lines
