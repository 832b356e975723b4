"""What a restored audit table lacks is named by lane and sequence, from what the log has published."""

from __future__ import annotations

import pytest

from tapeproof.log.errors import AuditError
from tapeproof.log.kms import KmsSigner
from tapeproof.log.table import AuditTable
from tapeproof.ops.restore_missing import Comparison, compare_with_published
from tests.unit.log.dynamodb_model import DynamoDBModel
from tests.unit.log.world import ORIGIN, World, populated


def _as_of_now(world: World) -> DynamoDBModel:
    """What DynamoDB would restore: the items as they are at this moment."""
    model = DynamoDBModel()
    model.items = dict(world.model.items)
    return model


def _compare(world: World, model: DynamoDBModel, *, thorough: bool = False, origin: str = ORIGIN) -> Comparison:
    key = KmsSigner(world.kms, ORIGIN).verifier_key(world.key)
    return compare_with_published(AuditTable(model, "audit"), world.bucket, origin, [key], thorough=thorough)


def test_a_table_of_now_lacks_nothing() -> None:
    world = populated(1)
    for thorough in (False, True):
        told = _compare(world, world.model, thorough=thorough)
        assert told.missing == []
        assert told.held == told.published


def test_what_was_sealed_after_the_second_that_was_restored_is_named() -> None:
    world = populated(1)
    writer = world.writer()
    world.write(writer, world.decision())
    world.seal()
    then = _as_of_now(world)
    at = world.now
    for _ in range(3):
        world.write(writer, world.decision())
    world.seal()
    (run,) = _compare(world, then).missing
    assert (run.first, run.number) == (1, 3)
    assert run.decided_ns > at
    assert _compare(world, then).held < _compare(world, then).published


def test_what_was_written_before_but_sealed_after_is_there() -> None:
    world = populated(1)
    writer = world.writer()
    world.write(writer, world.decision())
    then = _as_of_now(world)
    world.seal()
    told = _compare(world, then)
    assert told.missing == []
    assert told.held < told.published


def test_an_old_entry_that_is_gone_is_found_when_it_is_looked_for() -> None:
    world = populated(1)
    key = next(key for key in world.model.items if key[1].startswith("L#"))
    del world.model.items[key]
    assert _compare(world, world.model).missing == []
    (run,) = _compare(world, world.model, thorough=True).missing
    assert (f"L#{run.lane}", f"{run.first:010d}", run.number) == (key[1], key[2], 1)


def test_a_table_that_is_empty_lacks_everything() -> None:
    world = populated(1)
    empty = _as_of_now(world)
    empty.items.clear()
    told = _compare(world, empty)
    assert told.held == 0
    assert sum(run.number for run in told.missing) == sum(key[1].startswith("L#") for key in world.model.items)


def test_another_log_and_tiles_that_do_not_add_up_are_refused() -> None:
    world = populated(1)
    with pytest.raises(AuditError, match="is of the log"):
        _compare(world, world.model, origin="other.example/log")
    for path in [path for path in world.bucket.files if path.startswith("tile/0/")]:
        world.bucket.files[path] = bytes(len(world.bucket.files[path]))
    with pytest.raises(AuditError):
        _compare(world, world.model)
