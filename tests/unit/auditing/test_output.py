from __future__ import annotations

import io
import json
import os
import sys

import pytest

from tapeproof.auditing.output import as_json, progress, write_answer


def test_json_goes_out_in_ascii_so_that_it_passes_every_locale_and_steers_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = {"name": "é\x1b[2J\u202e\N{GRINNING FACE}"}
    as_json(value)
    told = capsys.readouterr().out
    assert told.isascii()
    assert "\x1b" not in told
    assert json.loads(told) == value


@pytest.mark.parametrize("status", [0, 1, 5])
def test_the_status_is_the_same_whether_or_not_somebody_reads_to_the_end(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise BrokenPipeError

    saved = os.dup(1)
    try:
        with os.fdopen(os.dup(1), "w") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert write_answer(lambda: None, status) == status
            assert write_answer(broken, status) == status
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def test_another_fault_of_writing_is_told() -> None:
    def full() -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_answer(full, 0)


@pytest.mark.parametrize("shown", [True, False])
def test_without_a_terminal_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch, *, shown: bool) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress(shown=shown) as update:
        assert update("entries", 1, 2) is None  # type: ignore[func-returns-value]
    assert stream.getvalue() == ""


def test_at_a_terminal_a_stage_is_drawn_with_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress(shown=True) as update:
        update("entries", 3, 7)
        update("entries", 7, 0)
    assert "entries" in stream.getvalue()
