"""A proof is held against a pin: the log that it is of must go on from what the pin saw."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.operations import make_pin, write_json
from tapeproof.auditing.proof import proofs_of
from tapeproof.auditing.proof_check import check_proof
from tapeproof.cli import main
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.history import Pin, read_pin
from tests.unit.log.world import World, populated, verified

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pin_of(world: World, place: Path) -> Pin:
    verified(world, place / "pinned")
    write_json(place / "pin.json", make_pin(place / "pinned", []))
    return read_pin(place / "pin.json")


def grown(world: World, evt: str = "later") -> None:
    world.write(world.writer(), world.decision(evt=evt))
    world.seal()


def fork(world: World, size: int) -> None:
    """Let whoever holds the key seal another history of the log from its beginning."""
    for store in (world.bucket.files, world.model.items):
        store.clear()
    for _ in range(size):
        grown(world)


@pytest.fixture
def later(tmp_path: Path) -> tuple[World, Pin, Path]:
    """A log that went on after it was pinned, and its export."""
    world = populated(1)
    pin = pin_of(world, tmp_path)
    grown(world)
    verified(world, tmp_path / "export")
    return world, pin, tmp_path / "export"


def test_a_proof_shows_that_the_log_goes_on_from_a_pin(later: tuple[World, Pin, Path]) -> None:
    _, pin, export = later
    for event in ("evt-1", "later"):
        (proof,) = proofs_of(export, event, [pin])
        assert check_proof(proof, [], [pin]).verdict is Verdict.VERIFIED


def test_a_proof_of_the_pinned_checkpoint_itself_needs_no_path(tmp_path: Path) -> None:
    world = populated(1)
    pin = pin_of(world, tmp_path)
    (proof,) = proofs_of(tmp_path / "pinned", "evt-1")
    assert check_proof(proof, [], [pin]).verdict is Verdict.VERIFIED


def test_a_proof_that_shows_no_path_from_a_pin_is_not_anchored_by_it(later: tuple[World, Pin, Path]) -> None:
    world, pin, export = later
    (proof,) = proofs_of(export, "evt-1")
    checked = check_proof(proof, [VerifierKey.parse(world.vkey())], [pin])
    assert checked.verdict is Verdict.UNANCHORED
    assert "does not show that the log goes on" in checked.why[-1]


@pytest.mark.parametrize("seals", [1, 2, 3, 40])
def test_a_proof_of_a_forked_log_is_not_verified_with_a_pin(seals: int, tmp_path: Path) -> None:
    world = populated(1)
    pin = pin_of(world, tmp_path)
    fork(world, seals)
    verified(world, tmp_path / "export")
    try:
        proof = proofs_of(tmp_path / "export", "later", [pin])[0]
    except SourceError:  # smaller than the pin: an honest program would not even make it
        proof = proofs_of(tmp_path / "export", "later")[0]
    checked = check_proof(proof, [VerifierKey.parse(world.vkey())], [pin])
    assert checked.verdict in {Verdict.TAMPERED, Verdict.UNANCHORED}
    assert checked.verdict is Verdict.TAMPERED or not proof.get("consistency")


def _wrong(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def changed(proof: dict[str, Any]) -> dict[str, Any]:
        proof = copy.deepcopy(proof)
        change(proof["consistency"][0])
        return proof

    return changed


@pytest.mark.parametrize(
    "change",
    [
        _wrong(lambda path: path.update(path=path["path"][1:])),
        _wrong(lambda path: path.update(path=["00" * 32, *path["path"]])),
        _wrong(lambda path: path.update(path=path["path"][::-1])),
        _wrong(lambda path: path.update(path=[])),
        _wrong(lambda path: path.update(path=["00"])),
    ],
)
def test_a_path_that_leads_elsewhere_is_tampered_with(
    change: Callable[[dict[str, Any]], dict[str, Any]], later: tuple[World, Pin, Path]
) -> None:
    _, pin, export = later
    (proof,) = proofs_of(export, "evt-1", [pin])
    assert check_proof(change(proof), [], [pin]).verdict is Verdict.TAMPERED


@pytest.mark.parametrize("told", [[{}], [{"size": "x", "path": []}], [{"size": 1, "path": ["g"]}], 5, [[]]], ids=str)
def test_what_is_no_path_makes_no_proof(told: object, later: tuple[World, Pin, Path]) -> None:
    _, pin, export = later
    (proof,) = proofs_of(export, "evt-1", [pin])
    with pytest.raises(SourceError):
        check_proof({**proof, "consistency": told}, [], [pin])


def test_a_pin_of_another_log_is_no_pin_of_this_one(later: tuple[World, Pin, Path]) -> None:
    _, pin, export = later
    stored = pin.stored._replace(checkpoint=pin.stored.checkpoint._replace(origin="elsewhere"))
    other = pin._replace(stored=stored)
    with pytest.raises(SourceError, match="elsewhere"):
        proofs_of(export, "evt-1", [other])
    with pytest.raises(SourceError, match="elsewhere"):
        check_proof(proofs_of(export, "evt-1")[0], [], [other])


def test_the_commands_prove_and_check_with_the_same_pin(
    later: tuple[World, Pin, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, pin, export = later
    with_pin, without = tmp_path / "with.json", tmp_path / "without.json"
    assert main(["audit", "prove", "evt-1", "--export", str(export), "--pin", pin.path, "-o", str(with_pin)]) == 0
    assert main(["audit", "prove", "evt-1", "--export", str(export), "-o", str(without)]) == 0
    statuses = [main(["audit", "check-proof", str(path), "--pin", pin.path]) for path in (with_pin, without)]
    assert statuses == [Verdict.VERIFIED.value, Verdict.UNANCHORED.value]
    assert "does not show that the log goes on" in " ".join(capsys.readouterr().out.split())
