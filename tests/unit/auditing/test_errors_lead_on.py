"""Who does what `tapeproof audit` says comes to another state, and never back to an error that was told already."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof import cli
from tests.unit.log.world import populated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.log.world import World

Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return how a command is run; what is told a second time had a way out that leads nowhere."""
    told: list[str] = []

    def command(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = cli.main(["audit", *arguments])
        said = capsys.readouterr()
        text = said.out + said.err
        complaint = text.split("\nlog ")[0]
        assert not (status and complaint in told), text
        told.append(complaint)
        return status, text

    return command


def test_from_no_log_to_one_that_is_verified(exported: Path, world: World, tmp_path: Path, run: Run) -> None:
    pin = str(tmp_path / "pin.json")
    steps = [
        (("verify",), 5, "Name an export"),
        (("verify", str(tmp_path / "none")), 5, "`tapeproof audit export` made"),
        (("verify", str(tmp_path)), 5, "holds no export"),
        (("verify", str(exported)), 3, "give --vkey or --pin"),
        (("verify", str(exported), "--vkey", "x"), 5, "A verifier key reads"),
        (("verify", str(exported), "--pin", pin), 5, "`tapeproof audit pin` makes one"),
        (("pin", "--export", str(exported), "--vkey", world.vkey(), pin), 0, "keep it outside the account"),
        (("verify", str(exported), "--pin", pin), 0, "VERIFIED"),
    ]
    for arguments, status, told in steps:
        found, text = run(*arguments)
        assert found == status, text
        assert told in text


def test_a_key_alone_does_not_anchor_and_is_not_said_to(exported: Path, world: World, run: Run) -> None:
    status, text = run("verify", str(exported), "--vkey", world.vkey())
    assert status == 3
    assert "--vkey" not in text
    assert "`tapeproof audit pin FILE`" in text


def test_a_key_of_another_log_leads_to_that_of_this_one(exported: Path, world: World, run: Run) -> None:
    other = populated().vkey()
    assert other != world.vkey()
    assert run("verify", str(exported), "--vkey", other)[0] in {1, 5}
    assert run("verify", str(exported), "--vkey", world.vkey())[0] == 3


def test_an_export_of_last_week_leads_to_the_time_at_which_it_was_asked_for(
    exported: Path, world: World, pin: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = world.now
    later = made + int(timedelta(days=7).total_seconds()) * (10**9 if isinstance(made, int) else 1)
    monkeypatch.setattr("tapeproof.verifier.verify._now", lambda: later)
    status, text = run("verify", str(exported), "--pin", str(pin))
    assert (status, "--as-of" in text) == (4, True)
    assert "8 checkpoints, " in text
    (asked_for,) = re.findall(r"newest checkpoint (\S+Z)", text)
    assert run("verify", str(exported), "--pin", str(pin), "--as-of", asked_for)[0] == 0
