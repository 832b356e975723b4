"""Where the program finds what it reads: in a checkout, or inside the package that a wheel installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof import content as module
from tapeproof.content import ContentMissingError, content, project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a package that lies somewhere else, without any content yet."""
    package = tmp_path / "site-packages" / "tapeproof"
    package.mkdir(parents=True)
    monkeypatch.setattr(module, "PACKAGE", package)
    monkeypatch.setattr(module, "_IN_WHEEL", package / "_content")
    return package


def _make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("name", ["policies", "compliance", "stack", "lambda"])
def test_all_content_is_found_in_this_checkout(name: str) -> None:
    assert content(name).is_dir()
    assert content(name).parent == project()


def test_what_a_wheel_carries_is_found_inside_the_package(installed: Path) -> None:
    inside = _make(installed / "_content" / "policies")
    assert content("policies") == inside


def test_a_folder_of_that_name_beside_the_package_is_a_strangers(installed: Path) -> None:
    _make(installed.parent / "policies")
    inside = _make(installed / "_content" / "policies")
    assert content("policies") == inside


def test_the_checkout_wins_over_a_copy_that_an_installation_left(installed: Path) -> None:
    _make(installed / "_content" / "policies")
    (installed.parent / "pyproject.toml").write_text("")
    ours = _make(installed.parent / "policies")
    assert content("policies") == ours


@pytest.mark.parametrize("make_file", [True, False])
def test_content_that_is_not_there_is_an_error_with_the_way_out(installed: Path, make_file: bool) -> None:
    if make_file:
        _make(installed / "_content")
        (installed / "_content" / "stack").write_text("a file")
    with pytest.raises(ContentMissingError) as missing:
        content("stack")
    assert missing.value.diagnostics() == (
        "this command needs the folder stack/, which is not installed\n  fix: run it in a checkout of the project"
    )
    assert missing.value.exit_status == 69


def test_without_a_checkout_the_working_directory_is_where_things_are_made(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert project() == tmp_path
    (installed.parent / "pyproject.toml").write_text("")
    assert project() == installed.parent
