"""What a writer that was taken over once can do: entries of any form, chained as they should be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.log.canonical import canonical
from tapeproof.log.entry import entry_hash
from tapeproof.log.footing import Footing
from tapeproof.log.head import Head

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.unit.log.world import World

__all__ = ["believe_any_head", "first_lane", "forge", "head_of", "put_head"]


def head_of(world: World) -> Head:
    """Return the sealer's head as the table has it."""
    return Head.from_item(world.model.items["audit", "C", "HEAD"])


def put_head(world: World, **changes: Any) -> None:  # noqa: ANN401 - any field
    """Write the sealer's head anew, as whoever may write the table can."""
    world.model.items["audit", "C", "HEAD"] = replace(head_of(world), **changes).item()


def believe_any_head(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sealer go on from any head, as a rogue one would, or one of before."""
    monkeypatch.setattr(Footing, "find", lambda *_: Footing(head_of(world), {}))


def first_lane(world: World) -> str:
    """Return the name of the newest hour's first lane."""
    lanes = {pk[2:] for table, pk, _ in world.model.items if table == "audit" and pk.startswith("L#")}
    newest = max(lane[:10] for lane in lanes)
    return min(lane for lane in lanes if lane.startswith(newest))


def forge(world: World, lane: str, change: Callable[[bytes], bytes] = bytes, **members: object) -> int:
    """Append an entry to a lane as its writer would, with other members and then in other bytes.

    Args:
        world: The log.
        lane: The lane, which has an entry.
        change: What is done to the canonical bytes.
        members: Members that differ from the last entry's.

    Returns:
        The sequence of the forged entry.
    """
    seq = max(int(sk) for table, pk, sk in world.model.items if (table, pk) == ("audit", f"L#{lane}"))
    last = world.model.items["audit", f"L#{lane}", f"{seq:010d}"]
    told = {**json.loads(last["b"]["B"]), "_seq": seq + 1, "_prev": last["h"]["B"].hex(), "ts": f"{world.tick():019d}"}
    told.pop("gen", None)
    told.pop("rec", None)
    data = change(canonical({**told, **members}))
    item = {"pk": last["pk"], "sk": {"S": f"{seq + 1:010d}"}, "b": {"B": data}, "h": {"B": entry_hash(data)}}
    world.model.items["audit", f"L#{lane}", f"{seq + 1:010d}"] = item
    return seq + 1
