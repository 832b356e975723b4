"""Installing the pinned Terraform from a server that behaves, and from ones that do not."""

from __future__ import annotations

import hashlib
import io
import socket
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tapeproof.local.errors import TerraformUnavailableError
from tapeproof.local.terraform_release import RELEASE, SHA256, install_release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MACHINE = "linux_amd64"
SCRIPT = b'#!/bin/sh\necho \'{"terraform_version": "1.11.4"}\'\n'


class _Publisher:
    def __init__(self) -> None:
        self.body = b""
        self.claimed_length: int | None = None
        self.requested: list[str] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.requested.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", str(publisher.claimed_length or len(publisher.body)))
                self.end_headers()
                self.wfile.write(publisher.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def publisher() -> Iterator[_Publisher]:
    made = _Publisher()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def _archive(member: str = "terraform", content: bytes = SCRIPT) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("LICENSE.txt", "terms")
        archive.writestr(member, content)
    return held.getvalue()


def _checksums(body: bytes) -> dict[str, str]:
    return {MACHINE: hashlib.sha256(body).hexdigest()}


def _left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_a_good_archive_becomes_an_executable(publisher: _Publisher, tmp_path: Path) -> None:
    publisher.body = _archive()
    target = tmp_path / "terraform-1" / "terraform"
    install_release(target, releases_url=publisher.url, checksums=_checksums(publisher.body), machine=MACHINE)
    assert target.read_bytes() == SCRIPT
    assert target.stat().st_mode & 0o111
    assert publisher.requested == [f"/{RELEASE}/terraform_{RELEASE}_{MACHINE}.zip"]
    assert _left_over(tmp_path) == ["terraform", "terraform-1"]


def test_a_wrong_checksum_is_refused_and_nothing_is_kept(publisher: _Publisher, tmp_path: Path) -> None:
    publisher.body = _archive()
    with pytest.raises(TerraformUnavailableError) as caught:
        install_release(tmp_path / "terraform", releases_url=publisher.url, machine=MACHINE)
    said = caught.value.diagnostics()
    assert SHA256[MACHINE] in said
    assert hashlib.sha256(publisher.body).hexdigest() in said
    assert "do not use it" in said
    assert _left_over(tmp_path) == []


def test_a_truncated_archive_is_refused_with_the_byte_counts(publisher: _Publisher, tmp_path: Path) -> None:
    whole = _archive()
    publisher.body, publisher.claimed_length = whole[: len(whole) // 2], len(whole)
    with pytest.raises(TerraformUnavailableError) as caught:
        install_release(
            tmp_path / "terraform", releases_url=publisher.url, checksums=_checksums(whole), machine=MACHINE
        )
    assert f"{len(whole) // 2:,} of {len(whole):,} bytes" in caught.value.diagnostics()
    assert _left_over(tmp_path) == []


def test_no_network_is_an_error_that_names_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        with pytest.raises(TerraformUnavailableError) as caught:
            install_release(tmp_path / "terraform", releases_url=url, machine=MACHINE)
    said = caught.value.diagnostics()
    assert url in said
    assert "TAPEPROOF_TERRAFORM" in said


@pytest.mark.parametrize("body", [b"", b"not a zip", _archive(member="something-else")])
def test_what_is_not_a_terraform_archive_is_refused(body: bytes, publisher: _Publisher, tmp_path: Path) -> None:
    publisher.body = body
    with pytest.raises(TerraformUnavailableError, match="could not be downloaded"):
        install_release(tmp_path / "terraform", releases_url=publisher.url, checksums=_checksums(body), machine=MACHINE)
    assert _left_over(tmp_path) == []


def test_a_machine_without_a_pinned_checksum_is_told_which_ones_have_one(tmp_path: Path) -> None:
    with pytest.raises(TerraformUnavailableError) as caught:
        install_release(tmp_path / "terraform", machine="plan9_mips")
    assert "plan9_mips" in caught.value.diagnostics()
    assert "darwin_arm64, linux_amd64" in caught.value.diagnostics()
