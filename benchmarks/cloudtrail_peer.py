"""The peer: awscli's own ``cloudtrail validate-logs`` code over a trail on disk, in the environment of group ``peers``.

    .environments/peers/bin/python benchmarks/cloudtrail_peer.py make TRAIL < lines
    .environments/peers/bin/python benchmarks/cloudtrail_peer.py validate TRAIL

Nothing of its validation is replaced: only the clients it gets answer from a folder instead of from S3 and CloudTrail.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import hashlib
import io
import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import rsa  # type: ignore[import-not-found,unused-ignore]
from awscli.customizations.cloudtrail.validation import (  # type: ignore[import-not-found,unused-ignore]
    CloudTrailValidateLogs,
)

ACCOUNT, REGION, TRAIL, BUCKET = "123456789012", "us-east-1", "bench", "bucket-trail"
START = datetime(2025, 11, 23, 6, tzinfo=UTC)
EVENTS_PER_FILE, FILES_PER_HOUR = 2_000, 60


class _Body:
    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if size < 0 or not data:
            self._file.close()
        return data


class _Pages:
    def __init__(self, root: Path) -> None:
        self._root = root

    def paginate(self, *, Bucket: str, Marker: str, Prefix: str) -> _Pages:  # noqa: N803 - boto3's names
        del Bucket
        paths = (self._root / Prefix).rglob("*.json.gz")
        self._keys = sorted(str(path.relative_to(self._root)) for path in paths)
        self._keys = [key for key in self._keys if key > Marker]
        return self

    def search(self, _expression: str) -> list[str]:
        return self._keys


class _Client:
    """S3, CloudTrail and Organizations, as far as the validator asks."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get_client(self, _bucket: str) -> _Client:
        return self

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        del Bucket
        path = self._root / Key
        meta = path.with_suffix(".meta")
        return {"Body": _Body(path), "Metadata": json.loads(meta.read_text()) if meta.exists() else {}}

    def get_paginator(self, _name: str) -> _Pages:
        return _Pages(self._root)

    def list_public_keys(self, **_range: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        return {"PublicKeyList": [json.loads((self._root / "key.json").read_text())]}

    def describe_trails(self, **_names: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        arn = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/{TRAIL}"
        return {"trailList": [{"TrailARN": arn, "S3BucketName": BUCKET, "IsOrganizationTrail": False}]}


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def make(root: Path) -> None:
    """Write a trail of the events on standard input, one a line."""
    public, private = rsa.newkeys(2048)
    der = public.save_pkcs1("DER")
    fingerprint = hashlib.md5(der).hexdigest()  # noqa: S324 - CloudTrail's own fingerprint
    root.mkdir(parents=True)
    (root / "key.json").write_text(json.dumps({"Fingerprint": fingerprint, "Value": base64.b64encode(der).decode()}))
    previous: dict[str, Any] = {"key": None, "hash": None, "signature": None}
    logs: list[dict[str, Any]] = []
    hour = events = 0
    held: list[bytes] = []
    for line in sys.stdin.buffer:
        held.append(line.rstrip(b"\n"))
        events += 1
        if len(held) == EVENTS_PER_FILE:
            logs.append(_log(root, hour, len(logs), held))
            held = []
        if len(logs) == FILES_PER_HOUR:
            previous = _digest(root, hour, logs, previous, private=private, fingerprint=fingerprint)
            logs, hour = [], hour + 1
    if held:
        logs.append(_log(root, hour, len(logs), held))
    if logs:
        _digest(root, hour, logs, previous, private=private, fingerprint=fingerprint)
        hour += 1
    (root / "trail.json").write_text(json.dumps({"events": events, "hours": hour}))


def _log(root: Path, hour: int, number: int, events: list[bytes]) -> dict[str, Any]:
    moment = START + timedelta(hours=hour, minutes=number)
    key = (
        f"AWSLogs/{ACCOUNT}/CloudTrail/{REGION}/{moment:%Y/%m/%d}/{ACCOUNT}_CloudTrail_{REGION}_{hour}_{number}.json.gz"
    )
    data = b'{"Records":[' + b",".join(events) + b"]}"
    path = root / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, 1))
    return {
        "s3Bucket": BUCKET, "s3Object": key, "hashValue": hashlib.sha256(data).hexdigest(), "hashAlgorithm": "SHA-256",
        "newestEventTime": _stamp(moment), "oldestEventTime": _stamp(moment),
    }  # fmt: skip


