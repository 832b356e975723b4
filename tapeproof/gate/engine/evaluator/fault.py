"""What Terraform itself would refuse about an expression."""

from __future__ import annotations

from tapeproof.gate.engine.model import NOWHERE, Span

__all__ = ["CycleFault", "Fault"]


class Fault(Exception):  # noqa: N818 - a fault of the configuration, which `try()` catches; never an error of the gate
    """An expression that has no value: a wrong type, a missing key, a function's refusal."""


class CycleFault(Fault):
    """A value that depends on itself; ``span`` is where it is declared."""

    def __init__(self, message: str, span: Span = NOWHERE) -> None:
        self.span = span
        super().__init__(message)
