"""What is written piece by piece, for speed, is what a canonical encoder writes of the whole."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import rfc8785
from audit_log.attributes import item_hash
from audit_log.entry import Head, batched, decided, freeze
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)
OBSERVED = st.dictionaries(st.text("abc", min_size=1), TEXT | st.integers(0, 2**53 - 1) | st.none(), max_size=3)
DECISIONS = st.fixed_dictionaries(
    {"act": TEXT, "evt": TEXT, "key": TEXT, "pay": HEX, "src": TEXT, "sseq": st.none() | TEXT},
    optional={"obs": OBSERVED.filter(bool), "rec": HEX},
)
HEADS = st.builds(
    Head,
    lane=st.from_regex(r"[0-9]{10}\.[A-Za-z0-9_-]{1,20}\.[0-9a-f]{32}", fullmatch=True),
    previous=HEX,
    sequence=st.integers(0, 10**9),
    function=st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True),
    request=TEXT,
    timestamp=st.integers(0, 10**19 - 1),
    opening=st.none() | OBSERVED,
)


def members_of(told: dict[str, Any]) -> Any:  # noqa: ANN401 - what decided returns
    obs = rfc8785.dumps(told["obs"]) if "obs" in told else b""
    plain = [told[name] for name in ("act", "evt", "key", "pay", "src", "sseq")]
    return decided(*plain, obs=obs, rec=told.get("rec", ""))


def whole(head: Head, told: dict[str, Any]) -> bytes:
    own = {"_lane": head.lane, "_prev": head.previous, "_seq": head.sequence, "fn": head.function, "req": head.request}
    gen = {} if head.opening is None else {"gen": head.opening}
    return rfc8785.dumps({**own, **gen, **told, "ts": f"{head.timestamp:019d}", "v": 1})


@given(HEADS, DECISIONS)
def test_an_entry_is_the_canonical_json_of_its_members(head: Head, told: dict[str, Any]) -> None:
    assert freeze(head, members_of(told)) == whole(head, told)


@given(HEADS, st.lists(DECISIONS, min_size=1, max_size=4), HEX)
def test_a_batch_is_the_canonical_json_of_its_members(head: Head, told: list[dict[str, Any]], pay: str) -> None:
    batch = {"act": "BATCH", "items": told, "n": len(told), "pay": pay}
    assert freeze(head, batched([members_of(one) for one in told], pay)) == whole(head, batch)


ATTRIBUTES = st.one_of(
    TEXT.map(lambda text: ({"S": text}, text)),
    st.integers(0, 10**9).map(lambda number: ({"N": str(number)}, {"N": str(number)})),
    st.booleans().map(lambda truth: ({"BOOL": truth}, {"BOOL": truth})),
)


@given(st.lists(st.dictionaries(st.text("abcdefghij", min_size=1), ATTRIBUTES, max_size=6), max_size=3))
def test_records_are_hashed_as_the_canonical_json_of_their_attributes(records: list[dict[str, Any]]) -> None:
    items = [{name: low for name, (low, _) in record.items()} for record in records]
    plain = [{name: value for name, (_, value) in record.items()} for record in records]
    assert item_hash(b"salt", items) == sha256(b"salt" + rfc8785.dumps(plain)).digest()
