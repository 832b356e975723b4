"""Documents that AWS would refuse get an error that names the place, the reason and the way out."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.document import read_document
from tapeproof.gate.access.faults import AccessError


def _with(**members: object) -> dict[str, object]:
    statement: dict[str, object] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **members}
    return {"Version": "2012-10-17", "Statement": {key: value for key, value in statement.items() if value is not ...}}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("text", "expected an object with a Statement, got 'text'"),
        (None, "expected an object with a Statement, got nothing"),
        ({"Version": "2012-10-17"}, "statement 0: expected an object, got nothing"),
        ({"Version": "2020-01-01", "Statement": []}, "expected Version '2012-10-17'"),
        ({"Statement": [], "Statements": []}, "'Statements' is no member of a policy document"),
        (_with(Effect="allow"), 'Effect expects "Allow" or "Deny", got \'allow\''),
        (_with(Action=...), "there is neither Action nor NotAction"),
        (_with(NotAction="s3:*"), "Action and NotAction exclude each other"),
        (_with(Action=[]), "Action is empty"),
        (_with(Action="GetObject"), "an action is written service:Name, got 'GetObject'"),
        (_with(Action={"a": 1}), "Action: expected text, got an object"),
        (_with(Resources="*"), "'Resources' is no member of a statement"),
        (_with(Principal="arn:aws:iam::1:root"), 'Principal expects "*" or an object'),
        (
            _with(Principal={"Aws": "*"}),
            "a principal's kind is one of AWS, Service, Federated, CanonicalUser, got 'Aws'",
        ),
        (_with(Condition=[]), "Condition expects an object, got a list"),
        (_with(Condition={"StringEqual": {"k": "v"}}), "there is no condition operator 'StringEqual'"),
        (_with(Condition={"NullIfExists": {"k": "true"}}), "there is no condition operator 'NullIfExists'"),
        (_with(Condition={"Bool": {"k": "yes"}}), 'Bool expects "true" or "false", got \'yes\''),
        (_with(Condition={"NumericEquals": {"k": "ten"}}), "NumericEquals expects a number, got 'ten'"),
        (_with(Condition={"NumericEquals": {"k": "1e999999999"}}), "NumericEquals expects a number"),
        (_with(Condition={"DateLessThan": {"k": "tomorrow"}}), "DateLessThan expects a date, got 'tomorrow'"),
        (_with(Condition={"IpAddress": {"k": "10.0.0.0/40"}}), "IpAddress expects an address or a range"),
        (_with(Condition={"StringEquals": ["k"]}), "StringEquals expects an object of keys and values, got a list"),
    ],
)
def test_a_document_that_is_wrong_is_refused_with_its_place(document: object, told: str) -> None:
    with pytest.raises(AccessError) as error:
        read_document(document, "queue policy")
    assert str(error.value).startswith("queue policy")
    assert told in str(error.value)


def test_numbers_and_booleans_are_read_as_their_text() -> None:
    document = read_document(_with(Condition={"Bool": {"aws:SecureTransport": True}, "NumericEquals": {"k": 10}}))
    assert [clause.values for clause in document.statements[0].clauses] == [("true",), ("10",)]


def test_a_document_of_one_statement_may_leave_the_list_out() -> None:
    assert len(read_document(_with()).statements) == 1
