"""The command: ``python3 verify.py BUNDLE``."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.checking import Expectations, Outcome, verify_bundle
from tapeproof.evidence.verifier.counting import applies
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import EXIT_UNPRINTED, EXIT_UNUSABLE, Unusable
from tapeproof.evidence.verifier.keys import PublicKey
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["configure_verification", "render_outcome", "run_verification", "verify_main"]

EXPLANATION = """exit status: 0 VERIFIED; 1 TAMPERED, each finding is named; 3 UNSIGNED or UNANCHORED: the bundle
agrees with itself but you named no key, so anybody could have made it; 5 this is not a bundle, or one of another
version; 74 the result could not be printed."""
MAX_KEY_BYTES = 10_000


def configure_verification(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of verification to a parser."""
    parser.add_argument("bundle", nargs="?", default=None, help="folder or zip file (default: the folder of this file)")
    trust = parser.add_argument_group("what you know from elsewhere")
    trust.add_argument("--fingerprint", default="", help="fingerprint of the signer's key, sha256:…")
    trust.add_argument("--public-key", metavar="PEM", help="file with the signer's public key")
    trust.add_argument("--previous", metavar="BUNDLE", default="", help="the bundle that this one must follow")
    trust.add_argument("--run", dest="run_id", metavar="ID", default="", help="id of the run that this must be")
    trust.add_argument(
        "--after", type=_moment, metavar="UTC", default="", help="the run is not older, as 2026-01-31T09:00:00Z"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def run_verification(parsed: argparse.Namespace, default: str) -> int:
    """Verify what the command line names, print the outcome, return the exit status."""
    if not parsed.bundle and not Path(default, MANIFEST_NAME).exists():
        sys.stderr.write("error: there is no bundle beside this file; name it: python3 verify.py BUNDLE\n")
        return EXIT_UNUSABLE
    try:
        pem = _key_named(parsed.public_key) if parsed.public_key else b""
        if parsed.previous:
            open_bundle(parsed.previous).close()
    except Unusable as error:
        sys.stderr.write(f"error: {escape_text(error.finding.where)}: {escape_text(error.finding.message)}\n")
        return EXIT_UNUSABLE
    expected = Expectations(parsed.fingerprint, pem, parsed.previous, parsed.run_id, parsed.after)
    outcome = verify_bundle(parsed.bundle or default, expected)
    shown = _printed(_as_json(outcome) if parsed.json else render_outcome(outcome, parsed.bundle or default))
    return outcome.exit_status if shown else EXIT_UNPRINTED


def _printed(text: str) -> bool:
    """Print the outcome; return False when it could not be. A reader who has gone away has seen enough."""
    if sys.stdout is None or not sys.stdout.writable():
        return _told_unprinted("standard output is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is left to print goes nowhere: the interpreter would try it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return isinstance(error, BrokenPipeError) or _told_unprinted(str(error))
    return True


def _told_unprinted(why: str) -> bool:
    if sys.stderr is not None:
        sys.stderr.write(f"error: the result cannot be printed: {why}\n")
    return False


def _key_named(path: str) -> bytes:
    """Return the public key in a file that the reader named: if it is none, that says nothing about the bundle."""
    try:
        with Path(path).open("rb") as stream:
            pem = stream.read(MAX_KEY_BYTES)
    except (OSError, ValueError) as error:
        raise Unusable("BAD_KEY", path, f"the public key cannot be read: {error}") from error
    PublicKey.from_pem(pem, path)
    return pem


def _moment(text: str) -> str:
    """Return a day or moment in UTC that compares with a run's time as text does."""
    form = "%Y-%m-%dT%H:%M:%SZ" if "T" in text else "%Y-%m-%d"
    try:
        if not text or datetime.strptime(text, form).strftime(form) == text:  # noqa: DTZ007 - the text says Z
            return text
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a moment in UTC such as 2026-01-31T09:00:00Z")


def render_outcome(outcome: Outcome, path: str) -> str:
    """Return the outcome as lines for a person."""
    lines = [f"bundle      {escape_text(path)}"]
    if outcome.assessment is not None:
        lines += _about(outcome.assessment)
    lines += [f"{what:<11} {escape_text(text)}" for what, text in outcome.checked]
    if outcome.assessment is not None:
        lines += ["", *_conclusion(outcome.assessment)]
    lines += [
        "",
        *(f"  {one.code:<18} {escape_text(one.where)}: {escape_text(one.message)}" for one in outcome.findings),
    ]
    count = len(outcome.findings)
    tail = {
        "VERIFIED": "every byte, every verdict and the signer are as claimed",
        "UNANCHORED": "it agrees with itself; name the signer with --fingerprint or --public-key to know who made it",
        "UNSIGNED": "it agrees with itself, but it is not signed: anybody could have made it",
    }.get(outcome.word, f"{count} finding{'s' if count != 1 else ''}")
    return "\n".join([*lines, f"{outcome.word}: {tail}", ""])


def _about(assessment: Json) -> list[str]:
    run = assessment["run"]
    lines = [f"run         {run['id']}, as of {run['as_of']}, subject {escape_text(run['subject'])}"]
    if run["simulated"]:
        lines.append("SIMULATED   live evidence is from an emulator and shows nothing about an account")
    return lines


def _conclusion(assessment: Json) -> list[str]:
    lines = ["conclusion  (what the evidence says; not whether the bundle is genuine)"]
    for kind, effects in sorted(assessment["counts"]["policies"].items()):
        for effect, statuses in effects.items():
            if not applies(statuses):
                continue
            shown = ", ".join(f"{count} {status}" for status, count in statuses.items() if count)
            lines.append(f"  {kind:<12}{effect:<12} {shown} of {sum(statuses.values())}")
    return lines


def _as_json(outcome: Outcome) -> str:
    data = {
        "verdict": outcome.word,
        "exit_status": outcome.exit_status,
        "checked": dict(outcome.checked),
        "findings": [one._asdict() for one in outcome.findings],
        "manifest": f"sha256:{outcome.manifest_sha256}",
        "run": outcome.assessment["run"]["id"] if outcome.assessment else None,
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def verify_main(argv: list[str] | None = None) -> int:
    """Run the command of the single file."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # one run, and nothing in it refers to itself in a circle: reference counts free all there is
    parser = argparse.ArgumentParser(description="Verify an evidence bundle, offline.", epilog=EXPLANATION)
    configure_verification(parser)
    return run_verification(parser.parse_args(argv), str(Path(__file__).resolve().parent))
