"""Alarms on Metrics Insights queries: which resources a query looks at."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.metric_queries import selects
from tapeproof.gate.engine.model import Known, Piece, Resource, Text, Undecided, Unknown

FUNCTION = Resource(
    type="aws_lambda_function",
    address="aws_lambda_function.feed",
    name="feed",
    attributes={"function_name": Known("feed")},
)
ALL = 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)'


def _selects(query: Known | Text | Unknown) -> bool:
    return selects(query, FUNCTION, namespace="AWS/Lambda", name="Errors", dimension="FunctionName")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (ALL, True),
        (ALL.replace("SELECT", "select").replace("FROM SCHEMA", "from schema"), True),
        ('SELECT MAX("Errors") FROM "AWS/Lambda"', True),
        (f"{ALL} GROUP BY FunctionName ORDER BY SUM() DESC LIMIT 10", True),
        (f"{ALL} WHERE FunctionName = 'feed'", True),
        (f"{ALL} WHERE FunctionName = 'other' GROUP BY FunctionName", False),
        (f"  {ALL} ".replace(" FROM", "\n  FROM"), True),
        (ALL.replace("Errors", "Throttles"), False),
        (ALL.replace("AWS/Lambda", "AWS/SQS"), False),
        ("100 * errors / MAX([errors, invocations])", False),
    ],
)
def test_a_query_looks_at_the_metric_of_all_functions_or_of_those_that_where_names(query: str, expected: bool) -> None:
    assert _selects(Known(query)) is expected


@pytest.mark.parametrize(
    "query",
    [
        Known(f"{ALL} WHERE FunctionName != 'other'"),
        Known(f"{ALL} WHERE tag.team = 'a'"),
        Known('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName, Resource)'),
        Text((Piece("SELECT SUM(", FUNCTION.span), Piece(Unknown("var.metric has no value"), FUNCTION.span))),
    ],
)
def test_a_query_that_picks_by_what_is_not_evaluated_is_not_decided(query: Known | Text) -> None:
    with pytest.raises(Undecided):
        _selects(query)


def test_metric_math_with_an_unknown_part_is_no_query() -> None:
    pieces = (Piece("IF(", FUNCTION.span), Piece(Unknown("var.on has no value"), FUNCTION.span))
    assert not _selects(Text(pieces))
