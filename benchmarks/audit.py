"""How fast the audit log is written, verified and proved, against the limit (SHA-256 alone) and a peer, in one run.

    .venv/bin/python benchmarks/audit.py [--entries 1000000] [--no-spark]

The peer is awscli's own ``cloudtrail validate-logs`` code on the same number of events. Both read gzip from disk. Rates
per core are entries per second of processor time, which a busy machine changes less; two cores are wall-clock time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks.audit_log_generator import Generated, generate, lines_of
from tapeproof.auditing.inflating import INFLATED_BY, inflater
from tapeproof.auditing.proof import proof_at, proofs_of
from tapeproof.log.decision import Decision
from tapeproof.log.lane import CodeIdentity
from tapeproof.log.writer import AuditWriter
from tapeproof.verifier.folder import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / ".environments" / "peers" / "bin" / "python"
# Its own high-water mark: wait4's also counts the moment before exec, when the child was a copy of this process.
_VERIFY = """
import sys
from tapeproof.cli import main
main(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), end="")
"""
_FLOOR_SAMPLE = 200_000
_CROSSED = 100_000
_TURNS = 4
_INSTALLED = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""Programs run as they do where they are installed: compiled once, not at every start."""
_KEY = "trade#coinbase#BTC-USD#1763877600000000000"


