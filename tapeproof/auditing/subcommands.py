"""The subcommands of ``tapeproof audit``: arguments in, exit status out. Heavy imports wait until they are needed."""

from __future__ import annotations

import calendar
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.operations import (
    export_for_use,
    make_pin,
    read_keys,
    verify_folder,
    verify_live,
    write_json,
)
from tapeproof.auditing.output import as_json, progress, write_answer
from tapeproof.log.members import read_json
from tapeproof.log.objects import read_bounded
from tapeproof.terminal import count_of
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from tapeproof.auditing.drill import Outcome
    from tapeproof.auditing.export import ExportOptions
    from tapeproof.auditing.source import Live
    from tapeproof.verifier.engine import Engine
    from tapeproof.verifier.findings import Report

__all__ = ["check", "drill_log", "export_log", "pin", "prove", "prune_hours", "verify"]

_FAILED = 1


def verify(arguments: argparse.Namespace) -> int:
    """Verify, and return the verdict's exit status."""
    with progress(shown=not arguments.quiet) as update:
        options = _options(arguments)._replace(progress=update)
        engine = _engine(arguments)
        if arguments.folder:
            _only_one_log(arguments, arguments.keep)
            _require_folder(arguments.folder)
            report = verify_folder(arguments.folder, options, jobs=arguments.jobs, engine=engine)
        else:
            wanted = _export_options(arguments, update)
            source = _source(arguments)
            report = verify_live(
                source, options, export_options=wanted, keep=arguments.keep, jobs=arguments.jobs, engine=engine
            )
    return write_answer(lambda: _show(arguments, report), report.verdict.value)


def export_log(arguments: argparse.Namespace) -> int:
    """Export a live log."""
    from tapeproof.auditing.export import export  # noqa: PLC0415 - who verifies an export does not wait for it

    with progress(shown=not arguments.quiet) as update:
        options = _export_options(arguments, update)._replace(bundles=not arguments.no_bundles)
        manifest = export(_source(arguments), arguments.folder, options)
    if arguments.format == "json":
        as_json(manifest)
    else:
        counts = ", ".join(f"{count} {name}" for name, count in sorted(manifest["counts"].items()))
        print(f"exported {manifest['origin']} to {arguments.folder}: {counts}")  # noqa: T201 - the command's answer
    return 0


def prove(arguments: argparse.Namespace) -> int:
    """Write the proof of an event: of its newest entry, when there are several."""
    from tapeproof.auditing.proof import proofs_of  # noqa: PLC0415 - only this subcommand needs it

    with _folder(arguments) as folder:
        proofs = proofs_of(folder, arguments.event, [read_pin(path) for path in arguments.pin])
    proof = proofs[0]
    if arguments.output is None:
        as_json(proof if len(proofs) == 1 else proofs)
        return 0
    paths = [arguments.output, *(_number_path(arguments.output, number) for number in range(2, len(proofs) + 1))]
    for path, one in zip(paths, proofs, strict=True):
        write_json(path, one)
        print(f"wrote {path}: leaf {one['leaf']}, {path.stat().st_size} bytes")  # noqa: T201 - the command's answer
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Check a proof, and return its verdict's exit status."""
    from tapeproof.auditing.proof_check import MOST_BYTES, check_proof  # noqa: PLC0415 - only this subcommand needs it

    try:
        proof = read_json(read_bounded(arguments.file, MOST_BYTES))
    except (OSError, RecursionError, ValueError) as error:
        raise SourceError(
            f"{arguments.file} cannot be read: {error}", "`tapeproof audit prove` makes a proof."
        ) from error
    checked = check_proof(proof, read_keys(arguments.vkey), [read_pin(path) for path in arguments.pin])

    def write() -> None:
        if arguments.format == "json":
            as_json({"verdict": checked.verdict.name, "why": checked.why, "entry": checked.entry})
        else:
            _render().checked_text(checked)

    return write_answer(write, checked.verdict.value)


def pin(arguments: argparse.Namespace) -> int:
    """Write the newest checkpoint as an anchor."""
    with _folder(arguments) as folder:
        made = make_pin(folder, read_keys(arguments.vkey))
    write_json(arguments.file, made)
    if arguments.format == "json":
        as_json(made)
    else:
        size = count_of(made["size"], "leaf", "leaves")
        text = f"pinned {made['origin']} at {size} in {arguments.file}; keep it outside the account"
        print(text)  # noqa: T201 - the command's answer
    return 0


def drill_log(arguments: argparse.Namespace) -> int:
    """Run the drill; 0 when every attack that found a target was detected and named."""
    with progress(shown=not arguments.quiet) as update:
        outcomes = _drill_folder(arguments, update) if arguments.folder else _drill_live(arguments, update)

    def write() -> None:
        if arguments.format == "json":
            as_json([one._asdict() for one in outcomes])
        else:
            _render().drill_text(outcomes)

    return write_answer(write, _FAILED if any(one.detected is False for one in outcomes) else 0)


def _drill_folder(arguments: argparse.Namespace, update: Callable[[str, int, int], None]) -> list[Outcome]:
    from tapeproof.auditing.drill import drill  # noqa: PLC0415 - only this subcommand needs it

    _only_one_log(arguments)
    _require_folder(arguments.folder)
    return drill(
        arguments.folder,
        seed=arguments.seed,
        jobs=arguments.jobs,
        progress=lambda done, total: update("attacks", done, total),
    )


