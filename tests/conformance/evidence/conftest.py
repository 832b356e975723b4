"""The single file that travels in a bundle, loaded as a stranger would have it."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.assemble import verifier_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@pytest.fixture(scope="session")
def verify_py(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    path = tmp_path_factory.mktemp("verifier") / "verify.py"
    path.write_text(verifier_source(), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("verify_assembled", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_assembled"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["verify_assembled"]
