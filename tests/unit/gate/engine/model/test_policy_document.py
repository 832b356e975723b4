"""Policy documents are normalised to statements, each part at its own place."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import (
    Known,
    Piece,
    Ref,
    Resource,
    Span,
    Stack,
    Text,
    Undecided,
    Unknown,
    policy_documents,
    statements,
)
from tapeproof.gate.engine.model.policy_document import holders

TABLE_ARN = Ref("aws_dynamodb_table.market", "arn")


def test_statements_keep_the_line_inside_a_heredoc() -> None:
    span = Span("main.tf", 10, 1, 13, 16)
    source = '{"Statement": [{\n  "Effect": "Allow",\n  "Action": ["s3:*"],\n  "Resource": "'
    pieces = (
        Piece(source, span),
        Piece(TABLE_ARN, Span("main.tf", 13, 16, 13, 40)),
        Piece('/*"\n}]}', Span("main.tf", 13, 40, 14, 4)),
    )
    role = Resource(type="aws_iam_role_policy", address="aws_iam_role_policy.p", attributes={"policy": Text(pieces)})
    stack = Stack(root=".", front_end="hcl", everything=(role,))
    (document,) = policy_documents(stack, "identity")
    (statement,) = document.statements(stack)
    assert statement.allows
    assert (statement.actions[0].text(), statement.actions[0].span[1:3]) == ("s3:*", (12, 14))
    assert statement.resources[0].contains("*")
    assert statement.resources[0].place_of("*").line == 13


READER = Stack(root=".", front_end="hcl")


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ('{"Statement": {"Effect": "Allow", "Action": "s3:*"}}', [["s3:*"]]),
        ('{"Statement": [{"Action": ["a:b", "c:d"]}, {}]}', [["a:b", "c:d"], []]),
        ('{"Version": "2012-10-17", "Id": "x", "Statement": []}', []),
    ],
)
def test_a_string_and_a_list_are_alike(text: str, actions: list[list[str]]) -> None:
    found = statements(READER, Known(text))
    assert [[action.text() for action in one.actions] for one in found] == actions


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "has no Statement"),
        ('{"Statement": null}', "has no Statement"),
        ('{"statement": []}', "'statement', which is no key of a policy"),
        ('{"Statement": [{"Actions": "s3:*"}]}', "'Actions', which is no key of a policy"),
        ('["Statement"]', "where a map is expected"),
        ('{"Statement": ["x"]}', "where a map is expected"),
    ],
)
def test_what_is_no_policy_is_undecided(text: str, why: str) -> None:
    with pytest.raises(Undecided, match=why):
        statements(READER, Known(text))


def test_principals_and_conditions_are_taken_apart() -> None:
    (one,) = statements(
        READER,
        Known(
            '{"Statement": {"Principal": {"AWS": ["1", "2"], "Service": "x"}, "NotPrincipal": "*",'
            ' "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
        ),
    )
    assert [(who.type, who.value.text()) for who in one.principals] == [("AWS", "1"), ("AWS", "2"), ("Service", "x")]
    assert [(who.type, who.value.text()) for who in one.not_principals] == [("*", "*")]
    assert [(each.operator, each.key, each.values[0].text()) for each in one.conditions] == [
        ("Bool", "aws:SecureTransport", "false")
    ]


def test_documents_of_a_kind_are_found_and_an_uncertain_holder_says_so_after_them() -> None:
    policy = Known('{"Statement": []}')
    role = Resource(
        type="aws_iam_role",
        name="r",
        address="aws_iam_role.r",
        attributes={"assume_role_policy": policy},
        uncertain={"inline_policy": Unknown("it depends")},
    )
    stack = Stack(root=".", front_end="hcl", everything=(role,))
    assert [document.kind for document in policy_documents(stack, "trust")] == ["trust"]
    with pytest.raises(Undecided, match="it depends"):
        list(policy_documents(stack, "identity"))
    assert ("assume_role_policy", "trust") in holders()["aws_iam_role"]


@pytest.mark.parametrize(
    ("elements", "sure"),
    [
        ([{"Action": "a:b"}, None], ["a:b"]),
        ([None, {"Action": "a:b", "Sid": "x"}], ["a:b"]),
        ([{"Action": "a:b", "Sid": "x"}, None], []),  # an override may replace it
        ([None], []),
    ],
)
def test_statements_that_surely_stand_in_a_document_come_before_the_doubt(
    elements: list[dict[str, str] | None], sure: list[str]
) -> None:
    def entry(element: dict[str, str] | None) -> Known | Unknown:
        if element is None:
            return Unknown("nobody knows")
        return Known({name: Known(text) for name, text in element.items()}, kind="object")

    listed = Known(tuple(map(entry, elements)), kind="tuple")
    value = Known({"Statement": listed}, kind="object")
    holder = Resource(type="aws_iam_policy", address="aws_iam_policy.p", attributes={"policy": value})
    (document,) = policy_documents(Stack(root=".", front_end="hcl", everything=(holder,)), "identity")
    found: list[str] = []
    with pytest.raises(Undecided, match="nobody knows"):
        found.extend(statement.actions[0].text() for statement in document.each_statement(READER))
    assert found == sure
