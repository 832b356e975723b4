from __future__ import annotations

import pytest

from tapeproof.errors import TapeproofError
from tapeproof.log.errors import AuditError, MalformedEntryError, MalformedRecordError, NotCanonicalError


@pytest.mark.parametrize("kind", [AuditError, MalformedEntryError, MalformedRecordError, NotCanonicalError])
def test_every_error_of_the_log_is_caught_as_one_and_ends_a_command_with_5(kind: type[AuditError]) -> None:
    error = kind("the entry is cut off")
    assert isinstance(error, AuditError)
    assert isinstance(error, TapeproofError)
    assert (error.exit_status, error.what, error.fix) == (5, "the entry is cut off", "")


def test_the_way_out_stands_below_what_happened_and_nothing_steers_the_terminal() -> None:
    told = AuditError("lane \x1b[2J\u202e", "Verify the log.").diagnostics()
    assert told.splitlines()[1] == "  fix: Verify the log."
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}
    assert AuditError("x").diagnostics() == "x"
