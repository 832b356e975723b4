"""JSON, CSV and YAML: read and written as Terraform's console does, and refused where it refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.encoding import json_text
from tapeproof.gate.engine.model import Ref, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Plain, Value


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"b": 1, "a": "é"}, '{"a":"é","b":1}'),
        ("<&>\u2028\u2029", '"\\u003c\\u0026\\u003e\\u2028\\u2029"'),
        ([None, True, Decimal("1.50")], "[null,true,1.50]"),
        (Decimal("1E+3"), "1000"),
        ({}, "{}"),
        ([], "[]"),
        ('"\\\n', '"\\"\\\\\\n"'),
    ],
)
def test_json_is_written_as_gos_encoder_writes_it(content: Plain, text: str) -> None:
    assert json_text(content) == text


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        (r'jsondecode("{\"a\":1,\"a\":2}")', {"a": 2}),
        (r'jsondecode("[1.50, -0, null]")', [Decimal("1.5"), 0, None]),
        (r'jsondecode("\"\\ud83d\\ude00\"")', "😀"),
        (r'jsondecode("\"\\ud800\"")', "\ufffd"),
        ('jsondecode("")', Fault),
        ('jsondecode("1 2")', Fault),
        ('jsondecode("[01]")', Fault),
        ('jsondecode("[1,]")', Fault),
        ('jsondecode("NaN")', Fault),
    ],
)
def test_json_is_read_strictly(expression: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(expression) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (r"a,b\n1,\"2,3\"\n", [{"a": "1", "b": "2,3"}]),
        (r"a,b\n\n1,2\n", [{"a": "1", "b": "2"}]),
        (r"a\n\"1\n2\"", [{"a": "1\n2"}]),
        ("a,b", []),
        ("", Fault),
        (r"a,a\n1,2", Fault),
        (r"a,b\n1", Fault),
        (r"a,b\n1,\"2", Fault),
        (r"a\n\"x\"y", Fault),
    ],
)
def test_a_table_whose_rows_do_not_fit_is_refused(text: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f'csvdecode("{text}")') == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a: [1, yes]", {"a": [1, True]}),
        ("", Fault),
        (r"a\n---\nb", Fault),
        ("a: b: c", Fault),
        ("a: &a [*a]", Fault),
        (r"a: &a [1, 2]\nb: [*a, *a]", {"a": [1, 2], "b": [[1, 2], [1, 2]]}),
    ],
)
def test_one_yaml_document_is_read(text: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(f'yamldecode("{text}")') == answer


def test_aliases_of_aliases_do_not_grow_without_bound(plain: Callable[[str], object]) -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert plain('yamldecode("' + r"\n".join(lines) + '")') is Fault


def test_a_reference_inside_encoded_json_stays_a_reference(evaluate: Callable[[str], Value]) -> None:
    value = evaluate('jsonencode({ b = aws_sqs_queue.q.arn, a = "x" })')
    assert isinstance(value, Text)
    assert [piece.content if isinstance(piece.content, str) else "…" for piece in value.pieces] == [
        '{"a":"x","b":"',
        "…",
        '"}',
    ]
    assert value.document is not None
    assert isinstance(value.document.entry("b"), Ref)


def test_what_is_empty_is_encoded_whole_beside_a_reference(evaluate: Callable[[str], Value]) -> None:
    value = evaluate("jsonencode({ a = [], b = {}, c = aws_sqs_queue.q.arn, d = [{}, [], null, 1.5] })")
    assert isinstance(value, Text)
    assert [piece.content if isinstance(piece.content, str) else "…" for piece in value.pieces] == [
        '{"a":[],"b":{},"c":"',
        "…",
        '","d":[{},[],null,1.5]}',
    ]


def test_encoding_a_secret_keeps_it_secret(evaluate: Callable[[str], Value]) -> None:
    assert evaluate("jsonencode({ a = var.secret })").sensitive


def test_a_reference_inside_yaml_stays_a_reference(evaluate: Callable[[str], Value]) -> None:
    value = evaluate(r'yamldecode("a: ${aws_sqs_queue.q.arn}\nb: [\"x-${aws_sqs_queue.q.arn}\", 1]\n")')
    assert isinstance(value.entry("a"), Ref)
    first, second = value.entry("b").elements()
    assert [piece.content if isinstance(piece.content, str) else "…" for piece in first.pieces_of_text()] == ["x-", "…"]
    assert second.plain() == 1


@pytest.mark.parametrize(
    "text", [r'"${aws_sqs_queue.q.arn}: a\n"', r'"a: ${var.free}\n"', r'"a: [${aws_sqs_queue.q.arn}\n"']
)
def test_yaml_whose_shape_may_be_another_is_not_known(evaluate: Callable[[str], Value], text: str) -> None:
    assert isinstance(evaluate(f"yamldecode({text})"), Unknown)


def test_a_reference_in_a_secret_document_is_secret(evaluate: Callable[[str], Value]) -> None:
    value = evaluate(r'yamldecode("a: ${aws_sqs_queue.q.arn}\nb: ${var.secret}\n")')
    assert value.entry("a").sensitive
