"""One stack, applied once to the embedded AWS, for every end-to-end test; destroyed at the end, and nothing is left.

Terraform acts as the role that stack/pipelines/deployer.json is the policy of. Every request that its provider made on
the way, from apply to destroy, fits AWS's model of it, and needs what that policy grants; no statement of it could go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.workspace import Workspace
from tests.e2e.deployer import judge_policy, leave_role, read_policy, take_role
from tests.e2e.request_models import check_requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests that leave the stack changed come last: to change it back would take another minute."""
    items.sort(key=lambda item: item.path.name == "test_changes.py")


@pytest.fixture(scope="session")
def applied_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    local = LocalStack(Workspace(tmp_path_factory.mktemp("stack") / "local"))
    try:
        local.up()
        local.build()
        take_role(local, read_policy())
        local.apply(lambda _: None)
        yield local
        local.destroy(lambda _: None)
        leave_role(local)
        local.prove_nothing_is_left()
        checked = check_requests(local)
        assert sorted(set(checked.violations)) == []
        assert judge_policy(checked.needs, read_policy()) == []
    finally:
        local.down()


@pytest.fixture
def local_command(applied_stack: LocalStack) -> Callable[..., int]:
    """Runs `tapeproof local NAME …` on the applied stack and returns its exit status."""

    def run(name: str, *arguments: str) -> int:
        return cli.main(["local", name, "--dir", str(applied_stack.workspace.root), *arguments])

    return run
