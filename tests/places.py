"""Where tests find the project, and what lies beside it."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["FIELD", "PROJECT", "SHARED"]

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
"""Real captures, vectors and schemas; absent where only the project is."""
FIELD = Path(os.environ.get("TAPEPROOF_FIELD") or SHARED / "field")
"""Inputs that others reported."""
