from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.evidence.samples import Sample, new_key

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("keys") / "key.pem")


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    """A signed bundle; tests copy it before they change it."""
    return Sample().bundle(tmp_path_factory.mktemp("bundles") / "run", key=key)


@pytest.fixture
def bare_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory: a project with one root module, outside any repository, at a fixed time."""
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "main.tf").write_text("locals {}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return tmp_path
