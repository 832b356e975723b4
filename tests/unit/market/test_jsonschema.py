import json

from tapeproof.market.jsonschema import build_schema
from tapeproof.market.schema import MEMBERS
from tests.places import PROJECT


def test_the_documented_schema_is_the_one_that_is_read_by() -> None:
    written = (PROJECT / "docs" / "formats" / "tapeproof-1.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == build_schema()


def test_every_type_has_its_members_and_takes_no_others() -> None:
    types = {one["properties"]["type"]["const"]: one for one in build_schema()["oneOf"]}
    assert set(types) == set(MEMBERS)
    assert types["trade"]["required"] == ["schema", "type", "venue", "symbol", "price", "size"]
    assert not types["trade"]["additionalProperties"]
    assert types["order"]["properties"]["action"]["enum"][0] == "received"
