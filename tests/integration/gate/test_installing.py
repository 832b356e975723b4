"""Modules from git and from a registry on loopback, got only when that is asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.installing import install_modules
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_terraform = pytest.mark.skipif(shutil.which("terraform") is None, reason="there is no terraform on the path")
GROUP = 'resource "aws_cloudwatch_log_group" "it" {\n  name              = "/x"\n  retention_in_days = 7\n}\n'


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def module(tmp_path: Path) -> Path:
    folder = tmp_path / "module"
    folder.mkdir()
    (folder / "main.tf").write_text(GROUP, encoding="utf-8")
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "A module")
    return folder


@pytest.fixture
def registry(module: Path) -> Iterator[str]:
    """Serve what a registry says of one module; Terraform's own protocol, without TLS because discovery is given."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("/download"):
                self.send_response(204)
                self.send_header("X-Terraform-Get", f"git::file://{module}")
                self.end_headers()
                return
            body = json.dumps({"modules": [{"versions": [{"version": "1.2.0"}]}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/modules/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path, module: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    git = f'module "git" {{\n  source = "git::file://{module}"\n}}\n'
    (folder / "main.tf").write_text(git, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    return folder


def _check(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[tuple[str, str, str]]]:
    status = main(["gate", "check", "--policy", "TP_LOG_1", "--format", "json", *options])
    results = json.loads(capsys.readouterr().out)["results"]
    return status, sorted((one["policy"], one["verdict"], one["resource"]) for one in results)


@needs_terraform
def test_modules_are_got_when_asked_and_only_then(
    project: Path, registry: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = project.parent / "cli.tfrc"
    config.write_text(
        f'host "registry.test" {{\n  services = {{ "modules.v1" = "{registry}" }}\n}}\n', encoding="utf-8"
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(config))
    called = 'module "registry" {\n  source  = "registry.test/acme/logs/aws"\n  version = "~> 1.0"\n}\n'
    (project / "registry.tf").write_text(called, encoding="utf-8")
    status, told = _check(capsys)
    assert (status, [one[:2] for one in told]) == (2, [("TP_GATE", "unknown")] * 2)
    assert not (project / ".terraform").exists()
    wanted = [("TP_LOG_1", "fail", f"module.{name}.aws_cloudwatch_log_group.it") for name in ("git", "registry")]
    assert _check(capsys, "--init") == (1, wanted)
    assert _check(capsys) == (1, wanted)


@needs_terraform
def test_a_module_that_cannot_be_had_is_told_with_the_way_out(project: Path, module: Path) -> None:
    shutil.rmtree(module)
    with pytest.raises(CannotJudgeError, match=r"the modules of \. cannot be had") as told:
        install_modules(Question())
    assert "leave out --init" in told.value.diagnostics()


def test_without_a_terraform_the_message_says_how_to_name_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.delenv("TAPEPROOF_TERRAFORM", raising=False)
    with pytest.raises(CannotJudgeError, match="no terraform or tofu"):
        install_modules(Question())


def test_nothing_is_run_where_every_module_is_on_the_disk(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "main.tf").write_text('module "own" {\n  source = "./own"\n}\n', encoding="utf-8")
    monkeypatch.setenv("PATH", os.devnull)
    install_modules(Question())
