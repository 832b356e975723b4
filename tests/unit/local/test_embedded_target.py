"""The embedded AWS of a workspace, as a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.embedded_target import reach_embedded
from tapeproof.ops.errors import NoStackError

if TYPE_CHECKING:
    from tapeproof.local.workspace import Workspace


def test_without_a_server_the_way_to_one_is_told(workspace: Workspace) -> None:
    with pytest.raises(NoStackError) as refused:
        reach_embedded(workspace)
    assert str(workspace.root) in refused.value.diagnostics()
    assert "tapeproof local up" in refused.value.diagnostics()
    assert "--account" in refused.value.diagnostics()


def test_a_running_server_is_reached_on_loopback_whatever_the_environment_says(
    workspace: Workspace, fake_command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"AWS_ENDPOINT_URL": "https://aws.example", "HTTPS_PROXY": "http://127.0.0.1:9"}.items():
        monkeypatch.setenv(name, value)
    aws = EmbeddedAws(workspace, command=fake_command)
    server = aws.start(None)
    try:
        target = reach_embedded(workspace)
        assert target.is_embedded
        assert str(server.port) in target.name
        client = target.client("sqs")
        assert client.meta.endpoint_url == server.endpoint
        assert client.meta.config.proxies == {}
    finally:
        aws.stop()
