"""Runs the project's Terraform against one AWS, reads its JSON stream, and puts its errors into words.

The configuration is used where it lies and is not written to: working data, state and log are the workspace's own.
Stream and plan formats: Terraform documentation, "Machine-Readable UI" and "JSON Output Format".
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.content import content
from tapeproof.local.apartness import local_configuration, past_proxy, without_account
from tapeproof.local.errors import TerraformFailedError
from tapeproof.local.terraform import find_terraform, plugin_dir, terraform_environment
from tapeproof.ops.target import read_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tapeproof.local.workspace import Workspace
    from tapeproof.ops.target import StackOutputs

__all__ = ["Change", "StackTerraform", "Step"]

CONFIGURATION = content("stack")
VARIABLES = CONFIGURATION / "environments" / "local.tfvars"
PARALLELISM = 40
"""More than Terraform's 10: the provider waits 25 s for each queue to settle, and waiting costs nothing."""
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


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a plan would still make.

    Args:
        address: The resource.
        kind: Its type.
        actions: What would be done.
        attributes: Which of its attributes would change.
    """

    address: str
    kind: str
    actions: tuple[str, ...]
    attributes: tuple[str, ...]


class StackTerraform:
    """The project's Terraform in one workspace.

    Args:
        workspace: Where working data, state and log are kept.
        environment: Variables that lead the provider to its AWS.
        package: The Lambda zip to deploy.
        configuration: The folder of the root module.
        variables: The variables of the environment.
    """

    def __init__(
        self,
        workspace: Workspace,
        environment: Mapping[str, str],
        *,
        package: Path,
        configuration: Path = CONFIGURATION,
        variables: Path = VARIABLES,
    ) -> None:
        self._workspace = workspace
        self._package = package
        self._configuration = configuration
        self._variables = variables
        self._environment = {
            **terraform_environment({**without_account(os.environ), **environment}),
            "TF_DATA_DIR": str(workspace.terraform_data),
            **past_proxy(os.environ),
        }

    def init(self) -> None:
        """Fetch the provider and the modules.

        Raises:
            TerraformFailedError: Terraform refuses the configuration, or the provider cannot be had.
        """
        mirror = plugin_dir()
        arguments = ["init", "-input=false", "-no-color", "-reconfigure"]
        if (self._configuration / ".terraform.lock.hcl").exists():
            arguments.append("-lockfile=readonly")
        if mirror is not None:
            arguments.append(f"-plugin-dir={mirror}")
        self._workspace.prepare()
        local_configuration(self._configuration, self._workspace.configuration)
        done = self._call(arguments)
        if done.returncode:
            raise TerraformFailedError(
                "terraform init failed",
                why=_indent_text(done.stderr or done.stdout),
                fix="without a network, name a provider mirror in TAPEPROOF_PLUGIN_DIR",
            )

    def apply(self, on_step: Callable[[Step], None]) -> None:
        """Make the stack what the configuration says.

        Args:
            on_step: Called for every step.

        Raises:
            TerraformFailedError: Terraform ended with an error; the messages name resource, file and line.
        """
        self._change("apply", on_step)

    def destroy(self, on_step: Callable[[Step], None]) -> None:
        """Remove everything that is in the state.

        Args:
            on_step: Called for every step.

        Raises:
            TerraformFailedError: Terraform ended with an error.
        """
        self._change("destroy", on_step)

    def remaining_changes(self) -> list[Change]:
        """Return what another apply would change; nothing, when the stack is what the configuration says.

        The plan is kept, as Terraform shows it to programs, in the workspace's plan document.

        Raises:
            TerraformFailedError: Terraform could not make a plan.
        """
        return list(_changes(self._show_plan()))

    def plan(self) -> int:
        """Write a plan, as Terraform shows it to programs, to the workspace's plan document.

        Returns:
            How many resources it would change.

        Raises:
            TerraformFailedError: Terraform could not make a plan.
        """
        return len(list(_changes(self._show_plan())))

    def _show_plan(self) -> Mapping[str, Any]:
        plan = self._workspace.root / "new.tfplan"
        try:
            self._stream(
                ["plan", "-json", "-detailed-exitcode", f"-out={plan}", *self._inputs()], lambda _: None, good=(0, 2)
            )
            shown = self._call(["show", "-json", str(plan)])
        finally:
            plan.unlink(missing_ok=True)
        if shown.returncode:
            raise TerraformFailedError("terraform show failed", why=_indent_text(shown.stderr))
        self._workspace.plan_document.write_text(shown.stdout, encoding="utf-8")
        document: Mapping[str, Any] = json.loads(shown.stdout)
        return document

    def show_state(self) -> None:
        """Write the state, as Terraform shows it to programs, to the workspace's state document.

        Raises:
            TerraformFailedError: Terraform cannot read the state.
        """
        shown = self._call(["show", "-json", str(self._workspace.terraform_state)])
        if shown.returncode:
            raise TerraformFailedError("terraform show failed", why=_indent_text(shown.stderr))
        self._workspace.state_document.write_text(shown.stdout, encoding="utf-8")

    def outputs(self) -> StackOutputs:
        """Return the outputs of what is applied.

        Raises:
            NoStackError: Nothing is applied.
        """
        return read_outputs(self._workspace.terraform_state)

    def _change(self, command: str, on_step: Callable[[Step], None]) -> None:
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

        arguments = [command, "-json", "-auto-approve", f"-parallelism={PARALLELISM}", "-backup=-", *self._inputs()]
        self._stream(arguments, follow, good=(0,))

    def _inputs(self) -> list[str]:
        return [
            "-input=false",
            f"-state={self._workspace.terraform_state}",
            f"-var-file={self._variables}",
            f"-var=lambda_zip_path={self._package}",
        ]

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return [str(find_terraform()), f"-chdir={self._workspace.configuration}", *arguments]

    def _call(self, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(arguments), env=self._environment, capture_output=True, text=True, check=False
        )

    def _stream(
        self, arguments: Sequence[str], follow: Callable[[Mapping[str, Any]], None], *, good: tuple[int, ...]
    ) -> None:
        errors: list[Mapping[str, Any]] = []
        # Its own session: Ctrl-C reaches it once, through this program, and not once more through the terminal.
        with (
            self._workspace.terraform_log.open("a", encoding="utf-8") as log,
            subprocess.Popen(
                self._command(arguments),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            ) as process,
        ):
            try:
                for message in _messages(process, log.write):
                    if message.get("type") == "diagnostic" and message["diagnostic"]["severity"] == "error":
                        errors.append(message["diagnostic"])
                    follow(message)
                status = process.wait()
            except BaseException:
                _interrupt(process)
                raise
        if status not in good:
            raise _build_failure(arguments[0], status, errors, self._workspace.terraform_log)


def _messages(process: subprocess.Popen[str], log: Callable[[str], object]) -> Iterator[Mapping[str, Any]]:
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


def _build_failure(command: str, status: int, errors: Sequence[Mapping[str, Any]], log: Path) -> TerraformFailedError:
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


def _changes(plan: Mapping[str, Any]) -> Iterator[Change]:
    for resource in plan.get("resource_changes", []):
        change = resource["change"]
        actions = tuple(change["actions"])
        if actions in {("no-op",), ("read",)}:
            continue
        before, after = change.get("before") or {}, change.get("after") or {}
        unknown = change.get("after_unknown") or {}
        attributes = sorted(
            name
            for name in before.keys() | after.keys() | unknown.keys()
            if before.get(name) != after.get(name) and (name in after or unknown.get(name) or name in before)
        )
        yield Change(resource["address"], resource["type"], actions, tuple(attributes))


def _indent_text(text: str) -> str:
    return "\n".join(f"       {line}" for line in text.strip().splitlines()).strip()
