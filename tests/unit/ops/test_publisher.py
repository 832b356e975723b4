"""Publishing: full batches, retries of what was not taken, and every answer on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tapeproof.ops.errors import PublishError
from tapeproof.ops.manifest import ManifestWriter, Planned, read_manifest
from tapeproof.ops.publication import MAX_ENTRY_BYTES, Publication
from tapeproof.ops.publisher import ATTEMPTS, MAX_ENTRIES, Publisher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Bus:
    """A bus that answers each entry as it is told to."""

    def __init__(self, answer: Callable[[int, str], str | None] = lambda _, __: None) -> None:
        self.calls: list[list[dict[str, Any]]] = []
        self._answer = answer

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - the SDK's name
        self.calls.append(Entries)
        answers: list[dict[str, str]] = []
        for entry in Entries:
            refused = self._answer(len(self.calls), entry["Detail"])
            if refused:
                answers.append({"ErrorCode": refused, "ErrorMessage": "said the bus"})
            else:
                answers.append({"EventId": f"event-{entry['Detail']}"})
        return {"Entries": answers, "FailedEntryCount": sum("ErrorCode" in answer for answer in answers)}


def _publication(n: int, detail: str = "") -> Publication:
    return Publication(Planned(n, "kraken", "Trade", "record", (f"key-{n}",)), "marketdata.kraken", detail or str(n))


@pytest.fixture
def writer(tmp_path: Path) -> ManifestWriter:
    return ManifestWriter(tmp_path, "test", 1)


def _publish(bus: Bus, writer: ManifestWriter, publications: list[Publication]) -> list[float]:
    pauses: list[float] = []
    publisher = Publisher(bus, "bus-market-data-test", writer, sleep=pauses.append)  # type: ignore[arg-type]
    for publication in publications:
        publisher.offer(publication)
    publisher.flush()
    writer.end("complete")
    return pauses


def test_events_go_in_batches_of_ten_with_source_type_and_bus(writer: ManifestWriter) -> None:
    bus = Bus()
    _publish(bus, writer, [_publication(n) for n in range(25)])
    assert [len(call) for call in bus.calls] == [MAX_ENTRIES, MAX_ENTRIES, 5]
    assert bus.calls[0][0] == {
        "EventBusName": "bus-market-data-test",
        "Source": "marketdata.kraken",
        "DetailType": "Trade",
        "Detail": "0",
    }
    assert len(read_manifest(writer.path).sent) == 25


def test_a_request_never_outgrows_what_the_bus_takes(writer: ManifestWriter) -> None:
    bus = Bus()
    _publish(bus, writer, [_publication(n, str(n) * 80_000) for n in range(8)])
    assert len(bus.calls) == 3
    assert all(sum(len(entry["Detail"]) for entry in call) <= MAX_ENTRY_BYTES for call in bus.calls)


def test_only_the_entries_that_failed_are_sent_again(writer: ManifestWriter) -> None:
    bus = Bus(lambda call, detail: "ThrottlingException" if call == 1 and detail in {"2", "5"} else None)
    pauses = _publish(bus, writer, [_publication(n) for n in range(10)])
    assert [[entry["Detail"] for entry in call] for call in bus.calls[1:]] == [["2", "5"]]
    assert pauses == [0.1]
    assert sorted(read_manifest(writer.path).sent) == list(range(10))


def test_attempts_are_bounded_and_the_reason_is_kept(writer: ManifestWriter) -> None:
    bus = Bus(lambda _, __: "InternalFailure")
    pauses = _publish(bus, writer, [_publication(0)])
    assert len(bus.calls) == ATTEMPTS
    assert pauses == sorted(pauses)
    assert read_manifest(writer.path).failed == {0: "InternalFailure: said the bus"}


def test_what_can_never_succeed_is_not_tried_again(writer: ManifestWriter) -> None:
    bus = Bus(lambda _, __: "NotAuthorizedForSourceException")
    _publish(bus, writer, [_publication(0)])
    assert len(bus.calls) == 1
    assert "NotAuthorized" in read_manifest(writer.path).failed[0]


def test_an_event_too_large_for_the_bus_is_refused_by_name_and_the_others_go(writer: ManifestWriter) -> None:
    bus = Bus()
    _publish(bus, writer, [_publication(0), _publication(1, "x" * (MAX_ENTRY_BYTES + 1)), _publication(2)])
    manifest = read_manifest(writer.path)
    assert sorted(manifest.sent) == [0, 2]
    assert "take 261,120" in manifest.failed[1]


def test_a_bus_that_cannot_be_reached_leaves_the_batch_uncertain(writer: ManifestWriter) -> None:
    class Unreachable(Bus):
        def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    publisher = Publisher(Unreachable(), "bus", writer)  # type: ignore[arg-type]
    publisher.offer(_publication(0))
    with pytest.raises(PublishError) as refused:
        publisher.flush()
    writer.close()
    assert "tapeproof ops status" in refused.value.diagnostics()
    assert [event.n for event in read_manifest(writer.path).uncertain] == [0]
