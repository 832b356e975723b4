"""Which Terraform is run, with which mirror, in which environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tapeproof.local import terraform
from tapeproof.local.errors import TerraformUnavailableError
from tapeproof.local.terraform_release import RELEASE

if TYPE_CHECKING:
    from pathlib import Path


def _binary(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    binary = folder / "terraform"
    binary.write_text(f'#!/bin/sh\necho \'{{"terraform_version": "{version}"}}\'\n')
    binary.chmod(0o755)
    return binary


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TAPEPROOF_TERRAFORM", "TAPEPROOF_TERRAFORM_RELEASES", "TAPEPROOF_PLUGIN_DIR"):
        monkeypatch.delenv(name, raising=False)


def _path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("version", ["1.11.0", "1.14.2", "2.0.0-rc1"])
def test_a_new_enough_terraform_on_path_is_used(version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    binary = _binary(tmp_path / "bin", version)
    _path(monkeypatch, binary.parent)
    assert terraform.find_terraform(tools=tmp_path / "tools") == binary


def test_an_old_terraform_on_path_gives_way_to_the_projects_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _path(monkeypatch, _binary(tmp_path / "bin", "1.5.7").parent)
    own = _binary(tmp_path / "tools" / f"terraform-{RELEASE}", RELEASE)
    assert terraform.find_terraform(tools=tmp_path / "tools") == own


def test_a_half_installed_copy_is_installed_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _path(monkeypatch, tmp_path / "nothing")
    own = tmp_path / "tools" / f"terraform-{RELEASE}" / "terraform"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"\x7fELF cut short")
    asked: list[str] = []
    monkeypatch.setattr(terraform, "install_release", lambda target, *, releases_url: asked.append(releases_url))
    terraform.find_terraform(tools=tmp_path / "tools", releases_url="http://127.0.0.1:9/mirror")
    assert asked == ["http://127.0.0.1:9/mirror"]


def test_a_named_terraform_wins_over_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _path(monkeypatch, _binary(tmp_path / "bin", "1.12.0").parent)
    named = _binary(tmp_path / "named", "1.13.0")
    monkeypatch.setenv("TAPEPROOF_TERRAFORM", str(named))
    assert terraform.find_terraform(tools=tmp_path / "tools") == named


@pytest.mark.parametrize(("version", "reason"), [("1.10.5", "is 1.10"), (None, "does not start")])
def test_a_named_terraform_that_cannot_serve_is_an_error(
    version: str | None, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = _binary(tmp_path, version) if version else tmp_path / "absent"
    monkeypatch.setenv("TAPEPROOF_TERRAFORM", str(named))
    with pytest.raises(TerraformUnavailableError, match=reason):
        terraform.find_terraform(tools=tmp_path / "tools")


def test_the_named_plugin_folder_comes_before_the_implied_mirrors(tmp_path: Path) -> None:
    named, home = tmp_path / "named", tmp_path / "home"
    implied = home / ".terraform.d" / "plugins"
    for mirror in (named, implied):
        (mirror / terraform.PROVIDER).mkdir(parents=True)
    both = {"TAPEPROOF_PLUGIN_DIR": str(named), "HOME": str(home)}
    assert terraform.plugin_dir(both) == named
    assert terraform.plugin_dir({"HOME": str(home)}) == implied


def test_a_plugin_folder_without_the_provider_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = terraform.plugin_dir({"TAPEPROOF_PLUGIN_DIR": str(tmp_path / "empty"), "HOME": str(tmp_path)})
    assert found != tmp_path / "empty"


def test_a_cli_configuration_file_that_does_not_exist_is_left_out(tmp_path: Path) -> None:
    absent, present = tmp_path / "absent.rc", tmp_path / "present.rc"
    present.touch()
    assert terraform.terraform_environment({"TF_CLI_CONFIG_FILE": str(absent)})["TF_CLI_CONFIG_FILE"] == os.devnull
    assert terraform.terraform_environment({"TF_CLI_CONFIG_FILE": str(present)})["TF_CLI_CONFIG_FILE"] == str(present)
    assert terraform.terraform_environment({})["TF_INPUT"] == "0"


def test_garbage_is_collected_less_often_unless_the_environment_says_how() -> None:
    ours, theirs = terraform.terraform_environment({}), terraform.terraform_environment({"GOGC": "100"})
    assert (ours["GOGC"], ours["GOMEMLIMIT"]) == ("400", "1GiB")
    assert theirs["GOGC"] == "100"
