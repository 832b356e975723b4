"""Finds the Terraform to run, the provider mirror to run it with, and the environment to run it in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.content import project
from tapeproof.local.errors import TerraformUnavailableError
from tapeproof.local.terraform_release import RELEASE, RELEASES_URL, install_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MINIMUM", "find_terraform", "plugin_dir", "terraform_environment"]

MINIMUM = (1, 11)
"""The oldest Terraform the stack works with: `required_version` in versions.tf says the same."""
PROJECT = project()
PROVIDER = Path("registry.terraform.io/hashicorp/aws")
_COLLECTION = {"GOGC": "400", "GOMEMLIMIT": "1GiB"}
"""Of Go's runtime (pkg.go.dev/runtime): a third less processor time and a fifth more memory on a test of the stack."""


def find_terraform(*, tools: Path = PROJECT / ".tools", releases_url: str | None = None) -> Path:
    """Return a Terraform that is new enough, installing the pinned release when there is none.

    The order is `$TAPEPROOF_TERRAFORM`, then PATH, then the project's own copy, then a download.

    Args:
        tools: The folder that holds the project's own copy.
        releases_url: Where releases are published; `$TAPEPROOF_TERRAFORM_RELEASES` or HashiCorp's site when absent.

    Raises:
        TerraformUnavailableError: The named or installed Terraform does not start, or the release cannot be had.
    """
    named = os.environ.get("TAPEPROOF_TERRAFORM")
    if named:
        return _check_named_binary(Path(named))
    found = shutil.which("terraform")
    if found and (_version(Path(found)) or (0, 0)) >= MINIMUM:
        return Path(found)
    own = tools / f"terraform-{RELEASE}" / "terraform"
    if _version(own) is None:
        url = releases_url or os.environ.get("TAPEPROOF_TERRAFORM_RELEASES") or RELEASES_URL
        install_release(own, releases_url=url)
    return own


def plugin_dir(environment: Mapping[str, str] | None = None) -> Path | None:
    """Return a local mirror that holds the AWS provider, or None when it comes from the registry.

    The order is `$TAPEPROOF_PLUGIN_DIR`, Terraform's implied mirrors ("CLI Configuration File", Implied Local Mirror
    Directories), then a mirror that a machine image keeps one level below `/opt` or `/srv`.

    Args:
        environment: The environment variables to read; this process's when absent.
    """
    variables = os.environ if environment is None else environment
    candidates = _mirrors(variables)
    return next((folder for folder in candidates if (folder / PROVIDER).is_dir()), None)


def terraform_environment(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for running Terraform unattended.

    A `TF_CLI_CONFIG_FILE` that points at nothing makes Terraform complain at every call, so it is dropped. A provider's
    schema is tens of thousands of small values, so that Terraform and provider spend a third of their processor time on
    collecting garbage; they collect less often, within a bound of memory, unless the environment says how.

    Args:
        environment: The environment to start from; this process's when absent.
    """
    variables = dict(os.environ if environment is None else environment)
    configured = variables.get("TF_CLI_CONFIG_FILE")
    if configured and not Path(configured).exists():
        # An unset variable would fall back to a personal file; an empty one is what "no file" means.
        variables["TF_CLI_CONFIG_FILE"] = os.devnull
    variables.setdefault("CHECKPOINT_DISABLE", "1")
    variables["TF_IN_AUTOMATION"] = "1"
    variables["TF_INPUT"] = "0"
    return {**_COLLECTION, **variables}


def _check_named_binary(path: Path) -> Path:
    version = _version(path)
    if version is None or version < MINIMUM:
        found = "does not start" if version is None else f"is {version[0]}.{version[1]}"
        raise TerraformUnavailableError(
            f"TAPEPROOF_TERRAFORM={path} {found}",
            why=f"the stack needs Terraform {MINIMUM[0]}.{MINIMUM[1]} or newer",
            fix="name a newer binary, or unset the variable to use PATH or the pinned release",
        )
    return path


def _version(binary: Path) -> tuple[int, ...] | None:
    if not binary.is_file():
        return None
    try:
        done = subprocess.run(
            [str(binary), "version", "-json"],
            capture_output=True,
            check=True,
            timeout=60,
            env=terraform_environment(),
        )
        said = str(json.loads(done.stdout)["terraform_version"])
        return tuple(int(part) for part in said.split("-", maxsplit=1)[0].split("."))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return None


def _mirrors(environment: Mapping[str, str]) -> Iterable[Path]:
    if environment.get("TAPEPROOF_PLUGIN_DIR"):
        yield Path(environment["TAPEPROOF_PLUGIN_DIR"])
    home = Path(environment.get("HOME", os.path.sep))
    yield home / ".terraform.d" / "plugins"
    if sys.platform == "darwin":
        yield home / "Library" / "Application Support" / "io.terraform" / "plugins"
        yield Path("/Library/Application Support/io.terraform/plugins")
    data_home = environment.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    data_dirs = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (data_home, *data_dirs.split(os.pathsep)):
        yield Path(folder) / "terraform" / "plugins"
    for image_folder in (Path("/opt"), Path("/srv")):
        if image_folder.is_dir():
            yield from sorted(image_folder.iterdir())


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_terraform()}\n")
    except TerraformUnavailableError as unavailable:
        sys.stderr.write(f"error: {unavailable.diagnostics()}\n")
        sys.exit(unavailable.exit_status)
