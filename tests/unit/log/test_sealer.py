from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.checkpoint import open_checkpoint, parse_checkpoint
from tapeproof.log.control import BROKEN, CLOSE, KEYROT, PRUNE, SEAL, is_control, parse_control
from tapeproof.log.entry import parse
from tapeproof.log.gather import Limits
from tapeproof.log.kms import KmsSigner
from tapeproof.log.merkle import leaf_hash, verify_consistency, verify_inclusion
from tapeproof.log.note import Signature, VerifierKey, format_note, parse_note
from tapeproof.log.sealer import SealerError
from tapeproof.log.tiles import Tree
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, World, populated

if TYPE_CHECKING:
    from collections.abc import Callable


def leaves(world: World) -> list[bytes]:
    """Return every leaf, after holding tiles, signatures and old checkpoints to each other."""
    keys = [VerifierKey.parse(world.vkey())]
    newest, _, _ = open_checkpoint(world.bucket.files["checkpoint"], keys)
    tree = Tree(world.bucket.get, newest.size)
    assert tree.root() == newest.root
    for _, note in world.table().checkpoints():
        old = parse_checkpoint(parse_note(note).text)
        proof = tree.consistency_proof(old.size)
        assert verify_consistency(old.size, newest.size, old.root, newest.root, proof)
    found = [entry for index in range(-(-newest.size // 256)) for entry in tree.bundle(index)]
    for index, data in enumerate(found):
        assert verify_inclusion(index, newest.size, leaf_hash(data), tree.inclusion_proof(index), newest.root)
    return found


def sealed_entries(world: World) -> list[bytes]:
    return [data for data in leaves(world) if not is_control(data)]


def stored_entries(world: World) -> list[bytes]:
    return [item["b"]["B"] for item in world.model.table("audit") if item["pk"]["S"].startswith("L#")]


def controls(world: World, act: str) -> list[dict[str, Any]]:
    return [parsed for data in leaves(world) if is_control(data) and (parsed := parse_control(data))["act"] == act]


def test_every_entry_is_sealed_once_under_signed_consistent_checkpoints() -> None:
    world = populated()
    assert sorted(sealed_entries(world)) == sorted(stored_entries(world))


def test_a_quiet_minute_still_gives_a_fresh_checkpoint() -> None:
    world = populated()
    before = len(leaves(world))
    world.seal()
    assert len(leaves(world)) == before + 1
    assert int(controls(world, SEAL)[-1]["ts"]) == world.now


def test_an_hour_is_closed_with_its_counts_after_the_grace() -> None:
    world = populated()
    closed = controls(world, CLOSE)
    assert [one["epoch"] for one in closed] == sorted({one["epoch"] for one in closed})
    counts = {one["epoch"]: (one["lanes"], one["entries"]) for one in closed}
    hours = [parse(data).hour for data in stored_entries(world)]
    assert counts == {hour: (4, hours.count(hour)) for hour in counts}
    assert len(counts) == 2


def test_an_hour_is_not_closed_within_its_grace() -> None:
    world = World()
    world.write(world.writer(), world.decision())
    world.now += HOUR
    world.seal()
    assert controls(world, CLOSE) == []
    world.now += 21 * MINUTE
    world.seal()
    assert len(controls(world, CLOSE)) == 1


def test_small_batches_seal_everything_in_one_run() -> None:
    world = World()
    writers = [world.writer() for _ in range(5)]
    for writer in writers:
        for _ in range(7):
            world.write(writer, world.decision())
    done = world.seal(Limits(entries=4, runs=2))
    assert done.entries == 35
    assert sorted(sealed_entries(world)) == sorted(stored_entries(world))


def test_a_sealer_without_time_stops_after_a_batch_and_the_next_goes_on() -> None:
    world = World()
    writer = world.writer()
    for _ in range(9):
        world.write(writer, world.decision())
    assert world.sealer(limits=Limits(entries=4)).run(lambda: 0).entries == 4
    world.seal()
    assert len(sealed_entries(world)) == 9


def test_a_log_longer_than_a_tile_grows_over_all_levels() -> None:
    world = World()
    writer = world.writer()
    for _ in range(3):
        world.write(writer, *(world.decision() for _ in range(300)))
        world.seal(Limits(entries=2, runs=2))
    for _ in range(270):
        world.seal()
    assert len(leaves(world)) > 256


class KilledError(Exception):
    pass


class Mortal:
    """Passes calls on until it is told to die, before or after one of them."""

    def __init__(self, inner: Any, budget: list[int], *, after: bool, meanwhile: Callable[[], None]) -> None:  # noqa: ANN401 - any service
        self._inner, self._budget, self._after, self._meanwhile = inner, budget, after, meanwhile

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any method
        method = getattr(self._inner, name)

        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - any call
            self._budget[0] -= 1
            if self._budget[0] == 0 and not self._after:
                self._meanwhile()
            result = method(*args, **named)
            if self._budget[0] == 0 and self._after:
                self._meanwhile()
            return result

        return call


def interrupted(world: World, at: int, *, after: bool, meanwhile: Callable[[], None]) -> int:
    """Run a sealer whose ``at``-th call to any service is disturbed; return how many calls were left."""
    budget = [at]
    wrap = {"after": after, "meanwhile": meanwhile}
    client = Mortal(world.model, budget, **wrap)
    table = type(world.table())(client, "audit")
    objects, signer = Mortal(world.bucket, budget, **wrap), KmsSigner(Mortal(world.kms, budget, **wrap), ORIGIN)
    with contextlib.suppress(KilledError):
        world.sealer(table=table, objects=objects, signer=signer).run(lambda: 60_000)
    return budget[0]


def die() -> None:
    raise KilledError


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_sealer_killed_at_any_call_is_completed_by_the_next(*, after: bool) -> None:
    at = 0
    remaining = -1
    while remaining <= 0:
        at += 1
        world = World()
        writer = world.writer()
        world.write(writer, world.decision())
        world.seal()
        world.write(writer, *(world.decision() for _ in range(3)))
        world.write(world.writer("lambda-quote-dev"), world.decision())
        remaining = interrupted(world, at, after=after, meanwhile=die)
        world.seal()
        assert sorted(sealed_entries(world)) == sorted(stored_entries(world)), f"killed at call {at}"
    assert at > 20


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_two_sealers_at_once_leave_one_log_wherever_they_meet(*, after: bool) -> None:
    at = 0
    remaining = -1
    while remaining <= 0:
        at += 1
        world = World()
        writer = world.writer()
        world.write(writer, world.decision())
        world.seal()
        world.write(writer, world.decision())
        remaining = interrupted(world, at, after=after, meanwhile=lambda world=world: world.seal() and None)
        world.seal()
        assert sorted(sealed_entries(world)) == sorted(stored_entries(world)), f"met at call {at}"
    assert at > 20


def test_a_rotated_key_is_announced_in_the_log_and_signed_by_both() -> None:
    world = populated()
    old = VerifierKey.parse(world.vkey())
    world.key = "arn:key/two"
    world.seal()
    new = VerifierKey.parse(world.vkey())
    _, _, signers = open_checkpoint(world.bucket.files["checkpoint"], [old, new])
    assert signers == [old, new]
    (rotation,) = controls(world, KEYROT)
    assert (rotation["old"], rotation["new"]) == (str(old), str(new))
    world.seal()
    _, _, signers = open_checkpoint(world.bucket.files["checkpoint"], [old, new])
    assert signers == [new]


def test_an_ed25519_key_signs_too() -> None:
    world = World()
    world.key = "arn:key/edwards"
    world.write(world.writer(), world.decision())
    world.seal()
    assert len(sealed_entries(world)) == 1


def test_a_request_to_prune_a_closed_hour_becomes_a_leaf_once() -> None:
    world = populated()
    epoch = controls(world, CLOSE)[0]["epoch"]
    put(world, "C", f"PRUNE#{epoch}", **requested(world, epoch))
    world.seal()
    world.seal()
    (leaf,) = controls(world, PRUNE)
    assert (leaf["epoch"], leaf["by"]) == (epoch, "operator")
    assert leaf["entries"] == controls(world, CLOSE)[0]["entries"]
    assert "leaf" in world.model.items["audit", "C", f"PRUNE#{epoch}"]


def die_before_signing(world: World) -> None:
    """Leave a head that is committed and not published."""
    signer = KmsSigner(world.kms, ORIGIN)

    class Dead:
        verifier_key = staticmethod(signer.verifier_key)

        def sign(self, arn: str, key: VerifierKey, text: str) -> Signature:
            if text.startswith(ORIGIN):
                raise KilledError
            return signer.sign(arn, key, text)

    with pytest.raises(KilledError):
        world.sealer(signer=Dead()).run(lambda: 60_000)


def put(world: World, pk: str, sk: str, **attributes: dict[str, Any]) -> None:
    world.model.items["audit", pk, sk] = {"pk": {"S": pk}, "sk": {"S": sk}, **attributes}


def requested(world: World, epoch: str) -> dict[str, dict[str, str]]:
    """Return the attributes of a request that the sealer answers."""
    (close,) = [one for one in controls(world, CLOSE) if one["epoch"] == epoch]
    count = {"entries": {"N": str(close["entries"])}, "close": {"N": str(close["_n"])}}
    return {**count, "export": {"S": "ab" * 32}, "by": {"S": "operator"}}


@pytest.mark.parametrize(
    "changes",
    [
        {"by": {"S": "x" * 100_000}},
        {"by": {"S": "\ud800"}},
        {"by": {"N": "7"}},
        {"entries": {"N": "1.5"}},
        {"entries": {"N": "9" * 38}},
        {"entries": {"S": "4"}},
        {"export": {"S": "elsewhere"}},
        {"entries": {"N": "3"}},
        {"close": {"N": "0"}},
        {"close": {"N": "99999"}},
        {"close": {"S": "x"}},
        {"sk": {"S": "PRUNE#"}},
        {"sk": {"S": "PRUNE#0000000000"}},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_request_to_prune_of_another_form_is_passed_over_and_sealing_goes_on(changes: dict[str, Any]) -> None:
    world = populated()
    epoch = controls(world, CLOSE)[0]["epoch"]
    attributes = requested(world, epoch) | changes
    put(world, "C", attributes.pop("sk", {"S": f"PRUNE#{epoch}"})["S"], **attributes)
    for number in range(30):
        put(world, "C", f"PRUNE#19000101{number}")
    later = controls(world, CLOSE)[1]["epoch"]
    put(world, "C", f"PRUNE#{later}", **requested(world, later))
    world.seal()
    assert [one["epoch"] for one in controls(world, PRUNE)] == [later]


def test_a_request_that_names_a_forged_close_leaf_is_not_answered() -> None:
    world = populated()
    epoch = controls(world, CLOSE)[0]["epoch"]
    request = requested(world, epoch) | {"entries": {"N": "1"}}
    leaf = world.model.items["audit", "C", f"LEAF#{int(request['close']['N']):016d}"]
    leaf["b"] = {"B": re.sub(rb'"entries":\d+', b'"entries":1', leaf["b"]["B"])}
    put(world, "C", f"PRUNE#{epoch}", **request)
    world.seal()
    assert controls(world, PRUNE) == []


def test_a_request_is_answered_without_what_else_a_stranger_put_beside_it() -> None:
    world = populated()
    epoch = controls(world, CLOSE)[0]["epoch"]
    put(world, "C", f"PRUNE#{epoch}", **requested(world, epoch), junk={"S": "x" * 300_000})
    world.seal()
    assert world.model.items["audit", "C", f"PRUNE#{epoch}"].keys() == {
        "pk",
        "sk",
        "entries",
        "export",
        "by",
        "close",
        "leaf",
    }


def test_names_of_broken_lanes_never_make_a_seal_too_long_to_be_published() -> None:
    world = World()
    for number in range(60):
        put(world, "E#2025112306#0", "\x01" * 120 + str(number))
    writers = [world.writer(f"lambda-{'x' * 56}") for _ in range(400)]
    for writer in writers:
        world.write(writer, world.decision())
    assert world.seal().broken == 60
    assert 10 < len(controls(world, SEAL)[-1]["broken"]) < 50
    assert max(map(len, leaves(world))) < 65_536


@pytest.mark.parametrize(
    "note",
    [None, b"garbage", format_note(f"{ORIGIN}\n9000\n{'A' * 43}=\n", [Signature("stranger", b"abcd", b"x" * 64)])],
)
def test_a_strangers_checkpoint_is_replaced_where_it_is_shown_and_left_where_it_is_stored(note: bytes | None) -> None:
    world = populated()
    size = len(leaves(world)) + 1
    put(world, "C", f"{size:016d}", **({"note": {"S": note.decode()}} if note else {}))
    world.bucket.files["checkpoint"] = note or b""
    world.seal()
    _, _, signers = open_checkpoint(world.bucket.files["checkpoint"], [VerifierKey.parse(world.vkey())])
    assert len(signers) == 1
    assert [stored for sk, stored in world.table().checkpoints() if sk == f"{size:016d}"] == [note or b""]
    world.seal()
    assert parse_checkpoint(parse_note(world.bucket.files["checkpoint"]).text).size == size + 1


@pytest.mark.parametrize("attributes", [{}, {"b": {"B": b"{}"}}])
def test_a_seal_that_a_stranger_edited_does_not_stop_the_sealer(attributes: dict[str, Any]) -> None:
    world = populated()
    size = len(leaves(world))
    put(world, "C", f"LEAF#{size - 1:016d}", **attributes)
    assert world.seal().size == size + 1


@pytest.mark.parametrize("back", [1, 2])
def test_a_head_that_was_set_back_is_not_signed_on(back: int) -> None:
    world = populated()
    saved = []
    for _ in range(3):
        saved.append(dict(world.model.items))
        world.write(world.writer(), world.decision())
        world.seal()
    newest = world.bucket.files["checkpoint"]
    world.model.items = saved[-back]
    with pytest.raises(SealerError, match="of another tree"):
        world.seal()
    assert world.bucket.files["checkpoint"] == newest


def test_a_head_that_was_set_back_is_not_signed_on_under_another_key_either() -> None:
    world = populated()
    saved = dict(world.model.items)
    world.write(world.writer(), world.decision())
    world.seal()
    world.model.items, world.key = saved, "arn:key/two"
    with pytest.raises(SealerError, match="of another tree"):
        world.seal()


@pytest.mark.parametrize("sk", ["LEAF#zzz", f"LEAF#{10**15:016d}", "LEAF#00"])
def test_a_strangers_leaf_is_no_part_of_what_a_killed_sealer_left_open(sk: str) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    die_before_signing(world)
    put(world, "C", sk, b={"B": b"x"})
    world.seal()
    assert sorted(sealed_entries(world)) == sorted(stored_entries(world))


def test_a_broken_chain_is_named_in_the_log_and_the_other_lanes_go_on() -> None:
    world = World()
    first, second = world.writer("lambda-trade-dev"), world.writer("lambda-quote-dev")
    (broken,) = world.write(first, world.decision())
    world.seal()
    world.write(first, world.decision())
    world.write(second, world.decision())
    item = world.model.items["audit", f"L#{broken.lane}", "0000000001"]
    item["b"] = {"B": item["b"]["B"].replace(b'"_prev":"', b'"_prev":"0')}
    done = world.seal()
    assert (done.entries, done.broken) == (1, 1)
    (leaf,) = controls(world, BROKEN)
    assert (leaf["lane"], leaf["seq"], leaf["why"], leaf["hash"]) == (
        broken.lane,
        1,
        "link",
        leaf_hash(item["b"]["B"]).hex(),
    )
    assert world.seal().broken == 0


def test_a_table_that_changed_under_a_committed_head_stops_the_sealer() -> None:
    world = World()
    writer = world.writer()
    world.write(writer, world.decision())
    die_before_signing(world)
    key = next(key for key in world.model.items if key[1].startswith("L#"))
    del world.model.items[key]
    with pytest.raises(SealerError, match="no longer holds"):
        world.seal()


def test_the_age_of_the_checkpoint_before_is_measured() -> None:
    world = populated()
    world.now += 9 * MINUTE
    assert world.seal().age_seconds == 600


def test_very_many_lanes_with_long_names_are_sealed_in_leaves_that_fit_a_bundle() -> None:
    world = World()
    writers = [world.writer(f"lambda-{'x' * 56}") for _ in range(500)]
    for writer in writers:
        world.write(writer, world.decision())
    done = world.seal()
    assert (done.entries, done.lanes) == (500, 500)
    assert max(len(leaf) for leaf in leaves(world)) < 65_536
    assert sorted(sealed_entries(world)) == sorted(stored_entries(world))


def test_an_entry_that_is_too_long_for_a_bundle_does_not_stop_the_sealer() -> None:
    world = World()
    first, second = world.writer("lambda-trade-dev"), world.writer("lambda-quote-dev")
    (done,) = world.write(first, world.decision())
    head = f'{{"_lane":"{done.lane}","_prev":"{done.entry_hash.hex()}","_seq":1,"act":"'.encode()
    data = head + b"x" * 70_000
    item = {"pk": {"S": f"L#{done.lane}"}, "sk": {"S": "0000000001"}, "b": {"B": data}, "h": {"B": leaf_hash(data)}}
    world.model.items["audit", f"L#{done.lane}", "0000000001"] = item
    world.write(second, world.decision())
    sealed = world.seal()
    assert (sealed.entries, sealed.broken) == (2, 1)


@pytest.mark.parametrize("name", ["nonsense", "2025112305.lambda-trade-dev." + "ab" * 16, "\u20ac"])
def test_a_name_on_an_hour_s_list_that_is_no_lane_of_it_is_named_and_passed_over(name: str) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    world.model.items["audit", "E#2025112306#0", name] = {"pk": {"S": "E#2025112306#0"}, "sk": {"S": name}}
    sealed = world.seal()
    assert (sealed.entries, sealed.broken) == (1, 1)
