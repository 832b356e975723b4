"""The report as JSON: every verdict, passes included, with the policies, files and waivers behind them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report

__all__ = ["render"]


def render(report: Report) -> str:
    """Return the report as one JSON object with a final newline.

    Its keys are those of ``Report.as_data``.
    """
    return json.dumps(report.as_data(), ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> object:
    """Return what YAML made of a parameter in a form that JSON has."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
