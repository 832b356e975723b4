"""The command: ``python3 verify.py BUNDLE``."""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.chain import Chain, is_of_another_version, verify_chain
from tapeproof.evidence.checking.entries import read_log_keys
from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.checking.release import RELEASED, Release
from tapeproof.evidence.checking.terms import read_terms
from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.counting import applies
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import EXIT_UNANCHORED, EXIT_UNMET, EXIT_UNPRINTED, EXIT_UNUSABLE, Unusable
from tapeproof.evidence.verifier.keys import PublicKey
from tapeproof.evidence.verifier.reservations import spell_briefly
from tapeproof.evidence.verifier.screen import EXPLANATION, configure_verification
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["render_chain", "render_outcome", "run_verification", "verify_main"]

MAX_KEY_BYTES = 10_000


def run_verification(parsed: argparse.Namespace, default: str, release: Release | None) -> int:
    """Verify what the command line names, print the outcome, return the exit status.

    Args:
        parsed: The arguments of `configure_verification`.
        default: The bundle when none is named.
        release: Digests of the release that verifies.
    """
    if not parsed.chain and not parsed.bundle and not Path(default, MANIFEST_NAME).exists():
        sys.stderr.write("error: there is no bundle beside this file; name it: python3 verify.py BUNDLE\n")
        return EXIT_UNUSABLE
    try:
        pem = _key_named(parsed.public_key) if parsed.public_key else b""
        terms = read_terms(parsed.expect) if parsed.expect else None
        log = _log_named(parsed)
        _refuse_unread(parsed)
        if parsed.previous:
            open_bundle(parsed.previous).close()
    except Unusable as error:
        sys.stderr.write(f"error: {escape_text(error.finding.where)}: {escape_text(error.finding.message)}\n")
        return EXIT_UNUSABLE
    second = {"countersignature": parsed.countersignature, "countersigner": parsed.countersigner or ""}
    named = {"run": parsed.run_id, "after": parsed.after, "terms": terms, **second, **log}
    expected = Expectations(parsed.fingerprint or "", pem, parsed.previous, **named)
    if parsed.chain:
        return _run_chain(parsed, expected, release)
    outcome = verify_bundle(parsed.bundle or default, expected, release)
    shown = _print_outcome(_as_json(outcome) if parsed.json else render_outcome(outcome, parsed.bundle or default))
    return outcome.exit_status if shown else EXIT_UNPRINTED


def _log_named(parsed: argparse.Namespace) -> dict[str, Json]:
    """Return what the command line says of a transparency log; a part of it alone would check nothing.

    Raises:
        Unusable: Something is lacking, or is of the other kind of verification.
    """
    whole = bool(parsed.entries) == bool(parsed.checkpoint)
    fits = not (parsed.entry and parsed.chain) and not (parsed.entries and not parsed.chain)
    if not whole or not fits or bool(parsed.log_key) != bool(parsed.entry or parsed.entries):
        told = "a bundle needs --entry and --log-key; a --chain needs --entries, --checkpoint and --log-key"
        raise Unusable("BAD_EXPECTATION", "the log", told)
    keys = read_log_keys(parsed.log_key)
    return {"entry": parsed.entry, "entries": (parsed.entries, parsed.checkpoint), "log_keys": keys}


def _refuse_unread(parsed: argparse.Namespace) -> None:
    """Refuse what a chain would leave unread: an expectation that nobody looks at would seem to be met.

    Raises:
        Unusable: One is named.
    """
    names = ("previous", "countersignature", "countersigner", "run_id", "after", "bundle")
    unread = [name for name in names if getattr(parsed, name)]
    if parsed.chain and unread:
        told = f"a chain does not read {', '.join(unread)}: verify the bundle by itself, or leave it out"
        raise Unusable("BAD_EXPECTATION", "--chain", told)


def _run_chain(parsed: argparse.Namespace, expected: Expectations, release: Release | None) -> int:
    try:
        chain = verify_chain(parsed.chain, expected, release)
    except Unusable as error:
        sys.stderr.write(f"error: {escape_text(error.finding.where)}: {escape_text(error.finding.message)}\n")
        return EXIT_UNUSABLE
    shown = _print_outcome(_chain_as_json(chain) if parsed.json else render_chain(chain))
    return chain.exit_status if shown else EXIT_UNPRINTED


