"""`tapeproof ops recover-head` on a log in memory."""

from __future__ import annotations

from argparse import Namespace
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from tapeproof.log.errors import AuditError
from tapeproof.ops.errors import OperationError
from tapeproof.ops.recovering import recover_head
from tests.unit.log.dynamodb_model import ServiceError
from tests.unit.log.world import ORIGIN, World, populated


class Store:
    """The world's bucket behind S3's calls."""

    def __init__(self, world: World) -> None:
        self._files = world.bucket.files

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        if Key not in self._files:
            raise ServiceError("NoSuchKey")
        return {"Body": BytesIO(self._files[Key])}


def run(world: World, *, write: bool = True, **outputs: str) -> int:
    clients = {"kms": world.kms, "dynamodb": world.model, "s3": Store(world)}
    named = {
        "log_origin": ORIGIN,
        "audit_table_name": "audit",
        "tile_bucket_name": "b",
        "checkpoint_key_arn": world.key,
    }
    found: Any = (SimpleNamespace(client=clients.__getitem__), SimpleNamespace(**{**named, **outputs}), None)
    return recover_head(Namespace(write=write), lambda: found)


@pytest.mark.parametrize("damage", ["gone", "forged", "no version"])
def test_a_head_that_somebody_else_wrote_is_replaced_and_sealing_goes_on(damage: str) -> None:
    world = populated(1)
    key = ("audit", "C", "HEAD")
    if damage == "gone":
        del world.model.items[key]
    elif damage == "forged":
        world.model.items[key] = {**world.model.items[key], "closed": {"S": "2099010100"}}
    else:
        world.model.items[key] = {"pk": {"S": "C"}, "sk": {"S": "HEAD"}}
    world.write(world.writer(), world.decision())
    with pytest.raises(AuditError):
        world.seal()
    assert run(world) == 0
    assert world.seal().entries == 1


def test_nothing_is_written_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    world = populated(1)
    before = dict(world.model.items)
    assert run(world, write=False) == 0
    assert world.model.items == before
    assert "--write" in "".join(capsys.readouterr())


def test_a_larger_checkpoint_that_was_signed_is_never_gone_back_behind() -> None:
    world = populated(1)
    published = dict(world.bucket.files)
    world.seal()
    world.bucket.files.clear()
    world.bucket.files.update(published)
    with pytest.raises(AuditError, match="leaves was signed"):
        run(world)


def test_outputs_of_before_are_told_with_the_way_out() -> None:
    with pytest.raises(OperationError, match="no tile bucket"):
        run(populated(1), tile_bucket_name="")
