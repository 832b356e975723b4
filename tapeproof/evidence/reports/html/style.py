"""The style sheet, and the hash that lets a browser apply it and nothing else."""

from __future__ import annotations

import base64
import hashlib

from tapeproof.evidence.reports.html.template import style_template

__all__ = ["policy_for", "style_sheet"]


def style_sheet(foot: str, mark: str) -> str:
    """Return the style sheet.

    Args:
        foot: What stands at the foot of every printed page.
        mark: What stands at its head, such as UNSIGNED; may be empty.
    """
    return style_template().replace("__FOOT__", _escape_css(foot)).replace("__MARK__", _escape_css(mark))


def policy_for(style: str) -> str:
    """Return the content security policy: nothing loads, nothing runs, only this style applies (CSP 3, 6.7.3)."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _escape_css(text: str) -> str:
    """Return text for a CSS string; anything but plain characters becomes a space, so that it cannot end the string."""
    return "".join(mark if mark.isalnum() or mark in " .:-_,()" else " " for mark in text)
