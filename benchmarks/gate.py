"""How fast the gate answers, against checkov running the same rules and against HashiCorp's own parser, in one run.

    .venv/bin/python benchmarks/gate.py [--repeat 5] [--no-checkov]

Every time is a whole command as a process, the shortest of the repeats, with its processor time beside it, which a busy
machine changes less. Ratios are between rows of the same run. "Cold" has an empty cache of ours (python-hcl2's grammar
is built, as set-up leaves it); "warm" is the same question again. ``pygohcl`` parses the same files and does no more.
Every command, checkov too, finds the bytecode that its first run wrote, also where the environment forbids writing it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
TAPEPROOF = ROOT / ".venv" / "bin" / "tapeproof"
CHECKOV = ROOT / ".environments" / "checkov" / "bin" / "checkov"
ADAPTER = ROOT / "policies" / "frontends" / "checkov"
PARSE = """
import sys, pygohcl
for name in sys.argv[1:]:
    pygohcl.loads(open(name).read())
"""
FILES = 300
MODULES = 30
FILE = """\
resource "aws_sqs_queue" "q{n}" {{
  name                      = "queue-{n}-${{var.environment_suffix}}"
  kms_master_key_id         = var.key_arn
  message_retention_seconds = 86400 * {days}

  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [
      {{
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "*"
        Condition = {{ Bool = {{ "aws:SecureTransport" = "false" }} }}
      }},
    ]
  }})
}}

resource "aws_cloudwatch_log_group" "g{n}" {{
  for_each = toset(["a", "b"])

  name              = "/aws/lambda/lambda-{n}${{each.key}}-${{var.environment_suffix}}"
  kms_key_id        = var.key_arn
  retention_in_days = {days} < 10 ? 30 : 60
}}

data "aws_iam_policy_document" "d{n}" {{
  statement {{
    sid       = "Send"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.q{n}.arn]
  }}
}}

resource "aws_iam_policy" "p{n}" {{
  name   = "policy-{n}-${{var.environment_suffix}}"
  policy = data.aws_iam_policy_document.d{n}.json
}}
"""
COMMON = """\
variable "environment_suffix" {
  type    = string
  default = "dev"
}

variable "key_arn" {
  type    = string
  default = null
}

provider "aws" {
  region = "us-east-1"
}
"""


class Timing(NamedTuple):
    """The shortest of some runs: seconds of wall clock, and seconds of processor."""

    wall: float
    processor: float


def timed(
    command: list[str], repeat: int, folder: Path, environment: dict[str, str], fresh: Path | None = None
) -> Timing:
    """Return how long a command takes.

    Args:
        command: The command; any exit status but a crash will do.
        repeat: How often it runs.
        folder: Where.
        environment: What is set for it.
        fresh: A folder to remove before each run.
    """
    best = Timing(float("inf"), float("inf"))
    for _ in range(repeat):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        used, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
        best = Timing(min(best.wall, wall), min(best.processor, processor))
    return best


def generated(folder: Path) -> list[Path]:
    """Write a repository of 300 files in 30 root modules, and return the files."""
    files = []
    for number in range(FILES - MODULES):
        path = folder / f"root{number % MODULES:02}" / f"part{number}.tf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILE.format(n=number, days=number % 14 + 1), encoding="utf-8")
        files.append(path)
    for number in range(MODULES):
        path = folder / f"root{number:02}" / "common.tf"
        path.write_text(COMMON, encoding="utf-8")
        files.append(path)
    return files


class Bench:
    """All measurements of one run."""

    def __init__(self, repeat: int, checkov: bool, work: Path) -> None:
        self.repeat = repeat
        self.checkov = checkov and CHECKOV.exists()
        self.work = work
        self.cache = work / "cache"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(work / "bytecode"),
            "TAPEPROOF_CACHE_DIR": str(self.cache),
            "TAPEPROOF": str(TAPEPROOF),
            "LOG_LEVEL": "ERROR",
        }
        self.rows: list[tuple[str, Timing, str, str]] = []

    def run(self) -> None:
        """Measure everything."""
        bare = self.time([sys.executable, "-c", "pass"], ROOT)
        self.row("python -c pass", bare)
        start = self.time([str(TAPEPROOF), "--version"], ROOT)
        self.row("tapeproof --version", start, f"+{1000 * (start.wall - bare.wall):.0f} ms", "≤ +60 ms")
        stack = sorted(path for path in (ROOT / "stack").rglob("*.tf") if ".terraform" not in path.parts)
        self.compare("our stack", ROOT, "stack", stack, ("≤ 0.8 s", "≤ 0.15 s", "≥ 7x", "≥ 35x"))
        files = generated(self.work / "repository")
        self.compare("300 files", self.work / "repository", ".", files, ("", "", "≥ 5x", "≥ 50x"))

    def compare(self, name: str, folder: Path, root: str, files: list[Path], limits: tuple[str, str, str, str]) -> None:
        """Measure one repository: cold, warm, checkov with the same rules, and parsing alone."""
        command = [str(TAPEPROOF), "gate", "check", *([] if root == "." else [root])]
        cold = self.time(command, folder, fresh=self.cache)
        warm = self.time(command, folder)
        parse = self.time([sys.executable, "-c", PARSE, *map(str, files)], folder)
        self.row(
            f"{name} ({len(files)} files): gate, cold",
            cold,
            f"{cold.wall / parse.wall:.1f}x pygohcl's parse",
            limits[0],
        )
        self.row(f"{name}: gate, warm", warm, f"{warm.wall / parse.wall:.1f}x pygohcl's parse", limits[1])
        self.row(f"{name}: pygohcl parses", parse)
        if not self.checkov:
            return
        ours = ["-d", root, "--external-checks-dir", str(ADAPTER), "--check", "TP_*", "--quiet", "--compact"]
        peer = self.time([str(CHECKOV), *ours], folder, repeat=min(self.repeat, 2))
        limit = f"{limits[2]} cold, {limits[3]} warm"
        ratio = f"{peer.wall / cold.wall:.1f}x our cold, {peer.wall / warm.wall:.1f}x our warm"
        self.row(f"{name}: checkov with the same rules", peer, ratio, limit)

    def time(self, command: list[str], folder: Path, fresh: Path | None = None, repeat: int = 0) -> Timing:
        """Return how long a command takes in this bench's environment."""
        return timed(command, repeat or self.repeat, folder, self.environment, fresh)

    def row(self, name: str, timing: Timing, ratio: str = "", limit: str = "") -> None:
        """Keep one line of the table."""
        self.rows.append((name, timing, ratio, limit))

    def table(self) -> Table:
        """Return the table."""
        table = Table(title="tapeproof gate", title_justify="left")
        for column, justify in (
            ("what", "left"),
            ("wall s", "right"),
            ("cpu s", "right"),
            ("ratio", "left"),
            ("wanted", "left"),
        ):
            table.add_column(column, justify=justify)  # type: ignore[arg-type] # both are words that rich knows
        for name, timing, ratio, limit in self.rows:
            table.add_row(name, f"{timing.wall:.3f}", f"{timing.processor:.3f}", ratio, limit)
        return table


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="runs of each command; the shortest counts")
    parser.add_argument("--no-checkov", dest="checkov", action="store_false", help="leave the peer out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tapeproof-benchmark-") as work:
        bench = Bench(arguments.repeat, arguments.checkov, Path(work))
        bench.run()
    Console(width=150).print(bench.table())


if __name__ == "__main__":
    main()
