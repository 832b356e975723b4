"""Settings under which a property test draws the same on every machine and beside every other test.

Hypothesis mixes constants of the project's own modules into what it draws, of those that happen to be imported. A
derandomized test then draws other values alone than in the whole suite, and a failure of the one does not repeat in the
other.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

__all__ = ["STEADY"]


class _WithoutConstants(HypothesisProvider):
    """Draws at random only."""

    def _maybe_draw_constant(self, *_arguments: Any, **_options: Any) -> None:  # noqa: ANN401 - as the base class has it
        return None


_NAME = "without-constants"
AVAILABLE_PROVIDERS[_NAME] = _WithoutConstants
STEADY: dict[str, Any] = {
    "backend": _NAME,
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
}
