"""What code asks of AWS, told from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.calls import find_calls
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("botocore", reason="the extra `aws` is not installed")


def calls(folder: Path, text: str) -> tuple[set[str], tuple[str, ...]]:
    (folder / "main.py").write_text(text, encoding="utf-8")
    found = find_calls([folder])
    return set(found.actions), found.unknown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('boto3.client("sqs").send_message(QueueUrl=q)', {"sqs:sendmessage"}),
        ('c = session.client(service_name="sqs")\nc.receive_message()', {"sqs:receivemessage"}),
        ('c = client("lambda")\nc.invoke()', {"lambda:invokefunction"}),
        ('s3 = boto3.client("s3")\ns3.head_object()\ns3.list_objects_v2()', {"s3:getobject", "s3:listbucket"}),
        ('boto3.client("s3").upload_file("a", "b", "c")', {"s3:putobject"}),
        ('boto3.client("stepfunctions").start_execution()', {"states:startexecution"}),
        ('boto3.client("events").put_events()', {"events:putevents"}),
        ('d = boto3.client("dynamodb")\nf = d.transact_get_items\nf()', {"dynamodb:getitem"}),
        ('boto3.client("sqs")\nprint("send_message")', set()),
        ("queue.send_message()", set()),
    ],
)
def test_a_method_of_a_client_is_the_action_that_it_needs(tmp_path: Path, text: str, expected: set[str]) -> None:
    assert calls(tmp_path, text) == (expected, ())


def test_a_method_counts_for_every_client_that_has_it(tmp_path: Path) -> None:
    text = 'boto3.client("sqs")\nboto3.client("sns")\nx.list_tags_for_resource()\nx.tag_queue()'
    assert calls(tmp_path, text)[0] == {"sns:listtagsforresource", "sqs:tagqueue"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("boto3.client(name)", "the client's name is computed"),
        ('getattr(boto3.client("sqs"), name)()', "the method's name is computed"),
        ('boto3.resource("dynamodb").Table("t").put_item()', "a boto3 resource is not looked through"),
    ],
)
def test_what_is_computed_is_told_as_not_known(tmp_path: Path, text: str, told: str) -> None:
    ((line),) = calls(tmp_path, f"\n{text}")[1]
    assert line.endswith(f"main.py:2: {told}")


def test_a_service_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="knows no such service"):
        calls(tmp_path, 'boto3.client("tapes")')


@pytest.mark.parametrize("text", ["def (", "x = '\x00'", "(" * 5_000])
def test_what_is_no_python_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(AccessError, match=r"main\.py: cannot be read as Python"):
        calls(tmp_path, text)


def test_a_folder_without_python_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="there is no Python here"):
        find_calls([tmp_path / "nowhere"])


def test_every_action_of_the_table_is_one_that_aws_has() -> None:
    known = {(row["service"], action) for row in rows("actions") for action in row["actions"].split()}
    named = {(row["service"], action) for row in rows("call_actions") for action in row["actions"].split()}
    assert named <= known
