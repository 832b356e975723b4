from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.auditing.source import Live, read_outputs, translate_errors

if TYPE_CHECKING:
    from pathlib import Path


def test_names_come_from_terraform_s_outputs(tmp_path: Path) -> None:
    outputs = {
        "log_origin": "tapeproof.example/dev",
        "audit_table_name": "table-audit-dev",
        "market_table_name": "table-market-dev",
        "tile_bucket_name": "bucket-tiles-dev",
        "checkpoint_key_arn": "arn:aws:kms:us-east-1:000000000000:key/1",
        "log_group_names": {"trade": "/aws/lambda/lambda-trade-dev", "sealer": "/aws/lambda/lambda-sealer-dev"},
    }
    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({name: {"value": value} for name, value in outputs.items()}))
    names = read_outputs(path)
    assert names.log_groups == ("/aws/lambda/lambda-trade-dev",)
    assert names.bucket == "bucket-tiles-dev"


OUTPUTS = {
    "log_origin": "o",
    "audit_table_name": "audit",
    "market_table_name": "",
    "tile_bucket_name": "tiles",
    "checkpoint_key_arn": "",
    "log_group_names": {"trade": "/a", "quote": "/b"},
}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", "{", '{"log_origin":"bare"}', "[" * 100_000, '{"log_group_names":{"value":[]}}'],
)
def test_a_file_that_terraform_did_not_write_is_told_with_the_way_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "outputs.json").write_text(text)
    for name in ("outputs.json", "absent.json"):
        with pytest.raises(SourceError) as refused:
            read_outputs(tmp_path / name)
        assert "terraform output -json" in refused.value.fix


class _Pages:
    """A client that answers page by page, as AWS does."""

    def __init__(self, *pages: dict[str, Any]) -> None:
        self.pages, self.asked = list(pages), list[dict[str, Any]]()

    def __call__(self, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shapes
        self.asked.append(arguments)
        return self.pages.pop(0)


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({name: {"value": value} for name, value in OUTPUTS.items()}))
    return Live(read_outputs(path), None, "http://127.0.0.1:9")


def test_a_table_is_read_to_its_last_page_and_one_without_a_name_is_not_read(live: Live) -> None:
    pages = _Pages({"Items": [{"n": 1}], "LastEvaluatedKey": {"pk": 1}}, {"Items": []}, {"Items": []})
    live._dynamodb.scan = pages
    assert list(live.scan("audit")) == [{"n": 1}]
    assert [one.get("ExclusiveStartKey") for one in pages.asked] == [None, {"pk": 1}]
    assert all(one["ConsistentRead"] for one in pages.asked)
    assert list(live.scan("market")) == []
    assert len(pages.asked) == 2


def test_only_witness_lines_are_taken_and_a_token_that_comes_again_is_the_end(live: Live) -> None:
    line = '{"audit":{"h":"x"}}'
    events = [{"message": f" {line}\n", "timestamp": 5}, {"message": "START", "timestamp": 6}]
    again = {"events": [{"message": line, "timestamp": 7, "ingestionTime": 9}], "nextToken": "t"}
    live._logs.filter_log_events = _Pages({"events": events, "nextToken": "t"}, again, {"events": []})
    assert [(one.text, one.ingested) for one in live.lines()] == [(line, 5), (line, 9)]


def test_lines_are_kept_since_the_shortest_retention_of_the_groups_by_their_whole_name(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tapeproof.auditing.source.time.time_ns", lambda: 100 * 86_400 * 10**9)
    groups = [{"logGroupName": "/a", "retentionInDays": 30}, {"logGroupName": "/a-other", "retentionInDays": 1}]
    live._logs.describe_log_groups = _Pages({"logGroups": [{"logGroupName": "/b"}]}, {"logGroups": groups})
    assert live.lines_since() == 70 * 86_400 * 10**9
    live._logs.describe_log_groups = _Pages({"logGroups": []}, {"logGroups": []})
    assert live.lines_since() == 0


def test_a_log_without_a_key_has_none_and_says_where_it_is(live: Live) -> None:
    assert live.verifier_key() is None
    assert live.describe() == {
        "audit_table": "audit", "market_table": "", "bucket": "tiles", "endpoint": "http://127.0.0.1:9", "key": "",
    }  # fmt: skip


DENIED = ClientError({"Error": {"Code": "AccessDenied"}}, "Scan")


@pytest.mark.parametrize("error", [BotoCoreError(), DENIED, ValueError("x")])
def test_what_the_sdk_raises_is_told_with_what_was_done_and_anything_else_goes_on(error: Exception) -> None:
    with pytest.raises(ServiceError, match="reading the table failed"), translate_errors("reading the table"):
        raise error
    with pytest.raises(KeyError), translate_errors("reading the table"):
        raise KeyError("ours")


def test_a_key_that_may_not_be_read_is_told_by_the_call_that_aws_knows(live: Live) -> None:
    def refused(**_arguments: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetPublicKey")

    live._kms.get_public_key = refused
    owner = live.with_names(dataclasses.replace(live.names, key_arn="arn:aws:kms:us-east-1:000000000000:key/1"))
    with pytest.raises(ServiceError, match="get_public_key failed"):
        owner.verifier_key()
