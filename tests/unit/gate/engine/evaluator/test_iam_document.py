"""``data "aws_iam_policy_document"`` becomes the policy that the provider renders of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.iam_document import iam_document
from tapeproof.gate.engine.model import Block, Known, Ref, Stack, Undecided, Unknown, Value, statements

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Statement

READER = Stack(root="", front_end="hcl")


def listed(*values: object) -> Known:
    return Known(tuple(value if isinstance(value, Value) else Known(value) for value in values), kind="tuple")  # type: ignore[arg-type]


def statement(*children: Block, **attributes: Value) -> Block:
    return Block(type="statement", attributes=attributes, children=children)


def rendered(*blocks: Block, **attributes: Value) -> tuple[Statement, ...]:
    data = Block(type="aws_iam_policy_document", attributes=attributes, children=blocks)
    return statements(READER, iam_document(data, "data.aws_iam_policy_document.d"))


def sids(*blocks: Block, **attributes: Value) -> list[object]:
    return [one.sid.plain() for one in rendered(*blocks, **attributes)]


def test_a_statement_allows_unless_it_says_otherwise() -> None:
    (first, second) = rendered(statement(actions=listed("s3:*")), statement(effect=Known("Deny")))
    assert [first.allows, second.allows] == [True, False]
    assert [action.text() for action in first.actions] == ["s3:*"]


def test_what_is_null_is_as_good_as_not_written() -> None:
    null = Known(None)
    (one,) = rendered(statement(sid=null, effect=null, actions=listed("s3:*"), not_actions=null, not_resources=null))
    assert one.allows
    assert [action.text() for action in one.actions] == ["s3:*"]
    assert not one.not_actions
    assert not one.not_resources


def test_a_reference_in_a_statement_stays_one() -> None:
    (one,) = rendered(statement(resources=listed(Ref("aws_s3_bucket.b", "arn"))))
    assert str(one.resources[0]) == "aws_s3_bucket.b.arn"


def test_an_escaped_variable_is_the_variable_of_the_policy() -> None:
    (one,) = rendered(statement(resources=listed("arn:aws:s3:::b/&{aws:username}")))
    assert one.resources[0].text() == "arn:aws:s3:::b/${aws:username}"


def principals(type_: str, *identifiers: object) -> Block:
    return Block(type="principals", attributes={"type": Known(type_), "identifiers": listed(*identifiers)})


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        ([principals("AWS", "1"), principals("AWS", "2")], [("AWS", "1"), ("AWS", "2")]),
        (
            [principals("Service", "sns.amazonaws.com"), principals("AWS", "1")],
            [("Service", "sns.amazonaws.com"), ("AWS", "1")],
        ),
        ([principals("*", "*")], [("*", "*")]),
        ([], []),
    ],
)
def test_principals_of_one_type_are_put_together(blocks: list[Block], found: list[tuple[str, str]]) -> None:
    (one,) = rendered(statement(*blocks))
    assert [(principal.type, principal.value.text()) for principal in one.principals] == found


def test_conditions_are_grouped_by_their_test() -> None:
    def condition(test: str, variable: str, value: str) -> Block:
        attributes = {"test": Known(test), "variable": Known(variable), "values": listed(value)}
        return Block(type="condition", attributes=attributes)

    (one,) = rendered(
        statement(condition("StringLike", "a", "x"), condition("StringLike", "b", "y"), condition("Bool", "c", "true"))
    )
    assert [(each.operator, each.key) for each in one.conditions] == [
        ("StringLike", "a"),
        ("StringLike", "b"),
        ("Bool", "c"),
    ]


def test_sources_come_first_and_a_sid_that_comes_again_replaces_the_earlier_statement() -> None:
    source = Known('{"Statement": [{"Sid": "A", "Effect": "Deny"}, {"Sid": "B", "Effect": "Allow"}]}')
    override = Known('{"Statement": {"Sid": "B", "Effect": "Deny"}}')
    own = statement(sid=Known("A"))
    found = rendered(own, source_policy_documents=listed(source, "", None), override_json=override)
    assert [(one.sid.plain(), one.allows) for one in found] == [("A", True), ("B", False)]


def test_statements_without_a_sid_all_stay() -> None:
    assert sids(statement(), statement(), statement(sid=Known(""))) == [None, None, ""]


@pytest.mark.parametrize("attribute", ["source_policy_documents", "override_policy_documents", "source_json"])
def test_a_source_that_is_not_known_may_hold_any_statement(attribute: str) -> None:
    own = statement(sid=Known("A"))
    with pytest.raises(Undecided, match=r"var.more has no value"):
        rendered(own, **{attribute: Unknown("var.more has no value")})


def test_the_text_itself_is_known_only_after_apply_and_comes_from_the_data_source() -> None:
    value = iam_document(Block(type="x"), "data.aws_iam_policy_document.d")
    assert not value.known
    assert value.comes_from("data.aws_iam_policy_document.d")
