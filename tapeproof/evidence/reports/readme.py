"""The file beside the reports that says how to read and how to verify; it names no key that would anchor itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View

__all__ = ["render_readme"]

SIMULATED_NOTE = "SIMULATED: live evidence in here is from an emulator and shows nothing about an account.\n\n"
COMMAND = "python3 /path/of/your/own/verify.py .  --fingerprint <the fingerprint that the signer gave you>"
UNSIGNED_COMMAND = "python3 /path/of/your/own/verify.py .     (this bundle is UNSIGNED: anybody could have made it)"


def render_readme(view: View) -> bytes:
    """Return the text."""
    run = view.run
    return f"""Evidence bundle {run["id"]}
Subject: {run["subject"]}   As of: {run["as_of"]}

{SIMULATED_NOTE if run["simulated"] else ""}Read:    reports/report.html, in any browser; it needs no network.
Verify:  {COMMAND if view.signer else UNSIGNED_COMMAND}

Get the fingerprint from the person who is responsible for the key, and verify.py or its SHA-256 from a release of the
project: neither from this bundle. The verify.py in here is a copy for convenience; who made the bundle could have
changed it. It needs Python 3.9 or later and nothing else. It exits with 0 when every byte, every verdict, every report
and the signer are as claimed, 1 when something was changed, 3 when nobody vouches for the bundle, 4 when it is not
what you expect.

reports/    the same verdicts as HTML, OSCAL, SARIF, JUnit, CSV, and for Security Hub, ServiceNow and Jira; verify.py
            renders each again, byte for byte
            report.pdf, where there is one, is a convenience copy that nobody can derive again: report.html counts
evidence/   what was asked and the bytes that came back, one folder an item
controls/   policies, criteria, frameworks and mappings
results.jsonl, assessment.json   what verify.py derives again from evidence/ and controls/
""".encode()
