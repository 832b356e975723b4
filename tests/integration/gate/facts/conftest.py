from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@pytest.fixture(scope="session")
def scripts() -> Iterator[ModuleType]:
    """The generator's own modules, which no package holds."""
    if importlib.util.find_spec("policy_sentry") is None:
        pytest.skip("policy-sentry is not installed, so the tables cannot be made again")
    folder = str(PROJECT / ".ci" / "facts")
    sys.path.insert(0, folder)
    yield importlib.import_module("generate")
    sys.path.remove(folder)


@pytest.fixture(scope="session")
def schemas(scripts: ModuleType) -> dict[str, dict[str, Any]]:
    """What the locked provider knows of itself."""
    provider = importlib.import_module("provider")
    try:
        read: dict[str, dict[str, Any]] = provider.read_schemas()
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"Terraform or the locked provider is not to be had: {error}")
    return read
