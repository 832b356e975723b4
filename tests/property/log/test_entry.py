"""What is written piece by piece, for speed, is what a canonical encoder writes of the whole."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.log.attributes import item_hash
from tapeproof.log.entry import batch_members, decision_members, freeze
from tapeproof.log.lane import Lane

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)
OBSERVED = st.dictionaries(st.text("abc", min_size=1), TEXT | st.integers(0, 2**53 - 1) | st.none(), max_size=3)
DECISIONS = st.fixed_dictionaries(
    {"act": TEXT, "evt": TEXT, "key": TEXT, "pay": HEX, "src": TEXT, "sseq": st.none() | TEXT},
    optional={"obs": OBSERVED.filter(bool), "rec": HEX},
)
HEADS = st.builds(
    Lane,
    name=st.from_regex(r"[0-9]{10}\.[A-Za-z0-9_-]{1,20}\.[0-9a-f]{32}", fullmatch=True),
    origin=TEXT,
    opening=OBSERVED,
    sequence=st.integers(0, 3) | st.integers(0, 10**9),
    latest=st.integers(0, 10**19 - 1),
)


def members_of(told: dict[str, Any]) -> Any:  # noqa: ANN401 - what decided returns
    obs = rfc8785.dumps(told["obs"]) if "obs" in told else b""
    plain = [told[name] for name in ("act", "evt", "key", "pay", "src", "sseq")]
    return decision_members(*plain, obs=obs, rec=told.get("rec", ""))


def whole(head: Lane, told: dict[str, Any], request: str) -> bytes:
    function = head.name.split(".")[1]
    own = {"_lane": head.name, "_prev": head.previous, "_seq": head.sequence, "fn": function, "req": request}
    gen = {"gen": head.opening} if head.sequence == 0 else {}
    return rfc8785.dumps({**own, **gen, **told, "ts": f"{head.latest:019d}", "v": 1})


@given(HEADS, DECISIONS, TEXT)
def test_an_entry_is_the_canonical_json_of_its_members(head: Lane, told: dict[str, Any], request: str) -> None:
    assert freeze(head, members_of(told), request) == whole(head, told, request)


@given(HEADS, st.lists(DECISIONS, min_size=1, max_size=4), HEX, TEXT)
def test_a_batch_is_the_canonical_json_of_its_members(
    head: Lane, told: list[dict[str, Any]], pay: str, request: str
) -> None:
    batch = {"act": "BATCH", "items": told, "n": len(told), "pay": pay}
    assert freeze(head, batch_members([members_of(one) for one in told], pay), request) == whole(head, batch, request)


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
