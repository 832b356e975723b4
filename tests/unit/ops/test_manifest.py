"""The manifest survives a kill at any byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.ops.errors import NoStackError
from tapeproof.ops.manifest import ManifestWriter, Planned, latest_manifest, read_manifest

if TYPE_CHECKING:
    from pathlib import Path

TRADE = Planned(0, "kraken", "Trade", "record", ("trade#kraken#BTC-USD#1#2",))
NOISE = Planned(1, "luno", "Status", "quarantine")


def _written(folder: Path, *, ended: bool = True) -> Path:
    writer = ManifestWriter(folder, "a session", 1_700_000_000_000_000_000)
    writer.intend([TRADE, NOISE])
    writer.record_answer({0: "event-0"}, {1: "InternalFailure: no"}, 5)
    if ended:
        writer.end("complete")
    else:
        writer.close()
    return writer.path


def test_it_reads_back_what_was_written(tmp_path: Path) -> None:
    manifest = read_manifest(_written(tmp_path))
    assert manifest.planned == {0: TRADE, 1: NOISE}
    assert manifest.sent == {0: ("event-0", 5)}
    assert manifest.failed == {1: "InternalFailure: no"}
    assert (manifest.source, manifest.started_ns, manifest.ended) == (
        "a session",
        1_700_000_000_000_000_000,
        "complete",
    )
    assert manifest.uncertain == []


def test_an_event_without_an_answer_is_uncertain(tmp_path: Path) -> None:
    writer = ManifestWriter(tmp_path, "a session", 1)
    writer.intend([TRADE, NOISE])
    writer.close()
    manifest = read_manifest(writer.path)
    assert manifest.uncertain == [TRADE, NOISE]
    assert manifest.ended is None


def test_cut_off_at_any_byte_it_still_reads_and_never_invents(tmp_path: Path) -> None:
    whole = _written(tmp_path)
    content = whole.read_bytes()
    head = content.index(b"\n") + 1
    for length in range(head, len(content)):
        cut = tmp_path / "cut.jsonl"
        cut.write_bytes(content[:length])
        manifest = read_manifest(cut)
        assert set(manifest.sent) <= {0}
        assert set(manifest.planned) <= {0, 1}


@pytest.mark.parametrize("content", ["", "{}\n", "x\n", '{"manifest":2,"run":"r","started_ns":1,"source":"s"}\n'])
def test_another_file_is_no_manifest(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(content)
    with pytest.raises(NoStackError, match="is no manifest"):
        read_manifest(path)


def test_damage_in_the_middle_is_named_by_line(tmp_path: Path) -> None:
    path = _written(tmp_path)
    lines = path.read_text().splitlines()
    lines[1] = lines[1][:-5]
    path.write_text("\n".join(lines))
    with pytest.raises(NoStackError, match=":2: is damaged"):
        read_manifest(path)


def test_the_run_that_started_last_is_the_latest(tmp_path: Path) -> None:
    for started in (1_700_000_000_000_000_002, 1_700_000_000_000_000_001):
        ManifestWriter(tmp_path, str(started), started).end("complete")
    latest = latest_manifest(tmp_path)
    assert latest is not None
    assert latest.started_ns == 1_700_000_000_000_000_002


def test_without_a_run_there_is_no_latest(tmp_path: Path) -> None:
    assert latest_manifest(tmp_path) is None
