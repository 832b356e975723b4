"""Questions about the deliveries of a few lines of Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.fixture
def site_of(stack_of: Callable[[str], Stack]) -> Callable[[str], Site]:
    """Return a function that makes the site of a stack, with its policies read anew."""
    return lambda source: Site(stack_of(source))
