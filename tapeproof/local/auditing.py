"""The auditor's part of the demonstration: seal, export, pin, verify, drill, and the evidence bundle.

Every step is the command that an auditor would type, in a process of its own: what the demonstration shows is what
anybody else can do, and this room needs to know nothing of the auditor's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.local.apartness import past_proxy, without_account
from tapeproof.local.errors import AuditingError
from tapeproof.local.terraform_run import VARIABLES
from tapeproof.local.workspace import PROJECT
from tapeproof.ops.target import REGION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tapeproof.local.lifecycle import LocalStack

__all__ = ["Auditing"]


@dataclass(frozen=True, slots=True)
class Auditing:
    """What an auditor does with the stack of one workspace.

    Args:
        stack: The local stack, applied.
    """

    stack: LocalStack

    @property
    def export(self) -> Path:
        """The exported log."""
        return self.stack.workspace.root / "audit-export"

    @property
    def pin(self) -> Path:
        """The checkpoint kept outside the account."""
        return self.stack.workspace.root / "audit-pin.json"

    @property
    def evidence(self) -> Path:
        """The folder of evidence runs."""
        return self.stack.workspace.root / "evidence"

    def seal(self, sealer: str) -> dict[str, Any]:
        """Invoke the sealer now instead of waiting for its schedule; return what it answered.

        Args:
            sealer: Name of the sealer function.

        Raises:
            AuditingError: It failed.
        """
        answer = self.stack.target.client("lambda").invoke(FunctionName=sealer, Payload=b"{}")
        payload = answer["Payload"].read().decode("utf-8", errors="replace")
        if answer.get("FunctionError"):
            raise AuditingError(f"{sealer} failed", why=payload[:500], fix=f"see {self.stack.workspace.server_log}")
        sealed: dict[str, Any] = json.loads(payload) or {}
        return sealed

    def export_and_pin(self) -> None:
        """Export the whole log, and keep its checkpoint as the anchor that later verifications are held against.

        Raises:
            AuditingError: A command failed.
        """
        shutil.rmtree(self.export, ignore_errors=True)
        self.pin.unlink(missing_ok=True)
        # The embedded CloudWatch Logs has a line at once: the whole session's are wanted, not those of a minute ago.
        lag = ("--line-lag", "5")
        outputs = self.stack.workspace.write_outputs()
        self._tapeproof("audit", "export", str(self.export), "--outputs", str(outputs), *lag, "--quiet")
        self._tapeproof("audit", "pin", str(self.pin), "--export", str(self.export), "--quiet")

    def verify(self) -> str:
        """Verify the export against the pin and return the report.

        Raises:
            AuditingError: The verdict is another than VERIFIED.
        """
        return self._tapeproof("audit", "verify", str(self.export), "--pin", str(self.pin), "--quiet")

    def drill(self) -> str:
        """Perform every attack on copies of the export and return the table of verdicts.

        Raises:
            AuditingError: An attack was not detected.
        """
        return self._tapeproof("audit", "drill", str(self.export), "--quiet")

    def report(self, *, plan: Path, state: Path) -> str:
        """Collect the evidence of the session and write the bundle; return what the command said.

        Args:
            plan: `terraform show -json` of the plan.
            state: `terraform show -json` of the state.

        Raises:
            AuditingError: The bundle could not be made.
        """
        server = self.stack.require_running()
        shutil.rmtree(self.evidence, ignore_errors=True)
        source = ["--var-file", str(VARIABLES), "--plan", str(plan), "--state", str(state)]
        live = ["--live", "--region", REGION, "--suffix", self.stack.suffix, "--endpoint-url", server.endpoint]
        key = self.stack.workspace.root / "evidence-key.pem"
        signing = ["--key", str(key), *([] if key.exists() else ["--create-key"])]
        log = ["--audit-export", str(self.export), "--pin", str(self.pin), "--simulated"]
        return self._tapeproof("evidence", "report", "--output", str(self.evidence), *source, *live, *log, *signing)

    def _tapeproof(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tapeproof", *arguments],
            cwd=PROJECT,
            env=self._environment(),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise AuditingError(
                f"`tapeproof {_format_command(arguments)}` ended with status {done.returncode}",
                why=(done.stderr or done.stdout).strip(),
                fix=f"run it yourself while the stack is up (`tapeproof local demo --keep`); see {PROJECT / 'docs'}",
            )
        return done.stdout.rstrip()

    def _environment(self) -> dict[str, str]:
        leading = self.stack.require_running().environment()
        return {**without_account(os.environ), **leading, **past_proxy(os.environ), "COLUMNS": "140"}


def _format_command(arguments: Sequence[str]) -> str:
    return " ".join(arguments[:2])
