"""What is switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.switches import SWITCHES, switched_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.mark.parametrize(
    ("type_", "attribute", "off"), [(type_, *one) for type_, listed in SWITCHES.items() for one in listed]
)
def test_a_switch_says_when_it_is_off(stack_of: Callable[[str], Stack], type_: str, attribute: str, off: str) -> None:
    (resource,) = stack_of(f'resource "{type_}" "x" {{\n {attribute} = "{off}"\n}}').resources()
    found = switched_off(resource)
    assert found is not None
    assert found.text() == off
    (other,) = stack_of(f'resource "{type_}" "x" {{\n}}').resources()
    assert switched_off(other) is None
