"""The table of members: one place for readers, writers and documents."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from tapeproof.market import model
from tapeproof.market.schema import COMMON, MEMBERS, Kind, RecordType

KINDS = sorted(MEMBERS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_member_is_one_of_its_record(kind: RecordType) -> None:
    name = {"open_interest": "OpenInterest"}.get(kind, kind.capitalize())
    record = getattr(model, name)
    assert record.type == kind
    own = {one.name for one in fields(record)} - {one.name for one in fields(model.Record)}
    assert {one.name for one in MEMBERS[kind]} == own


def test_every_type_has_members_and_a_route() -> None:
    assert set(get_args(RecordType)) == MEMBERS.keys() == model.DETAIL_TYPES.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_names_are_told_once_and_kinds_are_known(kind: RecordType) -> None:
    members = [*COMMON, *MEMBERS[kind]]
    assert len({one.name for one in members}) == len(members)
    assert {one.kind for one in members} <= set(get_args(Kind))
    assert all(one.kind == "text" for one in members if one.allowed)
