"""A trading session that needs no file: seeded, the same every time, in the words of four exchanges."""

from tapeproof.ops.session.script import KINDS, Scheduled, session

__all__ = ["KINDS", "Scheduled", "session"]