def _drill_live(arguments: argparse.Namespace, update: Callable[[str, int, int], None]) -> list[Outcome]:
    from tapeproof.auditing.live_drill import drill_live  # noqa: PLC0415 - only this subcommand needs it

    return drill_live(
        _source(arguments),
        _export_options(arguments, lambda _stage, _done, _total: None),
        seed=arguments.seed,
        jobs=arguments.jobs,
        most=arguments.max_items,
        progress=update,
    )


def prune_hours(arguments: argparse.Namespace) -> int:
    """Remove exported hours; the export must be sound first."""
    from tapeproof.auditing.prune import export_digest, hours_before, prune  # noqa: PLC0415 - only this subcommand
    from tapeproof.auditing.source import translate_errors  # noqa: PLC0415 - brings the AWS SDK

    _require_folder(arguments.export)
    options = _options(arguments)
    report = verify_folder(arguments.export, options)
    if report.verdict not in {Verdict.VERIFIED, Verdict.UNANCHORED, Verdict.STALE, Verdict.INCOMPLETE}:
        return write_answer(lambda: _show(arguments, report), report.verdict.value)
    hours = hours_before(arguments.export, arguments.before)
    if not hours:
        raise SourceError(f"{arguments.export} holds no closed hour before {arguments.before}", "Name a later hour.")
    if arguments.dry_run:
        as_json([{"hour": hour, "export": export_digest(arguments.export, hour)} for hour in hours])
        return 0
    source = _source(arguments)
    if report.origin != source.origin:
        raise SourceError(
            f"{arguments.export} is of the log {report.origin}, not of {source.origin}", "Export that log."
        )
    with translate_errors("pruning"):
        done = prune(
            source.dynamodb,
            source.names.audit_table,
            arguments.export,
            hours,
            by=arguments.by,
            wait_seconds=arguments.wait,
        )

    def write() -> None:
        if arguments.format == "json":
            as_json([one._asdict() for one in done])
        for one in done if arguments.format == "text" else ():
            text = f"{one.hour}: {one.deleted} of {one.entries} entries removed, {one.kept} kept because they differ"
            print(text)  # noqa: T201 - the command's answer

    return write_answer(write, _FAILED if any(one.kept for one in done) else 0)


def _render() -> ModuleType:
    from tapeproof.auditing import render  # noqa: PLC0415 - machines do not wait for what only people look at

    return render


def _show(arguments: argparse.Namespace, report: Report) -> None:
    if arguments.format == "json":
        as_json(report.as_json())
    else:
        _render().report_text(report)


def _options(arguments: argparse.Namespace) -> Options:
    return Options(
        keys=read_keys(arguments.vkey),
        witnesses=read_keys(arguments.witness, "--witness"),
        pins=[read_pin(path) for path in arguments.pin],
        max_age_seconds=arguments.max_age,
        as_of=_time("--as-of", arguments.as_of),
        quorum=arguments.quorum,
        lines_since=_time("--lines-since", arguments.lines_since),
    )


def _time(option: str, text: str | None) -> int | None:
    if text is None:
        return None
    if text == "now":
        return time.time_ns()
    try:
        return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) * 10**9
    except ValueError as error:
        raise SourceError(f"{option} {text!r} is no time", "Write it as 2026-01-31T09:30:00Z, or `now`.") from error


def _export_options(arguments: argparse.Namespace, update: Callable[[str, int, int], None]) -> ExportOptions:
    from tapeproof.auditing.export import ExportOptions  # noqa: PLC0415 - as above

    return ExportOptions(
        records=not arguments.no_records,
        witness=arguments.witness_lines,
        line_lag_ns=arguments.line_lag * 10**9,
        progress=lambda stage, count: update(stage, count, 0),
    )


def _source(arguments: argparse.Namespace) -> Live:
    from tapeproof.auditing.source import Live, read_outputs  # noqa: PLC0415 - brings the AWS SDK

    if arguments.outputs is None:
        raise SourceError("no log is named", "Name an export, or --outputs FILE from `terraform output -json`.")
    return Live(read_outputs(arguments.outputs), arguments.profile, arguments.endpoint)


def _engine(arguments: argparse.Namespace) -> Engine | None:
    if arguments.engine == "local":
        return None
    from tapeproof.auditing.spark import SparkEngine  # noqa: PLC0415 - brings Spark

    return SparkEngine()


@contextmanager
def _folder(arguments: argparse.Namespace) -> Iterator[Path]:
    if arguments.export:
        _only_one_log(arguments)
        _require_folder(arguments.export)
        yield arguments.export
        return
    with (
        progress(shown=not arguments.quiet) as update,
        export_for_use(_source(arguments), _export_options(arguments, update)) as folder,
    ):
        yield folder


def _only_one_log(arguments: argparse.Namespace, *live: object) -> None:
    if arguments.outputs or any(live):
        raise SourceError("an export and a live log are both named", "Name one of them.")


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise SourceError(f"{folder} is not a folder", "Name a folder that `tapeproof audit export` made.")


def _number_path(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number}{path.suffix}")
