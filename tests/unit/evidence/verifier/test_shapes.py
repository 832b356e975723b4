from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.evidence.verifier import shapes
from tapeproof.evidence.verifier.shapes import Shapes

ENOUGH = shapes.LINES_A_SHAPE * shapes.MAX_SHAPES


def look(line: dict[str, Any]) -> str:
    return repr((line.get("type"), line["value"].get("on")))


def line_of(number: int, **value: object) -> str:
    shown = {"id": f"x{number}", "n": number, **value}
    return json.dumps({"resource": f'm["{number}"].t', "type": "t", "value": shown})


def learned(text: str, number: int = ENOUGH) -> Shapes:
    known = Shapes(look)
    known.learn(number, text.replace(": ", ":").replace(", ", ","), json.loads(text), "judged")
    return known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (line_of(2, on="yes"), ('m["2"].t', "judged")),
        (line_of(-7, on="yes"), ('m["-7"].t', "judged")),
        (line_of(2, on="no"), None),
        (line_of(2, on="yes", more=1), None),
        (line_of(2), None),
        (line_of(2, on="yes").replace('"t"', '"u"'), None),
        (line_of(2, on="yes").replace('"x2"', "2"), None),
        (line_of(2, on="yes").replace('"x2"', '"x\\u0032"'), None),
        (line_of(2, on="yes").replace('"x2"', '"x\t2"'), None),
        (line_of(2, on="yes").replace('"n": 2', '"n": 02'), None),
        (line_of(2, on="yes").replace('"n"', '"on"'), None),
        (line_of(2, on="yes").replace('"x2"', '"x2", "z": "q"'), None),
        (line_of(2, on="yes") + "}", None),
    ],
)
def test_a_line_is_known_by_its_shape_only_where_nothing_that_decides_is_other(text: str, found: object) -> None:
    known = learned(line_of(1, on="yes"))
    assert known.find(text.replace(": ", ":").replace(", ", ",")) == found


def test_a_shape_is_made_of_one_line_in_a_hundred_at_most_and_of_no_long_one() -> None:
    text, few = line_of(1, on="yes"), shapes.LINES_A_SHAPE - 1
    for known in (learned(text, few), learned(line_of(1, on="y" * shapes.MAX_SHAPE_CHARACTERS))):
        assert known.find(text.replace(": ", ":").replace(", ", ",")) is None


@pytest.mark.parametrize("resource", [None, 5, ["a"], {"a": "b"}])
def test_a_line_whose_resource_is_no_text_has_no_shape(resource: object) -> None:
    text = json.dumps({"resource": resource, "type": "t", "value": {"on": 1}}, separators=(",", ":"))
    assert learned(text).find(text) is None


def test_a_key_stands_for_itself_alone_however_it_is_spaced() -> None:
    known = learned('{"resource":"a","type":"t","value":{"k" :1,"on":2}}')
    assert known.find('{"resource":"b","type":"t","value":{"k" :5,"on":2}}') == ("b", "judged")
    assert known.find('{"resource":"b","type":"t","value":{"on" :1,"on":2}}') is None


def test_a_line_spaced_in_another_way_than_this_program_does_is_read_each_time() -> None:
    text = '{"resource":"a" ,"type":"t","value":{"on":2}}'
    assert learned(text).find(text) is None
