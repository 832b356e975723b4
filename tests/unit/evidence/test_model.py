from __future__ import annotations

import json
from typing import get_args

from tapeproof.evidence.model import ITEM_FORMAT, Item, Population, RawFile, Stage, Tool
from tapeproof.evidence.redaction import Redaction
from tapeproof.evidence.verifier.status import STAGES


def test_an_item_is_json_that_gives_back_everything_that_was_collected() -> None:
    item = Item("live-sqs", "SQS", "live", "live", population=Population("names ending -dev", 2, "queues"))
    item.tool = Tool("tapeproof", "1", "sha256:ab", "sha256:cd")
    item.raw.append(RawFile("raw/x", 3, "ab", "application/jsonl"))
    item.redactions.append(Redaction("raw/x", "line 1", "token"))
    data = json.loads(json.dumps(item.as_data()))
    assert data["format"] == ITEM_FORMAT
    assert data["population"] == {"query": "names ending -dev", "count": 2, "unit": "queues"}
    assert data["raw"] == [{"path": "raw/x", "size": 3, "sha256": "ab", "media_type": "application/jsonl"}]
    assert data["redactions"] == [{"path": "raw/x", "where": "line 1", "kind": "token"}]
    assert (data["status"], data["failure"], data["judge"], data["asserts"]) == ("collected", "", "", [])


def test_an_item_that_says_nothing_yet_has_no_population_and_shares_no_list_with_another() -> None:
    one, other = Item("a", "t", "c", "plan"), Item("b", "t", "c", "plan")
    one.raw.append(RawFile("x", 0, "", ""))
    assert other.raw == []
    assert other.as_data()["population"] is None


def test_stages_are_those_that_the_verifier_judges() -> None:
    assert get_args(Stage) == STAGES
