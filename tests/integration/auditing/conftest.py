from __future__ import annotations

from tests.unit.auditing.exported_log import exported, judged_when_it_was_made, pin, vkey, world

__all__ = ["exported", "judged_when_it_was_made", "pin", "vkey", "world"]
