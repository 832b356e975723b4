"""The stack under Terraform's own tools, offline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.long

PLATFORM_HASHES = {
    # Published with hashicorp/aws 5.100.0; which is which shows in lock files that were made on one platform.
    "darwin_arm64": "h1:Ijt7pOlB7Tr7maGQIqtsLFbl7pSMIj06TVdkoSBcYOw=",
    "linux_amd64": "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
    "windows_amd64": "h1:H3mU/7URhP0uCRGK8jeQRKxx2XFzEqLiOq/L2Bbiaxs=",
}
PLATFORMS = 14
"""Operating systems and processors that hashicorp/aws 5.100.0 is published for."""


def test_source_is_formatted(terraform: Callable, stack_folder: Path) -> None:
    done = terraform("fmt", "-check", "-recursive", "-diff", "-no-color")
    assert done.returncode == 0, done.stdout


def test_configuration_is_valid(initialised: Callable) -> None:
    done = initialised("validate", "-no-tests", "-no-color")  # the next test validates and runs those
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_terraform_test_passes(initialised: Callable, stack_folder: Path) -> None:
    runs = sum(
        len(re.findall(r'^run "', f.read_text(), re.MULTILINE)) for f in (stack_folder / "tests").glob("*.tftest.hcl")
    )
    done = initialised("test", "-no-color")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Success! {runs} passed, 0 failed." in done.stdout


def test_lock_file_serves_every_platform_the_provider_is_published_for(stack_folder: Path) -> None:
    lock = (stack_folder / ".terraform.lock.hcl").read_text()
    assert 'version     = "5.100.0"' in lock
    assert [name for name, checksum in PLATFORM_HASHES.items() if checksum not in lock] == []
    assert len(set(re.findall(r'"h1:[A-Za-z0-9+/]{43}="', lock))) == PLATFORMS
    # One per platform's archive, and one for the manifest beside them.
    assert len(set(re.findall(r'"zh:[0-9a-f]{64}"', lock))) == PLATFORMS + 1


def test_lock_file_holds_the_hash_of_the_provider_installed_here(initialised: Callable, stack_folder: Path) -> None:
    before = (stack_folder / ".terraform.lock.hcl").read_bytes()
    done = initialised("init", "-input=false", "-no-color", "-backend=false")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (stack_folder / ".terraform.lock.hcl").read_bytes() == before
