from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from tapeproof.log.canonical import canonical
from tapeproof.log.entry import (
    MAX_ENTRY_BYTES,
    MOST_SEQUENCES,
    entry_hash,
    genesis,
    hour_of,
    parse,
    payload_hash,
)
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.merkle import leaf_hash

LANE = f"2025112306.lambda-trade-dev.{'0a' * 16}"
HASH = "ab" * 32
DECIDED = {"act": "RECORDED", "evt": "e", "key": "k", "pay": HASH, "src": "s", "sseq": None}
SINGLE = {
    "_lane": LANE, "_prev": HASH, "_seq": 4, **DECIDED, "fn": "lambda-trade-dev", "req": "r",
    "ts": "1763877600000000000", "v": 1,
}  # fmt: skip
BATCH = {
    **{name: value for name, value in SINGLE.items() if name not in {"evt", "key", "src", "sseq"}},
    "act": "BATCH", "items": [DECIDED, {**DECIDED, "sseq": "7", "rec": HASH, "obs": {}}], "n": 2,
}  # fmt: skip
OPENING = {"code_sha256": HASH, "prior": None, "reason": "environment", "version": "1"}
PRIOR = {"hash": HASH, "lane": LANE, "seq": 9}


def test_an_entry_is_hashed_as_the_leaf_that_it_is() -> None:
    assert entry_hash(b"data") == leaf_hash(b"data") == sha256(b"\0data").digest()
    assert payload_hash(b"salt", b"body") == sha256(b"saltbody").digest()


def test_a_lane_begins_from_its_log_and_its_name_and_no_two_begin_alike() -> None:
    starts = {genesis("a", "bc"), genesis("ab", "c"), genesis("a", "b"), genesis("", "abc")}
    assert len(starts) == 4
    assert genesis("o", LANE) == sha256(b"tapeproof/genesis/v1\0o\0" + LANE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("nanoseconds", "hour"),
    [
        (0, "1970010100"),
        (3_600 * 10**9 - 1, "1970010100"),
        (3_600 * 10**9, "1970010101"),
        (1_709_164_800 * 10**9, "2024022900"),
    ],
)
def test_an_hour_begins_with_its_first_nanosecond(nanoseconds: int, hour: str) -> None:
    assert hour_of(nanoseconds) == hour


@pytest.mark.parametrize("fields", [SINGLE, BATCH, {**SINGLE, "obs": {}, "rec": HASH}])
def test_an_entry_of_the_form_is_read(fields: dict[str, Any]) -> None:
    entry = parse(canonical(fields))
    assert (entry.lane, entry.previous, entry.sequence) == (LANE, HASH, 4)
    assert (entry.timestamp, entry.fields) == (1_763_877_600_000_000_000, fields)
    assert len(entry.decisions) == fields.get("n", 1)


@pytest.mark.parametrize("fields", [SINGLE, BATCH])
def test_every_member_is_needed_has_its_type_and_stands_alone(fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        wrong: Any = 5 if isinstance(value, str | list) else "5"
        for changed in (
            {key: one for key, one in fields.items() if key != name},
            {**fields, name: wrong},
            {**fields, name: True},
        ):
            if name == "sseq" and changed.get("sseq") == "5":
                continue
            with pytest.raises(MalformedEntryError):
                parse(canonical(changed))
    with pytest.raises(MalformedEntryError, match="unknown or ill-typed"):
        parse(canonical({**fields, "more": 1}))


@pytest.mark.parametrize(
    "changes",
    [
        {"_lane": "2025112306.lambda-trade-dev.00"},
        {"_lane": f"2025112306.lambda.trade.{'0a' * 16}"},
        {"_lane": LANE.replace("2025", "\u0662025")},
        {"fn": "another"},
        {"_prev": HASH.upper()},
        {"pay": "ab"},
        {"rec": "xy" * 32},
        {"_seq": -1},
        {"_seq": MOST_SEQUENCES},
        {"ts": "1763877600"},
        {"ts": "-763877600000000000"},
        {"v": 2},
        {"_seq": 0},
        {"gen": OPENING},
        {"obs": []},
        {"req": "x" * MAX_ENTRY_BYTES},
    ],
)
def test_a_member_out_of_its_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedEntryError):
        parse(canonical({**SINGLE, **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"n": 3},
        {"n": 0, "items": []},
        {"items": [DECIDED, 5]},
        {"items": [DECIDED, {**DECIDED, "pay": "x"}]},
        {"evt": "e"},
    ],
)
def test_a_batch_that_counts_or_holds_otherwise_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedEntryError):
        parse(canonical({**BATCH, **changes}))


@pytest.mark.parametrize(
    ("opening", "sound"),
    [
        (OPENING, True),
        ({**OPENING, "reason": "hour", "prior": PRIOR}, True),
        ({**OPENING, "reason": "unknown", "prior": {**PRIOR, "next": HASH, "seq": -1}}, True),
        ({**OPENING, "reason": "hour"}, False),
        ({**OPENING, "prior": PRIOR}, False),
        ({**OPENING, "reason": "whim", "prior": PRIOR}, False),
        ({**OPENING, "reason": "hour", "prior": {**PRIOR, "seq": -2}}, False),
        ({**OPENING, "reason": "hour", "prior": {**PRIOR, "lane": "x"}}, False),
        ({**OPENING, "reason": "hour", "prior": {**PRIOR, "hash": "x"}}, False),
        ({**OPENING, "reason": "hour", "prior": {**PRIOR, "more": "x"}}, False),
        ({**OPENING, "more": 1}, False),
        ({}, False),
    ],
)
def test_the_first_entry_of_a_lane_says_why_it_was_opened_and_what_it_goes_on_from(
    opening: dict[str, Any], *, sound: bool
) -> None:
    data = canonical({**SINGLE, "_seq": 0, "gen": opening})
    if sound:
        assert parse(data).fields["gen"] == opening
    else:
        with pytest.raises(MalformedEntryError):
            parse(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"\xff", b"[" * 60_000, canonical(SINGLE) + b"\n", json.dumps(SINGLE).encode(), b'{"v":1.0}'],
)
def test_bytes_that_are_not_the_one_spelling_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedEntryError):
        parse(data)
