from __future__ import annotations

import pytest

from tapeproof.errors import TapeproofError
from tapeproof.evidence.reports.errors import PrintingError


def test_a_browser_that_does_not_print_always_leaves_a_way_out() -> None:
    error = PrintingError("the browser did not print the report", why="no sandbox")
    assert isinstance(error, TapeproofError)
    assert error.exit_status == 5
    assert error.diagnostics().splitlines() == [
        "the browser did not print the report",
        "  why: no sandbox",
        "  fix: name another browser in TAPEPROOF_BROWSER, or leave the PDF out with --no-pdf",
    ]


@pytest.mark.parametrize("why", ["", "\x1b[2J\u202ex"])
def test_what_a_browser_says_cannot_steer_the_terminal(why: str) -> None:
    told = PrintingError("it did not print", why=why).diagnostics()
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}
    assert ("why:" in told) is bool(why)
