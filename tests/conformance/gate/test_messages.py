"""The check of messages notices each kind of fault, and none where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.gate.messages import find_message_faults

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {
    "verdict": "fail",
    "message": "the queue has no policy",
    "fix": "add an aws_sqs_queue_policy",
    "expected": "a policy",
    "observed": "none",
    "file": "case/main.tf",
    "line": 1,
    "column": 1,
    "source_line": 'resource "aws_sqs_queue" "q" {}',
}


def faults_of(folder: Path, **changed: Any) -> list[str]:  # noqa: ANN401 - members of a JSON result
    case = folder / "case"
    case.mkdir()
    (case / "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n\nlocals {}\n', encoding="utf-8")
    return list(find_message_faults(PLAIN | changed, case))


def test_a_plain_message_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, message="aws_sqs_queue.q keeps messages for 1 day, or 12 days") == []


@pytest.mark.parametrize(
    "changed",
    [
        {"message": "recovery is None"},
        {"observed": "Decimal('1')"},
        {"message": "the  queue has no policy"},
        {"message": "the queue '' has no policy"},
        {"message": "the queue {target} has no policy"},
        {"message": "kept for 1 days"},
        {"message": "the the queue has no policy"},
        {"message": "aws_sqs_queue.other has no policy"},
        {"message": "the queue has no policy."},
        {"message": ""},
        {"fix": ""},
        {"fix": "kept = true", "source_line": "  kept = true # so it is"},
        {"line": 99},
        {"line": None},
        {"line": 2},
        {"column": 99},
    ],
    ids=lambda changed: " ".join(f"{name}={value}" for name, value in changed.items()) or None,
)
def test_each_kind_of_fault_is_noticed(changed: dict[str, Any], tmp_path: Path) -> None:
    assert len(faults_of(tmp_path, **changed)) == 1
