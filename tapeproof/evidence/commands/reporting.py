"""``tapeproof evidence report``."""

from __future__ import annotations

import os
import shlex
import sys
import webbrowser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.holding import hold_folder
from tapeproof.evidence.bundle.signing import KeyFileSigner, KmsSigner, create_key_file
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.commands.collecting import list_lacking_items, request_of, say, tell_failures
from tapeproof.evidence.defaults import DEFAULT_KEY
from tapeproof.evidence.errors import EXIT_FINDINGS, EXIT_INCOMPLETE, CollectionError
from tapeproof.evidence.leaks import refuse_leaks
from tapeproof.evidence.redaction import Redactor, secrets_of
from tapeproof.evidence.reports.errors import PrintingError
from tapeproof.evidence.reports.pdf import browser_path, print_pdf
from tapeproof.evidence.session import run_collection
from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import ASSESSMENT_FORMAT
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable
from tapeproof.evidence.verifier.layout import ASSESSMENT_NAME
from tapeproof.evidence.verifier.strict_json import decode_json
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    import argparse

    from tapeproof.evidence.bundle.signing import Signer
    from tapeproof.evidence.bundle.writing import Bundle

__all__ = ["report"]

OF_COLLECTING = (
    *("var_file", "plan", "state", "junit", "live", "audit_export", "outputs", "pin", "vkey", "seed"),
    *("framework", "manual"),
)
"""Options that name sources of evidence."""
LATEST = Path("latest")
"""What ``--previous`` says for the newest bundle of the same subject below ``--output``."""
STATUS_ORDER = ("fail", "unknown", "not-evaluated", "waived", "pass")


def report(parsed: argparse.Namespace) -> int:
    """Collect, judge and write a bundle.

    Returns:
        0 when the bundle was written and holds all that was named, 2 when it lacks some of that; with ``--strict`` 1
        when something in it fails or is unknown, 2 when something was not evaluated.
    """
    _check_options(parsed)
    signer = _signer(parsed)
    folder = parsed.collected or run_collection(request_of(parsed), say=say)
    if not folder.is_dir():
        raise CollectionError(f"{folder} is not a folder", fix="name what `tapeproof evidence collect` printed")
    with hold_folder(folder):
        if not (folder / "run.json").is_file():
            raise CollectionError(f"{folder} holds no collected evidence", fix="collect first, or leave --from out")
        write_previous(folder, _find_previous(folder) if parsed.previous == LATEST else parsed.previous)
        if signer is not None:
            refuse_leaks(folder, Redactor(secrets_of(os.environ)))
        bundle = _write_bundle(folder, signer, pdf=not parsed.no_pdf)
        lacks = list_lacking_items(tell_failures(folder))
    sys.stdout.write(_render_summary(bundle))
    if parsed.open:
        webbrowser.open((bundle.folder / "reports/report.html").resolve().as_uri())
    if lacks:
        say(f"INCOMPLETE: the bundle was written without {', '.join(lacks)}, which are not evaluated in it")
    return (_status(bundle) if parsed.strict else 0) or (EXIT_INCOMPLETE if lacks else 0)


def _find_previous(folder: Path) -> Path | None:
    """Return the newest bundle of the same subject that lies beside a run; None for the first of its chain."""
    subject = _read_subject((folder / "run.json").read_bytes())
    others = sorted((path for path in folder.parent.glob("*.zip") if path.stem != folder.name), reverse=True)
    # One that cannot be read may be of this subject: it is refused where it is looked at, not passed over.
    found = next((path for path in others if _subject_of(path) in {subject, None}), None)
    if found is not None and _has_other_format(found):
        say(f"{found} is of another version's format, whose own verify.py verifies it: a new chain begins here")
        return None
    say(f"the bundle before this one: {found}" if found else "the first bundle of its chain")
    return found


def _has_other_format(bundle: Path) -> bool:
    """Return whether another version's rules gave the verdicts of a bundle; after an upgrade the last one is such."""
    try:
        with closing(open_bundle(str(bundle))) as archive:
            stored = decode_json(Contents(archive, {}).read(ASSESSMENT_NAME), ASSESSMENT_NAME)
    except Unusable:
        return False
    return isinstance(stored, dict) and stored.get("format") != ASSESSMENT_FORMAT


