"""Functions over strings answer as Terraform's console does, Unicode included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.strings import graphemes
from tapeproof.gate.engine.model import Ref, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        (r'chomp("a\r")', "a"),
        (r'chomp("a\n\r\n\r")', "a"),
        (r'chomp("a\r\rb\r")', "a\r\rb"),
        (r'trimspace("\u2003\u1680a\u3000\u0085")', "a"),
        (r'trimspace("\u200ba")', "\u200ba"),
        ('title("it\'s a_b 1a a-b")', "It'S A_b 1a A-B"),
        (r'title("a…b a·b")', "A…b A·b"),
        (r'title("a\u2003b")', "A\u2003B"),
        ('title("ß ǆ ﬁ")', "ß ǅ ﬁ"),
        ('upper("ßŉ")', "ßŉ"),
        ('lower("İΣ")', "i\u03c3"),
        ('trim("xaxy", "yx")', "a"),
        ('trim("xax", "")', "xax"),
        ('trimsuffix("a", "")', "a"),
        (r'indent(2, "a\r\nb")', "a\r\n  b"),
        ('indent(-1, "a")', Fault),
        ('indent(10001, "a")', Fault),
        ('indent(0.5, "a")', Fault),
        ('substr("hello", -2, 5)', "lo"),
        ('substr("hello", -10, 2)', "he"),
        ('substr("hello", 1, -3)', "ello"),
        ('substr("hello", 9, 2)', ""),
        ('split(",", "")', [""]),
        ('split("", "")', []),
        ('split("", "ab")', ["a", "b"]),
        ('join(",", [])', ""),
        ('join(",", ["a", null])', Fault),
        ('join(",")', Fault),
        ('strrev("a👨‍👩‍👧b")', "b👨‍👩‍👧a"),
        ('startswith("a", "")', True),
        ('replace("a.b", ".", "-")', "a-b"),
    ],
)
def test_strings_are_changed_as_terraform_changes_them(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('regex("(x)?(y)", "y")', [None, "y"]),
        ('regex("(?P<a>x)", "x")', {"a": "x"}),
        ('regex("(?P<a>x)(y)", "xy")', Fault),
        ('regex("x", "y")', Fault),
        ('regexall("x", "y")', []),
        ('regexall("b*", "abb")', ["", "bb"]),
        ('regexall("", "ab")', ["", "", ""]),
    ],
)
def test_groups_of_a_pattern_decide_the_shape_of_its_matches(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


def test_what_is_written_around_a_reference_is_changed_and_the_reference_stays_unknown(
    evaluate: Callable[[str], Value],
) -> None:
    value = evaluate('upper("a-${aws_sqs_queue.q.arn}-b")')
    assert isinstance(value, Text)
    assert value.literal() == "A--B"
    assert value.pieces[1].content.why == "aws_sqs_queue.q.arn is known only after apply"  # type: ignore[union-attr]


def test_joining_one_reference_alone_gives_that_reference(evaluate: Callable[[str], Value]) -> None:
    value = evaluate('join("", [aws_sqs_queue.q.arn])')
    assert isinstance(value, Ref)
    assert str(value) == "aws_sqs_queue.q.arn"


def test_a_secret_stays_secret_in_what_is_made_of_it(evaluate: Callable[[str], Value]) -> None:
    assert evaluate('join("-", ["a", var.secret])').sensitive
    assert evaluate("upper(var.secret)").sensitive


@pytest.mark.parametrize(
    ("text", "count"), [("abc", 3), ("\r\n", 1), ("e\u0301", 1), ("👨‍👩‍👧", 1), ("🇩🇪🇫🇷", 2), ("", 0)]
)
def test_characters_are_counted_as_a_person_counts_them(text: str, count: int) -> None:
    assert len(graphemes(text)) == count
    assert "".join(graphemes(text)) == text
