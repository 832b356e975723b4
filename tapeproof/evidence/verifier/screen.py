"""The arguments of verification, the same for ``verify.py`` and for ``tapeproof evidence verify``."""

from __future__ import annotations

import argparse
import re
from datetime import datetime

__all__ = ["EXPLANATION", "configure_verification", "parse_fingerprint"]

EXPLANATION = """exit status: 0 VERIFIED; 1 TAMPERED, each finding is named; 3 UNSIGNED or UNANCHORED: the bundle
agrees with itself but you named no key, so anybody could have made it; 4 UNMET: it is not what you expect, or was made
with a catalogue other than the release's; 5 this is not a bundle, or one of another version; 74 the result could not
be printed."""
FINGERPRINT = re.compile("[0-9a-f]{64}")


def configure_verification(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of verification to a parser."""
    parser.add_argument("bundle", nargs="?", default=None, help="folder or zip file (default: the folder of this file)")
    trust = parser.add_argument_group("what you know from elsewhere")
    trust.add_argument("--fingerprint", type=parse_fingerprint, help="of the signer's key, sha256:…")
    trust.add_argument("--public-key", metavar="PEM", help="file with the signer's public key")
    trust.add_argument("--expect", metavar="JSON", help="file with what you expect of the bundle")
    trust.add_argument("--previous", metavar="BUNDLE", default="", help="the bundle that this one must follow")
    trust.add_argument("--chain", metavar="FOLDER", default="", help="verify every bundle in a folder as one chain")
    trust.add_argument("--countersignature", metavar="JSON", default="", help="a second person's signature over it")
    trust.add_argument(
        "--countersigner", type=parse_fingerprint, metavar="FINGERPRINT", help="of the second person's key"
    )
    trust.add_argument("--entry", metavar="PROOF", default="", help="proof that it is in a log (C2SP tlog-proof)")
    trust.add_argument("--entries", metavar="JSONL", default="", help="with --chain: every entry of the log")
    trust.add_argument("--checkpoint", metavar="NOTE", default="", help="the log's checkpoint over --entries")
    trust.add_argument(
        "--log-key", metavar="VKEY", action="append", default=[], help="the log's verifier key; then its witnesses'"
    )
    trust.add_argument("--run", dest="run_id", metavar="ID", default="", help="id of the run that this must be")
    trust.add_argument(
        "--after", type=_moment, metavar="UTC", default="", help="the run is not older, as 2026-01-31T09:00:00Z"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def parse_fingerprint(text: str) -> str:
    """Return a whole fingerprint; a part of one, or an empty variable of a shell, would anchor nothing."""
    plain = "".join(text.split()).lower()
    digits = plain.removeprefix("sha256:")
    digits = digits.replace(":", "")
    if not FINGERPRINT.fullmatch(digits):
        told = "expected sha256: and 64 hexadecimal digits"
        raise argparse.ArgumentTypeError(f"{told}, got {text!r} with {len(digits)}")
    return f"sha256:{digits}"


def _moment(text: str) -> str:
    """Return a day or moment in UTC that compares with a run's time as text does."""
    form = "%Y-%m-%dT%H:%M:%SZ" if "T" in text else "%Y-%m-%d"
    try:
        if not text or datetime.strptime(text, form).strftime(form) == text:  # noqa: DTZ007 - the text says Z
            return text
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a moment in UTC such as 2026-01-31T09:00:00Z")
