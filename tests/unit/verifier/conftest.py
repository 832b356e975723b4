from __future__ import annotations

from tests.unit.auditing.exported_log import exported, pin, vkey, world

__all__ = ["exported", "pin", "vkey", "world"]
