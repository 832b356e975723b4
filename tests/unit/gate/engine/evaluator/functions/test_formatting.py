"""``format`` and ``formatlist`` write as Terraform's console does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.model import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ('"%5s|%-5s|%05d|%+d|% d", "a", "b", -3, 4, 5', "    a|b    |-0003|+4| 5"),
        ('"%x %X %o %b %#x", 255, 255, 8, -5, 255', "ff FF 10 -101 0xff"),
        ('"%.2s|%5.1f|%e", "héllo", 1.25, 12345.678', "hé|  1.2|1.234568e+04"),
        ('"%g %g", 1e21, 0.5', "1e+21 0.5"),
        ('"%q %t %v", "a\\"<", "true", [1, "a"]', '"a\\"\\u003c" true [1,"a"]'),
        ('"%[2]s %[1]s", "a", "b"', "b a"),
        ('"100%%"', "100%"),
        ('""', ""),
        ('"%d", 1.5', Fault),
        ('"%s", null', Fault),
        ('"%"', Fault),
        ('"%z", 1', Fault),
        ('"%s"', Fault),
        ('"%s", "a", "b"', Fault),
        ('"%[0]s", "a"', Fault),
        ('"%*d", 5, 1', Fault),
        ('"%10001d", 1', Fault),
        ('"%.10001f", 1', Fault),
    ],
)
def test_verbs_write_their_arguments(arguments: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f"format({arguments})") == answer


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ('"%s-%s", ["a", "b"], "c"', ["a-c", "b-c"]),
        ('"%s", []', []),
        ('"x"', ["x"]),
        ('"%s%s", ["a"], ["b", "c"]', Fault),
    ],
)
def test_lists_are_formatted_row_by_row(arguments: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f"formatlist({arguments})") == answer


def test_a_bare_verb_lets_a_reference_through_and_any_other_makes_that_part_unknown(
    evaluate: Callable[[str], Value],
) -> None:
    bare, wide = evaluate('format("%s/*", aws_sqs_queue.q.arn)'), evaluate('format("%9s/*", aws_sqs_queue.q.arn)')
    assert isinstance(bare, Text)
    assert isinstance(wide, Text)
    assert [
        piece.content if isinstance(piece.content, str) else piece.content.is_reference for piece in bare.pieces
    ] == [
        True,
        "/*",
    ]
    assert not wide.pieces[0].content.is_reference  # type: ignore[union-attr]


def test_a_format_that_is_not_known_makes_the_whole_unknown(evaluate: Callable[[str], Value]) -> None:
    assert evaluate('format(var.free, "a")').why == "var.free has no value"
