"""The command that gathers the rooms."""

from __future__ import annotations

import io
import subprocess
import sys
import types
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.errors import TapeproofError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


class _CleanError(TapeproofError):
    exit_status = 7


def _room(monkeypatch: pytest.MonkeyPatch, run: Callable[[argparse.Namespace], int]) -> None:
    room = types.ModuleType("a_room")

    def configure(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--times", type=int, default=1)
        parser.set_defaults(run=run)

    room.configure = configure  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "a_room", room)
    monkeypatch.setitem(cli.GROUPS, "room", cli.Group("a_room", "a room of the house"))


def test_help_lists_every_room_and_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed and group.summary in printed for name, group in cli.GROUPS.items())


@pytest.mark.parametrize("argv", [[], ["gats"], ["room", "--times", "many"], ["room", "--colour"]])
def test_a_command_line_that_cannot_be_understood_exits_64(argv: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _room(monkeypatch, lambda _: 0)
    assert cli.main(argv) == cli.EXIT_USAGE


def test_a_rooms_status_is_the_commands_status(monkeypatch: pytest.MonkeyPatch) -> None:
    _room(monkeypatch, lambda parsed: parsed.times)
    assert cli.main(["room", "--times", "3"]) == 3


def test_an_error_made_for_people_is_printed_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: argparse.Namespace) -> int:
        raise _CleanError("stack/main.tf:3: no such thing", fix="name one that exists\x1b[2J")

    _room(monkeypatch, fail)
    assert cli.main(["room"]) == 7
    assert capsys.readouterr().err == "error: stack/main.tf:3: no such thing\n  fix: name one that exists\\x1b[2J\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileNotFoundError(2, "No such file or directory", "out/report.json"), "out/report.json: No such file"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (PermissionError(13, "Permission denied", b"bytes"), "Permission denied"),
    ],
)
def test_a_file_that_the_system_refuses_is_named_without_a_traceback(
    error: OSError, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: argparse.Namespace) -> int:
        raise error

    _room(monkeypatch, refuse)
    assert cli.main(["room"]) == cli.EXIT_IO
    shown = capsys.readouterr().err
    assert told in shown
    assert "disk is not full" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("missing", "extra"), [("botocore", "aws"), ("cryptography.hazmat", "audit"), ("pygls.lsp", "lsp")]
)
def test_a_package_that_is_not_installed_is_named_with_how_to_get_it(
    missing: str, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def need(_: argparse.Namespace) -> int:
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    _room(monkeypatch, need)
    assert cli.main(["room"]) == cli.EXIT_UNAVAILABLE
    shown = capsys.readouterr().err
    assert missing.partition(".")[0] in shown
    assert f"pip install 'tapeproof[{extra}]'" in shown
    assert "make setup" in shown


def _at_fault(error: Exception, monkeypatch: pytest.MonkeyPatch) -> int:
    def fail(_: argparse.Namespace) -> int:
        secret = "AKIA-SECRET"  # noqa: F841 - must not be shown
        raise error

    _room(monkeypatch, fail)
    return cli.main(["room", "--times=3"])


@pytest.mark.parametrize(
    "error",
    [
        KeyError("AKIA-SECRET"),
        RecursionError("AKIA-SECRET"),
        AssertionError(),
        MemoryError("AKIA-SECRET"),
        ModuleNotFoundError("No module named 'tapeproof.nothing'", name="tapeproof.nothing"),
    ],
)
def test_a_fault_of_our_own_exits_70_and_names_its_place_and_no_value(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _at_fault(error, monkeypatch) == cli.EXIT_FAULT
    shown = capsys.readouterr().err
    assert type(error).__name__ in shown
    assert "test_command_line.py" in shown
    assert "room --times\n" in shown
    assert "report" in shown
    assert "SECRET" not in shown
    assert "Traceback" not in shown
    assert len(shown.splitlines()) < 14


def test_the_traceback_of_a_fault_is_shown_to_whoever_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAPEPROOF_TRACEBACK", "1")
    assert _at_fault(KeyError("why"), monkeypatch) == cli.EXIT_FAULT
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_exits_130_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    _room(monkeypatch, interrupt)
    assert cli.main(["room"]) == cli.EXIT_INTERRUPTED
    assert capsys.readouterr().err == "\ninterrupted\n"


def test_no_room_is_loaded_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for group in cli.GROUPS.values():
        monkeypatch.delitem(sys.modules, group.module, raising=False)
    cli.main(["--help"])
    cli.main(["--version"])
    assert not {group.module for group in cli.GROUPS.values()} & set(sys.modules)


@pytest.mark.parametrize(
    ("argument", "closed", "status"),
    [
        ("--version", ">&-", 74),
        ("--version", "2>&-", 0),
        ("nonsense", "2>&-", 64),
        ("gate check --nonsense", ">&- 2>&-", 64),
    ],
)
def test_what_cannot_be_printed_is_an_error_and_what_nobody_hears_is_none(
    argument: str, closed: str, status: int
) -> None:
    program = f"'{sys.executable}' -m tapeproof {argument} {closed}"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert "Traceback" not in done.stdout + done.stderr


def test_gate_check_ends_at_once_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(cli.gc, "disable", lambda: None)
    monkeypatch.setattr(cli.os, "_exit", ended.append)
    monkeypatch.setattr(sys, "argv", ["tapeproof", "gate", "check", "--nonsense"])
    cli.run()
    assert ended == [cli.EXIT_USAGE]


def test_what_cannot_be_printed_at_the_end_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli.gc, "disable", lambda: None)
    monkeypatch.setattr(sys, "argv", ["tapeproof", "gate", "check", "--help"])
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SystemExit) as stopped:
        cli.run()
    assert stopped.value.code == 0


def test_every_other_command_ends_as_programs_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["tapeproof", "--version"])
    with pytest.raises(SystemExit) as stopped:
        cli.run()
    assert stopped.value.code == 0
