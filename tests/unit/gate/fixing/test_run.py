"""``gate fix``: mechanical findings put right, comments and formatting kept."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.fixing.edits import FIXABLE
from tapeproof.gate.fixing.run import fix

ALL = tuple(sorted(FIXABLE))
BEFORE = """\
# The functions' logs.
variable "days" {
  default = 7 # a week
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a" # kept
  retention_in_days = 7   /* too short */
}

resource "aws_cloudwatch_log_group" "b" { name = "b" }

resource "aws_cloudwatch_log_group" "c" {
  retention_in_days = var.days
}

resource "aws_dynamodb_table" "t" {
  name = "t"

  point_in_time_recovery {
    enabled = false # for now
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "u" {
  name = "u"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  description   = <<-EOT
    } not the end {
  EOT
}

resource "aws_lambda_function" "g" {
  memory_size = "64"
  timeout     = 901
}
"""
AFTER = """\
# The functions' logs.
variable "days" {
  default = 30 # a week
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a" # kept
  retention_in_days = 30   /* too short */
}

resource "aws_cloudwatch_log_group" "b" {
  name = "b"

  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "c" {
  retention_in_days = var.days
}

resource "aws_dynamodb_table" "t" {
  name = "t"

  point_in_time_recovery {
    enabled = true # for now
  }

  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_dynamodb_table" "u" {
  name = "u"

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  description   = <<-EOT
    } not the end {
  EOT

  memory_size = 512
  timeout     = 30
}

resource "aws_lambda_function" "g" {
  memory_size = "256"
  timeout     = 300
}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    return Path("stack")


def written(root: Path, text: str, name: str = "main.tf") -> Path:
    root.mkdir(exist_ok=True)
    path = root / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("nothing", ["null", '""'])
def test_what_is_set_to_nothing_is_set_in_its_place(root: Path, nothing: str) -> None:
    text = 'resource "aws_cloudwatch_log_group" "a" {{\n  retention_in_days = {} # why\n}}\n'
    path = written(root, text.format(nothing))
    fix((root,), write=True)
    assert path.read_text(encoding="utf-8") == text.format("30")


def test_findings_are_put_right_and_nothing_else_is_touched(root: Path) -> None:
    path = written(root, BEFORE)
    assert fix((root,), policies=ALL, write=True) == 0
    assert path.read_text(encoding="utf-8") == AFTER


def test_what_takes_judgement_is_changed_only_by_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(root, BEFORE)
    assert fix((root,), write=True) == 1
    text = path.read_text(encoding="utf-8")
    assert ("prevent_destroy = true" in text, "timeout     = 901" in text, "default = 30" in text) == (True, True, True)
    told = capsys.readouterr()
    assert "by name: 1 finding of TP_DST_1 takes judgement; --policy TP_DST_1 does it" in told.out
    assert fix((root,), policies=("TP_DST_1",), write=True) == 0
    assert "prevent_destroy = false" in path.read_text(encoding="utf-8")


def test_what_is_accepted_is_not_changed(root: Path) -> None:
    line = '7 # tapeproof:waive TP_LOG_1 reason="r" owner="o" expires=2099-01-01'
    text = f'resource "aws_cloudwatch_log_group" "a" {{\n  retention_in_days = {line}\n}}\n'
    path = written(root, text)
    assert fix((root,), write=True) == 0
    assert path.read_text(encoding="utf-8") == text


def test_a_policy_whose_findings_take_a_person_is_refused(root: Path) -> None:
    with pytest.raises(CannotJudgeError, match="TP_IAM_1: its findings take a person"):
        fix((root,), policies=("TP_IAM_1",))


def test_a_byte_order_mark_is_kept_and_moves_nothing(root: Path) -> None:
    text = '\ufeffresource "aws_cloudwatch_log_group" "g" {{ retention_in_days = {} }}\n'
    path = written(root, text.format(7))
    fix((root,), write=True)
    assert path.read_text(encoding="utf-8") == text.format(30)


def test_a_second_run_has_nothing_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(root, BEFORE)
    fix((root,), policies=ALL, write=True)
    assert fix((root,), write=True) == 0
    assert "0 changes" in capsys.readouterr().err


def test_without_write_the_change_is_shown_and_the_file_stays(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(root, BEFORE)
    assert fix((root,)) == 1
    assert path.read_text(encoding="utf-8") == BEFORE
    assert "+  retention_in_days = 30" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_cloudwatch_log_group" "a" {\n  retention_in_days = 3 + 4\n}\n',
        'locals { keep = true }\nresource "aws_s3_bucket" "b" {\n  lifecycle { prevent_destroy = local.keep }\n}\n',
    ],
)
def test_what_an_expression_makes_is_left_for_a_person(
    root: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(root, text)
    assert fix((root,), policies=ALL, write=True) == 1
    assert path.read_text(encoding="utf-8") == text
    assert "by hand: stack/main.tf" in capsys.readouterr().out


def test_windows_line_ends_stay(root: Path) -> None:
    text = 'resource "aws_dynamodb_table" "u" {\n  name = "u"\n}\n'
    path = written(root, text.replace("\n", "\r\n"))
    assert fix((root,), write=True) == 0
    lines = [
        'resource "aws_dynamodb_table" "u" {',
        '  name = "u"',
        "",
        "  point_in_time_recovery {",
        "    enabled = true",
    ]
    assert path.read_bytes().decode().split("\r\n") == [*lines, "  }", "}", ""]


@pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")
def test_what_is_added_is_formatted_as_terraform_formats_it(root: Path) -> None:
    table = 'resource "aws_dynamodb_table" "u" {\n  name = "u"\n}\n'
    path = written(root, table + '\nresource "aws_lambda_function" "f" {\n  function_name = "f"\n}\n')
    fix((root,), policies=ALL, write=True)
    command = ["terraform", "fmt", "-check", "-diff", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_file_that_cannot_be_read_is_told_and_is_not_the_same_as_nothing_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(root, 'resource "aws_cloudwatch_log_group" "g" { retention_in_days = 7 }\n')
    written(root, "resource {{{\n", "broken.tf")
    assert fix((root,), write=True) == 2
    assert "not judged: stack/broken.tf:1:12: a bracket is not closed" in capsys.readouterr().out


def test_an_unknown_value_is_told_and_is_not_the_same_as_nothing_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    group = 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = var.days\n}\n'
    written(root, group + 'variable "days" { type = number }\n')
    assert fix((root,), write=True) == 2
    assert "not judged: stack/main.tf:2:23: " in capsys.readouterr().out


def test_a_file_that_several_roots_link_to_is_changed_once_and_stays_linked(root: Path) -> None:
    text = 'resource "aws_cloudwatch_log_group" "{0}" {{ retention_in_days = {1} }}\n'
    shared = written(root.parent / "shared", text.format("g", 7) + text.format("h", 14), "logs.tf")
    roots = tuple(root.parent / name for name in ("one", "two"))
    for folder in roots:
        folder.mkdir()
        (folder / "logs.tf").symlink_to("../shared/logs.tf")
    assert fix(roots, write=True) == 0
    assert shared.read_text(encoding="utf-8") == text.format("g", 30) + text.format("h", 30)
    assert all((folder / "logs.tf").is_symlink() for folder in roots)


def test_what_is_shown_does_not_steer_the_terminal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(root, '# \x1b[2J\nresource "aws_cloudwatch_log_group" "g" { retention_in_days = 7 }\n')
    fix((root,))
    assert "\x1b" not in capsys.readouterr().out


def test_a_file_that_cannot_be_changed_is_an_error_and_nothing_is_left_beside_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(root, 'resource "aws_cloudwatch_log_group" "g" { retention_in_days = 7 }\n')

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotJudgeError, match=r"main\.tf: cannot be changed: No space left"):
        fix((root,), write=True)
    assert [one.name for one in root.iterdir()] == [path.name]


def test_what_is_shown_of_a_change_holds_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = ["Tr0ub4dor-and-3", "hunter2zz", "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8", "correct horse battery"]
    text = f"""
resource "aws_cloudwatch_log_group" "a" {{
  retention_in_days = 7 # token = "{secrets[2]}"
  tags              = {{ password = "{secrets[0]}" }}
}}
variable "dsn" {{
  sensitive = true
  default   = "{secrets[3]}"
}}
resource "aws_ssm_parameter" "p" {{
  type  = "SecureString"
  value = "{secrets[1]}"
}}
"""
    monkeypatch.chdir(tmp_path)
    Path("main.tf").write_text(text, encoding="utf-8")
    assert fix((Path(),)) == 1
    shown = "".join(capsys.readouterr())
    assert "+  retention_in_days = 30" in shown
    assert [secret for secret in secrets if secret in shown] == []
    assert Path("main.tf").read_text(encoding="utf-8") == text
