"""The callers that two documents can tell apart."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tapeproof.gate.access.document import Document, read_document
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.populations import Population, populations

HOME = "111122223333"
EMPTY = Document(())


def _document(**members: object) -> Document:
    whole: dict[str, Any] = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", **members}
    return read_document({"Version": "2012-10-17", "Statement": whole})


def _callers(document: Document) -> list[tuple[str, str]]:
    tried = populations(EMPTY, document, HOME)
    return [(one.principal.kind, one.principal.name) for one in tried if one.principal is not None]


def _carried(population: Population) -> set[str]:
    return {demand.coordinate for demand in population.demands}


def test_documents_of_an_identity_have_no_caller_to_tell() -> None:
    assert [one.principal for one in populations(EMPTY, _document(), None)] == [None]


def test_somebody_of_each_kind_whom_nobody_names_is_tried() -> None:
    kinds = {kind for kind, _ in _callers(_document(Principal="*"))}
    assert kinds == {"role", "user", "root", "service", "federated", "anonymous"}


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ({"Service": "events.amazonaws.com"}, ("service", "events.amazonaws.com")),
        ({"Federated": "cognito-identity.amazonaws.com"}, ("federated", "cognito-identity.amazonaws.com")),
        ({"CanonicalUser": "79a59df900b949e5"}, ("canonical", "79a59df900b949e5")),
        ({"AWS": "444455556666"}, ("root", "arn:aws:iam::444455556666:root")),
        ({"AWS": "arn:aws:iam::444455556666:user/mara"}, ("user", "arn:aws:iam::444455556666:user/mara")),
        ({"AWS": "arn:aws:iam::444455556666:role/path/app"}, ("role", "arn:aws:iam::444455556666:role/path/app")),
        ({"AWS": "arn:aws:sts::444455556666:assumed-role/app/s"}, ("role", "arn:aws:iam::444455556666:role/app")),
    ],
)
def test_who_is_named_is_tried(principal: dict[str, str], expected: tuple[str, str]) -> None:
    assert expected in _callers(_document(Principal=principal))


def test_a_role_behind_a_path_acts_in_a_session_without_it() -> None:
    document = _document(Principal={"AWS": "arn:aws:iam::444455556666:role/path/app"})
    sessions = {one.principal.session for one in populations(EMPTY, document, HOME) if one.principal is not None}
    assert "arn:aws:sts::444455556666:assumed-role/app/run-1" in sessions


def test_a_caller_brings_what_the_documents_ask_for_and_nothing_else() -> None:
    plain = _document(Principal={"AWS": HOME})
    asked = _document(Principal={"AWS": HOME}, Condition={"StringEquals": {"aws:PrincipalAccount": HOME}})
    assert {key for one in populations(EMPTY, plain, HOME) for key in _carried(one)} == set()
    assert {key for one in populations(EMPTY, asked, HOME) for key in _carried(one)} == {"aws:principalaccount"}


def test_a_variable_is_tried_with_words_of_the_documents_with_others_and_absent() -> None:
    document = _document(Resource=["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/boss/*"])
    values = [one.values["aws:username"] for one in populations(EMPTY, document, None)]
    assert {"boss", "mara", None} <= set(values)
    assert len(values) == len(set(values))


def test_more_combinations_than_are_tried_are_told_after_those_that_are() -> None:
    texts = [f"arn:aws:s3:::{''.join(f'${{t:k{place}}}-w{place}' for place in range(9))}"]
    tried = populations(EMPTY, _document(Resource=texts), HOME)
    assert sum(1 for _ in itertools.islice(tried, 4_000)) == 4_000
    with pytest.raises(UndecidedError, match="more than 4000 combinations"):
        next(tried)


def test_more_words_than_are_tried_are_told_after_those_that_are() -> None:
    texts = ["arn:aws:s3:::${aws:username}", *(f"arn:aws:s3:::word-{number}" for number in range(30))]
    tried = populations(EMPTY, _document(Resource=texts), None)
    assert sum(1 for _ in itertools.islice(tried, 27)) == 27
    with pytest.raises(UndecidedError, match="of which 24 are tried"):
        next(tried)
