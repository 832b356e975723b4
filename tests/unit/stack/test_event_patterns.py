"""Every event is taken by exactly one of the routes and the catch-all, whatever the route map."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from moto.events.models import EventPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TYPES = ["Book", "Quote", "Status", "Trade", "trade", "Trade "]
SOURCES = [f"marketdata.{venue}" for venue in ("bitstamp", "coinbase", "gemini", "kraken")]
STRANGERS = ["marketdata.nyse", "marketdata", "marketdata.coinbase.test", "bank.desk"]
FIELDS = ["schema", "symbol", "venue"]
VALUES = ["BTC-EUR", "BTC-USD", "native/1", "coinbase", ""]
ROUTE_MAPS = 40
EVENTS_PER_MAP = 250

HARNESS = """
locals {
  route_maps = jsondecode(file("${path.module}/route_maps.json"))
}

module "patterns" {
  source   = "./patterns"
  for_each = local.route_maps
  routes   = each.value
}

output "patterns" {
  value = { for key, module in module.patterns : key => merge(module.routes, { quarantine = module.catch_all }) }
}
"""


def _route_map(chance: random.Random) -> dict[str, Any]:
    """A valid map: no pair of source and detail type in two routes."""
    free = {(source, kind) for source in SOURCES for kind in TYPES}
    routes: dict[str, Any] = {}
    for name in "abcdef"[: chance.randint(1, 6)]:
        sources = chance.sample(SOURCES, chance.randint(1, len(SOURCES)))
        kinds = [kind for kind in TYPES if all((source, kind) in free for source in sources)]
        if not kinds:
            continue
        kinds = chance.sample(kinds, chance.randint(1, len(kinds)))
        free -= {(source, kind) for source in sources for kind in kinds}
        narrowed = chance.sample(FIELDS, chance.choice([0, 0, 1, 2]))
        pattern = {field: chance.sample([v for v in VALUES if v], chance.randint(1, 3)) for field in narrowed}
        routes[name] = {"detail_types": kinds, "sources": sources, "pattern": pattern}
    return routes


def _event(chance: random.Random) -> dict[str, Any]:
    present = chance.sample(FIELDS, chance.randint(0, len(FIELDS)))
    odd: list[Any] = [7, 1.5, True, None, {"nested": "BTC-USD"}]
    detail = {field: chance.choice(VALUES + odd) for field in present}
    return {
        "source": chance.choice(SOURCES * 3 + STRANGERS),
        "detail-type": chance.choice([*TYPES, *TYPES, "Weird", ""]),
        "detail": detail,
    }


@pytest.fixture(scope="module")
def route_maps() -> dict[str, Any]:
    chance = random.Random(20)
    return {f"map{index}": _route_map(chance) for index in range(ROUTE_MAPS)}


@pytest.fixture(scope="module")
def patterns(
    terraform: Callable, stack_folder: Path, route_maps: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """The event patterns that Terraform makes of the route maps."""
    folder = tmp_path_factory.mktemp("patterns")
    shutil.copytree(stack_folder / "modules" / "event_bus" / "patterns", folder / "patterns")
    (folder / "main.tf").write_text(HARNESS)
    (folder / "route_maps.json").write_text(json.dumps(route_maps))
    for command in (["init"], ["apply", "-auto-approve"]):
        done = terraform(*command, "-input=false", "-no-color", folder=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    made = json.loads(terraform("output", "-json", "patterns", folder=folder).stdout)
    assert isinstance(made, dict)
    return made


def _takers(patterns: dict[str, str], event: dict[str, Any]) -> Iterator[str]:
    for name, pattern in patterns.items():
        if EventPattern.load(pattern).matches_event(event):  # type: ignore[arg-type]
            yield name


def _expected(routes: dict[str, Any], event: dict[str, Any]) -> str:
    """The taker by the words of the variable's description, not by any pattern."""
    for name, route in routes.items():
        taken = event["source"] in route["sources"] and event["detail-type"] in route["detail_types"]
        if taken and all(event["detail"].get(field) in values for field, values in route["pattern"].items()):
            return name
    return "quarantine"


def test_every_event_has_exactly_the_one_taker_that_the_route_map_says(
    patterns: dict[str, dict[str, str]], route_maps: dict[str, Any]
) -> None:
    chance = random.Random(11)
    seen: set[str] = set()
    for key, routes in route_maps.items():
        for _ in range(EVENTS_PER_MAP):
            event = _event(chance)
            expected = _expected(routes, event)
            assert list(_takers(patterns[key], event)) == [expected], (routes, event)
            seen.add(expected)
    assert {"a", "b", "c", "quarantine"} <= seen
