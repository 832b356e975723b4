"""Values of options, read from the words of a command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli.values import parse_count, parse_port, parse_rate, parse_speed

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parse_port, "1024", 1024),
        (parse_port, "65535", 65535),
        (parse_count, "1", 1),
        (parse_count, "007", 7),
        (parse_rate, "0.5", 0.5),
        (parse_rate, "1e3", 1000.0),
        (parse_speed, "2", 2.0),
        (parse_speed, "max", None),
    ],
)
def test_a_value_is_read(parse: Callable[[str], Any], text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "texts", "told"),
    [
        (parse_port, ["80", "1023", "65536", "-1", "", "http", "1024.0", " 1024"], "a port from 1024 to 65535"),
        (parse_count, ["0", "-5", "", "1.5", "\u00b2", "five", "+1", "1_0\n"], "an integer of at least 1"),
        (parse_rate, ["0", "-1", "inf", "nan", "", "fast", "1e999"], "a number above 0"),
        (parse_speed, ["0", "Max", "-inf", ""], "a number above 0"),
    ],
)
def test_what_is_none_is_refused_with_what_was_expected_and_given(
    parse: Callable[[str], Any], texts: list[str], told: str
) -> None:
    for text in texts:
        with pytest.raises(argparse.ArgumentTypeError) as refused:
            parse(text)
        assert str(refused.value) == f"expected {told}, got {text!r}"


def test_a_number_longer_than_python_reads_is_no_traceback() -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--jobs", type=parse_count)
    with pytest.raises(argparse.ArgumentError):
        parser.parse_args(["--jobs", "9" * 5_000])
