"""A change of the live stack loses no event: at no moment of the apply, in no order, and after no refusal."""

from __future__ import annotations

import copy
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.effort import SOAKING
from tests.unit.stack.orders import Way, find_loss, find_ways, read_versions, removed_receivers
from tests.unit.stack.recorded import Planned, Workbench, declared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.unit.stack.conftest import Block

pytestmark = pytest.mark.long

ALL = SOAKING
VENUES = ["bitstamp", "coinbase", "gemini", "kraken"]
ROUTES: dict[str, dict[str, Any]] = {
    "book": {"delivery": "buffered", "detail_types": ["Book"]},
    "old": {"detail_types": ["Old"], "retired": True},
    "quote": {"delivery": "buffered", "detail_types": ["Quote"]},
    "status": {"detail_types": ["Status"]},
    "trade": {"detail_types": ["Trade", "Auction"], "pattern": {"schema": ["native/1"]}},
}
BEFORE: dict[str, Any] = {
    "environment_suffix": "dev",
    "lambda_zip_path": "one.zip",
    "routes": ROUTES,
    "venues": VENUES,
}
EVENTS = [
    {"source": f"marketdata.{venue}", "detail-type": kind, "detail": {"schema": schema}}
    for venue in (*VENUES, "nyse", "stranger")
    for kind in ("Auction", "Book", "Imbalance", "Old", "Quote", "Status", "Trade")
    for schema in ("native/1", "other/1")
]


def _routes(**changed: dict[str, Any] | None) -> dict[str, Any]:
    merged = {name: {**ROUTES.get(name, {}), **(changed.get(name) or {})} for name in {**ROUTES, **changed}}
    return {"routes": {name: route for name, route in merged.items() if changed.get(name, route) is not None}}


CHANGES: dict[str, dict[str, Any]] = {
    "a venue is added": {"venues": [*VENUES, "nyse"]},
    "a venue is removed": {"venues": VENUES[1:]},
    "a route is added": _routes(imbalance={"delivery": "buffered", "detail_types": ["Imbalance"]}),
    "a route is retired": _routes(quote={"retired": True}),
    "a retired route is removed": _routes(old=None),
    "a route takes another's type": _routes(
        trade={"detail_types": ["Trade"]}, status={"detail_types": ["Status", "Auction"]}
    ),
    "a route takes more": _routes(trade={"pattern": {}}),
    "a route takes less": _routes(book={"pattern": {"schema": ["native/1"]}}),
    "direct becomes buffered": _routes(trade={"delivery": "buffered"}),
    "buffered becomes direct": _routes(book={"delivery": "direct"}),
    "code": {"lambda_zip_path": "two.zip"},
    "memory": _routes(trade={"memory_mb": 1024}),
    "keys": {"checkpoint_key_generations": ["1", "2"]},
    "retention": {"log_retention_days": 30, "dlq_retention_days": 7, "archive_retention_days": 7},
    "everything at once": {
        "lambda_zip_path": "two.zip",
        "venues": [*VENUES[1:], "nyse"],
        **_routes(
            book={"delivery": "direct"},
            imbalance={"detail_types": ["Imbalance"]},
            old=None,
            quote={"retired": True},
            status={"detail_types": ["Status", "Auction"], "memory_mb": 1024},
            trade={"delivery": "buffered", "detail_types": ["Trade"], "pattern": {}},
        ),
    },
}
NEVER_IN_THE_ROOT = {"module.change_watch", "terraform_data.suffix"}
ALWAYS = ["everything at once"]
"""Holds most of the others; each alone takes Terraform a quarter of a minute."""


