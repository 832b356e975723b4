"""Settings by which something outlives the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.retention import Retention, retentions, settings_of
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Plain, Stack


def _retention(kept_when: str, absent_means: str = "false") -> Retention:
    return Retention("block.setting", kept_when, absent_means, "terraform", "it stays")


@pytest.mark.parametrize(
    ("kept_when", "absent", "value", "expected"),
    [
        ("true", "false", True, True),
        ("true", "false", "true", True),
        ("true", "false", False, False),
        ("true", "false", None, False),
        ("true", "true", None, True),
        ("!0", "0", 7, True),
        ("!0", "0", 0, False),
        ("!0", "30", None, True),
        ("*", "", "x", True),
        ("*", "", None, False),
        ("Retain", "Delete", "Retain", True),
    ],
)
def test_a_value_keeps_or_its_absence_does(kept_when: str, absent: str, value: Plain, expected: bool) -> None:
    assert _retention(kept_when, absent).keeps(Known(value)) is expected


@pytest.mark.parametrize(
    ("kept_when", "absent", "freeing"),
    [
        ("true", "false", "false"),
        ("Retain", "Retain", '"Delete"'),
        ("!0", "30", "0"),
        ("*", "", ""),
        ("NEVER", "ALWAYS", '"ALWAYS"'),
        ("NEVER", "NEVER", ""),
    ],
)
def test_what_lets_go_is_written_as_terraform_has_it(kept_when: str, absent: str, freeing: str) -> None:
    assert _retention(kept_when, absent).freeing_value == freeing
    assert _retention(kept_when).name == "setting"


def test_settings_are_found_where_they_are_and_where_their_block_is_missing(
    stack_of: Callable[[str], Stack],
) -> None:
    stack = stack_of(
        'variable "keep" {}\nresource "aws_cloudwatch_log_group" "a" { skip_destroy = true }\n'
        'resource "aws_cloudwatch_log_group" "b" {}\n'
        'resource "aws_cloudwatch_log_group" "c" { skip_destroy = var.keep }\n'
    )
    retention = next(one for one in retentions("aws_cloudwatch_log_group") if one.name == "skip_destroy")
    kept, free, unknown = stack.resources()
    assert [value.text() for value in settings_of(kept, retention)] == ["true"]
    assert list(settings_of(free, retention)) == []
    with pytest.raises(Undecided):
        list(settings_of(unknown, retention))
    whole = Retention("outer.inner", "true", "true", "terraform", "")
    assert [value.is_null for value in settings_of(free, whole)] == [True]


def test_a_type_that_keeps_nothing_has_no_settings() -> None:
    assert retentions("aws_sqs_queue_policy") == ()
    assert retentions("") == ()
