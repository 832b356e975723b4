"""How fast the gate answers, against checkov running the same rules and against HashiCorp's own parser, in one run.

    .venv/bin/python -m benchmarks.gate [--repeat 5] [--no-checkov] [--only stack|300|4000]

Every time is a whole command as a process, the shortest of the repeats, with its processor time beside it, which a busy
machine changes less, and the memory of its largest process. Ratios are of processor time, between rows of the same run.
"Cold" has an empty cache; "one changed" is asked again after one resource of one root has changed, "nothing changed"
after nothing has; "baseline" is the same where everything that was found is accepted. ``pygohcl`` parses the same files
and does no more. checkov judges the 300 files with the same rules; 4,000 would take it a quarter of an hour. Every
command finds the bytecode that its first run wrote, also where the environment forbids writing it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.estate import write_estate

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
TAPEPROOF = ROOT / ".venv" / "bin" / "tapeproof"
CHECKOV = ROOT / ".environments" / "checkov" / "bin" / "checkov"
ADAPTER = ROOT / "tapeproof" / "gate" / "frontends" / "checkov"
PARSE = """
import sys, pygohcl
for name in sys.argv[1:]:
    pygohcl.loads(open(name).read())
"""


class Goals(NamedTuple):
    """What is wanted of a repository, in words."""

    cold: str
    changed: str
    unchanged: str


GOALS = {
    "stack": Goals("≤ 10x pygohcl's parse", "", ""),
    "300": Goals("≤ 1.2 s", "≤ 0.4 s", "≤ 0.12 s"),
    "4000": Goals("≤ 12 s, ≤ 250 MB", "≤ 0.6 s", "≤ 0.4 s"),
}
BEHIND_A_BASELINE = Goals("", "≤ 3 s", "≤ 1.5 s")


class Cost(NamedTuple):
    """The least of some runs: seconds of wall clock, seconds of processor, and megabytes of the largest process."""

    wall: float
    processor: float
    memory: float


def measured(
    command: list[str], repeat: int, folder: Path, environment: dict[str, str], before: Callable[[], None] | None = None
) -> Cost:
    """Return what a command costs.

    Args:
        command: The command; any exit status but a crash will do.
        repeat: How often it runs.
        folder: Where.
        environment: What is set for it.
        before: What is done before each run.
    """
    least = Cost(float("inf"), float("inf"), float("inf"))
    for _ in range(repeat):
        if before is not None:
            before()
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in {0, 1, 2}:
            raise SystemExit(f"{command[0]} ended with status {process.returncode}")
        cost = Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        least = Cost(*map(min, least, cost))
    return least


class Bench:
    """All measurements of one run."""

    def __init__(self, repeat: int, checkov: bool, work: Path) -> None:
        self.repeat = repeat
        self.checkov = checkov and CHECKOV.exists()
        self.work = work
        self.cache = work / "cache"
        kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "CI"}}
        self.environment = {
            **kept,
            "PYTHONPYCACHEPREFIX": str(work / "bytecode"),
            "TAPEPROOF_CACHE_DIR": str(self.cache),
            "XDG_STATE_HOME": str(work / "state"),
            "TAPEPROOF": str(TAPEPROOF),
            "LOG_LEVEL": "ERROR",
        }
        self.rows: list[tuple[str, Cost, str, str]] = []

    def run(self, only: str) -> None:
        """Measure everything, or one repository."""
        bare = self.cost([sys.executable, "-c", "pass"], ROOT)
        self.row("python -c pass", bare)
        start = self.cost([str(TAPEPROOF), "--version"], ROOT)
        self.row("tapeproof --version", start, f"+{1000 * (start.processor - bare.processor):.0f} ms", "≤ +60 ms")
        if only in {"", "stack"}:
            stack = sorted(path for path in (ROOT / "stack").rglob("*.tf") if ".terraform" not in path.parts)
            self.compare("stack", ROOT, ["stack"], stack)
        for files, roots in ((300, 30), (4000, 200)):
            if only in {"", str(files)}:
                folder = self.work / f"estate-{files}"
                written = write_estate(folder, files, roots)
                self.compare(str(files), folder, [], written)
                if str(files) == "4000":
                    self.compare_baseline(folder, written[0])

    def compare(self, name: str, folder: Path, roots: list[str], files: list[Path]) -> None:
        """Measure one repository: cold, one changed, nothing changed, checkov beside it, and parsing alone."""
        command, goals = [str(TAPEPROOF), "gate", "check", *roots], GOALS[name]
        what = "our stack" if name == "stack" else f"{len(files):,} files"
        parse = self.cost([sys.executable, "-c", PARSE, *map(str, files)], folder)
        cold = self.cost(command, folder, lambda: shutil.rmtree(self.cache, ignore_errors=True))
        self.row(f"{what}: pygohcl parses", parse)
        ratio = f"{cold.processor / parse.processor:.1f}x pygohcl's parse"
        self.row(f"{what}: gate, cold", cold, ratio, goals.cold)
        if folder != ROOT:
            self.row(f"{what}: one changed", self.cost(command, folder, _changing(files[0])), "", goals.changed)
        unchanged = self.cost(command, folder)
        self.row(f"{what}: nothing changed", unchanged, "", goals.unchanged)
        if self.checkov and name != "4000":
            ours = ["--external-checks-dir", str(ADAPTER), "--check", "TP_*", "--quiet", "--compact"]
            peer = [str(CHECKOV), "-d", roots[0] if roots else ".", *ours]
            self.compare_peer(what, measured(peer, min(self.repeat, 2), folder, self.environment), cold, unchanged)

    def compare_baseline(self, folder: Path, file: Path) -> None:
        """Measure a repository of which all that is found is accepted: nothing changed, and one file."""
        tool, goals = str(TAPEPROOF), BEHIND_A_BASELINE
        accept = [tool, "gate", "baseline", "--reason", "there before the gate", "--owner", "platform"]
        subprocess.run(accept, cwd=folder, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        command = [tool, "gate", "check"]
        self.row("4,000 files, baseline: one changed", self.cost(command, folder, _changing(file)), "", goals.changed)
        self.row("4,000 files, baseline: nothing changed", self.cost(command, folder), "", goals.unchanged)

    def compare_peer(self, what: str, peer: Cost, cold: Cost, unchanged: Cost) -> None:
        """Keep the line of checkov with the same rules."""
        ratio = (
            f"{peer.processor / cold.processor:.1f}x our cold, {peer.processor / unchanged.processor:.0f}x unchanged"
        )
        self.row(f"{what}: checkov with the same rules", peer, ratio)

    def cost(self, command: list[str], folder: Path, before: Callable[[], None] | None = None) -> Cost:
        """Return what a command costs in this bench's environment; it has run once before it counts."""
        measured(command, 1, folder, self.environment, before)
        return measured(command, self.repeat, folder, self.environment, before)

    def row(self, name: str, cost: Cost, ratio: str = "", goal: str = "") -> None:
        """Keep one line of the table."""
        self.rows.append((name, cost, ratio, goal))

    def table(self) -> Table:
        """Return the table."""
        table = Table(title="tapeproof gate", title_justify="left")
        table.add_column("what")
        for column in ("wall s", "cpu s", "MB"):
            table.add_column(column, justify="right")
        table.add_column("ratio")
        table.add_column("wanted")
        for name, cost, ratio, goal in self.rows:
            table.add_row(name, f"{cost.wall:.3f}", f"{cost.processor:.3f}", f"{cost.memory:.0f}", ratio, goal)
        return table


def _changing(path: Path) -> Callable[[], None]:
    """Return what changes a file a little more each time."""
    text = path.read_text(encoding="utf-8")

    def change() -> None:
        path.write_text(f"{text}# changed at {time.time_ns()}\n", encoding="utf-8")

    return change


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="runs of each command; the least of each counts")
    parser.add_argument("--no-checkov", dest="checkov", action="store_false", help="leave the peer out")
    parser.add_argument("--only", choices=GOALS, default="", help="one repository")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tapeproof-benchmark-") as work:
        bench = Bench(arguments.repeat, arguments.checkov, Path(work))
        bench.run(arguments.only)
    Console(width=150).print(bench.table())


if __name__ == "__main__":
    main()