def child(*command: object, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - options of subprocess.run
    """Run a command; return its output, status, processor and wall-clock seconds."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(one) for one in command], stdout=subprocess.PIPE, text=True, env=_INSTALLED, **options
    )
    out = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout:
        process.stdout.close()
    return {
        "out": out,
        "status": process.returncode,
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - began,
    }


def verify(folder: Path, *options: object) -> dict[str, Any]:
    """Verify an export in a process of its own."""
    done = child(sys.executable, "-c", _VERIFY, "audit", "verify", folder, "--format", "json", *options, cwd=ROOT)
    text, _, peak = done["out"].rpartition("\n")
    report = json.loads(text)
    counts = {"verdict": report["verdict"], "entries": report["counts"]["entries"], "peak": int(peak) / 1024}
    return {**done, **counts, "report": report}


def floor(folder: Path) -> float:
    """Return seconds of processor time per entry for hashing the entries' bytes, and nothing else."""
    entries = list(islice(lines_of(folder), _FLOOR_SAMPLE))
    best = 9.9
    for _ in range(3):
        before = time.process_time()
        for entry in entries:
            sha256(entry).digest()
        best = min(best, (time.process_time() - before) / len(entries))
    return best


def inflated_floor(folder: Path) -> float:
    """Return seconds of processor time per entry for inflating the entries' files and hashing what comes out whole."""
    before, entries = time.process_time(), 0
    for path in sorted((folder / "lanes").glob("*.gz"))[:6]:
        for block in blocks(path, inflater):
            sha256(b"\n".join(block)).digest()
            entries += len(block)
    return (time.process_time() - before) / entries


class _Sink:
    def transact_write_items(self, **_request: Any) -> None:  # noqa: ANN401 - boto3's shape
        return None


def _remaining() -> int:
    return 3_000


def writer(count: int = 20_000) -> tuple[float, float]:
    """Return microseconds of processor time that the writer takes for a decision, alone and in batches of ten."""
    put = {
        "pk": {"S": "trade#coinbase#BTC-USD#2025112306"}, "sk": {"S": "1763877600000000000#00000000000000000001"},
        "st_pk": {"S": "BTC-USD#trade#2025112306"}, "st_sk": {"S": "1763877600000000000#coinbase#1"},
        "et_pk": {"S": "coinbase#202511230600#3"}, "et_sk": {"S": "1763877600000000000#trade#BTC-USD#1"},
    }  # fmt: skip
    body = b'{"price":"43250.10","sequence":"1","side":"buy","size":"0.0012","symbol":"BTC-USD","venue":"coinbase"}'
    decisions = [
        Decision(
            "RECORDED", f"7bf73129-1428-4cd3-a780-{number:012d}", f"{_KEY}#{number}", "marketdata.coinbase",
            str(number),
            body,
            ({**put, "sk": {"S": f"1763877600000000000#{number:020d}"}, "body": {"S": body.decode()}},),
        )
        for number in range(count)
    ]  # fmt: skip
    batches = [decisions[first : first + 10] for first in range(0, count, 10)]
    return _committing([[one] for one in decisions]) / count * 1e6, _committing(batches) / count * 1e6


def _committing(batches: list[list[Decision]]) -> float:
    """Return seconds of processor time for committing all of some batches, the best of three."""
    best = 99.0
    for _ in range(3):
        made = AuditWriter(
            _Sink(), audit_table="a", market_table="m", origin="o", function="f", identity=CodeIdentity("0" * 64, "1")
        )
        before = time.process_time()
        for batch in batches:
            made.commit(batch, request_id="r", remaining_ms=_remaining)
        best = min(best, time.process_time() - before)
    return best


def proving(folder: Path, size: int) -> tuple[float, float]:
    """Return milliseconds for the proof of one event found by its id: median and worst of fifty."""
    event = [proof_at(folder, size * number // 51)["about"] for number in range(1, 51)]
    times = []
    for about in event:
        if not about:
            continue
        before = time.perf_counter()
        proofs_of(folder, about[0])
        times.append((time.perf_counter() - before) * 1e3)
    return sorted(times)[len(times) // 2], max(times)


def peer(folder: Path, trail: Path) -> dict[str, Any] | None:
    """Run the peer on as many events; None when its environment is not set up."""
    if not PEER.exists():
        return None
    script = ROOT / "benchmarks" / "cloudtrail_peer.py"
    with subprocess.Popen([PEER, script, "make", trail], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.writelines(line + b"\n" for line in lines_of(folder))
        process.stdin.close()
    result: dict[str, Any] = json.loads(child(PEER, script, "validate", trail)["out"])
    newest = max((trail / "AWSLogs").rglob("*CloudTrail-Digest*.json.gz"))
    newest.unlink()
    result["tail_deleted"] = json.loads(child(PEER, script, "validate", trail)["out"])["exit_status"]
    return result


def tail_deleted(folder: Path, vkey: str) -> str:
    """Return our verdict on the same attack: the newest checkpoints are gone, and an older one is shown.

    The log's key is all that is trusted, as the peer trusts CloudTrail's; neither has seen the log before.
    """
    code = (
        "import random,sys; from pathlib import Path; from tapeproof.auditing.editor import Editor;"
        "from tapeproof.auditing.attacks.stores import delete_checkpoints;"
        "delete_checkpoints(Editor(Path(sys.argv[1]), random.Random(1)))"
    )
    child(sys.executable, "-c", code, folder, cwd=ROOT)
    return str(verify(folder, "--vkey", vkey)["verdict"])


Row = tuple[str, str, str]
"""What was measured, the result, and the ratio or goal."""


def rate(result: dict[str, Any]) -> float:
    """Return entries per second of processor time."""
    return float(result["entries"] / result["cpu"])


def run(entries: int, place: Path, *, spark: bool) -> None:
    """Measure everything and print the table."""
    made, pin = generate(place / "log", entries), place / "pin.json"
    child(sys.executable, "-m", "tapeproof", "audit", "pin", pin, "--export", made.folder, cwd=ROOT)
    trusted = "--pin", pin, "--as-of", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole = verify(made.folder, "--jobs", 1, *trusted)
    lean = verify(_without_bundles(made.folder, place / "bare"), "--jobs", 1, "--pin", pin)
    table = Table(title=f"{made.entries:,} entries of {made.mean_bytes:.0f} bytes, gzip inflated by {INFLATED_BY}")
    for column in ("what", "result", "ratio or goal"):
        table.add_column(column)
    rows = [*_on_one_core(made.folder, whole, lean), *_of_other_shapes(place, entries, lean)]
    rows += [*_on_two_cores(place / "bare", pin), *_of_single_events(made.folder, whole)]
    rows += [_spark(made.folder, trusted, whole["report"])] if spark else []
    for row in [*rows, *_beside_the_peer(made, place / "bare", place / "trail")]:
        table.add_row(*row)
    Console(width=130).print(table)


def _on_one_core(folder: Path, whole: dict[str, Any], lean: dict[str, Any]) -> Iterator[Row]:
    limit, inflated = floor(folder), inflated_floor(folder)
    of_limits = f"{rate(lean) * limit:.2f} of the limit, {rate(lean) * inflated:.2f} with inflating"
    yield "SHA-256 alone, one core", f"{1 / limit:,.0f} entries/s", "the limit: 1.00"
    yield "inflate and SHA-256, one core", f"{1 / inflated:,.0f} entries/s", f"{limit / inflated:.2f} of the limit"
    yield "verify, one core", f"{rate(lean):,.0f} entries/s", of_limits
    yield "verify with entry bundles", f"{rate(whole):,.0f} entries/s", f"{rate(whole) * limit:.2f} of the limit"
    yield "verify, wall clock and peak memory", f"{lean['wall']:.1f} s, {lean['peak']:.0f} MB", whole["verdict"]


def _of_other_shapes(place: Path, entries: int, lean: dict[str, Any]) -> Iterator[Row]:
    short = generate(place / "short", entries, bundles=False, records=False)
    speed = rate(verify(short.folder, "--jobs", 1))
    yield f"verify entries of {short.mean_bytes:.0f} bytes, one core", f"{speed:,.0f} entries/s", "goal 300,000"
    crossed = generate(place / "crossed", min(entries, _CROSSED), bundles=False, crossed=True)
    speed = rate(verify(crossed.folder, "--jobs", 1))
    yield "verify with records and lines", f"{speed:,.0f} entries/s", f"{speed / rate(lean):.2f} of entries alone"
    memory = {size: _memory(place, size) for size in (10_000, 100_000)} | {lean["entries"]: lean["peak"]}
    yield "peak memory by entries", ", ".join(f"{size:,}: {peak:.0f} MB" for size, peak in memory.items()), "flat"


def _on_two_cores(folder: Path, pin: Path) -> Iterator[Row]:
    # In turns, the best of each: whatever else the machine does for a while must not meet only one of them.
    runs = [[verify(folder, "--jobs", jobs, "--pin", pin) for jobs in (1, 2)] for _ in range(_TURNS)]
    one, two = (min(each, key=lambda run: float(run["wall"])) for each in zip(*runs, strict=True))
    scaling = f"{one['wall'] / two['wall']:.2f}x of one (goal 1.8x)"
    yield "verify, two cores, wall clock", f"{two['entries'] / two['wall']:,.0f} entries/s", scaling


def _of_single_events(folder: Path, whole: dict[str, Any]) -> Iterator[Row]:
    alone, batched = writer()
    median, worst = proving(folder, whole["report"]["size"])
    yield "writer, one decision / in batches of 10", f"{alone:.1f} / {batched:.1f} us", "goal 15 us"
    yield "proof of one event, median / worst", f"{median:.1f} / {worst:.1f} ms", "goal 50 ms"


def _beside_the_peer(made: Generated, bare: Path, trail: Path) -> Iterator[Row]:
    other = peer(made.folder, trail)
    if other is None:
        return
    keyed = verify(bare, "--jobs", 1, "--vkey", made.vkey)
    theirs = other["events"] / other["cpu"]
    yield "awscli validate-logs, one core", f"{theirs:,.0f} events/s", f"ours is {rate(keyed) / theirs:.2f}x, key alone"
    verdicts = f"exit {other['tail_deleted']} / {tail_deleted(made.folder, made.vkey)}"
    yield "newest tail deleted: awscli / ours, key alone", verdicts, ""


def _without_bundles(folder: Path, target: Path) -> Path:
    for path in folder.rglob("*"):
        if path.is_file() and "entries" not in path.parts and path.name != "events.idx":
            copy = target / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.hardlink_to(path)
    manifest = json.loads((target / "export.json").read_text()) | {"bundles": False}
    (target / "export.json").unlink()
    (target / "export.json").write_text(json.dumps(manifest))
    return target


def _memory(place: Path, entries: int) -> float:
    made = generate(place / str(entries), entries, bundles=False)
    return float(verify(made.folder, "--jobs", 1)["peak"])


def _spark(folder: Path, trusted: tuple[object, ...], local: dict[str, Any]) -> Row:
    done = verify(folder, "--engine", "spark", *trusted)
    same = done["report"] == local
    return "Spark, local mode", f"{done['wall']:.1f} s", "identical report" if same else "DIFFERENT REPORT"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--no-spark", action="store_true")
    arguments = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="tapeproof-bench-"))
    try:
        run(arguments.entries, place, spark=not arguments.no_spark)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
