"""What ``tapeproof audit`` does, as functions for other programs of the project."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.auditing.engines import engine_for
from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.inflating import inflater
from tapeproof.log.checkpoint import open_checkpoint
from tapeproof.log.note import MAX_NOTE_BYTES, NoteError, VerifierKey, parse_note
from tapeproof.log.objects import read_regular
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.history import PIN_FORMAT
from tapeproof.verifier.tlog import is_tlog, verify_tlog
from tapeproof.verifier.verify import Options, verify_export

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.auditing.export import ExportOptions
    from tapeproof.auditing.source import Source
    from tapeproof.verifier.engine import Engine
    from tapeproof.verifier.findings import Report

__all__ = ["export_for_use", "make_pin", "read_keys", "verify_folder", "verify_live"]

_MOST_KEY_BYTES = 1_000_000


def verify_folder(
    folder: Path, options: Options | None = None, *, jobs: int | None = None, engine: Engine | None = None
) -> Report:
    """Verify an exported folder, or any folder in the C2SP tlog-tiles layout.

    Args:
        folder: The folder.
        options: What to hold it against.
        jobs: Processes; None is one per core.
        engine: Runs the parallel stages instead of local processes.

    Raises:
        UnusableError: The folder cannot be verified at all.
    """
    options = options or Options()
    if is_tlog(folder):
        return verify_tlog(folder, options)
    options = options._replace(inflate=inflater)
    if engine:
        return verify_export(folder, options, engine)
    with closing(engine_for(folder, jobs)) as chosen:
        return verify_export(folder, options, chosen)


def verify_live(
    source: Source,
    options: Options | None = None,
    *,
    export_options: ExportOptions | None = None,
    keep: Path | None = None,
    jobs: int | None = None,
    engine: Engine | None = None,
) -> Report:
    """Verify a log where it lives: export it, then verify the export, which is kept when ``keep`` names a folder."""
    options = options or Options()
    key = source.verifier_key()
    if not options.keys and not options.pins and key and _has_signed(key, source):
        # The key service holds it under permissions of its own: neither tables nor bucket can replace it. Who is told
        # another key's name can: where the reader brings a pin, its keys and those that they rotated to are the log's.
        options = options._replace(keys=[VerifierKey.parse(key)])
    options = options._replace(own=True)
    with export_for_use(source, export_options, keep) as folder:
        report = verify_folder(folder, options, jobs=jobs, engine=engine)
    if key and not options.keys and not options.pins:
        report.notes.append(
            "The account's key did not sign what is published: it was rotated just now, or another key signs the log. "
            "Verify again in some minutes, or give a pin."
        )
    return report


def _has_signed(key: str, source: Source) -> bool:
    """Return whether a key signed what is published; where nothing is, that is for the verifier to say.

    For a minute after a rotation in the account the log is still signed by the key before.
    """
    try:
        note = parse_note(source.objects.get("checkpoint") or b"")
    except NoteError:
        return True
    return note.signed_by(VerifierKey.parse(key)) is not None


@contextmanager
def export_for_use(source: Source, options: ExportOptions | None = None, keep: Path | None = None) -> Iterator[Path]:
    """Export a log for as long as it is needed, or into a folder that stays."""
    from tapeproof.auditing.export import export  # noqa: PLC0415 - who verifies an export does not wait for it

    with tempfile.TemporaryDirectory(prefix="tapeproof-export-") as place:
        folder = keep or Path(place) / "export"
        export(source, folder, options)
        yield folder


def make_pin(folder: Path, keys: Sequence[VerifierKey], now: int | None = None) -> dict[str, Any]:
    """Return a pin of an export's newest checkpoint, to be kept outside the account.

    Args:
        folder: The export.
        keys: Keys the reader trusts; the export's own when there are none.
        now: Nanoseconds since 1970.

    Raises:
        SourceError: There is no checkpoint that these keys signed.
    """
    export_folder = ExportFolder(folder)
    keys = list(keys) or [VerifierKey.parse(one) for one in export_folder.verifier_keys()]
    path = folder / "checkpoint"
    try:
        note = read_regular(path, MAX_NOTE_BYTES) or b""
        checkpoint, _, signers = open_checkpoint(note, list(keys))
    except NoteError as error:
        raise SourceError(f"{path} cannot be pinned: {error.what}", "Verify the log first.") from error
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime((now or time.time_ns()) // 10**9))
    return {
        "format": PIN_FORMAT,
        "origin": checkpoint.origin,
        "pinned": when,
        "size": checkpoint.size,
        "checkpoint": note.decode(),
        "keys": [str(key) for key in signers],
    }


def read_keys(values: Sequence[str], option: str = "--vkey") -> list[VerifierKey]:
    """Return verifier keys given as text or as files that hold one a line.

    Args:
        values: What was given.
        option: With which option, for messages.

    Raises:
        SourceError: One is neither, or holds no key: nobody names a key to trust none.
    """
    return [key for value in values for key in _keys_of(value, option)]


def _keys_of(value: str, option: str) -> list[VerifierKey]:
    try:
        keys = [VerifierKey.parse(line) for line in _lines(value) if line.strip()]
    except NoteError as error:
        raise SourceError(f"{option} {value[:80]}: {error.what}", error.fix) from error
    if not keys:
        raise SourceError(f"{option} {value[:80]!r} holds no key", "Give the key itself, or a file with one a line.")
    return keys


def _lines(value: str) -> list[str]:
    try:
        with Path(value).open("rb") as file:
            data = file.read(_MOST_KEY_BYTES)
    except (OSError, ValueError):  # no file has this name: it is a key
        return [value]
    return data.decode("utf-8-sig", errors="replace").splitlines()  # editors begin a file with a byte order mark


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a JSON file that appears whole or not at all; what is no plain file (a pipe, a terminal) is written to."""
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_text(text, encoding="utf-8")
        return
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
