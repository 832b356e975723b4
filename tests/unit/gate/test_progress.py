"""A bar where somebody watches and there is much to do; nothing elsewhere."""

from __future__ import annotations

import io
import sys

import pytest

from tapeproof.gate.progress import progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "total", "shown"),
    [(_Terminal, 1_000, True), (_Terminal, 99, False), (io.StringIO, 1_000, False)],
)
def test_a_bar_is_shown_on_a_terminal_with_much_to_do(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], total: int, shown: bool
) -> None:
    written = stream()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setenv("TERM", "xterm")
    with progress("judging", total) as done:
        done(total // 2)
        done(total - total // 2)
    assert ("judging" in written.getvalue()) is shown


def test_what_goes_wrong_below_the_bar_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    with pytest.raises(ZeroDivisionError), progress("judging", 1_000) as done:
        done(1 // 0)
