"""Templates are strings of pieces, each at its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.model import Known, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('"a${1}b"', "a1b"),
        ('"${1}"', 1),
        ('"${[1]}"', [1]),
        ('"x${true}"', "xtrue"),
        ('"x${null}"', Fault),
        ('"x${[]}"', Fault),
        ('"${null}"', None),
        ('"%{ if true }a%{ else }b%{ endif }"', "a"),
        ('"%{ if 1 == 2 }a%{ endif }"', ""),
        ('"%{ if null }a%{ endif }"', Fault),
        ('"%{ for k, v in { b = 1, a = 2 } }${k}${v},%{ endfor }"', "a2,b1,"),
        ('"%{ for v in [] }x%{ endfor }"', ""),
        ('"%{ for v in 5 }x%{ endfor }"', Fault),
        ('"%{ for v in null }x%{ endfor }"', Fault),
        ('"a  ${~ 1 ~}  b"', "a1b"),
        ('"$${a} %%{b}"', "${a} %{b}"),
        ('""', ""),
    ],
)
def test_a_template_has_the_text_that_terraform_gives_it(
    text: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(text) == answer


def test_what_is_not_known_is_a_piece_among_others(evaluate: Callable[[str], Value]) -> None:
    value = evaluate('"a-${aws_sqs_queue.q.arn}-${var.free}"')
    assert isinstance(value, Text)
    assert [one.content if isinstance(one.content, str) else one.content.is_reference for one in value.pieces] == [
        "a-",
        True,
        "-",
        False,
    ]
    columns = [one.span.column for one in value.pieces]
    assert columns == sorted(columns)


@pytest.mark.parametrize(
    "text",
    [
        '"a%{ if var.free }b%{ endif }"',
        '"a%{ for v in var.free }b%{ endfor }"',
        '"%{ for v in [1] }%{ if var.free }%{ endif }%{ endfor }"',
    ],
)
def test_which_pieces_there_are_may_not_be_known(text: str, evaluate: Callable[[str], Value]) -> None:
    value = evaluate(text)
    assert isinstance(value, Unknown)
    assert value.why == "var.free has no value"


def test_a_heredoc_around_a_document_carries_the_document(evaluate: Callable[[str], Value]) -> None:
    around = evaluate("<<EOT\n${jsonencode({ a = 1 })}\nEOT\n")
    beside = evaluate('"x${jsonencode({ a = 1 })}"')
    assert isinstance(around, Known)
    assert around.document is not None
    assert around.document.plain() == {"a": 1}
    assert beside.document is None


def test_a_secret_inside_makes_the_whole_secret(evaluate: Callable[[str], Value]) -> None:
    assert evaluate('"a${var.secret}"').sensitive
    assert not evaluate('"a${1}"').sensitive
