"""The pattern of an entry takes what the parser takes, and nothing else."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.log.canonical import canonical
from tapeproof.log.entry import parse
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.layout import AFTER_LINK, read_decisions
from tests.unit.log.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.log.decision import Committed

MEMBERS = ("act", "evt", "key", "pay", "rec")


def written() -> list[Committed]:
    world = World()
    writer = world.writer()
    observed = world.decision(extra={"first": {"lane": "x", "seq": 1}, "why": "\u00e9"})
    sent = world.decision(extra={"account": "123456789012"})
    return [
        *world.write(writer, sent),
        *world.write(writer, sent),
        *world.write(writer, sent, world.decision(), sent)[:1],
        *world.write(writer, world.decision(evt='e","obs":{"account":"999999999999"},"pay":"')),
        *world.write(writer, world.decision()),
        *world.write(writer, world.decision()),
        *world.write(writer, world.decision(), world.decision())[:1],
        *world.write(writer, observed),
        *world.write(writer, observed, world.decision())[:1],
        *world.write(writer, world.decision(sseq=None, src='quo"ted')),
    ]


WRITTEN = written()


def read(one: Committed, data: bytes) -> list[dict[str, Any]]:
    return read_decisions(data, one.lane.encode())


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: f"{one.seq}")
def test_what_the_writer_writes_is_read_as_the_parser_reads_it(one: Committed) -> None:
    wanted = parse(one.entry_bytes).decisions
    found = read(one, one.entry_bytes)
    assert [{name: each.get(name) for name in MEMBERS} for each in found] == [
        {name: each.get(name) for name in MEMBERS} for each in wanted
    ]
    assert [each.get("obs") for each in found] == [each.get("obs") for each in wanted]


MUTATIONS: dict[str, Callable[[bytes], bytes]] = {
    "a second sequence behind the first": lambda data: data.replace(b',"act"', b',"_seq":7,"act"', 1),
    "a second member": lambda data: data.replace(b',"key"', b',"key":"other","key"', 1),
    "white space": lambda data: data.replace(b',"key"', b', "key"', 1),
    "white space at the end": lambda data: data + b" ",
    "an escape that is not needed": lambda data: data.replace(b'"req":"r', b'"req":"\\u0072', 1),
    "an escaped slash": lambda data: data.replace(b'"req":"', b'"req":"\\/', 1),
    "a lone surrogate": lambda data: data.replace(b'"req":"', b'"req":"\\ud800', 1),
    "bytes that are not UTF-8": lambda data: data.replace(b'"req":"', b'"req":"\xff', 1),
    "a surrogate in UTF-8": lambda data: data.replace(b'"req":"', b'"req":"\xed\xa0\x80', 1),
    "a control character": lambda data: data.replace(b'"req":"', b'"req":"\x01', 1),
    "another version": lambda data: data.replace(b'"v":1', b'"v":9'),
    "a version that is a float": lambda data: data.replace(b'"v":1', b'"v":1.0'),
    "a version that is true": lambda data: data.replace(b'"v":1', b'"v":true'),
    "an object for a hash": lambda data: data.replace(b'"pay":"', b'"pay":{},"pay":"', 1),
    "a short hash": lambda data: data.replace(b'"pay":"', b'"pay":"0', 1),
    "a hash in capitals": lambda data: data.replace(b'"pay":"', b'"pay":"A', 1),
    "an infinite number": lambda data: data.replace(b'"v":1', b'"v":1e400'),
    "a member of nobody": lambda data: data.replace(b',"v":1', b',"u":1,"v":1'),
    "a time of other digits": lambda data: data.replace(b'"ts":"1', '"ts":"\u0661'.encode()),
    "another function": lambda data: data.replace(b'"fn":"lambda', b'"fn":"lambdb', 1),
    "members in another order": lambda data: data.replace(b'"ts"', b'"v":1,"ts"', 1).replace(b',"v":1}', b"}"),
    "a deep tree": lambda data: data.replace(b'"v":1', b'"v":' + b"[" * 30_000 + b"]" * 30_000),
    "an account of letters": lambda data: data.replace(b'"pay":', b'"obs":{"account":12345678901x},"pay":', 1),
    "observations twice": lambda data: data.replace(
        b'"pay":', b'"obs":{"account":"1"},"obs":{"account":"1"},"pay":', 1
    ),
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: f"{one.seq}")
@pytest.mark.parametrize("mutate", MUTATIONS.values(), ids=MUTATIONS)
def test_no_other_bytes_pass_for_an_entry(one: Committed, mutate: Callable[[bytes], bytes]) -> None:
    data = mutate(one.entry_bytes)
    assert data != one.entry_bytes
    with pytest.raises(MalformedEntryError):
        read(one, data)
    with pytest.raises(MalformedEntryError):
        parse(data)


@given(st.integers(0, len(WRITTEN) - 1), st.integers(0, 2**32), st.binary(min_size=0, max_size=3))
def test_whatever_is_taken_is_canonical(which: int, seed: int, put: bytes) -> None:
    one, rng = WRITTEN[which], random.Random(seed)
    start = AFTER_LINK + len(one.lane)
    at = rng.randrange(start, len(one.entry_bytes))
    data = one.entry_bytes[:at] + put + one.entry_bytes[at + rng.randrange(3) :]
    with suppress(MalformedEntryError):
        read(one, data)
        assert canonical(json.loads(data)) == data
