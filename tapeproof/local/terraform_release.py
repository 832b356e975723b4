"""Installs the pinned Terraform release, all or nothing, after checking its published SHA-256."""

from __future__ import annotations

import hashlib
import http.client
import platform
import shutil
import stat
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.local.errors import TerraformUnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RELEASE", "RELEASES_URL", "install_release"]

RELEASE = "1.11.4"
"""The release that is installed when PATH has none."""
RELEASES_URL = "https://releases.hashicorp.com/terraform"
SHA256 = {
    "linux_amd64": "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    "linux_arm64": "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
    "darwin_amd64": "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    "darwin_arm64": "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
}
"""Published in `terraform_1.11.4_SHA256SUMS` of the release."""
MAX_BINARY_BYTES = 512 * 1024 * 1024
DOWNLOAD_TIMEOUT_S = 60
CHUNK_BYTES = 1 << 20


def install_release(
    target: Path,
    *,
    releases_url: str = RELEASES_URL,
    checksums: Mapping[str, str] | None = None,
    machine: str | None = None,
) -> None:
    """Download the pinned release, verify it and put the binary at `target`, all or nothing.

    Args:
        target: Where the binary goes; its folder is made.
        releases_url: The base address of the releases, without a trailing slash.
        checksums: SHA-256 in hex by machine; the published ones when absent.
        machine: Such as `linux_amd64`; this machine's when absent.

    Raises:
        TerraformUnavailableError: No release for this machine, no network, a truncated or a wrong archive.
    """
    known = SHA256 if checksums is None else checksums
    name = machine or _machine()
    if name not in known:
        raise TerraformUnavailableError(
            f"no pinned Terraform {RELEASE} for {name}",
            why=f"checksums are pinned for {', '.join(sorted(known))}",
            fix="install Terraform on PATH, or name it in TAPEPROOF_TERRAFORM",
        )
    url = f"{releases_url}/{RELEASE}/terraform_{RELEASE}_{name}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".download-") as scratch:
        archive = Path(scratch) / "terraform.zip"
        _verify(_download(url, archive), known[name], url)
        _extract(archive, Path(scratch) / "terraform").replace(target)


def _machine() -> str:
    architectures = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
    machine = platform.machine().lower()
    return f"{platform.system().lower()}_{architectures.get(machine, machine)}"


def _download(url: str, archive: Path) -> str:
    digest = hashlib.sha256()
    try:
        # The address is HTTPS or one the operator set; the checksum is what makes it trusted.
        with urllib.request.urlopen(url, timeout=DOWNLOAD_TIMEOUT_S) as response, archive.open("wb") as out:  # noqa: S310
            expected = response.headers.get("Content-Length")
            received = 0
            while chunk := response.read(CHUNK_BYTES):
                digest.update(chunk)
                out.write(chunk)
                received += len(chunk)
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise _unavailable(url, str(error)) from error
    if expected is not None and received != int(expected):
        raise _unavailable(url, f"the download stopped at {received:,} of {int(expected):,} bytes")
    return digest.hexdigest()


def _unavailable(url: str, reason: str) -> TerraformUnavailableError:
    return TerraformUnavailableError(
        f"Terraform {RELEASE} could not be downloaded from {url}",
        why=reason,
        fix="check the network or proxy and run again; or install Terraform on PATH, or name it in TAPEPROOF_TERRAFORM",
    )


def _verify(actual: str, expected: str, url: str) -> None:
    if actual != expected:
        raise TerraformUnavailableError(
            f"the archive from {url} is not the published Terraform {RELEASE}",
            why=f"its SHA-256 is {actual}, published is {expected}",
            fix="something between here and the publisher changed it: find out what, and do not use it",
        )


def _extract(archive: Path, binary: Path) -> Path:
    try:
        with zipfile.ZipFile(archive) as opened:
            member = opened.getinfo("terraform")
            if member.file_size > MAX_BINARY_BYTES:
                raise _unavailable(str(archive), f"the binary claims {member.file_size:,} bytes")
            with opened.open(member) as source, binary.open("wb") as out:
                shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, KeyError) as error:
        raise _unavailable(archive.name, f"not a Terraform archive: {error}") from error
    binary.chmod(binary.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return binary
