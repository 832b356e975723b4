"""How many cases the tests generate: the same few in every run of `make test`, any number in `make soak`.

A run of the tests that nothing changed for answers as the one before; what is new is found by `make soak`, which draws
as many cases as TAPEPROOF_SOAK says, other ones each time.

Hypothesis mixes constants of the project's own modules into what it draws, of those that happen to be imported. A
derandomized test then draws other values alone than in the whole suite, and a failure of the one does not repeat in the
other; so `make test` draws without them.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

__all__ = ["SOAKING", "cases", "seconds_here"]

SOAKING = "TAPEPROOF_SOAK" in os.environ


class _WithoutConstants(HypothesisProvider):
    """Draws at random only."""

    def _maybe_draw_constant(self, *_arguments: Any, **_options: Any) -> None:  # noqa: ANN401 - as the base class has it
        return None


_NAME = "without-constants"
AVAILABLE_PROVIDERS[_NAME] = _WithoutConstants
# A test builds its world in fixtures of one function, and no test may depend on how fast the machine is.
_PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}

settings.register_profile("test", backend=_NAME, derandomize=True, **_PATIENT)
settings.register_profile("soak", print_blob=True, **_PATIENT)
settings.load_profile("soak" if SOAKING else "test")


def cases(usual: int) -> int:
    """Return how many cases to generate where ``make test`` generates ``usual``."""
    return int(os.environ.get("TAPEPROOF_SOAK", usual))


_REFERENCE = 0.02
"""Seconds of processor time that the work below takes on the machine that the bounds of tests were set on."""


@cache
def _slowness() -> float:
    """Return how many times slower this machine is, at least 1: the best of three runs of the same work."""
    taken: list[float] = []
    for _ in range(3):
        begun = time.process_time()
        sum(number * number % 7 for number in range(300_000))
        taken.append(time.process_time() - begun)
    return max(1.0, min(taken) / _REFERENCE)


def seconds_here(bound: float) -> float:
    """Return how many seconds this machine may take for what takes ``bound`` elsewhere.

    A bound tells work that ends from work that does not, by orders of magnitude; it says nothing about speed.
    """
    return 4 * bound * _slowness()
