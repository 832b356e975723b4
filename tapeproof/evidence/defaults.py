"""Where evidence goes and with which key it is signed when nobody names another place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["DEFAULT_KEY", "DEFAULT_OUTPUT"]

DEFAULT_OUTPUT: Final = Path("build/evidence")
"""Folder below which each run gets a folder of its own."""
DEFAULT_KEY: Final = Path(".local/evidence-key.pem")
"""The key file that ``--create-key`` makes; never below a folder that is committed."""
