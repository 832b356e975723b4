"""One stack, applied once to the embedded AWS, for every end-to-end test; destroyed at the end, and nothing is left.

Every request that Terraform's provider made on the way, from apply to destroy, fits AWS's model of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.workspace import Workspace
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
        local.apply(lambda _: None)
        yield local
        local.destroy(lambda _: None)
        local.prove_nothing_is_left()
        assert sorted(set(check_requests(local).violations)) == []
    finally:
        local.down()


@pytest.fixture
def local_command(applied_stack: LocalStack) -> Callable[..., int]:
    """Runs `tapeproof local NAME …` on the applied stack and returns its exit status."""

    def run(name: str, *arguments: str) -> int:
        return cli.main(["local", name, "--dir", str(applied_stack.workspace.root), *arguments])

    return run
