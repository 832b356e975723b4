"""The local stack as a whole: start, build, apply, look for drift, destroy, prove that nothing is left, stop."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.embedded_target import reach_embedded
from tapeproof.local.errors import LeftoversError, TerraformFailedError
from tapeproof.local.leftovers import leftovers
from tapeproof.local.package import build_zip
from tapeproof.local.terraform_run import VARIABLES, StackTerraform
from tapeproof.ops.errors import NoStackError
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tapeproof.local.embedded_server import Server
    from tapeproof.local.package import BuiltZip
    from tapeproof.local.terraform_changes import Change
    from tapeproof.local.terraform_stream import Step
    from tapeproof.local.workspace import Workspace
    from tapeproof.ops.target import StackOutputs, Target

__all__ = ["LocalStack"]

SHOWN = 10


class LocalStack:
    """The stack of one workspace.

    Args:
        workspace: Where it lives.

    Attributes:
        credentials: Variables by which Terraform is somebody else than the administrator; none at first.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.credentials: Mapping[str, str] = {}
        self.aws = EmbeddedAws(workspace)

    @property
    def suffix(self) -> str:
        """What the names of the stack's resources end with.

        Raises:
            NoStackError: The variables of the local environment do not say.
        """
        return _suffix()

    @property
    def target(self) -> Target:
        """The embedded AWS.

        Raises:
            NoStackError: It does not run.
        """
        return reach_embedded(self.workspace)

    def up(self, port: int | None = None) -> tuple[Server, bool]:
        """Start the embedded AWS and return it, with whether it was started just now.

        Args:
            port: The port to serve; a free one when absent.

        Raises:
            EmbeddedAwsError: It does not start.
        """
        before = self.aws.find_running()
        server = self.aws.start(port)
        if before is None:
            # A new embedded AWS is empty, whatever an older one had in it.
            self.workspace.terraform_state.unlink(missing_ok=True)
        return server, before is None

    def build(self) -> BuiltZip:
        """Build the Lambda zip.

        Raises:
            PackagingError: It cannot be built.
        """
        self.workspace.prepare()
        return build_zip(self.workspace.package)

    def apply(self, on_step: Callable[[Step], None], overrides: Mapping[str, object] | None = None) -> StackOutputs:
        """Apply the whole stack and return its outputs.

        Args:
            on_step: Called for every step.
            overrides: Variables that replace those of the local environment.

        Raises:
            TerraformFailedError: Terraform ended with an error.
        """
        terraform = self._terraform(overrides)
        terraform.init()
        terraform.apply(on_step)
        return terraform.outputs()

    def outputs(self) -> StackOutputs:
        """Return the outputs of what is applied.

        Raises:
            NoStackError: Nothing is applied.
        """
        return self._terraform().outputs()

    def prove_no_drift(self) -> None:
        """Plan again: another apply would change nothing.

        Raises:
            TerraformFailedError: It would change something.
        """
        changes = self._terraform().remaining_changes()
        if changes:
            raise TerraformFailedError(
                f"{count_of(len(changes), 'resource is', 'resources are')} not what was just applied",
                why="\n       ".join(map(_show_change, changes[:SHOWN])),
                fix="correct the configuration, or what the embedded AWS answers, in tapeproof/local/emulator",
            )

    def show_state(self) -> None:
        """Write the state, as Terraform shows it to programs, to the workspace's state document.

        Raises:
            TerraformFailedError: Terraform cannot read the state.
        """
        self._terraform().show_state()

    def destroy(self, on_step: Callable[[Step], None]) -> None:
        """Destroy the stack and prove that nothing is left.

        Args:
            on_step: Called for every step.

        Raises:
            TerraformFailedError: Terraform ended with an error.
            LeftoversError: Something is still there.
        """
        terraform = self._terraform()
        terraform.init()
        terraform.destroy(on_step)
        self.workspace.outputs.unlink(missing_ok=True)

    def prove_nothing_is_left(self) -> None:
        """Look through every service.

        Raises:
            LeftoversError: Something is still there, or a service cannot be looked at.
        """
        found = leftovers(self.target, _suffix())
        if found:
            raise LeftoversError(
                f"{count_of(len(found), 'thing is', 'things are')} left after the destruction",
                why="\n       ".join(map(str, found[:SHOWN])),
                fix="see why Terraform did not know of them; the embedded AWS forgets them with `tapeproof local down`",
            )

    def down(self) -> bool:
        """Stop the embedded AWS, which forgets everything; return whether it ran.

        Raises:
            EmbeddedAwsError: It does not end.
        """
        ran = self.aws.stop()
        self.workspace.terraform_state.unlink(missing_ok=True)
        return ran

    def require_running(self) -> Server:
        """Return the embedded AWS.

        Raises:
            NoStackError: It does not run.
        """
        server = self.aws.find_running()
        if server is None:
            raise NoStackError(
                f"{self.workspace.root}: no embedded AWS runs here", fix="start it with `tapeproof local up`"
            )
        return server

    def ask_emulator(self, method: str, name: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Ask what stands before the embedded AWS (tapeproof/local/emulator/requests.py), and return status and answer.

        Args:
            method: GET or PUT.
            name: `requests`, `refusals` or `rates`.
            body: What is put.

        Raises:
            NoStackError: It does not run.
        """
        return self.require_running().ask(method, f"/_tapeproof/{name}", body, timeout_s=30)

    def _terraform(self, overrides: Mapping[str, object] | None = None) -> StackTerraform:
        server = self.require_running()
        environment = {**server.environment(), **self.credentials}
        return StackTerraform(self.workspace, environment, package=self.workspace.package, overrides=overrides or {})


def _show_change(change: Change) -> str:
    return f"{change.address}: {'/'.join(change.actions)} {', '.join(change.attributes)}".rstrip()


def _suffix() -> str:
    # The few lines of the file that matter here read the same in TOML.
    for line in VARIABLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("environment_suffix"):
            return str(tomllib.loads(line)["environment_suffix"])
    raise NoStackError(f"{VARIABLES}: sets no environment_suffix")
