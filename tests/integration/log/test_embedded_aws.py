"""The log on the embedded AWS: racing writers, the real sealer function, and the live verifier over HTTPS."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from handlers import sealer

from tapeproof.auditing import drill
from tapeproof.auditing.export import ExportOptions
from tapeproof.auditing.live_drill import drill_live
from tapeproof.auditing.operations import make_pin, verify_live, write_json
from tapeproof.auditing.source import Live, Names
from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.workspace import Workspace
from tapeproof.log.decision import Decision, witness_lines
from tapeproof.log.entry import parse
from tapeproof.log.lane import CodeIdentity
from tapeproof.log.note import VerifierKey
from tapeproof.log.writer import AuditWriter
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options
from tests.effort import SOAKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.embedded_aws

ORIGIN = "tapeproof.example/embedded"
GROUP = "/aws/lambda/lambda-trade-race"
WRITERS, EVENTS = 8, 25
SOME = {"edit an entry and recompute its hash", "delete a record", "delete CloudWatch lines", "roll the store back"}


class Context:
    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 60_000


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Names]:
    workspace = Workspace(tmp_path_factory.mktemp("embedded"))
    server = EmbeddedAws(workspace)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.start().environment().items():
            patch.setenv(name, value)
        try:
            yield _resources(patch)
        finally:
            server.stop()
            sealer._sealer.cache_clear()


def _resources(patch: pytest.MonkeyPatch) -> Names:
    dynamodb = boto3.client("dynamodb")
    for table in ("table-audit-race", "table-market-race"):
        dynamodb.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "S"},
                {"AttributeName": "sk", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )
    boto3.client("s3").create_bucket(Bucket="bucket-tiles-race")
    boto3.client("logs").create_log_group(logGroupName=GROUP)
    boto3.client("logs").create_log_stream(logGroupName=GROUP, logStreamName="stream")
    key = boto3.client("kms").create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")["KeyMetadata"]["Arn"]
    names = Names(ORIGIN, "table-audit-race", "table-market-race", "bucket-tiles-race", key, (GROUP,))
    settings = {"AUDIT_TABLE": names.audit_table, "LOG_ORIGIN": ORIGIN, "TILE_BUCKET": names.bucket}
    for name, value in {**settings, "CHECKPOINT_KEY_ARN": key, "ENVIRONMENT_SUFFIX": "race"}.items():
        patch.setenv(name, value)
    sealer._sealer.cache_clear()
    return names


def _decision(number: int) -> Decision:
    body = f'{{"price":"{number}.10"}}'
    put = {"pk": {"S": "trade#race#BTC-USD"}, "sk": {"S": f"{number:020d}"}, "body": {"S": body}}
    return Decision(
        "RECORDED",
        f"evt-{number}",
        f"trade#race#BTC-USD#{number}#1",
        "marketdata.race",
        str(number),
        body.encode(),
        (put,),
    )


def _race(names: Names) -> tuple[list[Any], list[BaseException]]:
    done: list[Any] = []
    failures: list[BaseException] = []

    def write(shift: int) -> None:
        try:
            writer = AuditWriter(
                boto3.client("dynamodb"),
                audit_table=names.audit_table,
                market_table=names.market_table,
                origin=ORIGIN,
                function="lambda-trade-race",
                identity=CodeIdentity("ab" * 32, "0.1.0"),
            )
            # All writers get all events, each in another order: every event is delivered eight times.
            for at in range(EVENTS):
                decision = _decision((at * 7 + shift * 3) % EVENTS)
                done.extend(writer.commit([decision], request_id=f"req-{shift}", remaining_ms=lambda: 30_000))
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=write, args=(shift,)) for shift in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, failures


@pytest.fixture(scope="module")
def done(log: Names) -> list[Any]:
    """What eight racing writers committed; it has its witness lines and is sealed."""
    done, failures = _race(log)
    assert failures == []
    now = time.time_ns() // 10**6
    events = [{"timestamp": now, "message": line} for line in witness_lines(done)]
    logs = boto3.client("logs")
    for first in range(0, len(events), 50):
        logs.put_log_events(logGroupName=GROUP, logStreamName="stream", logEvents=events[first : first + 50])
    assert sealer.handler({}, Context())["entries"] == EVENTS * WRITERS
    return done


def test_every_attack_on_a_copy_of_the_log_is_detected_and_the_copy_is_removed(
    log: Names, done: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not SOAKING:
        monkeypatch.setattr(drill, "ATTACKS", tuple(one for one in drill.ATTACKS if one.title in SOME))
        monkeypatch.setattr(drill, "COMBINED", 1)
    before = boto3.client("dynamodb").list_tables()["TableNames"]
    outcomes = drill_live(Live(log), ExportOptions(line_lag_ns=0), jobs=1)
    assert [one for one in outcomes if one.detected is False] == []
    assert sum(one.detected is True for one in outcomes) >= len(SOME)
    assert boto3.client("dynamodb").list_tables()["TableNames"] == before
    assert verify_live(Live(log), export_options=ExportOptions(line_lag_ns=0)).counts["entries"] == len(done)


def test_eight_racing_writers_leave_one_log_without_forks_that_verifies_live(
    log: Names, done: list[Any], tmp_path: Path
) -> None:
    acts = [one.act for one in done]
    assert (acts.count("RECORDED"), acts.count("DUPLICATE")) == (EVENTS, EVENTS * (WRITERS - 1))
    openings = [parse(one.entry_bytes).fields["gen"]["reason"] for one in done if one.seq == 0]
    assert openings == ["environment"] * WRITERS

    source = Live(log)
    kept = tmp_path / "export"
    report = verify_live(source, export_options=ExportOptions(line_lag_ns=0), keep=kept)
    assert report.findings == []
    assert report.verdict is Verdict.VERIFIED, "the key comes from KMS and every entry has its witness line"
    assert report.counts["records"] == EVENTS
    assert report.counts["witness lines"] == EVENTS * WRITERS

    pin = tmp_path / "pin.json"
    write_json(pin, make_pin(kept, [VerifierKey.parse(str(source.verifier_key()))]))
    victim = boto3.client("dynamodb").query(
        TableName=log.audit_table,
        KeyConditionExpression="pk = :pk AND sk = :sk",
        ExpressionAttributeValues={":pk": {"S": f"L#{done[0].lane}"}, ":sk": {"S": "0000000003"}},
    )["Items"][0]
    data = bytes(victim["b"]["B"]).replace(b"marketdata.race", b"marketdata.rave")
    boto3.client("dynamodb").put_item(TableName=log.audit_table, Item={**victim, "b": {"B": data}})
    report = verify_live(source, Options(pins=[read_pin(pin)]))
    assert report.verdict is Verdict.TAMPERED
    assert (Attack.ENTRY_EDITED, done[0].lane, 3) in {(one.attack, one.lane, one.seq) for one in report.findings}
    assert json.loads(json.dumps(report.as_json()))["verdict"] == "TAMPERED"
