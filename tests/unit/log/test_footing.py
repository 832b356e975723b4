"""What whoever may write the table, and the bucket, writes of the head is signed by no run of the sealer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.control import control_leaf, parse_control
from tapeproof.log.footing import SealerError
from tapeproof.log.gather import _build_closing
from tapeproof.log.head import Cursor, SigningKey
from tapeproof.log.kms import KmsSigner
from tapeproof.log.merkle import Frontier, leaf_hash
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Attack, Verdict
from tests.unit.log.world import MINUTE, ORIGIN, World, populated, verified
from tests.unit.verifier.forging import head_of, put_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def leave_open(world: World, *told: tuple[str, dict[str, Any]], closed: str = "") -> None:
    """Leave control leaves under a head that commits to them, as a sealer does that dies before it publishes."""
    head, now = head_of(world), world.now + MINUTE
    cursors = {hour: lanes for hour, lanes in head.cursors.items() if hour != closed}
    put_head(world, closed=closed or head.closed, cursors=cursors)
    seal = {"first": head.size, "runs": [], "broken": [], "more": False, "state": head_of(world).state()}
    rows = [*told, ("SEAL", seal)]
    leaves = [control_leaf(ORIGIN, head.size + at, act, now, **members) for at, (act, members) in enumerate(rows)]
    frontier = Frontier(head.size, head.frontier.roots)
    for at, data in enumerate(leaves, head.size):
        frontier.append(leaf_hash(data))
        keys = {"pk": {"S": "C"}, "sk": {"S": f"LEAF#{at:016d}"}}
        world.model.items["audit", "C", keys["sk"]["S"]] = {**keys, "b": {"B": data}, "h": {"B": leaf_hash(data)}}
    put_head(world, version=head.version + 1, frontier=frontier)


def close_the_open_hour(world: World) -> None:
    hour = max(head_of(world).cursors)
    one = _build_closing(hour, dict(head_of(world).cursors[hour]))
    told = {"epoch": hour, "lanes": one.lanes, "entries": one.entries, "heads": one.heads}
    leave_open(world, ("CLOSE", told), closed=hour)


def announce_a_pruning(world: World) -> None:
    leaves = [item["b"]["B"] for key, item in world.model.items.items() if key[2].startswith("LEAF#")]
    close = next(parse_control(data) for data in leaves if b'"CLOSE"' in data)
    told = {"epoch": close["epoch"], "entries": close["entries"], "export": "0" * 64, "by": "x"}
    leave_open(world, ("PRUNE", told))


def break_a_lane(world: World) -> None:
    hour = max(head_of(world).cursors)
    lane = min(head_of(world).cursors[hour])
    told = {"lane": lane, "seq": head_of(world).cursors[hour][lane].entries, "why": "link", "hash": "0" * 64}
    leave_open(world, ("BROKEN", told))


def stop_a_lane(world: World) -> None:
    hour = max(head_of(world).cursors)
    lanes = dict(head_of(world).cursors[hour])
    lanes[min(lanes)] = Cursor(lanes[min(lanes)].entries, bytes(32), broken=True)
    put_head(world, cursors={**head_of(world).cursors, hour: lanes})


def grow_by_a_whole_tile(world: World) -> None:
    put_head(world, frontier=Frontier(65_536, [bytes(32)]), published=65_536)


def of_a_stranger() -> SigningKey:
    return SigningKey("arn:key/one", World().vkey())


def delete_every_checkpoint(world: World) -> None:
    world.bucket.files.pop("checkpoint")
    for key in [key for key in world.model.items if key[1] == "C" and key[2].startswith("0")]:
        del world.model.items[key]


def set_back(world: World, *, gone: bool = False) -> None:
    """Put head and published checkpoint back to what they were before the newest, or remove both."""
    head, shown = world.model.items["audit", "C", "HEAD"], world.bucket.files["checkpoint"]
    world.write(world.writer(), world.decision())
    world.seal()
    world.model.items["audit", "C", "HEAD"], world.bucket.files["checkpoint"] = head, shown
    if gone:
        del world.model.items["audit", "C", "HEAD"], world.bucket.files["checkpoint"]


def commit_by(world: World, arn: str) -> None:
    signer = KmsSigner(world.kms, ORIGIN)
    text = head_of(world).commitment(ORIGIN)
    put_head(world, commit=signer.sign(arn, signer.verifier_key(arn), text).data)


def commit_by_retired(world: World, seals: int) -> None:
    """Rotate the key, and let the one before commit to what a stranger left open so many seals later."""
    world.key = "arn:key/two"
    for _ in range(1 + seals):
        world.seal()
    signer = KmsSigner(world.kms, ORIGIN)
    put_head(world, key=SigningKey("arn:key/one", str(signer.verifier_key("arn:key/one"))))
    close_the_open_hour(world)
    commit_by(world, "arn:key/one")


FORGED: dict[str, tuple[Callable[[World], object], str]] = {
    "head and checkpoint set back together": (set_back, "stores a checkpoint of"),
    "head and checkpoint gone together": (lambda w: set_back(w, gone=True), "stores a checkpoint of"),
    "a commitment by the key that was just rotated away": (
        lambda w: commit_by_retired(w, 0), "no sealer of this log has signed for"),
    "a commitment by a key that was rotated away before": (
        lambda w: commit_by_retired(w, 1), "no sealer of this log has signed for"),
    "the open hour is closed": (close_the_open_hour, "no sealer of this log has signed for"),
    "an hour is pruned": (announce_a_pruning, "no sealer of this log has signed for"),
    "a lane is broken": (break_a_lane, "no sealer of this log has signed for"),
    "a commitment of nobody": (
        lambda w: (close_the_open_hour(w), put_head(w, commit=b"x" * 70)), "no sealer of this log has signed for"),
    "a tree of nobody that is said to be published": (grow_by_a_whole_tile, "leaves are published"),
    "more published than there is": (lambda w: put_head(w, published=65_536), "are published"),
    "another key under the log's name": (
        lambda w: put_head(w, key=of_a_stranger()), "names a key that did not sign"),
    "a key before": (
        lambda w: put_head(w, previous_key=of_a_stranger()), "names a key that did not sign"),
    "a lane that stops, with the checkpoint gone": (
        lambda w: (stop_a_lane(w), w.bucket.files.pop("checkpoint")), "goes on from other hours"),
    "every checkpoint gone": (delete_every_checkpoint, "no checkpoint of them is"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_head_of_a_stranger_is_not_signed_on(name: str) -> None:
    forge, why = FORGED[name]
    world = populated(1)
    forge(world)
    files = dict(world.bucket.files)
    with pytest.raises(SealerError, match=why):
        world.seal()
    assert world.bucket.files == files


@pytest.mark.parametrize("name", list(FORGED)[:-2])
def test_a_head_of_a_stranger_is_not_verified(name: str, tmp_path: Path) -> None:
    world = populated(1)
    FORGED[name][0](world)
    report = verified(world, tmp_path / "export")
    # Of leaves that were left open nobody can say whose they are, where a sealer of before may have left them.
    uncommitted = "signed for" in FORGED[name][1] and not head_of(world).commit
    assert report.verdict is (Verdict.STALE if uncommitted else Verdict.TAMPERED), report.findings
    named = {Attack.HEAD_FORGED, Attack.CHECKPOINTS_DELETED, Attack.ROLLED_BACK}
    assert uncommitted or {one.attack for one in report.findings} & named


def test_a_checkpoint_that_was_set_back_alone_is_put_right_by_what_is_stored(tmp_path: Path) -> None:
    world = populated(1)
    shown = world.bucket.files["checkpoint"]
    world.seal()
    world.bucket.files["checkpoint"] = shown
    world.seal()
    assert verified(world, tmp_path / "export").verdict is Verdict.VERIFIED


def die(world: World) -> None:
    """Run a sealer that dies before it publishes."""
    world.write(world.writer(), world.decision())

    class Dead:
        def put(self, *_: object) -> None:
            raise KeyboardInterrupt

        get = staticmethod(world.bucket.get)

    world.now += MINUTE
    with pytest.raises(KeyboardInterrupt):
        world.sealer(objects=Dead()).run(lambda: 60_000)


@pytest.mark.parametrize("keys", [["two"], ["two", "edwards"], ["two", "one"]], ids="-".join)
@pytest.mark.parametrize("seals", [0, 1])
def test_a_rotation_in_which_a_sealer_dies_goes_on(keys: list[str], seals: int, tmp_path: Path) -> None:
    world = populated(1)
    trusted = [VerifierKey.parse(world.vkey())]
    world.key = f"arn:key/{keys[0]}"
    for _ in range(seals):
        world.seal()
    die(world)
    world.key = f"arn:key/{keys[-1]}"
    assert verified(world, tmp_path / "open", keys=trusted).verdict is Verdict.VERIFIED
    world.seal()
    assert verified(world, tmp_path / "closed", keys=trusted).verdict is Verdict.VERIFIED


def test_what_a_sealer_left_open_is_sound_and_is_signed_by_the_next(tmp_path: Path) -> None:
    world = populated(1)
    die(world)
    assert head_of(world).published < head_of(world).size
    assert verified(world, tmp_path / "open").verdict is Verdict.VERIFIED
    world.seal()
    assert verified(world, tmp_path / "closed").verdict is Verdict.VERIFIED


def test_a_head_that_another_sealer_published_meanwhile_is_no_strangers() -> None:
    world = populated(1)
    world.write(world.writer(), world.decision())
    times = iter([True])

    class Late:
        put, swap = staticmethod(world.bucket.put), staticmethod(world.bucket.swap)

        def get(self, path: str) -> bytes | None:
            data = world.bucket.get(path)
            if path == "checkpoint" and next(times, False):
                world.seal()
            return data

    assert not world.sealer(objects=Late()).run(lambda: 60_000).lost_race
