"""The style sheet's template; the file that travels carries it inside."""

from __future__ import annotations

from functools import cache

from tapeproof.content import content

__all__ = ["style_template"]


@cache
def style_template() -> str:
    """Return the template."""
    return (content("compliance") / "templates" / "report.css").read_text(encoding="utf-8")
