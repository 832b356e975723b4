"""A shape is a shorter way to what reading the line says, and to nothing else."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.evidence.verifier import shapes
from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.manifest import Entry
from tapeproof.evidence.verifier.sightings import load_criteria, sightings
from tests.effort import cases

ITEM = {"id": "live", "judge": "criteria", "judged": "raw/resources.jsonl"}
NAME = "evidence/live/raw/resources.jsonl"
GOOD = [
    '"on"',
    '"off"',
    '""',
    '"a1"',
    r'"a\"b"',
    r'"\u0041"',
    '"é"',
    '"{"',
    '":"',
    '",}"',
    "0",
    "-0",
    "1",
    "5",
    "1.50",
    "1e3",
]
OTHER = ["true", "null", '{"b":"on"}', '["on",1]', "[]", '{"$unknown":true}', '"b":"on"', '"b",5', '1,"a":"off"']
BAD = [r'"\x"', '"a\tb"', "01", "-", "NaN", "1.", '"', "99999999999999999999", '"a" "b"']
USUAL = st.sampled_from(GOOD)
ANY = st.sampled_from([*GOOD, *OTHER, *BAD])
POINTERS = st.sampled_from(["", "/a", "/b", "/a/b", "/c/0", "/d"])
TESTS = st.builds(
    lambda at, test: {"at": at, **test},
    POINTERS,
    st.sampled_from(
        [
            {"is": "equal", "value": "on"},
            {"is": "present"},
            {"is": "at least", "value": 2},
            {"is": "not empty"},
            {"is": "like", "value": "a*"},
        ]
    ),
)
FORMS = [
    '{{"id":{0},"resource":"{at:02d}","type":"t","value":{{"a":{1},"b":{{"b":{2}}},"c":[{2},{0}],"d":{2}}}}}',
    '{{"resource":"m[\\"{at:02d}\\"].t","type":"t","value":{{"a":{0},"a":{1}, "b":{2}}},"z":[{{"y":{0}}}]}}',
    '{{"resource":"{at:02d}" ,"type":"u","value":{{"c":[[{0}],{1}] ,"d" : {2}}}}}',
    '{{"type":{0},"value":{{"a":{1}}},"resource":"x","resource":"{at:02d}"}}',
]


def judged(lines: list[str], tests: list[Any], most_shapes: int) -> list[Any]:
    criteria = [
        {"policy": f"P{at}", "stage": "live", "type": kind, "text": "", "test": test}
        for at, test in enumerate(tests)
        for kind in ("t", "u")
    ]
    data = "".join(f"{line}\n" for line in lines).encode()
    told: list[Any] = []
    with tempfile.TemporaryDirectory() as folder, patch.multiple(shapes, MAX_SHAPES=most_shapes, LINES_A_SHAPE=1):
        path = Path(folder, NAME)
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        contents = Contents(Folder(folder), {NAME: Entry(len(data), hashlib.sha256(data).hexdigest())})
        try:
            for address, reference, found in sightings(ITEM, contents, load_criteria(criteria, {}).get("live", {})):
                told.append((address, reference, [(one.policy, one.verdict, json.dumps(one.finding)) for one in found]))
        except (Unusable, TypeError) as error:
            told.append(str(error))
    return told


@settings(max_examples=cases(400))
@given(
    st.sampled_from(FORMS),
    st.lists(st.tuples(USUAL, USUAL, USUAL), min_size=1, max_size=12),
    st.tuples(ANY, ANY, ANY),
    st.lists(TESTS, min_size=1, max_size=2),
)
def test_lines_are_judged_the_same_with_and_without_their_shapes(
    form: str, rows: list[tuple[str, ...]], last: tuple[str, ...], tests: list[Any]
) -> None:
    lines = [form.format(*row, at=at) for at, row in enumerate([*rows, last])]
    assert judged(lines, tests, 8) == judged(lines, tests, 0)
