from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.note import COSIGNATURE, ED25519, Signature, VerifierKey, format_note
from tapeproof.verifier.findings import Attack, Report, UnusableError
from tapeproof.verifier.history import PIN_FORMAT, read_history, read_pin
from tapeproof.verifier.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGIN = "example.com/log"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x04" * 32)
KEY = VerifierKey(ORIGIN, ED25519, PRIVATE.public_key().public_bytes_raw())
SEEN = Ed25519PrivateKey.from_private_bytes(b"\x06" * 32)
WITNESS = VerifierKey("witness.example", COSIGNATURE, SEEN.public_key().public_bytes_raw())
MOMENT = 1_790_000_000


def _cosigned(text: str, moment: int) -> Signature:
    data = SEEN.sign(f"cosignature/v1\ntime {moment}\n".encode() + text.encode())
    return Signature(WITNESS.name, WITNESS.key_id, moment.to_bytes(8, "big") + data)


def _note(size: int, root: bytes = bytes(32), *, origin: str = ORIGIN, moments: tuple[int, ...] = ()) -> bytes:
    text = Checkpoint(origin, size, root).text()
    signatures = [Signature(KEY.name, KEY.key_id, PRIVATE.sign(text.encode()))]
    return format_note(text, [*signatures, *(_cosigned(text, moment) for moment in moments)])


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(tmp_path / "index")
    yield index
    index.close()


def test_checkpoints_are_kept_once_smallest_first(index: Index) -> None:
    report = Report()
    notes = [(f"{size:016d}", _note(size)) for size in (9, 5)]
    history = read_history(notes, _note(9), ORIGIN, report, index)
    assert ([found.size for found in history], len(history), history.largest()) == ([5, 9], 2, 9)
    assert report.findings == []


@pytest.mark.parametrize(
    ("sk", "note", "attack"),
    [
        ("0000000000000005", b"no note", Attack.CHECKPOINT_DAMAGED),
        ("0000000000000006", _note(5), Attack.CHECKPOINT_DAMAGED),
        ("0000000000000005", _note(5, origin="example.com/other"), Attack.CHECKPOINT_DAMAGED),
        ("0000000000000009", _note(9, b"\x01" * 32), Attack.LOG_FORKED),
    ],
)
def test_a_checkpoint_that_is_none_of_the_log_or_a_second_one_of_its_size_is_named(
    index: Index, sk: str, note: bytes, attack: Attack
) -> None:
    report = Report()
    read_history([(sk, note)], _note(9), ORIGIN, report, index)
    assert [one.attack for one in report.findings] == [attack]


@pytest.mark.parametrize("notes", [[], [("0000000000000005", b"")]])
def test_a_log_without_a_checkpoint_cannot_be_judged(index: Index, notes: list[tuple[str, bytes]]) -> None:
    with pytest.raises(UnusableError, match="no readable checkpoint"):
        read_history(notes, None, ORIGIN, Report(), index)


def test_the_newest_is_the_largest_that_was_signed_and_has_room(index: Index) -> None:
    stranger = format_note(Checkpoint(ORIGIN, 50, bytes(32)).text(), [Signature("x", b"abcd", b"y" * 64)])
    notes = [(f"{size:016d}", _note(size)) for size in (5, 9, 99)] + [(f"{50:016d}", stranger)]
    history = read_history(notes, None, ORIGIN, Report(), index)
    plausible, larger = history.newest([KEY], leaves=9, room=60)
    assert [one.checkpoint.size for one in plausible] == [9]
    assert [one.checkpoint.size for one in larger] == [99]


def _pin(path: Path, **changes: Any) -> Path:  # noqa: ANN401 - any JSON
    pin = {"format": PIN_FORMAT, "checkpoint": _note(9).decode(), "keys": [str(KEY)]}
    path.write_text(json.dumps({**pin, **changes}))
    return path


def test_a_pin_is_a_checkpoint_with_the_keys_that_signed_it(tmp_path: Path) -> None:
    pin = read_pin(_pin(tmp_path / "pin.json"))
    assert (pin.stored.checkpoint.size, pin.keys, pin.path) == (9, [KEY], str(tmp_path / "pin.json"))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "tapeproof-pin/2"},
        {"keys": []},
        {"keys": ["x"]},
        {"keys": None},
        {"checkpoint": "x"},
        {"checkpoint": _note(9).decode().replace("\n9\n", "\n8\n")},
        {"keys": [str(KEY._replace(name="example.com/other"))]},
    ],
)
def test_a_pin_that_nobody_signed_or_of_another_form_is_unusable(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(UnusableError):
        read_pin(_pin(tmp_path / "pin.json", **changes))
    with pytest.raises(UnusableError):
        read_pin(tmp_path / "absent.json")


@pytest.mark.parametrize("when", ["2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_pin_of_a_time_to_come_was_written_by_somebody_else(when: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="yet to come"):
        read_pin(_pin(tmp_path / "pin.json", pinned=when))


@pytest.mark.parametrize("when", ["", "now", "2026-01-31", "2026-13-31T00:00:00Z", 5, [], {}, True, "9" * 5_000])
def test_a_pin_that_names_no_time_is_none(when: Any, tmp_path: Path) -> None:  # noqa: ANN401 - any JSON
    with pytest.raises(UnusableError, match="is not a pin"):
        read_pin(_pin(tmp_path / "pin.json", pinned=when))


@pytest.mark.parametrize("when", [None, "2026-01-31T09:30:00Z", "1970-01-01T00:00:00Z"])
def test_a_pin_of_any_time_before_or_of_none_is_read(when: str | None, tmp_path: Path) -> None:
    assert bool(read_pin(_pin(tmp_path / "pin.json", pinned=when)).made) is (when == "2026-01-31T09:30:00Z")