def render_chain(chain: Chain) -> str:
    """Return what came of a chain as lines for a person."""
    lines = [f"  {_word_in_chain(outcome):<13} {escape_text(name)}" for name, outcome in chain.bundles]
    lines += [f"period      {escape_text(chain.coverage)}"] if chain.coverage else []
    lines += [f"entered     {escape_text(chain.entered)}"] if chain.entered else []
    told = [*chain.findings, *chain.changes]
    lines += [f"  {one.code:<18} {escape_text(one.where)}: {escape_text(one.message)}" for one in told]
    for trend in chain.trends:
        repaired = ", ".join(count_of(days, "day") for days in trend.repaired_days) or "not yet"
        failed = f"{escape_text(trend.subject)} failed in {count_of(trend.failed, 'bundle')}"
        lines.append(f"trend       {failed}; repaired after {repaired}")
    words = {0: "VERIFIED", EXIT_UNANCHORED: "UNANCHORED", EXIT_UNMET: "UNMET"}
    word = words.get(chain.exit_status, "TAMPERED")
    counts = ", ".join(
        count_of(len(listed), one)
        for listed, one in ((chain.bundles, "bundle"), (chain.findings, "finding"), (chain.changes, "change"))
    )
    return "\n".join([*lines, f"{word}: {counts}", ""])


def _word_in_chain(outcome: Outcome) -> str:
    return "OTHER_VERSION" if is_of_another_version(outcome) else outcome.word


def _chain_as_json(chain: Chain) -> str:
    data = {
        "exit_status": chain.exit_status,
        "period": chain.coverage,
        "entered": chain.entered,
        "bundles": [{"name": name, "verdict": _word_in_chain(outcome)} for name, outcome in chain.bundles],
        "findings": [one._asdict() for one in chain.findings],
        "changes": [one._asdict() for one in chain.changes],
        "trends": [one._asdict() for one in chain.trends],
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def _print_outcome(text: str) -> bool:
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


def render_outcome(outcome: Outcome, path: str) -> str:
    """Return the outcome as lines for a person."""
    lines = [f"bundle      {escape_text(path)}"]
    if outcome.assessment is not None:
        lines += _about(outcome.assessment)
    lines += [f"{what:<11} {escape_text(text)}" for what, text in outcome.checked]
    if outcome.assessment is not None:
        lines += ["", *_conclusion(outcome.assessment)]
    recorded = [f"RECORDED, NOT RE-DERIVED  {escape_text(one)}" for one in outcome.recorded]
    lines += ["", *recorded] if recorded else []
    told = [*outcome.findings, *outcome.unmet]
    lines += ["", *(f"  {one.code:<18} {escape_text(one.where)}: {escape_text(one.message)}" for one in told)]
    count = len(told)
    tail = {
        "VERIFIED": "every byte, every verdict, every report and the signer are as claimed",
        "UNANCHORED": "it agrees with itself; name the signer with --fingerprint or --public-key to know who made it",
        "UNSIGNED": "it agrees with itself, but it is not signed: anybody could have made it",
    }.get(outcome.word, f"{count} finding{'s' if count != 1 else ''}")
    return "\n".join([*lines, f"{outcome.word}: {tail}", ""])


def _about(assessment: Json) -> list[str]:
    run = assessment["run"]
    lines = [f"run         {escape_text(run['id'])}, as of {run['as_of']}, subject {escape_text(run['subject'])}"]
    if run["simulated"]:
        lines.append("SIMULATED   live evidence is from an emulator and shows nothing about an account")
    marks = {True: "CONTRADICTION", False: "RESERVED"}
    told = spell_briefly(assessment["reservations"])
    lines += [f"{marks[contradiction]:<11} {escape_text(text)}" for contradiction, text in told]
    return lines


def _conclusion(assessment: Json) -> list[str]:
    lines = ["conclusion  (what the evidence says; not whether the bundle is genuine)"]
    for kind, effects in sorted(assessment["counts"]["policies"].items()):
        for effect, statuses in effects.items():
            if not applies(statuses):
                continue
            shown = ", ".join(f"{count} {status}" for status, count in statuses.items() if count)
            lines.append(f"  {escape_text(kind):<12}{effect:<12} {shown} of {sum(statuses.values())}")
    return lines


def _as_json(outcome: Outcome) -> str:
    data = {
        "verdict": outcome.word,
        "exit_status": outcome.exit_status,
        "checked": dict(outcome.checked),
        "findings": [one._asdict() for one in outcome.findings],
        "unmet": [one._asdict() for one in outcome.unmet],
        "recorded": outcome.recorded,
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
    here = Path(__file__).resolve()
    own = hashlib.sha256(here.read_bytes()).hexdigest()
    release = RELEASED._replace(verifier=own) if RELEASED else None
    return run_verification(parser.parse_args(argv), str(here.parent), release)
