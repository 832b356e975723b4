"""Follows a command of Terraform by its JSON stream, interrupts it gently, and puts its errors into words.

Format of the stream: Terraform documentation, "Machine-Readable UI".
"""

from __future__ import annotations

import json
import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.local.errors import TerraformFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Step", "build_failure", "follow_changes", "stream_messages"]

INTERRUPTED_WITHIN_S = 60.0
SHOWN_ERRORS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What Terraform did a moment ago.

    Args:
        done: How many changes are made.
        planned: How many there are in all; 0 while they are not known.
        address: The resource that was touched last.
        action: What was done to it, such as `create`; `plan` before anything is changed.
    """

    done: int
    planned: int
    address: str
    action: str


def follow_changes(on_step: Callable[[Step], None]) -> Callable[[Mapping[str, Any]], None]:
    """Return what takes the messages of an apply or a destroy and tells each step of it.

    Args:
        on_step: Called for every step.
    """
    planned, done = 0, 0

    def follow(message: Mapping[str, Any]) -> None:
        nonlocal planned, done
        hook = message.get("hook") or message.get("change") or {}
        address = str((hook.get("resource") or {}).get("addr", ""))
        if message["type"] == "planned_change" and hook["action"] not in {"read", "noop"}:
            # A replacement is two steps.
            planned += 2 if hook["action"] == "replace" else 1
            on_step(Step(0, planned, address, "plan"))
        elif message["type"] in {"apply_start", "apply_complete"} and hook["action"] != "read":
            done += message["type"] == "apply_complete"
            on_step(Step(done, planned, address, str(hook["action"])))

    return follow


def stream_messages(
    command: Sequence[str], environment: Mapping[str, str], log_path: Path, follow: Callable[[Mapping[str, Any]], None]
) -> tuple[int, list[Mapping[str, Any]]]:
    """Run a command to its end and return its exit status and the errors among its diagnostics.

    Args:
        command: Terraform and its arguments, with `-json` among them.
        environment: Its whole environment.
        log_path: The file that everything it says is added to.
        follow: Called for every message.
    """
    errors: list[Mapping[str, Any]] = []
    with log_path.open("a", encoding="utf-8") as log, _start_command(command, environment) as process:
        try:
            for message in _read_messages(process, log.write):
                if message.get("type") == "diagnostic" and message["diagnostic"]["severity"] == "error":
                    errors.append(message["diagnostic"])
                follow(message)
            return process.wait(), errors
        except BaseException:
            _interrupt(process)
            raise


def _start_command(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    # Its own session: Ctrl-C reaches it once, through this program, and not once more through the terminal.
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _read_messages(process: subprocess.Popen[str], log: Callable[[str], object]) -> Iterator[Mapping[str, Any]]:
    for line in process.stdout or ():
        log(line)
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict) and "type" in message:
            yield message


def _interrupt(process: subprocess.Popen[str]) -> None:
    # Asked to stop, Terraform finishes what it is creating and saves its state.
    for how in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.communicate(timeout=INTERRUPTED_WITHIN_S)
        except subprocess.TimeoutExpired:
            continue


def build_failure(command: str, status: int, errors: Sequence[Mapping[str, Any]], log: Path) -> TerraformFailedError:
    """Return the error that says why a command failed: the first reasons it gave, with resource, file and line."""
    reasons = [_reason(error) for error in errors[:SHOWN_ERRORS]]
    if len(errors) > SHOWN_ERRORS:
        reasons.append(f"and {len(errors) - SHOWN_ERRORS} more")
    return TerraformFailedError(
        f"terraform {command} failed with status {status}",
        why="\n       ".join(reasons) or "it gave no reason",
        fix=f"everything it said is in {log}; `tapeproof local apply` takes up where it stopped",
    )


def _reason(error: Mapping[str, Any]) -> str:
    where = error.get("range") or {}
    place = f"{where['filename']}:{where['start']['line']}: " if where else ""
    resource = f" ({error['address']})" if error.get("address") else ""
    detail = " ".join(str(error.get("detail", "")).split())
    return f"{place}{error['summary']}{resource}{': ' if detail else ''}{detail}"
