from __future__ import annotations

import importlib.util
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.assemble import verifier_source
from tests.unit.evidence.samples import NOW, Sample, acceptance, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from tapeproof.evidence.bundle.writing import Bundle


@pytest.fixture(scope="session")
def verify_py(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The single file that travels in a bundle, loaded as a stranger would have it."""
    path = tmp_path_factory.mktemp("verifier") / "verify.py"
    path.write_text(verifier_source(), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("verify_travelling", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_travelling"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["verify_travelling"]


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("keys") / "key.pem")


@pytest.fixture(scope="session")
def other_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("keys") / "other.pem")


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    """A signed bundle with a failure, a waiver and an acceptance; tests copy it before they change it."""
    sample = Sample()
    sample.exceptions = [acceptance()]
    sample.gate[3].update(verdict="fail", message="logs are kept for 7 days", file="stack/main.tf", line=1, column=2)
    return sample.bundle(tmp_path_factory.mktemp("bundles") / "run", key=key)


@pytest.fixture(scope="session")
def older_bundle(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    sample = Sample()
    sample.as_of = NOW.replace(month=10)
    return sample.bundle(tmp_path_factory.mktemp("bundles") / "older", key=key)


@pytest.fixture
def copied(bundle: Bundle, tmp_path: Path) -> Path:
    """A copy of the bundle's folder that a test may change."""
    target = tmp_path / "copy"
    shutil.copytree(bundle.folder, target)
    return target
