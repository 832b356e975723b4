from __future__ import annotations

import json
from hashlib import sha256

import pytest

from tapeproof.log.decision import Committed, Decision, witness_line, witness_lines
from tapeproof.verifier.streams import parse_line

DECISION = Decision("RECORDED", "evt-1", "k", "marketdata.coinbase", None, b"{}")
DATA = b'{"_lane":"2025112306.f.' + b"0" * 32 + b'","_prev":"' + b"ab" * 32 + b'","_seq":3,"evt":"\xc3\xa9"}'


def _committed(data: bytes = DATA, item: int | None = None) -> Committed:
    return Committed(DECISION, "RECORDED", "lane", 3, item, sha256(b"\0" + data).digest(), data)


def test_a_line_holds_the_entry_byte_for_byte_with_its_hash() -> None:
    line = witness_line(_committed())
    assert "\n" not in line
    assert DATA.decode() in line
    assert json.loads(line)["audit"]["h"] == _committed().entry_hash.hex()


def test_the_verifier_reads_the_line_that_the_writer_writes() -> None:
    read = parse_line(witness_line(_committed()).encode(), 5)
    assert read is not None
    assert (read.seq, read.data, read.digest) == (3, DATA, _committed().entry_hash)


@pytest.mark.parametrize("decisions", [1, 3])
def test_an_entry_has_one_line_however_many_decisions_it_holds(decisions: int) -> None:
    batch = [_committed(item=number) for number in range(decisions)]
    other = _committed(DATA.replace(b'"_seq":3', b'"_seq":4'))
    assert witness_lines([*batch, other]) == [witness_line(batch[0]), witness_line(other)]
    assert witness_lines([]) == []
