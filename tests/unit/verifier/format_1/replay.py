"""Asks the code of format 1 what it says of each of ``attacks.py``, and prints the answers as JSON.

    git worktree add --detach OLD a241575 && python replay.py OLD

Each answer is a verdict, or the name of the exception that ended the verifier.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

old, here = Path(sys.argv[1]).resolve(), Path(__file__).resolve().parent
sys.path[:0] = [str(old), str(old / "lambda")]

from audit_log.note import VerifierKey  # type: ignore # noqa: E402, PGH003 - of the old tree
from audit_log.verifier.history import read_pin  # noqa: E402 - of the old tree
from audit_log.verifier.verify import Options, verify_export  # noqa: E402 - of the old tree
from compliance.audit.export import ExportOptions, export  # noqa: E402 - of the old tree
from compliance.audit.proof import check_proof, proofs_of  # noqa: E402 - of the old tree
from compliance.audit.source import Line  # noqa: E402 - of the old tree
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402 - after the others
from tests.unit.audit_log.world import World, WorldSource  # noqa: E402 - of the old tree

if TYPE_CHECKING:
    from collections.abc import Callable

spec = importlib.util.spec_from_file_location("attacks", here / "attacks.py")
assert spec is not None
assert spec.loader is not None
attacks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(attacks)


def world_of_then() -> Any:  # noqa: ANN401 - of the old tree
    """Return the log under the code of its time."""
    return attacks.load(
        World(), Line, lambda number: ec.derive_private_key(number, ec.SECP256R1()), here / "stores.json.gz"
    )


def first_key() -> VerifierKey:
    """Return the log's first key."""
    world = world_of_then()
    world.key = "arn:key/one"
    return VerifierKey.parse(world.vkey())


def said(ask: Callable[[], Any]) -> str:
    """Return a verdict, or what ended the verifier."""
    try:
        return str(ask().verdict.name)
    except Exception as error:  # noqa: BLE001 - whatever ends it
        return type(error).__name__


def verify_live(attack: Callable[[Any], None], place: Path) -> str:
    """Return what was said of a world after an attack, with the first key and a pin of before."""
    world = world_of_then()
    pin = pin_of(place / "pin.json", world.bucket.files["checkpoint"].decode())

    def ask() -> Any:  # noqa: ANN401 - of the old tree
        attack(world)
        export(WorldSource(world), place / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
        return verify_export(place / "export", Options(keys=[first_key()], pins=[pin], as_of=world.now))

    return said(ask)


def verify_by_key(attack: Callable[[Any], None], place: Path, **options: Any) -> str:  # noqa: ANN401 - of the old tree
    """Return what was said of a log by its key alone."""
    world = world_of_then()
    attack(world)
    key = VerifierKey.parse(world.vkey()) if not options else first_key()
    export(WorldSource(world), place / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now, **options))
    return said(lambda: verify_export(place / "export", Options(keys=[key], as_of=world.now)))


def verify_without_bundles(attack: Callable[[Any], None], place: Path) -> str:
    """Return what was said of a log with a pruned hour whose copies were left out."""
    return verify_by_key(attack, place, bundles=False)


def pin_of(path: Path, note: str) -> Any:  # noqa: ANN401 - of the old tree
    """Return a pin of a checkpoint."""
    path.write_text(json.dumps({"format": "tapeproof-pin/1", "checkpoint": note, "keys": [str(first_key())]}))
    return read_pin(path)


def whole(place: Path) -> Path:
    """Return the export that was made then."""
    with tarfile.open(here / "exports.tar.gz") as archive:
        archive.extractall(place, filter="data")
    return place / "whole"


def verify_files(attack: Callable[[Path], None], place: Path) -> str:
    """Return what was said of an export after an attack, with the first key and a pin of its checkpoint."""
    folder = whole(place)
    pin = pin_of(place / "pin.json", (folder / "checkpoint").read_text())
    attack(folder)
    return said(lambda: verify_export(folder, Options(keys=[first_key()], pins=[pin])))


def verify_proof(attack: Callable[[dict[str, Any]], None], place: Path) -> str:
    """Return what was said of a proof after an attack."""
    (proof, *_) = proofs_of(whole(place), "evt-3")
    attack(proof)
    world = world_of_then()
    return said(lambda: check_proof(proof, [VerifierKey.parse(world.vkey())]))


def verify_old_proof(attack: Callable[[dict[str, Any]], None], place: Path) -> str:
    """Return what was said of a proof to who knows the key of before a rotation only."""
    (proof, *_) = proofs_of(whole(place), "evt-3")
    attack(proof)
    return said(lambda: check_proof(proof, [first_key()]))


def verify_cosigned(witnesses: list[Any], place: Path) -> str:
    """Return what was said of an export that witnesses signed."""
    folder = whole(place)
    attacks.cosign(folder, witnesses)
    keys = [VerifierKey.parse(attacks.witness_key(one)) for one in witnesses]
    shutil.rmtree(folder / "witness")  # only they may vouch for it
    told = json.loads((folder / "export.json").read_bytes()) | {"witness": None}
    (folder / "export.json").write_text(json.dumps(told))
    return said(lambda: verify_export(folder, Options(keys=[first_key()], witnesses=keys)))


def prove_struck(attack: Callable[[Path], None], place: Path) -> str:
    """Return what was said of an event that was struck from the index."""
    folder = whole(place)
    attack(folder)
    try:
        return "PROVED" if proofs_of(folder, "evt-3") else "nothing"
    except Exception as error:  # noqa: BLE001 - whatever ends it
        return str(error).partition(" has ")[2]


def read_spoilt_pin(attack: Callable[[Path], None], place: Path) -> str:
    """Return whether a pin was taken."""
    pin_of(place / "pin.json", (whole(place) / "checkpoint").read_text())
    attack(place / "pin.json")
    try:
        read_pin(place / "pin.json")
    except Exception as error:  # noqa: BLE001 - whatever ends it
        return type(error).__name__
    return "READ"


def main() -> None:
    """Ask all of it."""
    kinds = {
        verify_live: attacks.LIVE | attacks.HONEST_LIVE,
        verify_by_key: {"a log that was emptied and sealed anew": attacks.seal_anew},
        verify_without_bundles: {"a pruned hour without its copies": lambda _: None},
        verify_files: attacks.FILES | attacks.HONEST_FILES,
        verify_proof: attacks.PROOFS,
        verify_old_proof: {"a proof, with the key of before a rotation": lambda _: None},
        verify_cosigned: attacks.COSIGNED,
        prove_struck: {"an event struck from the index": attacks.strike_events},
        read_spoilt_pin: {"a pin that nobody signed": attacks.spoil_pin},
    }
    answers = {}
    for verify, cases in kinds.items():
        for name, attack in cases.items():
            with tempfile.TemporaryDirectory() as place:
                answers[name] = verify(attack, Path(place))
    json.dump(answers, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
