"""Queues, topics, buses, rules and schedules of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.messaging import buses_and_rules, queues, schedules, topics

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://sqs.eu-west-1.amazonaws.com/1/queue-dev"
ARN = "arn:aws:sqs:eu-west-1:1:queue-dev"


def test_a_queue_is_read_with_its_policies_and_what_polls_it(asker: Callable[..., Any]) -> None:
    script = {
        ("sqs", "list_queues"): [URL, URL.replace("dev", "prod")],
        ("sqs", "get_queue_attributes"): {"Attributes": {"QueueArn": ARN, "Policy": '{"Statement": []}'}},
        ("lambda", "list_event_source_mappings"): [
            {"UUID": "1", "EventSourceArn": ARN},
            {"UUID": "2", "EventSourceArn": f"{ARN}-2"},
            {"UUID": "3"},
        ],
    }
    (found,) = queues(asker(script), "dev")
    assert (found.kind, found.identity, found.value["Region"]) == ("aws_sqs_queue", "queue-dev", "eu-west-1")
    assert found.value["Attributes"]["Policy"] == {"Statement": []}
    assert found.value["Attributes"]["RedrivePolicy"] is None
    assert found.value["Consumers"] == ["1"]


def test_a_topic_is_named_by_the_end_of_its_arn(asker: Callable[..., Any]) -> None:
    arn = "arn:aws:sns:eu-west-1:1:topic-dev"
    script = {
        ("sns", "list_topics"): [{"TopicArn": arn}, {"TopicArn": "arn:aws:sns:eu-west-1:1:other"}],
        ("sns", "get_topic_attributes", arn): {"Attributes": {"Policy": "not json"}},
    }
    (found,) = topics(asker(script), "dev")
    assert (found.identity, found.value["Attributes"]["Policy"]) == ("topic-dev", "not json")


def test_rules_of_the_environment_are_found_on_every_bus(asker: Callable[..., Any]) -> None:
    script = {
        ("events", "list_event_buses"): [{"Name": "default"}, {"Name": "bus-dev", "Arn": "arn:aws:events:r:1:x"}],
        ("events", "list_rules", "default"): [{"Name": "rule-a-dev", "EventPattern": '{"source": ["a"]}'}],
        ("events", "list_rules", "bus-dev"): [{"Name": "rule-b-dev"}, {"Name": "rule-c"}],
        ("events", "list_targets_by_rule", "rule-a-dev", "default"): [{"Id": "1"}],
    }
    found = list(buses_and_rules(asker(script), "dev"))
    assert [one.identity for one in found] == ["rule-a-dev", "bus-dev", "rule-b-dev"]
    assert found[0].value["Rule"]["EventPattern"] == {"source": ["a"]}
    assert found[0].value["Targets"] == [{"Id": "1"}]
    assert found[2].value["Targets"] == []


def test_a_schedule_is_asked_for_in_its_group(asker: Callable[..., Any]) -> None:
    script = {
        ("scheduler", "list_schedules"): [{"Name": "a-dev", "GroupName": "own"}, {"Name": "b-dev"}, {"Name": "c"}],
        ("scheduler", "get_schedule", "a-dev", "own"): {"Arn": "arn:aws:scheduler:eu-west-1:1:schedule/own/a-dev"},
        ("scheduler", "get_schedule", "b-dev", "default"): {"State": "DISABLED"},
    }
    one, other = schedules(asker(script), "dev")
    assert (one.identity, one.value["Region"]) == ("a-dev", "eu-west-1")
    assert (other.value["Region"], other.value["Schedule"]) == ("", {"State": "DISABLED"})
