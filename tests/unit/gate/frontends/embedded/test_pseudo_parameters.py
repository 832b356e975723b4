"""What CloudFormation says in every template is one thing throughout it, and no wildcard."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.arns import HOLE, shape
from tapeproof.gate.engine.model import Known, Span, Value
from tapeproof.gate.frontends.embedded.intrinsics import terms_of, with_parameters
from tapeproof.gate.frontends.embedded.pseudo_parameters import pseudo_parameters
from tapeproof.gate.frontends.plain import value_of

NOWHERE = Span("template.yaml", 1, 1)
NOTHING = Known({}, kind="object")


def put(written: object, address: str = "s", name: str | None = "orders") -> Value:
    terms = terms_of(value_of({"Resources": {}}, NOWHERE), NOTHING, address, Known(name))
    return with_parameters(value_of(written, NOWHERE), terms)


@pytest.mark.parametrize("name", ["AccountId", "Partition", "Region", "URLSuffix"])
def test_ref_and_sub_give_the_same(name: str) -> None:
    assert put({"Ref": f"AWS::{name}"}).same_as(put({"Fn::Sub": f"${{AWS::{name}}}"}))


def test_an_arn_of_them_holds_no_wildcard() -> None:
    arn = put({"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q"})
    assert shape(arn) == f"arn:{HOLE}:sqs:{HOLE}:{HOLE}:q"


def test_a_stack_gives_its_name_and_a_stack_set_none() -> None:
    assert put({"Fn::Sub": "${AWS::StackName}-q"}).text() == "orders-q"
    assert not put({"Fn::Sub": "${AWS::StackName}-q"}, name=None).known


def test_two_templates_may_lie_in_two_regions() -> None:
    one, other = (dict(pseudo_parameters(address, Known(None)))["AWS::Region"] for address in ("a", "b"))
    assert one.identity != other.identity