def _subject_of(bundle: Path) -> str | None:
    try:
        with closing(open_bundle(str(bundle))) as archive:
            return _read_subject(Contents(archive, {}).read("run.json"))
    except Unusable:
        return None


def _read_subject(run: bytes) -> str | None:
    try:
        return str(decode_json(run, "run.json")["subject"])
    except (Unusable, *UNEXPECTED):
        return None


def _check_options(parsed: argparse.Namespace) -> None:
    """Refuse what would be left unread without a word."""
    unused = (
        [f"--{name.replace('_', '-')}" for name in OF_COLLECTING if getattr(parsed, name)] if parsed.collected else []
    )
    if unused:
        fix = "leave --from out to collect anew, or leave the others out"
        raise CollectionError(
            f"--from uses what was collected before, and {', '.join(unused)} with it nothing", fix=fix
        )


def _write_bundle(folder: Path, signer: Signer | None, *, pdf: bool) -> Bundle:
    """Write the bundle; a browser that is not there, or does not print, costs the PDF and nothing else."""
    if pdf and browser_path() is None:
        say("no browser is at hand (chromium or Chrome): the PDF is left out, the HTML prints the same")
    elif pdf:
        try:
            return write_bundle(folder, signer=signer, print_pdf=print_pdf, say=say)
        except PrintingError as error:
            say(f"the PDF is left out: {error.diagnostics()}")
    return write_bundle(folder, signer=signer, say=say)


def _status(bundle: Bundle) -> int:
    kinds = bundle.assessment["counts"]["policies"]
    effects = [counts for kind, table in kinds.items() if kind != "requirement" for counts in table.values()]
    if any(counts["fail"] + counts["unknown"] for counts in effects):
        return EXIT_FINDINGS
    return EXIT_INCOMPLETE if any(counts["not-evaluated"] for counts in effects) else 0


def _signer(parsed: argparse.Namespace) -> Signer | None:
    if parsed.kms_key and (parsed.key or parsed.create_key):
        raise CollectionError("a bundle has one signer", fix="name either --kms-key, or --key and --create-key")
    if parsed.kms_key:
        from tapeproof.evidence.collectors.live import open_account  # noqa: PLC0415 - only KMS needs it

        account = open_account(region=parsed.region, profile=parsed.profile, endpoint=parsed.endpoint_url)
        return KmsSigner(account.client("kms"), parsed.kms_key)
    if parsed.create_key:
        path = parsed.key or DEFAULT_KEY
        if not path.exists():
            create_key_file(path)
            say(f"made {path}; keep it, and give its fingerprint to whoever verifies")
        return KeyFileSigner(path)
    return KeyFileSigner(parsed.key) if parsed.key else None


def _render_summary(bundle: Bundle) -> str:
    stages = bundle.assessment["counts"]["stages"]["policy"]
    lines = ["", "policies of the gate, by stage:"]
    for stage, counts in stages.items():
        shown = ", ".join(f"{counts[status]} {status}" for status in STATUS_ORDER if counts[status])
        if shown:
            mark = " SIMULATED" if bundle.assessment["stages"][stage]["simulated"] else ""
            lines.append(f"  {stage:<12}{shown}{mark}")
    failed = [item["id"] for item in bundle.assessment["items"] if item["status"] != "collected"]
    lines += [f"not collected: {', '.join(failed)} (the report says why)"] if failed else []
    trust = f"--fingerprint {bundle.fingerprint}" if bundle.fingerprint else ""
    lines += [
        "",
        f"bundle      {bundle.zip} ({bundle.size:,} bytes, {count_of(bundle.files, 'file')})",
        f"read        {bundle.folder / 'reports/report.html'}",
        f"verify      python3 {_word(bundle.folder / 'verify.py')} {_word(bundle.zip)} {trust}".rstrip(),
        f"signed by   {bundle.fingerprint}"
        if bundle.fingerprint
        else "UNSIGNED    name --key, --create-key or --kms-key",
    ]
    return "\n".join(lines) + "\n"


def _word(path: Path) -> str:
    return shlex.quote(str(path))
