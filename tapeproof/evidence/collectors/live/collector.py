"""Collects one service: what there is, what each resource is like, and the calls that said so."""

from __future__ import annotations

from collections import Counter
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tapeproof.account import compute, messaging, observability, security, storage
from tapeproof.account.asking import Account, Asker
from tapeproof.account.errors import AccountError
from tapeproof.account.origin import host_of, is_aws_host
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.model import Population
from tapeproof.evidence.provenance import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.account.observation import Observation
    from tapeproof.evidence.collection import Context
    from tapeproof.evidence.collectors.live.address_book import AddressBook
    from tapeproof.evidence.workspace import ItemWriter

__all__ = ["SERVICES", "Service", "ServiceCollector", "live_collectors"]


class Service(NamedTuple):
    """What is asked of one service.

    Attributes:
        name: Last part of the item's id.
        title: For people.
        types: Terraform types that it lists whole.
        observe: Asks and yields what it finds.
    """

    name: str
    title: str
    types: tuple[str, ...]
    observe: Callable[[Asker, str], Iterator[Observation]]


SERVICES: Final = (
    Service("dynamodb", "DynamoDB tables", ("aws_dynamodb_table",), storage.tables),
    Service("s3", "S3 buckets", ("aws_s3_bucket",), storage.buckets),
    Service("lambda", "Lambda functions", ("aws_lambda_function",), compute.functions),
    Service("sqs", "SQS queues", ("aws_sqs_queue",), messaging.queues),
    Service("sns", "SNS topics", ("aws_sns_topic",), messaging.topics),
    Service(
        "events",
        "EventBridge buses and rules",
        ("aws_cloudwatch_event_bus", "aws_cloudwatch_event_rule"),
        messaging.buses_and_rules,
    ),
    Service("scheduler", "EventBridge schedules", ("aws_scheduler_schedule",), messaging.schedules),
    Service("logs", "CloudWatch log groups", ("aws_cloudwatch_log_group",), observability.log_groups),
    Service("cloudwatch", "CloudWatch alarms", ("aws_cloudwatch_metric_alarm",), observability.alarms),
    Service("iam", "IAM roles", ("aws_iam_role",), security.roles),
    Service("kms", "KMS keys", ("aws_kms_key",), security.keys),
)


class ServiceCollector:
    """Collects one item, ``live-SERVICE``.

    Args:
        service: What is asked.
        account: Who is asked, or why nobody can be.
        book: Names resources by address.
        suffix: Environment suffix that the names of the population end with.
    """

    def __init__(self, service: Service, account: Account | AccountError, book: AddressBook, suffix: str) -> None:
        self.name = f"live: {service.title}"
        self._service, self._account, self._book, self._suffix = service, account, book, suffix

    def collect(self, context: Context) -> None:
        """Collect the item."""
        service = self._service
        asserts = context.library.judged_at("live", service.types)
        with context.item(
            f"live-{service.name}", service.title, collector="live", stage="live", judge="criteria", asserts=asserts
        ) as out:
            if isinstance(self._account, AccountError):
                raise self._account
            if not self._suffix:
                raise CollectionError("live evidence needs the environment suffix", fix="name it with --suffix")
            asker = Asker(self._account)
            lines = sorted(self._observe_resources(asker), key=lambda line: str(line["resource"]))
            self._write(out, lines, asker, self._account)

    def _observe_resources(self, asker: Asker) -> Iterator[dict[str, Any]]:
        for found in self._service.observe(asker, self._suffix):
            yield {
                "resource": self._book.address(found.kind, found.identity),
                "type": found.kind,
                "identity": found.identity,
                "calls": asker.take_calls(),
                "value": found.value,
            }

    def _write(self, out: ItemWriter, lines: list[dict[str, Any]], asker: Asker, account: Account) -> None:
        item, further = out.item, asker.take_calls()
        item.judged = "raw/resources.jsonl"
        out.lines(item.judged, lines)
        out.lines("raw/further-calls.jsonl", further)
        out.lines("raw/outside.jsonl", ({"type": kind, "name": name} for kind, name in sorted(asker.outside)))
        noted = [*(call for line in lines for call in line["calls"]), *further]
        calls = list({id(call): call for call in noted}.values())  # several resources may rest on one answer
        hosts = sorted({host_of(call["endpoint"]) for call in calls})
        out.item.simulated = out.item.simulated or any(not is_aws_host(host) for host in hosts)
        counted = Counter(f"{call['service']}:{call['operation']}" for call in calls)
        item.source = {
            "kind": "api",
            "account": account.account,
            "region": account.region,
            "endpoint": account.endpoint or "AWS",
            "hosts": hosts,
            "answered": _find_answer_times(calls),
            "calls": [{"operation": name, "count": count} for name, count in sorted(counted.items())],
        }
        query = f"{self._service.title} whose name ends with -{self._suffix}"
        item.population = Population(query, len(lines), "resources")


def _find_answer_times(calls: list[dict[str, Any]]) -> dict[str, str] | None:
    """Return the first and the last of the times that AWS itself put on its answers; None when it put none."""
    dates = sorted(iso(parsedate_to_datetime(call["date"])) for call in calls if call["date"])
    return {"from": dates[0], "to": dates[-1]} if dates else None


def live_collectors(account: Account | AccountError, book: AddressBook, suffix: str) -> list[ServiceCollector]:
    """Return a collector for each service."""
    return [ServiceCollector(service, account, book, suffix) for service in SERVICES]
