"""Makes the log beside this file with the code of its time, once: format 1, written until 0.1.0 was released.

    git worktree add --detach OLD a241575 && python make.py OLD FOLDER

The result is two exports, before and after an hour was pruned, and the stores themselves, to go on with.
"""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from pathlib import Path

old, target = (Path(one).resolve() for one in sys.argv[1:3])
sys.path[:0] = [str(old), str(old / "lambda")]

from compliance.audit.export import ExportOptions, export  # noqa: E402 - of the old tree
from compliance.audit.prune import hours_before, prune  # noqa: E402 - of the old tree
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402 - after the others
from tests.unit.audit_log.world import HOUR, World, WorldSource  # type: ignore # noqa: E402, PGH003 - of the old tree

KEYS = {"one": 1_000_001, "two": 1_000_002}


def written() -> World:
    """Return a log of three hours with batches, duplicates, a conflict and a rotation of its key."""
    world = World()
    # Keys that the tests can derive too, to go on with the log.
    world.kms.keys = {f"arn:key/{name}": ec.derive_private_key(number, ec.SECP256R1()) for name, number in KEYS.items()}
    for hour in range(3):
        writers = [world.writer(name) for name in ("lambda-trade-dev", "lambda-quote-dev")]
        for _ in range(2):
            for writer in writers:
                world.write(writer, world.decision())
                world.write(writer, *(world.decision() for _ in range(3)))
            world.write(writers[0], world.decision(1))
            world.write(writers[0], world.decision(2, body='{"price":"0"}'))
            world.seal()
        if hour == 0:
            world.key = "arn:key/two"
            world.seal()
        if hour < 2:
            world.now = (world.now // HOUR + 1) * HOUR + 21 * 60 * 10**9
            world.seal()
    return world


def exported(world: World, folder: Path) -> Path:
    """Export a log."""
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return folder


def plain(value: object) -> object:
    """Return a value of the tables for JSON, bytes as hex."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def stores(world: World) -> dict[str, object]:
    """Return everything that a log consists of."""
    return {
        "now": world.now,
        "key": world.key,
        "items": [[*key, plain(item)] for key, item in sorted(world.model.items.items())],
        "files": {path: data.hex() for path, data in sorted(world.bucket.files.items())},
        "lines": [[line.text, line.ingested] for line in world.lines],
    }


def main() -> None:
    """Make everything."""
    world = written()
    target.mkdir(parents=True)
    whole = exported(world, target / "whole")
    hours = hours_before(whole, "9999999999")[:1]
    prune(world.model, "audit", whole, hours, by="ops", wait_seconds=60, sleep=lambda _: world.seal() and None)
    exported(world, target / "pruned")
    with tarfile.open(target / "exports.tar.gz", "w:gz") as archive:
        for name in ("whole", "pruned"):
            archive.add(target / name, name)
    (target / "stores.json.gz").write_bytes(gzip.compress(json.dumps(stores(world)).encode(), mtime=0))


if __name__ == "__main__":
    main()
