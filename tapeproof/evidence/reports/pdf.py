"""Prints the HTML report to PDF with a browser that is installed here; where there is none, the PDF is left out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from tapeproof.evidence.reports.errors import PrintingError

__all__ = ["BROWSERS", "browser_path", "print_pdf"]

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
TIMEOUT_SECONDS: Final = 180
FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""No network, and the page itself forbids scripts; the style sheet sets page size, numbers and running heads."""
DATES: Final = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")


def browser_path() -> str | None:
    """Return the browser to print with: ``TAPEPROOF_BROWSER``, or the first of `BROWSERS` on the path."""
    named = os.environ.get("TAPEPROOF_BROWSER")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def print_pdf(html: Path, pdf: Path, as_of: str) -> None:
    """Print a file with page numbers and tags; the PDF carries the run's time, so that equal input is equal bytes.

    Args:
        html: The report.
        pdf: Where to write.
        as_of: The run's time, ISO 8601 UTC.

    Raises:
        PrintingError: There is no browser, or it does not print.
    """
    browser = browser_path()
    if browser is None:
        raise PrintingError("there is no browser to print the report with")
    with tempfile.TemporaryDirectory(prefix="tapeproof-print-") as scratch:
        printed = Path(scratch) / "report.pdf"
        command = [browser, *FLAGS, f"--user-data-dir={scratch}/profile", f"--print-to-pdf={printed}"]
        # Only root has no sandbox to lose: Chromium does not start one for it.
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        try:
            done = subprocess.run(
                [*command, html.resolve().as_uri()], capture_output=True, timeout=TIMEOUT_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintingError("the browser did not print the report", why=str(error)) from error
        if not printed.is_file():
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise PrintingError("the browser did not print the report", why=" ".join(why))
        pdf.write_bytes(_set_dates(printed.read_bytes(), as_of))


def _set_dates(data: bytes, as_of: str) -> bytes:
    """Return the PDF with its dates set to the run's, without moving a byte (offsets in it must stay right)."""
    moment = datetime.fromisoformat(as_of).strftime("%Y%m%d%H%M%S").encode("ascii")

    def set_date(match: re.Match[bytes]) -> bytes:
        whole = match.group(0)
        at = whole.index(b"D:") + 2
        return whole[:at] + moment + whole[at + len(moment) :]

    return DATES.sub(set_date, data)
