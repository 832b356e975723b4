"""A browser that is not there, stops, or prints; each is a small program in this folder."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.reports import pdf
from tapeproof.evidence.reports.errors import PrintingError
from tapeproof.evidence.reports.pdf import browser_path, print_pdf

if TYPE_CHECKING:
    from pathlib import Path

PRINTED = b"%PDF-1.4 /CreationDate (D:20200101000000+00'00') /ModDate (D:20200101000000Z) /Title (D:20200101000000)"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "a page.html").write_text("<p>")
    return tmp_path / "a page.html"


def _browser(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = folder / "browser"
    find = 'for one; do case "$one" in --print-to-pdf=*) out="${one#*=}";; esac; done'
    path.write_text(f"#!/bin/sh\n{find}\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("TAPEPROOF_BROWSER", str(path))


def test_dates_become_those_of_the_run_and_nothing_else_moves(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "printed").write_bytes(PRINTED)
    _browser(tmp_path, monkeypatch, f'cp "{tmp_path}/printed" "$out"')
    print_pdf(page, tmp_path / "report.pdf", "2026-11-23T09:30:00Z")
    data = (tmp_path / "report.pdf").read_bytes()
    assert len(data) == len(PRINTED)
    assert data.count(b"(D:20261123093000") == 2
    assert b"/Title (D:20200101000000)" in data


def test_the_browser_is_asked_for_the_page_alone_without_network(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _browser(tmp_path, monkeypatch, f'printf "%s\\n" "$@" > "{tmp_path}/asked"; : > "$out"')
    print_pdf(page, tmp_path / "report.pdf", "2026-11-23T09:30:00Z")
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[-1] == page.as_uri()
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in asked
    assert ("--no-sandbox" in asked) is (os.geteuid() == 0)


@pytest.mark.parametrize(
    ("script", "why"), [("exit 0", ""), ("echo first >&2; echo no display >&2; exit 1", "no display")]
)
def test_a_browser_that_prints_nothing_is_told_with_its_last_words(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    _browser(tmp_path, monkeypatch, script)
    with pytest.raises(PrintingError) as refused:
        print_pdf(page, tmp_path / "report.pdf", "2026-11-23T09:30:00Z")
    assert refused.value.why == why
    assert not (tmp_path / "report.pdf").exists()


def test_a_browser_that_never_ends_is_stopped(tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _browser(tmp_path, monkeypatch, "exec sleep 600")
    monkeypatch.setattr(pdf, "TIMEOUT_SECONDS", 0.2)
    with pytest.raises(PrintingError, match="did not print"):
        print_pdf(page, tmp_path / "report.pdf", "2026-11-23T09:30:00Z")


def test_the_browser_that_is_named_comes_before_those_on_the_path(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _browser(tmp_path, monkeypatch, "exit 0")
    os.link(tmp_path / "browser", tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser_path() == str(tmp_path / "browser")
    monkeypatch.delenv("TAPEPROOF_BROWSER")
    assert browser_path() == str(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert browser_path() is None
    with pytest.raises(PrintingError, match="there is no browser"):
        print_pdf(page, tmp_path / "report.pdf", "2026-11-23T09:30:00Z")
    monkeypatch.setenv("TAPEPROOF_BROWSER", str(tmp_path / "absent"))
    with pytest.raises(PrintingError, match="did not print"):
        print_pdf(page, tmp_path / "report.pdf", "2026-11-23T09:30:00Z")
