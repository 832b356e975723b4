"""Work in progress on a terminal, and plain lines where there is none."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from tapeproof.ops.reconciliation import Difference, Reconciliation
from tapeproof.ops.screen import Screen, show_account

if TYPE_CHECKING:
    from pathlib import Path


def _screen(*, terminal: bool = False) -> tuple[Screen, io.StringIO]:
    file = io.StringIO()
    return Screen(Console(file=file, force_terminal=terminal, width=100, highlight=False)), file


def test_a_line_is_written_as_it_is_and_never_broken() -> None:
    screen, file = _screen()
    screen.say("[red]" + "x" * 300)
    assert file.getvalue() == "[red]" + "x" * 300 + "\n"


@pytest.mark.parametrize("write", ["say", "report_success", "report_failure"])
def test_nothing_that_others_wrote_steers_the_terminal(write: str) -> None:
    screen, file = _screen()
    getattr(screen, write)("a\x1b[2J\x9b\u202e[bold]\r b\nc")
    told = file.getvalue()
    assert not set("\x1b\x9b\u202e\r") & set(told)
    assert "[bold]" in told
    assert told.count("\n") == 2


def test_documents_for_programs_stay_json_whatever_is_in_them() -> None:
    document = {"a": "\x1b[2J\x9b\u202e\u00a0\u2028 \U000e0001", "b": '\u00e9\u5e02 [red] \\ "', "c": None}
    screen, file = _screen()
    screen.write_json(document)
    assert json.loads(file.getvalue()) == document
    assert file.getvalue().rstrip("\n").isprintable()
    assert "\u00e9\u5e02" in file.getvalue()


def test_without_a_terminal_nothing_moves() -> None:
    screen, file = _screen()
    bars: Any = [screen.progress()]
    with bars[0] as bar:
        bar.update(bar.add_task("publishing", total=10, note=""), completed=5)
    assert file.getvalue() == ""
    screen, file = _screen(terminal=True)
    with screen.progress() as bar:
        bar.add_task("publishing", total=10, note="")
    assert "publishing" in file.getvalue()


def _show(folder: Path, differences: int) -> tuple[str, Path]:
    account = Reconciliation()
    account.differences = [Difference(f"e-{number}", "kraken", "Trade", "", ()) for number in range(differences)]
    account.latencies_ns["Trade"] = [1_000_000]
    screen, file = _screen()
    outputs = SimpleNamespace(delivery=lambda _: "direct")
    show_account(screen, account, outputs, SimpleNamespace(path=folder / "run.jsonl"))  # type: ignore[arg-type]
    return file.getvalue(), folder / "run.differences.txt"


def test_differences_are_shown_and_where_they_are_too_many_all_are_written_down(tmp_path: Path) -> None:
    told, listing = _show(tmp_path, 50)
    assert told.count("missing: Trade of kraken") == 50
    assert not listing.exists()
    told, listing = _show(tmp_path, 53)
    assert told.count("missing: Trade of kraken") == 50
    assert f"and 3 more: all are in {listing}" in told
    assert len(listing.read_text(encoding="utf-8").splitlines()) == 53


def test_a_whole_account_says_no_more_than_its_tables(tmp_path: Path) -> None:
    told, _ = _show(tmp_path, 0)
    assert "Every event accounted for" in told
    assert "missing: " not in told
