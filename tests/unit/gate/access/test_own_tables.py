"""Each role of the project's own stack tries every kind of item and every action on its tables: it may what is its own.

DynamoDB's leading keys mean nothing on the embedded AWS, so the model decides; what that enforces is in the end-to-end
tests of least privilege.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.document import Document, Names, Statement
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.request import Request
from tapeproof.gate.access.site import Site, site_of
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.log.table import SHARDS
from tests.places import PROJECT

HOUR, LANE, SUFFIX = "2026112921", "0123456789abcdef" * 2, "dev"
PROCESSORS = ("trade", "quote", "book", "status", "quarantine")
ROLES = (*PROCESSORS, "sealer")
ACTIONS = (
    "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "GetItem", "Query", "Scan", "BatchGetItem",
    "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete", "PartiQLSelect", "DeleteTable", "UpdateTable",
    "PutResourcePolicy", "DeleteResourcePolicy", "UpdateTimeToLive", "UpdateContinuousBackups",
    "ExportTableToPointInTime",
)  # fmt: skip
AUDIT_ITEMS = {
    "head, checkpoints and requests": "C",
    **{f"a lane of {role}": f"L#{HOUR}.lambda-{role}-{SUFFIX}.{LANE}" for role in ROLES},
    **{f"list of lanes {shard}": f"E#{HOUR}#{shard}" for shard in range(SHARDS)},
    "nothing of ours": "X",
}
MARKET_ITEMS = {
    "a record": "trade#kraken#BTC-USD#2026112921",
    "the newest": "LATEST#BTC-USD",
    "a rejection": "REJECTED#kraken#2026112921#3",
}
WRITES = frozenset(ACTIONS[:4]) | {"PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"}
ADMINISTRATOR = Document((Statement("Allow", Names(("*",)), Names(("*",))),), "an administrator's")


@cache
def _site() -> Site:
    return site_of(read(PROJECT / "stack", var_files=[PROJECT / "stack" / "environments" / "dev.tfvars"]))


def _table(kind: str) -> tuple[str, Document | None]:
    site = _site()
    (table,) = (one for one in site.stack.resources("aws_dynamodb_table") if one.address.endswith(f"table.{kind}"))
    return site.world.arn(table), site.guard_of(table)


def _ask(principal: Principal, identity: tuple[Document, ...], action: str, kind: str, partition: str) -> bool:
    arn, guard = _table(kind)
    account = _site().world.account
    context = {
        "aws:principalarn": (principal.name,),
        "aws:securetransport": ("true",),
        "dynamodb:leadingkeys": (partition,),
    }
    request = Request(principal, f"dynamodb:{action}", arn, account, context)
    answer = decide(Policies(identity, resource=guard), request).answer
    assert answer in {Answer.ALLOWED, Answer.DENIED}, (principal.name, action, partition, answer)
    return answer is Answer.ALLOWED


def _may(role: str, action: str, kind: str, partition: str) -> bool:
    site = _site()
    name = f"role-lambda-{role}-{SUFFIX}"
    (resource,) = (one for one in site.stack.resources("aws_iam_role") if site.world.name(one) == name)
    identity = tuple(one.document for one in site.holdings.identity(resource))
    return _ask(site.principal_of(resource), identity, action, kind, partition)


def _is_due(role: str, action: str, kind: str, partition: str) -> bool:
    """Return whether a role's work needs an action on a partition."""
    if role == "sealer":
        return kind == "audit" and (action in {"GetItem", "Query"} or (action == "PutItem" and partition == "C"))
    own = partition.startswith(("E#", f"L#{HOUR}.lambda-{role}-{SUFFIX}."))
    return action == "PutItem" and (kind == "market" or own)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("kind", "items"), [("audit", AUDIT_ITEMS), ("market", MARKET_ITEMS)])
def test_a_role_may_what_its_work_needs_and_nothing_else(role: str, kind: str, items: dict[str, str]) -> None:
    tried = list(product(ACTIONS, items.items()))
    wrong = [
        (action, what)
        for action, (what, key) in tried
        if _may(role, action, kind, key) != _is_due(role, action, kind, key)
    ]
    assert (wrong, len(tried)) == ([], len(ACTIONS) * len(items))


@pytest.mark.parametrize("name", ["role/administrator", "role/role-lambda-trade-prod", "user/somebody", "root"])
@pytest.mark.parametrize(
    ("kind", "partition"), [("audit", "C"), ("audit", f"E#{HOUR}#0"), ("market", "LATEST#BTC-USD")]
)
def test_a_grant_elsewhere_in_the_account_does_not_write_to_a_table(name: str, kind: str, partition: str) -> None:
    account = _site().world.account
    kinds = {"role": "role", "user": "user"}
    principal = Principal(
        kinds.get(name.split("/", 1)[0], "root"), f"arn:aws:iam::{account}:{name}", account  # type: ignore[arg-type]
    )  # fmt: skip
    allowed = {action for action in ACTIONS if _ask(principal, (ADMINISTRATOR,), action, kind, partition)}
    assert allowed == set(ACTIONS) - WRITES


@pytest.mark.parametrize("role", PROCESSORS)
def test_a_processor_with_another_grant_still_does_not_write_the_head(role: str) -> None:
    account = _site().world.account
    principal = Principal("role", f"arn:aws:iam::{account}:role/role-lambda-{role}-{SUFFIX}", account)
    allowed = {action for action in ACTIONS if _ask(principal, (ADMINISTRATOR,), action, "audit", "C")}
    assert not allowed & WRITES


def test_the_stack_lies_where_the_test_reads_it() -> None:
    assert (PROJECT / "stack" / "main.tf").is_file()
    assert _table("audit")[1] is not None
    assert _table("market")[1] is not None
