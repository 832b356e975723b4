"""Keeps the local stack apart from an account's: the same configuration, but neither its backend nor its variables."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["local_configuration", "past_proxy", "without_account"]

# Terraform Language, "Override Files": a backend in an override file replaces any backend or `cloud` block.
_STATE_IS_A_FILE = 'terraform {\n  backend "local" {}\n}\n'
_OF_ACCOUNTS = ("TF_CLI_ARGS", "TF_VAR_", "AWS_ENDPOINT_URL_")
# The SDK of the provider takes a profile before keys of the environment, and knows both names of it.
_NAMED_OF_ACCOUNTS = frozenset({"AWS_DEFAULT_PROFILE", "AWS_PROFILE", "AWS_SESSION_TOKEN", "TF_LOG", "TF_WORKSPACE"})


def local_configuration(configuration: Path, folder: Path) -> Path:
    """Return a folder with the configuration's files as links, whose state is a file on this machine.

    Args:
        configuration: The folder of the root module.
        folder: Where the links are; whatever was there is replaced.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for entry in configuration.iterdir():
        # The lock file is the only hidden one that belongs to a configuration; variable files load by themselves.
        hidden = entry.name.startswith(".") and entry.name != ".terraform.lock.hcl"
        if not hidden and ".tfvars" not in entry.suffixes and ".tfstate" not in entry.suffixes:
            (folder / entry.name).symlink_to(entry.absolute())
    (folder / "local_backend_override.tf").write_text(_STATE_IS_A_FILE, encoding="utf-8")
    return folder


def past_proxy(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that lead programs past a proxy to this machine, besides where it leads them already.

    Some programs read the one spelling, some the other, and Python's prefers the small one.
    """
    named = environment.get("no_proxy") or environment.get("NO_PROXY")
    return dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(filter(None, (named, "127.0.0.1"))))


def without_account(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what leads Terraform to an account, its variables or its workspaces."""
    return {
        name: value
        for name, value in environment.items()
        if name not in _NAMED_OF_ACCOUNTS and not name.startswith(_OF_ACCOUNTS)
    }
