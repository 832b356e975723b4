"""Commands about what others hold a bundle against: ``countersign``, ``timestamp``, ``release``, ``schedule``."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.bundle.signing import KeyFileSigner, sign_manifest
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.entries import entry_of
from tapeproof.evidence.checking.outcome import Expectations, Outcome
from tapeproof.evidence.entering import enter_bundle, log_key
from tapeproof.evidence.errors import EXIT_FINDINGS, EvidenceError
from tapeproof.evidence.provenance import clock_of
from tapeproof.evidence.publishing import check_release, write_release
from tapeproof.evidence.scheduling import Schedule, write_schedule
from tapeproof.evidence.timestamps import request_timestamp, stamped_time
from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.dsse import COUNTERSIGNATURE_TYPE, MANIFEST_NAME
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    import argparse

__all__ = ["countersign", "enter", "release", "schedule", "timestamp"]

TOLERANCE: Final = timedelta(minutes=5)
"""How far an authority's clock may be behind the collector's; the verifier allows AWS's clock the same."""


def countersign(parsed: argparse.Namespace) -> int:
    """Verify a bundle, then sign its manifest as a second person; the signature lies beside the bundle."""
    outcome = _verified(parsed.bundle, parsed.fingerprint)
    signer = KeyFileSigner(parsed.key)
    predicate = {"who": parsed.who, "as_of": clock_of().iso(), "public_key": signer.public_pem.decode("ascii")}
    target = Path(f"{str(parsed.bundle).rstrip('/')}.countersignature.json")
    target.write_bytes(sign_manifest(signer, outcome.manifest_sha256, predicate, COUNTERSIGNATURE_TYPE))
    sys.stdout.write(f"wrote {escape_text(str(target))}; it is verified with --countersignature\n")
    return 0


def _verified(bundle: Path, fingerprint: str) -> Outcome:
    outcome = verify_bundle(str(bundle), Expectations(fingerprint or ""))
    if outcome.findings or outcome.assessment is None or not outcome.signed:
        why = "; ".join(f"{one.code} {one.where}: {one.message}" for one in outcome.findings[:1]) or "it is not signed"
        raise EvidenceError(f"{bundle} does not verify", why=why, fix="verify it first, to see every finding")
    return outcome


def enter(parsed: argparse.Namespace) -> int:
    """Enter a bundle into a log of bundles, or print what another log is to be given."""
    outcome = _verified(parsed.bundle, parsed.fingerprint)
    entry = entry_of((outcome.assessment or {})["run"], outcome.manifest_sha256)
    if parsed.log is None:
        sys.stdout.write(entry.decode("utf-8") + "\n")
        return 0
    if parsed.key is None or not parsed.origin:
        raise EvidenceError("a log has a key and a name of its own", fix="name them with --key and --origin")
    signer = KeyFileSigner(parsed.key)
    target = Path(f"{str(parsed.bundle).rstrip('/')}.tlog-proof")
    target.write_bytes(enter_bundle(parsed.log, parsed.origin, entry, signer))
    sys.stdout.write(f"wrote {escape_text(str(target))}; it is verified with --entry\n")
    sys.stdout.write(f"the log's key, for whoever verifies: {log_key(signer, parsed.origin)}\n")
    return 0


def timestamp(parsed: argparse.Namespace) -> int:
    """Write a request for a timestamp, or check the answer against the bundle.

    Returns:
        0; 1 when the authority's time and the run's do not agree.
    """
    outcome = _verified(parsed.bundle, parsed.fingerprint)
    archive = open_bundle(str(parsed.bundle))
    try:
        manifest = Contents(archive, {}).read(MANIFEST_NAME)
    finally:
        archive.close()
    if parsed.request:
        parsed.request.write_bytes(request_timestamp(manifest))
        sys.stdout.write(f"wrote {escape_text(str(parsed.request))}; send it as application/timestamp-query\n")
        return 0
    if parsed.roots is None:
        raise EvidenceError("an answer is checked against an authority", fix="name its root certificates with --roots")
    moment = stamped_time(parsed.response.read_bytes(), manifest, parsed.roots.read_bytes())
    as_of = datetime.fromisoformat((outcome.assessment or {})["run"]["as_of"])
    late = moment - as_of
    agrees = -TOLERANCE <= late <= timedelta(days=parsed.within_days)
    word = "STAMPED" if agrees else "TIME_DISAGREES"
    sys.stdout.write(f"{word}: the run is as of {as_of:%Y-%m-%dT%H:%M:%SZ}, stamped {moment:%Y-%m-%dT%H:%M:%SZ}\n")
    return 0 if agrees else EXIT_FINDINGS


def release(parsed: argparse.Namespace) -> int:
    """Write a signed release, or check this installation and a ``verify.py`` against one.

    Returns:
        0; 1 when something differs from the release.
    """
    if parsed.check is None:
        signer = KeyFileSigner(parsed.key)
        write_release(parsed.output, signer)
        sys.stdout.write(f"wrote {escape_text(str(parsed.output))}\n")
        return 0
    pem = (parsed.check / "maintainer.pub.pem").read_bytes()
    told = check_release(parsed.check, pem, parsed.fingerprint or "")
    sys.stdout.writelines(f"  OWN_CATALOGUE  {escape_text(one)}\n" for one in told)
    sys.stdout.write(f"{'DIFFERENT' if told else 'RELEASED'}: {count_of(len(told), 'difference')}\n")
    return EXIT_FINDINGS if told else 0


def schedule(parsed: argparse.Namespace) -> int:
    """Write the CI file that collects evidence at a stated cadence."""
    names = ("cadence_days", "at", "period_from", "suffix", "region", "role", "store", "kms_key")
    text = write_schedule(parsed.system, Schedule(**{name: getattr(parsed, name) for name in names}))
    if parsed.path is None:
        sys.stdout.write(text)
    else:
        parsed.path.parent.mkdir(parents=True, exist_ok=True)
        parsed.path.write_text(text, encoding="utf-8")
    return 0
