"""What may run is said outside of the repository, by digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.catalogs.trust import TRUSTED, is_trusted, trust_catalog

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "sha256:" + "6b" * 32


@pytest.mark.usefixtures("project")
def test_nothing_is_trusted_before_the_user_says_so_and_that_only() -> None:
    assert not is_trusted(DIGEST)
    path = trust_catalog(DIGEST)
    trust_catalog(DIGEST)
    assert is_trusted(DIGEST)
    assert not is_trusted(DIGEST[:-1] + "0")
    assert path.read_text() == f"{DIGEST}\n"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("text", [DIGEST, f"{'sha256:' + '00' * 32}, {DIGEST}", f" {DIGEST}\n"])
def test_ci_says_it_by_a_variable(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRUSTED, text)
    assert is_trusted(DIGEST)


@pytest.mark.parametrize("text", ["", "*", "sha256:", DIGEST[:-1]])
def test_a_variable_without_the_whole_digest_says_nothing(
    text: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED, text)
    assert project
    assert not is_trusted(DIGEST)
