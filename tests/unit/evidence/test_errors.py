from __future__ import annotations

import pytest

from tapeproof.evidence import errors
from tapeproof.evidence.errors import (
    FAILED,
    NOT_GIVEN,
    CollectionError,
    EvidenceError,
    NotGivenError,
    RiskError,
)


def test_what_nobody_named_is_told_apart_from_what_was_named_and_failed() -> None:
    assert (NotGivenError("plan", fix="make one").code, CollectionError("x").code) == (NOT_GIVEN, FAILED)
    assert NOT_GIVEN != FAILED


def test_what_was_not_given_says_how_to_give_it() -> None:
    told = NotGivenError("test report", fix="name it with --junit").diagnostics()
    assert told == "no test report was given\n  fix: name it with --junit"


@pytest.mark.parametrize("kind", [CollectionError, RiskError, EvidenceError])
def test_every_error_of_evidence_ends_a_command_with_the_status_of_input_that_cannot_be_used(
    kind: type[EvidenceError],
) -> None:
    assert issubclass(kind, EvidenceError)
    assert kind("x").exit_status == errors.EXIT_UNUSABLE


def test_statuses_are_told_apart() -> None:
    assert len({errors.EXIT_FINDINGS, errors.EXIT_INCOMPLETE, errors.EXIT_UNUSABLE, 0}) == 4
