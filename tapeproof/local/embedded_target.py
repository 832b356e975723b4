"""The embedded AWS of a workspace, as a target that commands talk to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.ops.errors import NoStackError
from tapeproof.ops.target import REGION, Endpoint, Target

if TYPE_CHECKING:
    from tapeproof.local.workspace import Workspace

__all__ = ["reach_embedded"]


def reach_embedded(workspace: Workspace) -> Target:
    """Return the running embedded AWS of a workspace.

    Raises:
        NoStackError: None runs.
    """
    import boto3  # noqa: PLC0415 - the SDK takes a quarter of a second to load

    server = EmbeddedAws(workspace).find_running()
    if server is None:
        raise NoStackError(
            f"{workspace.root}: no embedded AWS runs here",
            fix="start it: `tapeproof local up`, then `tapeproof local apply`; for an account: --account or --profile",
        )
    session = boto3.Session(
        aws_access_key_id=server.access_key, aws_secret_access_key=server.secret_key, region_name=REGION
    )
    return Target(
        session, endpoint=Endpoint(server.endpoint, server.certificate), name=f"embedded AWS on port {server.port}"
    )