def _digest(
    root: Path,
    hour: int,
    logs: list[dict[str, Any]],
    previous: dict[str, Any],
    *,
    private: Any,  # noqa: ANN401 - rsa has no types
    fingerprint: str,
) -> dict[str, Any]:
    begin, end = START + timedelta(hours=hour), START + timedelta(hours=hour + 1)
    key = (
        f"AWSLogs/{ACCOUNT}/CloudTrail-Digest/{REGION}/{end:%Y/%m/%d}/"
        f"{ACCOUNT}_CloudTrail-Digest_{REGION}_{TRAIL}_{REGION}_{end:%Y%m%dT%H%M%SZ}.json.gz"
    )
    digest = {
        "awsAccountId": ACCOUNT, "digestStartTime": _stamp(begin), "digestEndTime": _stamp(end),
        "digestS3Bucket": BUCKET, "digestS3Object": key,
        "digestPublicKeyFingerprint": fingerprint, "digestSignatureAlgorithm": "SHA256withRSA",
        "newestEventTime": None, "oldestEventTime": None, "previousDigestS3Bucket": BUCKET if previous["key"] else None,
        "previousDigestS3Object": previous["key"], "previousDigestHashValue": previous["hash"],
        "previousDigestHashAlgorithm": "SHA-256", "previousDigestSignature": previous["signature"], "logFiles": logs,
    }  # fmt: skip
    data = json.dumps(digest).encode()
    before = previous["signature"] or "null"
    text = f"{_stamp(end)}\n{BUCKET}/{key}\n{hashlib.sha256(data).hexdigest()}\n{before}"
    signature = rsa.sign(text.encode(), private, "SHA-256").hex()
    path = root / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, 1))
    path.with_suffix(".meta").write_text(json.dumps({"signature": signature, "signature-algorithm": "SHA256withRSA"}))
    return {"key": key, "hash": hashlib.sha256(data).hexdigest(), "signature": signature}


def validate(root: Path) -> dict[str, Any]:
    """Run the validator over a trail; return its exit status, counts, and the seconds it took."""
    client = _Client(root)
    trail = json.loads((root / "trail.json").read_text())
    command = CloudTrailValidateLogs(session=None)
    command.trail_arn = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/{TRAIL}"
    command.start_time, command.end_time = START, START + timedelta(hours=trail["hours"] + 1)
    command.s3_bucket, command.account_id, command._source_region = BUCKET, ACCOUNT, REGION  # noqa: SLF001 - set by its own set-up
    command.s3_client_provider = client
    command.cloudtrail_client = command.organization_client = client
    output, before, began = io.StringIO(), time.process_time(), time.perf_counter()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        command._call()  # noqa: SLF001 - what its command line calls after set-up
    wrong = command._invalid_digests + command._invalid_logs  # noqa: SLF001 - what its exit status is made of
    return {
        "events": trail["events"],
        "cpu": time.process_time() - before,
        "wall": time.perf_counter() - began,
        "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "exit_status": 1 if wrong else 0,
        "digests": command._valid_digests,  # noqa: SLF001 - as above
        "logs": command._valid_logs,  # noqa: SLF001 - as above
        "output": output.getvalue()[-300:],
    }


def main() -> None:
    """Make or validate a trail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("make", "validate"))
    parser.add_argument("trail", type=Path)
    arguments = parser.parse_args()
    if arguments.action == "make":
        make(arguments.trail)
    else:
        print(json.dumps(validate(arguments.trail)))


if __name__ == "__main__":
    main()
