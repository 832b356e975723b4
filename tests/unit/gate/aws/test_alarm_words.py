"""What is said of an alarm that never tells of trouble."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.alarm_words import fix_of, tell_miss
from tapeproof.gate.aws.alarms import Miss, Missed
from tapeproof.gate.engine.model import Known, Resource

QUEUE = Resource(type="aws_sqs_queue", address="aws_sqs_queue.dead", name="dead")


@pytest.mark.parametrize("why", list(Miss))
def test_each_miss_is_told_with_the_resource_and_a_way_out(why: Miss) -> None:
    missed = Missed(QUEUE, why, Known("x"), "QueueName")
    told = tell_miss(missed, QUEUE)
    assert told.startswith("does not tell of trouble at aws_sqs_queue.dead: ")
    assert not told.endswith(".")
    assert "{}" not in told + fix_of(missed)
    assert ("QueueName" in told) is ("QueueName" in fix_of(missed)) is (why in {Miss.HANDLE, Miss.DIMENSION})
