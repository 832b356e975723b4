"""Runs the project's Terraform against one AWS: init, apply, destroy, plan, show.

The configuration is used where it lies and is not written to: working data, state and log are the workspace's own.
"""

from __future__ import annotations

import json
import os
import subprocess
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tapeproof.content import content
from tapeproof.local.apartness import local_configuration, past_proxy, without_account
from tapeproof.local.errors import TerraformFailedError
from tapeproof.local.terraform import find_terraform, plugin_dir, terraform_environment
from tapeproof.local.terraform_changes import read_changes
from tapeproof.local.terraform_stream import build_failure, follow_changes, stream_messages
from tapeproof.ops.target import read_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tapeproof.local.terraform_changes import Change
    from tapeproof.local.terraform_stream import Step
    from tapeproof.local.workspace import Workspace
    from tapeproof.ops.target import StackOutputs

__all__ = ["CONFIGURATION", "VARIABLES", "StackTerraform"]

CONFIGURATION = content("stack")
VARIABLES = CONFIGURATION / "environments" / "local.tfvars"
PARALLELISM = 40
"""More than Terraform's 10: the provider waits 25 s for each queue to settle, and waiting costs nothing."""


class StackTerraform:
    """The project's Terraform in one workspace.

    Args:
        workspace: Where working data, state and log are kept.
        environment: Variables that lead the provider to its AWS.
        package: The Lambda zip to deploy.
        configuration: The folder of the root module.
        variables: The variables of the environment.
        overrides: Variables that replace some of those.
    """

    def __init__(
        self,
        workspace: Workspace,
        environment: Mapping[str, str],
        *,
        package: Path,
        configuration: Path = CONFIGURATION,
        variables: Path = VARIABLES,
        overrides: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self._workspace = workspace
        self._package = package
        self._configuration = configuration
        self._variables = variables
        self._overrides = overrides
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
        return list(read_changes(self._show_plan()))

    def plan(self) -> int:
        """Write a plan, as Terraform shows it to programs, to the workspace's plan document.

        Returns:
            How many resources it would change.

        Raises:
            TerraformFailedError: Terraform could not make a plan.
        """
        return len(list(read_changes(self._show_plan())))

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
        arguments = [command, "-json", "-auto-approve", f"-parallelism={PARALLELISM}", "-backup=-", *self._inputs()]
        self._stream(arguments, follow_changes(on_step), good=(0,))

    def _inputs(self) -> list[str]:
        return [
            "-input=false",
            f"-state={self._workspace.terraform_state}",
            f"-var-file={self._variables}",
            f"-var=lambda_zip_path={self._package}",
            *(f"-var={name}={_write_value(value)}" for name, value in self._overrides.items()),
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
        log = self._workspace.terraform_log
        status, errors = stream_messages(self._command(arguments), self._environment, log, follow)
        if status not in good:
            raise build_failure(arguments[0], status, errors, log)


def _write_value(value: object) -> str:
    """Return a value as `-var` takes it: a text as it is, anything else as an expression."""
    return value if isinstance(value, str) else json.dumps(value)


def _indent_text(text: str) -> str:
    return "\n".join(f"       {line}" for line in text.strip().splitlines()).strip()
