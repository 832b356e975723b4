"""A log whose newest part is taken away with all that speaks of it: what a pin, a key, a witness or lines then say."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import make_pin, verify_folder
from tapeproof.log.note import COSIGNATURE, Signature, VerifierKey, format_note, parse_note
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.history import Pin, read_pin
from tapeproof.verifier.options import Options
from tests.places import PROJECT
from tests.unit.log.world import MINUTE, World, WorldSource, populated, verified

if TYPE_CHECKING:
    from pathlib import Path

SEEN = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
WITNESS = VerifierKey("witness.example", COSIGNATURE, SEEN.public_key().public_bytes_raw())
PAGE = (PROJECT / "docs" / "formats" / "audit-log.md").read_text(encoding="utf-8")


def pinned(world: World, place: Path) -> Pin:
    """Return a pin of the log as it is."""
    export(WorldSource(world), place, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    path = place.with_suffix(".pin")
    path.write_text(json.dumps(make_pin(place, [VerifierKey.parse(world.vkey())], world.now)))
    return read_pin(path)


def cosign(world: World) -> None:
    """Let a witness sign what is published."""
    note = parse_note(world.bucket.files["checkpoint"])
    moment = world.now // 10**9
    data = SEEN.sign(f"cosignature/v1\ntime {moment}\n".encode() + note.text.encode())
    signatures = [*note.signatures, Signature(WITNESS.name, WITNESS.key_id, moment.to_bytes(8, "big") + data)]
    world.bucket.files["checkpoint"] = format_note(note.text, signatures)


def cut(place: Path, *, lines: bool, again: bool) -> tuple[World, Pin, Pin]:
    """Return a log whose last minute was taken away, and pins from before that minute and after it.

    Args:
        place: Where to work.
        lines: Whether the witness lines went too.
        again: Whether the log's key then signed another minute in its place.
    """
    world = populated(1)
    cosign(world)
    older = pinned(world, place / "older")
    items, files, said = copy.deepcopy(world.model.items), dict(world.bucket.files), list(world.lines)
    world.write(world.writer(), world.decision(), world.decision())
    world.seal()
    newer = pinned(world, place / "newer")
    world.model.items, world.bucket.files = items, files
    if lines:
        world.lines = said
    if again:
        world.write(world.writer(), world.decision(77))
        world.seal()
    return world, older, newer


CASES = [(lines, again) for lines in (False, True) for again in (False, True)]


@pytest.mark.parametrize(("lines", "again"), CASES)
def test_a_pin_of_what_was_taken_away_finds_it(tmp_path: Path, *, lines: bool, again: bool) -> None:
    world, older, newer = cut(tmp_path, lines=lines, again=again)
    report = verified(world, tmp_path / "log", pins=[older, newer])
    assert report.verdict is Verdict.TAMPERED
    assert (Attack.LOG_FORKED if again else Attack.ROLLED_BACK) in {one.attack for one in report.findings}
    assert all(newer.path not in anchor for anchor in report.anchors)


@pytest.mark.parametrize("again", [False, True])
def test_the_witness_lines_of_what_was_taken_away_find_it(tmp_path: Path, *, again: bool) -> None:
    world, older, _ = cut(tmp_path, lines=False, again=again)
    report = verified(world, tmp_path / "log", pins=[older])
    assert Attack.LINE_UNMATCHED in {one.attack for one in report.findings}


@pytest.mark.parametrize("again", [False, True])
def test_a_key_alone_vouches_for_no_export_that_was_cut(tmp_path: Path, *, again: bool) -> None:
    world, _, _ = cut(tmp_path, lines=True, again=again)
    assert verified(world, tmp_path / "log", own=False).verdict is Verdict.UNANCHORED


def test_a_witness_vouches_for_nothing_that_was_signed_in_place_of_it(tmp_path: Path) -> None:
    world, _, _ = cut(tmp_path, lines=True, again=True)
    assert verified(world, tmp_path / "log", own=False, witnesses=[WITNESS]).verdict is Verdict.UNANCHORED


@pytest.mark.parametrize("anchor", ["pin", "witness", "lines"])
def test_what_is_older_than_what_was_taken_away_says_that_the_log_is_stale(tmp_path: Path, anchor: str) -> None:
    world, older, _ = cut(tmp_path, lines=True, again=False)
    options: dict[str, Any] = {"pin": {"pins": [older], "own": False}, "lines": {}}.get(
        anchor, {"own": False, "witnesses": [WITNESS]}
    )
    assert verified(world, tmp_path / "log", **options).verdict is Verdict.VERIFIED  # as the page says, for ten minutes
    world.now += 11 * MINUTE
    assert verified(world, tmp_path / "later", **options).verdict is Verdict.STALE


def test_what_came_after_the_newest_anchor_is_said_to_rest_on_the_key_and_the_page_names_it_a_limit(
    tmp_path: Path,
) -> None:
    world, older, _ = cut(tmp_path, lines=True, again=True)
    report = verified(world, tmp_path / "log", pins=[older], own=False)
    assert report.verdict is Verdict.VERIFIED
    assert "what came after rests on the log's own key" in report.anchors[0]
    assert "what came after the newest anchor" in PAGE.partition("What cannot be detected:")[2]


def test_an_export_of_before_a_pin_is_no_log_that_was_rolled_back(tmp_path: Path) -> None:
    """Judged as of the time that it was made at, nothing tells it from an honest export: nobody vouches for it."""
    world = populated(1)
    made = world.now
    older = pinned(world, tmp_path / "older")
    world.now += 60 * MINUTE
    world.write(world.writer(), world.decision())
    world.seal()
    newer = pinned(world, tmp_path / "newer")

    def judge(*pins: Pin, as_of: int) -> Any:  # noqa: ANN401 - a report
        return verify_folder(tmp_path / "older", Options(pins=pins, as_of=as_of), jobs=1)

    report = judge(newer, as_of=made)
    assert (report.verdict, len(report.notes)) == (Verdict.UNANCHORED, 1)
    assert judge(older, newer, as_of=made).verdict is Verdict.VERIFIED
    assert judge(newer, as_of=made + 60 * MINUTE).verdict is Verdict.TAMPERED
