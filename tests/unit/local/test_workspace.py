"""The folder that holds everything the local stack keeps."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.errors import LocalStackError
from tapeproof.local.workspace import PROJECT, Workspace, open_private


def test_a_workspace_in_use_says_by_whom(workspace: Workspace) -> None:
    with (
        workspace.hold_lock("apply"),
        pytest.raises(LocalStackError, match=f"apply, process {os.getpid()}"),
        workspace.hold_lock("destroy"),
    ):
        pass


def test_a_workspace_that_cannot_be_made_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalStackError, match="cannot be used") as refused:
        EmbeddedAws(Workspace(tmp_path / "file" / "x"), command=[sys.executable]).start()
    assert "--dir" in refused.value.diagnostics()


@pytest.mark.parametrize(
    ("named", "variable", "expected"),
    [
        ("/a/b", "/c", Path("/a/b")),
        (None, "/c", Path("/c")),
        (None, None, PROJECT / ".local"),
        ("", "", PROJECT / ".local"),
        ("here", None, Path.cwd() / "here"),
        ("~/x", None, Path.home() / "x"),
    ],
)
def test_a_workspace_is_the_one_named_then_that_of_the_variable_then_the_projects(
    monkeypatch: pytest.MonkeyPatch, named: str | None, variable: str | None, expected: Path
) -> None:
    monkeypatch.delenv("TAPEPROOF_LOCAL_DIR", raising=False)
    if variable is not None:
        monkeypatch.setenv("TAPEPROOF_LOCAL_DIR", variable)
    assert Workspace.locate(named).root == expected


def test_everything_it_keeps_lies_in_its_folder_under_a_name_of_its_own(tmp_path: Path) -> None:
    places = [
        getattr(Workspace(tmp_path), name) for name, kind in vars(Workspace).items() if isinstance(kind, property)
    ]
    assert len(places) == len(set(places)) > 10
    assert {place.parent for place in places} == {tmp_path}


def test_its_folder_is_for_its_owner_only(workspace: Workspace) -> None:
    workspace.prepare()
    workspace.prepare()
    assert stat.S_IMODE(workspace.root.stat().st_mode) & 0o077 == 0
    assert workspace.runs.is_dir()


def test_a_lock_is_free_again_when_its_holder_is_done_or_failed(workspace: Workspace) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), workspace.hold_lock("apply"):
            _ = 1 // 0
    with workspace.hold_lock("destroy"):
        assert (workspace.root / "lock").read_text() == f"destroy, process {os.getpid()}\n"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_record_of_keys_that_others_can_read_is_refused(
    workspace: Workspace, fake_command: list[str], mode: int
) -> None:
    workspace.prepare()
    workspace.server_record.write_text("{}")
    workspace.server_record.chmod(mode)
    with pytest.raises(LocalStackError, match="open to others, and holds a key"):
        EmbeddedAws(workspace, command=fake_command).find_running()


def test_a_folder_that_others_can_write_to_is_refused(workspace: Workspace) -> None:
    workspace.root.mkdir()
    workspace.root.chmod(0o777)
    with pytest.raises(LocalStackError, match="others can write to it") as refused:
        workspace.prepare()
    assert "chmod go-w" in refused.value.diagnostics()


def test_a_file_of_the_workspace_is_its_owners_whatever_it_was_before(workspace: Workspace) -> None:
    workspace.prepare()
    path = workspace.root / "log"
    path.touch(0o666)
    path.chmod(0o666)
    os.close(open_private(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_the_place_of_a_private_file_is_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    workspace.prepare()
    (workspace.root / "log").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        open_private(workspace.root / "log")
