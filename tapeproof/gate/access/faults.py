"""What the model of permission refuses to read or cannot decide."""

from __future__ import annotations

from tapeproof.gate.engine.errors import GateError

__all__ = ["AccessError", "UndecidedError"]


class AccessError(GateError):
    """A document or a request that AWS would refuse, with the place, the reason and the way out."""


class UndecidedError(Exception):
    """A comparison that outgrew its bound; the answer is not known and must be told so."""
