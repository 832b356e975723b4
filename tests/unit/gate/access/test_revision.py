"""A root module as it was at a revision."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.revision import checked_out

if TYPE_CHECKING:
    from pathlib import Path


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a root module in a repository, committed as it is."""
    folder = tmp_path / "repository" / "an infra \u00e9"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text("# first\n", encoding="utf-8")
    (folder / "link.tf").symlink_to("/etc/passwd")
    _git(folder.parent, "init", "-q")
    _git(folder.parent, "add", ".")
    _git(folder.parent, "commit", "-qm", "first")
    return folder


def test_the_folder_is_as_it_was_and_gone_afterwards(root: Path) -> None:
    (root / "main.tf").write_text("# second\n", encoding="utf-8")
    with checked_out(root, "HEAD") as base:
        assert (base / "main.tf").read_text(encoding="utf-8") == "# first\n"
    assert not base.exists()
    assert (root / "main.tf").read_text(encoding="utf-8") == "# second\n"


def test_links_of_the_repository_lead_nowhere(root: Path) -> None:
    with checked_out(root, "HEAD") as base:
        assert not (base / "link.tf").exists()


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=/tmp/x", "HEAD:main.tf", "HEAD~1"])
def test_what_is_no_commit_is_refused(root: Path, revision: str) -> None:
    with pytest.raises(AccessError, match="an infra"), checked_out(root, revision):
        pass


def test_a_folder_that_was_not_there_yet_was_empty(root: Path) -> None:
    late = root.parent / "late"
    late.mkdir()
    with checked_out(late, "HEAD") as base:
        assert list(base.iterdir()) == []


def test_a_folder_in_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="not a git repository") as refused, checked_out(tmp_path, "HEAD"):
        pass
    assert "who-can" in refused.value.fix
