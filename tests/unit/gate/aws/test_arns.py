"""Forms of ARNs."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.arns import HOLE, leaves_account_open, matches, may_match, resource_type, shape, wildcard
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Undecided, Unknown

API = Text((Piece(Ref("aws_api_gateway_rest_api.a", "execution_arn")), Piece("/*/GET")))
FREE = Text((Piece(Unknown("var.x has no value")), Piece("/*")))


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("arn:aws:s3:::b/*", "arn:{}:s3:::{}/*", True),
        ("arn:aws:s3:::b/*/x-*", "arn:{}:s3:::{}/*", True),
        ("arn:aws:s3:::*/x", "arn:{}:s3:::{}/*", False),
        ("arn:aws:s3:::b", "arn:{}:s3:::{}/*", False),
        ("*", "*", True),
    ],
)
def test_a_form_that_is_narrower_matches(text: str, pattern: str, *, fits: bool) -> None:
    assert matches(text, pattern) is fits


@pytest.mark.parametrize(
    ("value", "is_open"),
    [
        (API, False),
        (Known("*"), True),
        (Known("arn:aws:s3:::*"), True),
        (Known("arn:aws:s3:*:*:feeds"), False),
        (Known("arn:aws:s3:*:*:feeds-*"), True),
        (Known("arn:aws:s3:::feeds/*"), False),
        (Known("arn:aws:s3:us-east-1:*:accesspoint/feeds"), True),
        (Known("arn:aws:s3:us-east-1:111122223333:accesspoint/*"), False),
        (Known("arn:aws:route53:::hostedzone/*"), True),
        (Known("arn:aws:route53:::hostedzone/Z2FDTNDATAQYW2"), False),
        (Known("arn:aws:sqs:*:111122223333:*"), False),
    ],
)
def test_what_follows_an_arn_leaves_its_account(value: Known | Text, *, is_open: bool) -> None:
    assert leaves_account_open(value) is is_open


def test_what_has_no_value_may_match() -> None:
    assert may_match(FREE, "arn:{}:s3:::{}/*") is True
    assert may_match(Text((*FREE.pieces, Piece("?"))), "arn:{}:sqs:{}") is False
    with pytest.raises(Undecided):
        shape(FREE)


def test_a_shape_has_holes_where_references_stand() -> None:
    assert shape(API) == f"{HOLE}/*/GET"
    assert (wildcard(API), wildcard(Known("a?"))) == ("*", "?")
    assert resource_type("module.m.aws_sqs_queue.q[0]") == "aws_sqs_queue"


@pytest.mark.parametrize("key", ['"x"', '"x]y"', '"[x"', '"a.b"', r'"a\"]"', "0", "?"])
def test_the_type_of_an_instance_is_told_whatever_its_key_is(key: str) -> None:
    assert resource_type(f"module.m[{key}].aws_sqs_queue.q[{key}]") == "aws_sqs_queue"
