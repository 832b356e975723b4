"""A workspace of its own for each test, and a stand-in for the embedded AWS that starts in milliseconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.local.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

FAKE_SERVER = """
import http.server, os, signal, ssl, subprocess, sys, time

class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass

mode = sys.argv[1]
print("fake server:", mode, sorted(os.environ), flush=True)
if mode == "dies":
    sys.exit(3)
if mode == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if mode == "with-worker":
    worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print("worker-pid", worker.pid, flush=True)
if mode == "silent":
    time.sleep(60)
server = http.server.HTTPServer((os.environ["BIND_HOST"], int(os.environ["GATEWAY_PORT"])), Ready)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(os.environ["MINISTACK_SSL_CERT"], os.environ["MINISTACK_SSL_KEY"])
server.socket = tls.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "local")


@pytest.fixture
def fake_server(tmp_path: Path) -> Path:
    script = tmp_path / "fake_server.py"
    script.write_text(FAKE_SERVER)
    return script


@pytest.fixture
def fake_command(fake_server: Path) -> list[str]:
    return [sys.executable, str(fake_server), "serves"]
