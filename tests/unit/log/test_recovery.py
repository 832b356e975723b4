"""The sealer goes on from what the log has published, and from nothing that somebody wrote into the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log import head as heads
from tapeproof.log.errors import AuditError
from tapeproof.log.head import Cursor, Head, SigningKey, with_pages
from tapeproof.log.note import VerifierKey
from tapeproof.log.recovery import recover_head
from tapeproof.log.sealer import SealerError
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, T0, World, populated, verified
from tests.unit.verifier.forging import first_lane, forge

if TYPE_CHECKING:
    from pathlib import Path


def stored(world: World) -> Head:
    head = world.table().head()
    assert head is not None
    return Head.from_item(head)


def recovered(world: World) -> Head:
    key = VerifierKey.parse(world.vkey())
    return recover_head(world.bucket, ORIGIN, [key], SigningKey(world.key, str(key)), stored(world).version)


def _quiet() -> World:
    world = World()
    world.seal()
    return world


def _broken() -> World:
    world = populated(1)
    forge(world, first_lane(world), lambda data: data + b" ")
    world.seal()
    return world


def _long() -> World:
    world = populated()
    for _ in range(70):
        world.write(world.writer(), world.decision())
        world.seal()
    return world


def _clock_behind() -> World:
    world = World()
    world.write(world.writer(), world.decision())
    world.sealer().run(lambda: 60_000)
    world.now = T0 - MINUTE
    world.sealer().run(lambda: 60_000)
    world.now = T0 + MINUTE
    return world


def test_a_sealer_whose_clock_is_behind_at_the_turn_of_an_hour_forgets_no_lane(tmp_path: Path) -> None:
    world = _clock_behind()
    assert world.seal().entries == 0
    assert verified(world, tmp_path / "export").findings == []


@pytest.mark.parametrize("make", [populated, _quiet, _broken, _long, _clock_behind])
def test_a_head_is_made_again_from_what_is_published_alone(make: Any) -> None:  # noqa: ANN401 - makes a world
    world = make()
    found, head = recovered(world), stored(world)
    assert (found.state(), found.frontier.root(), found.published) == (head.state(), head.frontier.root(), head.size)
    assert (found.cursors, found.closed, found.key) == (head.cursors, head.closed, head.key)
    del world.model.items["audit", "C", "HEAD"]
    world.model.items["audit", "C", "HEAD"] = found.item()
    world.write(world.writer(), world.decision())
    assert world.seal().entries == 1


@pytest.mark.parametrize(
    "forge_head",
    [
        lambda head: replace(head, closed="2099010100"),
        lambda head: replace(head, cursors={hour: {} for hour in head.cursors}),
        lambda head: replace(
            head, cursors={hour: dict.fromkeys(lanes, Cursor(99, bytes(32))) for hour, lanes in head.cursors.items()}
        ),
    ],
    ids=["hours closed in 2099", "no cursors", "cursors ahead"],
)
def test_a_forged_head_stops_the_sealer_until_it_is_made_again(forge_head: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a function
    world = populated(1)
    honest = stored(world)
    world.write(world.writer(), world.decision())
    world.model.items["audit", "C", "HEAD"] = forge_head(honest).item()
    with pytest.raises(SealerError, match="goes on from other hours and lanes"):
        world.seal()
    world.model.items["audit", "C", "HEAD"] = recovered(world).item()
    assert world.seal().entries == 1
    assert verified(world, tmp_path / "export").findings == []


@pytest.mark.parametrize("damage", ["tile", "bundle", "checkpoint"])
def test_nothing_is_made_of_what_was_published_by_somebody_else(damage: str) -> None:
    world = populated(1)
    paths = {"tile": "tile/0/", "bundle": "tile/entries/", "checkpoint": "checkpoint"}
    path = max(path for path in world.bucket.files if path.startswith(paths[damage]))
    data = world.bucket.files[path]
    world.bucket.files[path] = data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]
    with pytest.raises(AuditError):
        recovered(world)


def test_very_many_lanes_do_not_stop_the_sealer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MAX_CURSOR_BYTES", 1_000)
    world = World()
    for _ in range(100):
        world.write(world.writer(), world.decision())
    assert world.seal().entries == 100
    pages = [sk for table, _, sk in world.model.items if table == "audit" and sk.startswith("LANES#")]
    assert len(pages) > 5
    world.write(world.writer(), world.decision())
    assert world.seal().entries == 1
    assert recovered(world).cursors == stored(world).cursors
    assert verified(world, tmp_path / "export").findings == []
    world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
    world.seal()
    world.seal()
    assert not [sk for table, _, sk in world.model.items if table == "audit" and sk.startswith("LANES#")]


def test_a_page_that_was_changed_is_not_gone_on_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MAX_CURSOR_BYTES", 1_000)
    world = World()
    for _ in range(30):
        world.write(world.writer(), world.decision())
    world.seal()
    key = min(key for key in world.model.items if key[2].startswith("LANES#"))
    world.model.items[key] = {**world.model.items[key], "b": {"B": b"x"}}
    with pytest.raises(AuditError, match="is missing or was changed"):
        world.seal()
    assert with_pages({"cursors": {"B": b""}}, lambda _: None) == {"cursors": {"B": b""}}
