"""One request against one statement: no, yes, or under which conditions."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.access.condition import Opaque
from tapeproof.gate.access.condition import Test as Clause
from tapeproof.gate.access.document import Names, Statement, read_document
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.request import Request, apply_statement, names_action, static_resource

USER = Principal("user", "arn:aws:iam::1:user/mara", "1")


def _statement(version: str = "2012-10-17", **members: object) -> Statement:
    whole: dict[str, Any] = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", **members}
    return read_document({"Version": version, "Statement": whole}).statements[0]


def _request(resource: str = "arn:aws:s3:::data/mara/x", unknown: tuple[str, ...] = (), **context: str) -> Request:
    carried = {key.replace("__", ":"): (value,) for key, value in context.items()}
    return Request(USER, "s3:GetObject", resource, "1", carried, frozenset(unknown))


@pytest.mark.parametrize(
    ("names", "action", "expected"),
    [
        (Names(("s3:getobject",)), "S3:GetObject", True),
        (Names(("s3:Get?bject",)), "s3:GetObject", True),
        (Names(("s3:Put*",), negated=True), "s3:GetObject", True),
        (Names(("s3:*",), negated=True), "s3:GetObject", False),
        (Names(()), "s3:GetObject", False),
    ],
)
def test_actions_are_compared_without_case(names: Names, action: str, expected: bool) -> None:
    assert names_action(names, action) is expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (_statement(Action="s3:Put*"), None),
        (_statement(Resource="arn:aws:s3:::other/*"), None),
        (_statement(Resource="arn:aws:s3:::data/*"), ()),
        (_statement(Resource="arn:aws:s3:::data/${aws:username}/*"), ()),
        (_statement(Resource="arn:aws:s3:::data/${aws:userid}/*"), None),
        (_statement("2008-10-17", Resource="arn:aws:s3:::data/${aws:username}/*"), None),
        (_statement(Condition={"StringEquals": {"aws:username": "boss"}}), None),
        (_statement(Condition={"StringEquals": {"AWS:UserName": "mara"}}), ()),
    ],
)
def test_a_statement_applies_or_does_not(statement: Statement, expected: tuple[()] | None) -> None:
    assert apply_statement(statement, _request(aws__username="mara")) == expected


def test_what_is_excepted_is_not_taken() -> None:
    whole = {"Effect": "Deny", "Action": "*", "NotResource": ["arn:aws:s3:::data/*", "arn:aws:s3:::log/*"]}
    statement = read_document({"Version": "2012-10-17", "Statement": whole}).statements[0]
    assert apply_statement(statement, _request()) is None
    assert apply_statement(statement, _request("arn:aws:s3:::other/x")) == ()


def test_a_condition_on_an_unknown_key_is_left_open() -> None:
    statement = _statement(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
    left = apply_statement(statement, _request(unknown=("aws:principalorgid",)))
    assert left is not None
    assert [type(one) for one in left] == [Clause]
    assert left[0].key == "aws:principalorgid"  # type: ignore[union-attr]


def test_an_unknown_variable_in_the_resource_is_solved() -> None:
    statement = _statement(Resource="arn:aws:s3:::data/${t:who}/*")
    left = apply_statement(statement, _request(unknown=("t:who",)))
    assert left is not None
    assert [(one.key, one.texts) for one in left if isinstance(one, Clause)] == [("t:who", ("mara",))]
    assert apply_statement(statement, _request("arn:aws:s3:::log/x", unknown=("t:who",))) is None


def test_what_hangs_on_several_unknown_keys_says_which() -> None:
    statement = _statement(Condition={"StringEquals": {"aws:ResourceTag/o": "${aws:PrincipalTag/o}"}})
    left = apply_statement(statement, _request(unknown=("aws:resourcetag/o", "aws:principaltag/o")))
    assert left is not None
    assert isinstance(left[0], Opaque)
    assert left[0].keys == ("aws:resourcetag/o", "aws:principaltag/o")


def test_a_resource_too_long_to_search_stays_open() -> None:
    statement = _statement(Resource="arn:aws:s3:::${t:who}*")
    left = apply_statement(statement, _request("arn:aws:s3:::" + "a" * 500, unknown=("t:who",)))
    assert left is not None
    assert isinstance(left[0], Opaque)


def test_a_part_that_is_not_known_stays_open_as_its_reason() -> None:
    statement = Statement("Allow", Names(("*",)), unread=("var.policy has no value",))
    assert apply_statement(statement, _request()) == (Opaque("var.policy has no value"),)


def test_a_resource_with_a_variable_is_no_fixed_set() -> None:
    assert static_resource("arn:aws:s3:::${aws:username}", live=True) is None
    fixed = static_resource("arn:aws:s3:::${aws:username}", live=False)
    assert fixed is not None
    assert "arn:aws:s3:::${aws:username}" in fixed


def test_a_variable_has_the_first_value_of_its_key() -> None:
    assert Request(USER, "a:b", "*", "1", {"k": ("x", "y"), "empty": ()}).look_up("k") == "x"
    assert Request(USER, "a:b", "*", "1", {"empty": ()}).look_up("empty") is None
