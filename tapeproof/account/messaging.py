"""SQS queues, SNS topics, EventBridge buses and rules, schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.account.observation import Observation, is_kept_by_aws, parse_document, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.account.asking import Asker

__all__ = ["buses_and_rules", "queues", "schedules", "topics"]


def queues(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each queue with its attributes and what polls it."""
    urls = list(asker.pages("sqs", "list_queues", "QueueUrls"))
    mappings = list(asker.pages("lambda", "list_event_source_mappings", "EventSourceMappings"))
    for url in urls:
        name = url.rsplit("/", 1)[-1]
        if not asker.is_chosen("aws_sqs_queue", name, suffix):
            continue
        attributes = asker.ask("sqs", "get_queue_attributes", QueueUrl=url, AttributeNames=["All"])["Attributes"]
        arn = attributes.get("QueueArn", "")
        value = {
            "Name": name,
            "Region": region_of(arn),
            "Attributes": {
                **attributes,
                "Policy": parse_document(attributes.get("Policy")),
                "RedrivePolicy": parse_document(attributes.get("RedrivePolicy")),
            },
            "Consumers": [one["UUID"] for one in mappings if one.get("EventSourceArn") == arn],
        }
        yield Observation("aws_sqs_queue", name, value)


def topics(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each topic with its attributes."""
    for topic in list(asker.pages("sns", "list_topics", "Topics")):
        arn = topic["TopicArn"]
        name = arn.rsplit(":", 1)[-1]
        if asker.is_chosen("aws_sns_topic", name, suffix):
            attributes = asker.ask("sns", "get_topic_attributes", TopicArn=arn)["Attributes"]
            attributes = {**attributes, "Policy": parse_document(attributes.get("Policy"))}
            value = {"Name": name, "Region": region_of(arn), "Attributes": attributes}
            yield Observation("aws_sns_topic", name, value)


def buses_and_rules(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each bus of the environment, and each rule with its targets."""
    for bus in list(asker.pages("events", "list_event_buses", "EventBuses")):
        if asker.is_chosen("aws_cloudwatch_event_bus", bus["Name"], suffix):
            value = {"Name": bus["Name"], "Region": region_of(bus.get("Arn", "")), "EventBus": bus}
            yield Observation("aws_cloudwatch_event_bus", bus["Name"], value)
        for rule in list(asker.pages("events", "list_rules", "Rules", EventBusName=bus["Name"])):
            chosen = not is_kept_by_aws(rule) and asker.is_chosen("aws_cloudwatch_event_rule", rule["Name"], suffix)
            if chosen:
                targets = list(
                    asker.pages(
                        "events", "list_targets_by_rule", "Targets", Rule=rule["Name"], EventBusName=bus["Name"]
                    )
                )
                described = {**rule, "EventPattern": parse_document(rule.get("EventPattern"))}
                region = region_of(rule.get("Arn", ""))
                value = {"Name": rule["Name"], "Region": region, "Rule": described, "Targets": targets}
                yield Observation("aws_cloudwatch_event_rule", rule["Name"], value)


def schedules(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each schedule."""
    for listed in list(asker.pages("scheduler", "list_schedules", "Schedules")):
        if asker.is_chosen("aws_scheduler_schedule", listed["Name"], suffix):
            group = listed.get("GroupName", "default")
            schedule = asker.ask("scheduler", "get_schedule", Name=listed["Name"], GroupName=group)
            value = {"Name": listed["Name"], "Region": region_of(schedule.get("Arn", "")), "Schedule": schedule}
            yield Observation("aws_scheduler_schedule", listed["Name"], value)
