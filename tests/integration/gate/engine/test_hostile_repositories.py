"""Repositories made to hurt, each judged by a process of its own: within its deadline and its memory, and never passed.

The processes are forked, so that what was imported is there; what they may take at most is set before they begin.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tapeproof.cli import main
from tapeproof.gate.judging import MEMORY
from tests.effort import seconds_here

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE_S = 3
PASSES = 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 30\n}\n'
LOCAL = 'locals {{\n  a = {}\n}}\nresource "aws_cloudwatch_log_group" "g" {{\n  retention_in_days = local.a\n}}\n'
LAUGHS = "x: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"x{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SETTINGS, WAIVERS, BASELINE = ".tapeproof.yaml", ".tapeproof-waivers.yaml", ".tapeproof-baseline.json"


class Ended(NamedTuple):
    """How a run of the gate ended."""

    status: int
    seconds: float
    memory: int
    told: str


def _write(name: str, text: str) -> Callable[[], None]:
    def write() -> None:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


def _grow(name: str) -> Callable[[], None]:
    def grow() -> None:
        Path(name).touch()
        os.truncate(name, 3 * 2**30)

    return grow


def _files(number: int, text: str) -> Callable[[], None]:
    def write() -> None:
        for at in range(number):
            _write(f"m{at}/main.tf", text.format(at + 1))()

    return write


ATTACKS: dict[str, Callable[[], None]] = {
    "settings whose aliases multiply": _write(SETTINGS, LAUGHS),
    "parameters whose aliases multiply": _write(SETTINGS, "parameters:\n" + LAUGHS.replace("x", "  x", 1)),
    "waivers whose aliases multiply": _write(WAIVERS, "waivers:\n - &a {policy: x}\n" + " - *a\n" * 200_000),
    "settings of brackets": _write(SETTINGS, "[" * 200_000),
    "waivers of brackets": _write(WAIVERS, "[" * 200_000),
    "a baseline of brackets": _write(BASELINE, "[" * 4_000_000),
    **{f"{name} of three gigabytes": _grow(name) for name in (SETTINGS, WAIVERS, BASELINE)},
    **{f"{name} that is a pipe": lambda name=name: os.mkfifo(name) for name in (SETTINGS, WAIVERS, BASELINE)},
    **{
        f"{name} that leads to {target}": lambda name=name, target=target: Path(name).symlink_to(target)
        for name in (SETTINGS, WAIVERS, BASELINE)
        for target in ("/dev/zero", "/proc/self/environ", "/etc/passwd")
    },
    "a configuration that is a pipe": lambda: os.mkfifo("pipe.tf"),
    "a value of a gigabyte": _write(
        "big.tf", LOCAL.format('[for i in range(1000) : [for j in range(1000) : format("%01000d", j)]]')
    ),
    "a template that reads itself": lambda: (
        _write("t.tpl", '${templatefile("t.tpl", {})}')(),
        _write("big.tf", LOCAL.format('length(templatefile("${path.module}/t.tpl", {}))'))(),
    )[0],
    "modules that double at each level": lambda: (
        _files(40, 'module "a" {{\n  source = "../m{0}"\n}}\nmodule "b" {{\n  source = "../m{0}"\n}}\n')(),
        _write("m40/main.tf", PASSES)(),
    )[0],
    "a module that calls itself": _write("self.tf", 'module "a" {\n  source = "./"\n}\n'),
    "variables of brackets": _write("terraform.tfvars", "x = " + "[" * 3_000_000),
    "JSON of braces": _write("deep.tf.json", '{"locals":' + '{"a":' * 300_000),
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".git" / "cache"))
    monkeypatch.setenv("TAPEPROOF_DEADLINE", str(DEADLINE_S))
    monkeypatch.setenv("SECRET_OF_THE_MACHINE", "hunter2-is-told")
    (tmp_path / ".git").mkdir()
    _write("main.tf", PASSES)()
    return tmp_path


def _judge(output: Path) -> Ended:
    """Run the gate in a process of its own, which is ended when it takes far too long."""
    begun = time.monotonic()
    child = os.fork()
    if not child:
        status = 99
        with contextlib.suppress(BaseException), output.open("w") as told:
            sys.stdout = sys.stderr = told
            # Far above what it may take, so that a machine is not brought down by a fault.
            resource.setrlimit(resource.RLIMIT_DATA, (6 * 2**30, 6 * 2**30))
            signal.alarm(60)
            status = main(["gate", "check", "--policy", "TP_LOG_1", "--format", "full"])
            told.flush()
        os._exit(status)
    _, code, used = os.wait4(child, 0)
    seconds = time.monotonic() - begun
    return Ended(os.waitstatus_to_exitcode(code), seconds, used.ru_maxrss * 1024, output.read_text(errors="replace"))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_repository_is_told_of_within_deadline_and_memory(
    attack: str, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ATTACKS[attack]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    ended = _judge(tmp_path_factory.mktemp("told") / "out")
    assert ended.status in {1, 2}, ended.told[-2000:]
    assert ended.seconds < DEADLINE_S + seconds_here(5)
    assert ended.memory < before + MEMORY
    assert "hunter2-is-told" not in ended.told
    assert "root:x:0" not in ended.told
    assert "Traceback" not in ended.told


def test_the_same_repository_without_an_attack_passes(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ended = _judge(tmp_path_factory.mktemp("told") / "out")
    assert ended.status == 0, ended.told