@pytest.fixture(scope="module")
def workbench(terraform: Callable, stack_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("changes") / "stack"
    shutil.copytree(stack_folder, folder, ignore=shutil.ignore_patterns(".terraform", "examples", "local", "tests"))
    for name in ("one.zip", "two.zip"):
        (folder / name).write_text(name)
    _silence(folder / "modules" / "observability")
    bench = Workbench(terraform, folder)
    yield bench
    bench.close()


def _silence(module: Path) -> None:
    """Leave a module's outputs only: alarms deliver nothing, and are half of the time that a plan takes."""
    outputs = re.findall(r'^output "(\w+)"', (module / "outputs.tf").read_text(), re.MULTILINE)
    for file in module.glob("*.tf"):
        if file.name not in {"variables.tf", "versions.tf"}:
            file.unlink()
    values = {name: "[]" if name.endswith("names") else '"arn:aws:sns:us-east-1:123456789012:name"' for name in outputs}
    (module / "outputs.tf").write_text("\n".join(f'output "{name}" {{ value = {values[name]} }}' for name in outputs))


@pytest.fixture(scope="module")
def recorded(workbench: Workbench, stack_blocks: list[Block]) -> dict[str, Any]:
    ordered = {
        ".".join(block.labels)
        for block in stack_blocks
        if any(cycle.get("create_before_destroy") for cycle in block.body.get("lifecycle", []))
    }
    assert "aws_cloudwatch_event_rule.this" in ordered
    return workbench.record(BEFORE, lambda address: ".".join(address.split(".")[-2:]) in ordered)


@pytest.mark.parametrize("change", CHANGES if ALL else ALWAYS)
def test_each_event_can_be_delivered_at_every_moment_of(
    change: str, workbench: Workbench, recorded: dict[str, Any]
) -> None:
    planned = workbench.plan({**BEFORE, **CHANGES[change]}, recorded)
    steps = [one["address"] for one in planned.changes if one["change"]["actions"] not in (["no-op"], ["read"])]
    assert 0 < len(steps) < 60
    versions = read_versions(planned)
    for event in EVENTS:
        ways = find_ways(versions, event)
        assert ways, event
        assert find_loss(ways, planned.edges) is None, event
    removed = {address.split('["')[1].split('"]')[0] for address in removed_receivers(planned)}
    assert removed <= {"old"}, "what may still hold events is removed"


def test_another_suffix_is_refused_and_no_plan_is_left_to_apply(workbench: Workbench, recorded: dict[str, Any]) -> None:
    said = workbench.find_refusal({**BEFORE, "environment_suffix": "prod"}, recorded)
    assert said is not None
    assert "this state holds the system that ends with dev" in " ".join(said.replace("\u2502", " ").split())


def _in_the_root(address: str) -> str:
    return address.removeprefix("module.market_data_system").removeprefix(".")


def _as_it_was(state: dict[str, Any]) -> dict[str, Any]:
    """The state with everything where it lay before the system was a module: in the root itself."""
    earlier = copy.deepcopy(state)
    earlier["resources"] = [one for one in earlier["resources"] if one["type"] != "terraform_data"]
    for resource in earlier["resources"]:
        resource["module"] = _in_the_root(resource["module"])
        if not resource["module"]:
            del resource["module"]
        for instance in resource["instances"]:
            instance["dependencies"] = [_in_the_root(address) for address in instance["dependencies"]]
    return earlier


def test_a_state_from_before_the_module_is_moved_into_it_and_nothing_is_made_anew(
    workbench: Workbench, recorded: dict[str, Any]
) -> None:
    planned = [one for one in workbench.plan(BEFORE, _as_it_was(recorded)).changes if one["mode"] == "managed"]
    assert len(planned) > 100  # guards the recording
    planned = [
        one for one in planned if declared(one["address"]).partition(".market_data_system.")[2] not in NEVER_IN_THE_ROOT
    ]
    moved = {one["address"]: one.get("previous_address") for one in planned}
    assert moved == {address: _in_the_root(address) for address in moved}
    assert {one["address"] for one in planned if one["change"]["actions"] != ["no-op"]} == set()


def test_everything_of_the_system_that_once_lay_in_the_root_has_a_move(
    stack_blocks: list[Block], stack_folder: Path
) -> None:
    system = stack_folder / "modules" / "market_data_system"
    inside = {
        f"module.{block.labels[0]}" if block.kind == "module" else ".".join(block.labels)
        for block in stack_blocks
        if block.file.parent == system and block.kind in {"module", "resource"}
    } - NEVER_IN_THE_ROOT
    moves = [block.body for block in stack_blocks if block.kind == "moved" and block.file.parent == stack_folder]
    pairs = {re.sub(r"[${}]", "", move["from"]): re.sub(r"[${}]", "", move["to"]) for move in moves}
    assert pairs == {address: f"module.market_data_system.{address}" for address in inside}


def _opened(*steps: str) -> Way:
    return Way(frozenset(steps), frozenset())


def _closed(*steps: str) -> Way:
    return Way(frozenset(), frozenset(steps))


NET_AND_ROUTE = [_closed("net"), _opened("route")]


@pytest.mark.parametrize(
    ("ways", "edges", "lost"),
    [
        pytest.param([], {}, True, id="nothing takes it"),
        pytest.param([_opened()], {}, False, id="a rule stays"),
        pytest.param(NET_AND_ROUTE, {}, True, id="the net may narrow before the route widens"),
        pytest.param(NET_AND_ROUTE, {"net": {"route"}}, False, id="the net waits for the route"),
        pytest.param(NET_AND_ROUTE, {"net": {"any"}, "any": {"route"}}, False, id="it waits through another step"),
        pytest.param(
            [_closed("old"), _opened("rule", "grant")], {"old": {"rule"}}, True, id="the old rule waits for no grant"
        ),
        pytest.param(
            [_closed("old"), _opened("net"), _opened("new")], {"old": {"net"}}, False, id="either of two is enough"
        ),
        pytest.param([_closed("grant"), _opened("new")], {}, True, id="a permission goes before its target moves"),
    ],
)
def test_the_search_finds_a_loss_where_an_order_allows_one(
    ways: list[Way],
    edges: dict[str, set[str]],
    lost: bool,
) -> None:
    assert (find_loss(ways, edges) is not None) is lost


def _change(address: str, *actions: str) -> dict[str, Any]:
    return {
        "address": address,
        "mode": "managed",
        "type": "aws_sqs_queue",
        "change": {
            "actions": list(actions),
            "before": None if actions == ("create",) else {"name": address},
            "after": None if actions == ("delete",) else {"name": address},
        },
    }


def test_a_plan_is_read_as_what_stands_before_and_after_each_step() -> None:
    actions = {"kept": ["no-op"], "new": ["create"], "old": ["delete"], "moved": ["update"]}
    changes = [_change(name, *done) for name, done in {**actions, "swapped": ["create", "delete"]}.items()]
    planned = Planned(changes, {}, {"swapped (destroy deposed 0a)": {"swapped"}})
    assert [(one.address, one.made, one.gone) for one in read_versions(planned)] == [
        ("kept", None, None),
        ("new", "new", None),
        ("old", None, "old (destroy)"),
        ("moved", "moved", None),
        ("moved", None, "moved"),
        ("swapped", "swapped", None),
        ("swapped", None, "swapped (destroy deposed 0a)"),
    ]
    assert removed_receivers(planned) == {"old", "swapped"}
