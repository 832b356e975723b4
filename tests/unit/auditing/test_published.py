"""What a sealer published is copied as far as it is there; a size that is only claimed costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.published import copy_tiles, size_of
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.note import Signature, format_note
from tapeproof.log.tiles import Tree
from tests.unit.log.world import ORIGIN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.log.world import World


def _note(size: int) -> bytes:
    text = Checkpoint(ORIGIN, size, bytes(32)).text()
    return format_note(text, [Signature(ORIGIN, b"abcd", b"x" * 64)])


def test_a_size_that_a_key_signed_comes_before_a_newer_one_that_is_only_claimed(exported: Path, world: World) -> None:
    signed = (exported / "checkpoint").read_bytes()
    size = int(signed.splitlines()[1])
    assert size_of([_note(10**9), signed], [world.vkey()]) == size
    assert size_of([_note(7), signed], []) == 7
    assert size_of([_note(7), signed], ["nonsense", str(world.vkey())]) == size


@pytest.mark.parametrize("notes", [[], [b""], [b"\xff"], [b"text\n\nnothing\n"]])
def test_without_a_checkpoint_there_is_no_size(notes: list[bytes]) -> None:
    assert size_of(notes, []) == 0


@pytest.mark.parametrize("bundles", [True, False])
def test_every_tile_of_the_tree_is_copied_and_entries_when_they_are_wanted(
    world: World, exported: Path, tmp_path: Path, *, bundles: bool
) -> None:
    size = int((exported / "checkpoint").read_bytes().splitlines()[1])
    said: list[tuple[str, int]] = []
    count = copy_tiles(world.bucket, tmp_path, size, bundles=bundles, progress=lambda *one: said.append(one))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert count == len(files) == said[-1][1]
    assert (tmp_path / "tile/entries").exists() is bundles
    tree = Tree(lambda path: (tmp_path / path).read_bytes() if (tmp_path / path).is_file() else None, size)
    assert tree.root() == Tree(world.bucket.get, size).root()


def test_a_claimed_size_ends_where_nothing_is_there(world: World, tmp_path: Path) -> None:
    assert copy_tiles(world.bucket, tmp_path, 1 << 62, bundles=True, progress=lambda *_: None) >= 0
    assert copy_tiles(world.bucket, tmp_path, 0, bundles=True, progress=lambda *_: None) == 0


def test_a_full_tile_stands_in_for_a_partial_one_that_was_cleared_away(tmp_path: Path) -> None:
    class Cleared:
        def get(self, path: str) -> bytes | None:
            return b"full" if path == "tile/0/000" else None

    assert copy_tiles(Cleared(), tmp_path, 5, bundles=False, progress=lambda *_: None) == 1  # type: ignore[arg-type]
    assert (tmp_path / "tile/0/000").read_bytes() == b"full"
