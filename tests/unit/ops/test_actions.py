"""The subcommands that write: what they refuse, and what their statuses say."""

from __future__ import annotations

import json
from argparse import Namespace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.ops import actions
from tapeproof.ops.actions import redrive, replay, status
from tapeproof.ops.errors import OperationError
from tapeproof.ops.manifest import ManifestWriter, Planned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Queue:
    """A dead-letter queue in memory."""

    def __init__(self, *bodies: str) -> None:
        self.bodies = list(bodies)
        self.deleted: list[str] = []

    def receive_message(self, **_: object) -> dict[str, Any]:
        bodies, self.bodies = self.bodies, []
        messages = [{"MessageId": f"m{n}", "ReceiptHandle": f"r{n}", "Body": body} for n, body in enumerate(bodies)]
        return {"Messages": messages}

    def get_queue_attributes(self, AttributeNames: list[str], **_: object) -> dict[str, Any]:  # noqa: N803
        return {"Attributes": {name: "arn" if name == "QueueArn" else str(len(self.bodies)) for name in AttributeNames}}

    def delete_message(self, ReceiptHandle: str, **_: object) -> None:  # noqa: N803 - AWS's name
        self.deleted.append(ReceiptHandle)

    def delete_message_batch(self, Entries: list[dict[str, str]], **_: object) -> dict[str, Any]:  # noqa: N803
        self.deleted += [entry["ReceiptHandle"] for entry in Entries]
        return {"Successful": Entries}

    def change_message_visibility_batch(self, **_: object) -> dict[str, Any]:
        return {}

    def change_message_visibility(self, **_: object) -> None:
        return None


class Audit:
    """An audit table without a decision in it."""

    def poll(self, **_: object) -> list[Any]:
        return []


@pytest.fixture
def find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Callable[[], Any]]:
    """Return a function that makes what finds a stack with a dead-letter queue."""
    monkeypatch.setattr("tapeproof.ops.replay.AuditTail", lambda *_: Audit())

    def make(*bodies: str) -> Callable[[], Any]:
        queue = Queue(*bodies)
        target = SimpleNamespace(client=lambda _: queue, name="AWS account", is_embedded=False)
        outputs = SimpleNamespace(
            event_bus_name="bus", audit_table_name="audit", routes={}, function_names={"quarantine": "q"},
            dlq_urls={"trade": "url"}, queue_urls={}, delivery=lambda _: "direct",
        )  # fmt: skip
        return lambda: (target, outputs, tmp_path / "runs")

    return make


def test_an_invented_session_is_not_published_to_an_account_unasked(find: Callable[..., Callable[[], Any]]) -> None:
    asked = Namespace(captures=[], venue=None, limit=None, account=True, profile=None, built_in=False, seed=1)
    with pytest.raises(OperationError) as refused:
        replay(asked, find())
    assert "name a capture; or add --built-in" in refused.value.diagnostics()


def test_a_stack_without_a_run_says_how_to_publish_one(
    find: Callable[..., Callable[[], Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(Namespace(manifest=None), find()) == 0
    told = capsys.readouterr().out
    assert "AWS account: event bus bus" in told
    assert "dead letters: 0\n" in told
    assert "no run yet: publish one with `tapeproof ops replay`" in told


def test_a_run_of_which_something_is_missing_has_a_status_of_its_own(
    find: Callable[..., Callable[[], Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = ManifestWriter(tmp_path / "runs", "a session", 1_718_000_000_000_000_000)
    writer.intend([Planned(0, "kraken", "Trade", "record", ("k0",))])
    writer.record_answer({0: "event-0"}, {}, 1_718_000_000_000_000_001)
    writer.close()
    assert status(Namespace(manifest=None), find()) == actions.EXIT_DIFFERENCE
    told = capsys.readouterr().out
    assert "a session, 1 published, cut off" in told
    assert "missing: Trade of kraken, event event-0, key k0" in told


def test_a_queue_that_is_not_there_is_refused_with_those_that_are(find: Callable[..., Callable[[], Any]]) -> None:
    with pytest.raises(OperationError) as refused:
        redrive(Namespace(queue=["trade", "book"]), find())
    assert "there is no dead-letter queue book" in refused.value.diagnostics()
    assert "name one of trade" in refused.value.diagnostics()


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [((), 0), (("no json \x1b[2J",), actions.EXIT_DIFFERENCE), ((json.dumps({"a": 1}),), actions.EXIT_DIFFERENCE)],
)
def test_what_cannot_be_handed_on_stays_and_is_named(
    find: Callable[..., Callable[[], Any]], capsys: pytest.CaptureFixture[str], bodies: tuple[str, ...], expected: int
) -> None:
    assert redrive(Namespace(queue=None), find(*bodies)) == expected
    told = capsys.readouterr().out
    assert "redriven: 0 to their function, 0 to their queue" in told
    assert told.count("stays in trade: message m0") == len(bodies)
    assert "\x1b" not in told
