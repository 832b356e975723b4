"""``tapeproof evidence rollup``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tapeproof.evidence.rollup import roll_up
from tapeproof.evidence.rollup_page import render_rollup_html, render_rollup_json, render_rollup_text
from tapeproof.terminal import escape_lines

if TYPE_CHECKING:
    import argparse

__all__ = ["rollup"]


def rollup(parsed: argparse.Namespace) -> int:
    """Verify several bundles and lay them side by side.

    Returns:
        0; 1 when a bundle does not verify, 3 when the signer of one is not known, 4 when an environment is missing, has
        two bundles, or a bundle is not as expected.
    """
    found = roll_up([str(path) for path in parsed.bundles], parsed.fingerprint, parsed.expect_environment)
    if parsed.html:
        parsed.html.write_text(render_rollup_html(found), encoding="utf-8")
    sys.stdout.write(render_rollup_json(found) if parsed.json else escape_lines(render_rollup_text(found)))
    return found.exit_status
