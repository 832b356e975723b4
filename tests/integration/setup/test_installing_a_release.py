"""A release of this commit installs by what people install with, with and without its extras, and judges."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tapeproof import __version__
from tapeproof.evidence.bundle.signing import create_key_file
from tests.effort import SOAKING
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not SOAKING, reason="builds a release and installs it: run by make soak")

UV = str(PROJECT / ".tools" / "uv" / "bin" / "uv")
GROUP = 'resource "aws_cloudwatch_log_group" "t" {\n  retention_in_days = 7\n}\n'
Run = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


class Answer(NamedTuple):
    """What a command says with its extra, and what without."""

    command: str
    status: int
    says: str
    lacks: str


EXTRAS = {
    "aws": Answer("gate check --live --region us-east-1", 2, "Unable to locate credentials", "--live needs boto3"),
    "audit": Answer("audit verify --outputs outputs.json", 5, "credentials", "a live log needs boto3"),
    "console": Answer("completion zsh", 0, "#compdef tapeproof", "needs argcomplete"),
    "evidence": Answer("evidence report --create-key", 5, "stack is not a folder", "needs cryptography"),
    "lsp": Answer("gate lsp", 0, "", "needs lsprotocol"),
}

OUTPUTS = {
    **{name: {"value": "n"} for name in ("log_origin", "audit_table_name", "market_table_name", "tile_bucket_name")},
    "checkpoint_key_arn": {"value": "arn:aws:kms:us-east-1:123456789012:key/k"},
    "log_group_names": {"value": {}},
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release of what is committed, whose changelog is closed as a maintainer would."""
    base = tmp_path_factory.mktemp("release")
    clone = base / "clone"
    subprocess.run(["git", "clone", "-q", str(PROJECT), str(clone)], check=True)
    (clone / ".tools").symlink_to(PROJECT / ".tools")
    with (clone / ".git" / "info" / "exclude").open("a", encoding="utf-8") as stream:
        stream.write(".tools\n")
    changes = clone / "CHANGELOG.md"
    closed = re.sub(r"^## Unreleased$", f"## {__version__}", changes.read_text(encoding="utf-8"), flags=re.MULTILINE)
    changes.write_text(closed, encoding="utf-8")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, "commit", "-qam", "Close", "--allow-empty"], cwd=clone, check=True)
    create_key_file(base / "key.pem")
    command = [sys.executable, ".ci/release/prepare.py", "--key", str(base / "key.pem")]
    environment = {**os.environ, "PYTHONPATH": str(clone)}
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert f"git tag -s v{__version__}" in done.stdout, done.stderr
    return clone / "build" / "release"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs a command as a user with nothing installed and no account."""
    (tmp_path / "main.tf").write_text(GROUP, encoding="utf-8")
    apart = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    places = {"PIPX_HOME": "pipx", "PIPX_BIN_DIR": "bin", "UV_TOOL_DIR": "tools", "UV_TOOL_BIN_DIR": "bin"}
    environment = {
        **apart,
        **{name: str(tmp_path / folder) for name, folder in places.items()},
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "TAPEPROOF_CACHE_DIR": str(tmp_path / "cache"),
    }

    def call(command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def _by_pip(run: Run, tmp_path: Path, what: str) -> list[str]:
    python = str(tmp_path / "own" / "bin" / "python")
    for command in ([sys.executable, "-m", "venv", "own"], [python, "-m", "pip", "install", "--quiet", what]):
        done = run(command)
        assert done.returncode == 0, done.stderr
    return [str(tmp_path / "own" / "bin" / "tapeproof")]


def _by_pipx(run: Run, tmp_path: Path, what: str) -> list[str]:
    done = run([UV, "tool", "run", "pipx", "install", what])
    assert done.returncode == 0, done.stderr
    return [str(tmp_path / "bin" / "tapeproof")]


def _by_uv_tool(run: Run, tmp_path: Path, what: str) -> list[str]:
    done = run([UV, "tool", "install", "--quiet", what])
    assert done.returncode == 0, done.stderr
    return [str(tmp_path / "bin" / "tapeproof")]


def _by_uvx(run: Run, tmp_path: Path, what: str) -> list[str]:
    return [UV, "tool", "run", "--from", what, "tapeproof"]


@pytest.mark.parametrize("built", ["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
@pytest.mark.parametrize("install", [_by_pip, _by_pipx, _by_uv_tool, _by_uvx])
def test_what_is_installed_judges(
    install: Callable[[Run, Path, str], list[str]], built: str, release: Path, run: Run, tmp_path: Path
) -> None:
    (file,) = release.glob(built)
    done = run([*install(run, tmp_path, str(file)), "gate", "check", "--policy", "TP_LOG_1"])
    assert (done.returncode, "FAIL TP_LOG_1" in done.stdout) == (1, True), done.stderr


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_what_its_command_needs(extra: str, release: Path, run: Run, tmp_path: Path) -> None:
    (wheel,) = release.glob("*.whl")
    (tmp_path / "outputs.json").write_text(json.dumps(OUTPUTS), encoding="utf-8")
    answer = EXTRAS[extra]
    for brackets, status, says in (("", None, answer.lacks), (f"[{extra}]", answer.status, answer.says)):
        start = [UV, "tool", "run", "--from", f"{wheel}{brackets}", "tapeproof"]
        done = run([*start, *answer.command.split()])
        told = done.stdout + done.stderr
        assert says in told, told
        assert status in {None, done.returncode}, told
        assert "Traceback" not in told


def test_the_bill_names_what_is_installed(release: Path) -> None:
    bill = json.loads(next(release.glob("*.cdx.json")).read_text(encoding="utf-8"))
    assert {"python-hcl2", "boto3", "pygls"} <= {one["name"] for one in bill["components"]}
