"""Terraform itself and the stack's source, as the tests read them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import hcl2
import pytest

from tapeproof.local.terraform import find_terraform, plugin_dir, terraform_environment
from tests.kept_provider import keep_provider
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

STACK = PROJECT / "stack"
AS_INSTALLED = {"init", "validate"}
"""What an engineer begins with: the locked provider is found, has the locked hash and starts."""

Terraform = Callable[..., "subprocess.CompletedProcess[str]"]


class Block(NamedTuple):
    """A block of Terraform source: `resource "labels[0]" "labels[1]" { body }` in a file."""

    kind: str
    labels: tuple[str, ...]
    body: dict[str, Any]
    file: Path


def _unquoted(text: str) -> str:
    return text.removeprefix('"').removesuffix('"')


def _labelled(kind: str, node: dict[str, Any], labels: tuple[str, ...], file: Path) -> Iterator[Block]:
    if node.get("__is_block__"):
        yield Block(kind, labels, node, file)
        return
    for label, inner in node.items():
        yield from _labelled(kind, inner, (*labels, _unquoted(label)), file)


def read_blocks(files: Sequence[Path]) -> list[Block]:
    found: list[Block] = []
    for file in sorted(files):
        for kind, nodes in hcl2.loads(file.read_text(encoding="utf-8")).items():
            if not kind.startswith("__"):
                for node in nodes:
                    found.extend(_labelled(kind, node, (), file))
    return found


@pytest.fixture(scope="session")
def stack_folder() -> Path:
    return STACK


@pytest.fixture(scope="session")
def sources() -> list[Path]:
    return [file for file in STACK.rglob("*.tf") if ".terraform" not in file.parts]


@pytest.fixture(scope="session")
def stack_blocks(sources: list[Path]) -> list[Block]:
    return read_blocks(sources)


@pytest.fixture(scope="session")
def test_blocks() -> list[Block]:
    return read_blocks(list((STACK / "tests").glob("*.tftest.hcl")))


@pytest.fixture(scope="session")
def unquoted() -> Callable[[str], str]:
    return _unquoted


def _environment() -> dict[str, str]:
    return {name: value for name, value in terraform_environment().items() if not name.startswith("AWS_")}


@pytest.fixture(scope="session")
def kept_provider() -> Iterator[dict[str, str]]:
    """Variables that lead Terraform to a provider that is running, which mocks ask for its schema only."""
    with keep_provider(_environment()) as variables:
        yield variables


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory, kept_provider: dict[str, str]) -> Terraform:
    """Run Terraform with nothing written into the project and no account within reach."""
    binary = find_terraform()
    mirror = plugin_dir()
    environment = _environment()

    def run(
        *arguments: str, folder: Path = STACK, variables: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        data = tmp_path_factory.getbasetemp() / f"terraform-{abs(hash(folder))}"
        kept = {} if folder == STACK and arguments[0] in AS_INSTALLED else kept_provider
        settings = {**environment, "TF_DATA_DIR": str(data), **kept, **(variables or {})}
        command = [str(binary), *arguments]
        if arguments[0] == "init" and mirror is not None:
            command.append(f"-plugin-dir={mirror}")
        return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def initialised(terraform: Terraform) -> Terraform:
    """Terraform, with the stack's provider and modules installed exactly as the lock file has them."""
    done = terraform("init", "-lockfile=readonly", "-input=false", "-no-color", "-backend=false")
    assert done.returncode == 0, done.stdout + done.stderr
    return terraform


@pytest.fixture(autouse=True)
def no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
