"""Functions over networks answer as Terraform's console does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('cidrhost("10.0.0.0/8", 1)', "10.0.0.1"),
        ('cidrhost("10.0.0.0/8", -1)', "10.255.255.255"),
        ('cidrhost("10.0.0.0/30", 4)', Fault),
        ('cidrhost("10.0.0.0/30", 0.5)', Fault),
        ('cidrhost("010.0.0.0/8", 1)', "10.0.0.1"),
        ('cidrhost("10.00.000.001/32", 0)', "10.0.0.1"),
        ('cidrhost("0.0.0.0/0", 0)', "0.0.0.0"),
        ('cidrhost("2001:db8:0:00::/64", 1)', "2001:db8::1"),
        ('cidrhost("10.0.0.0/255.0.0.0", 1)', Fault),
        ('cidrhost("10.0.0.0/٨", 1)', Fault),
        ('cidrhost("10.0.0/8", 1)', Fault),
        ('cidrhost("10.0.0.0", 1)', Fault),
        ('cidrhost("fe80::%eth0/64", 1)', Fault),
        ('cidrhost("10.0.0.0/33", 0)', Fault),
        ('cidrnetmask("10.0.0.0/12")', "255.240.0.0"),
        ('cidrnetmask("::/0")', Fault),
        ('cidrsubnet("10.0.0.1/8", 0, 0)', "10.0.0.0/8"),
        ('cidrsubnet("10.0.0.0/8", 8, 255)', "10.255.0.0/16"),
        ('cidrsubnet("10.0.0.0/8", 8, 256)', Fault),
        ('cidrsubnet("10.0.0.0/8", 25, 0)', Fault),
        ('cidrsubnet("10.0.0.0/8", -1, 0)', Fault),
        ('cidrsubnet("10.0.0.0/8", 99999999999, 1)', Fault),
        ('cidrsubnet("fe80::/48", 16, 6)', "fe80:0:0:6::/64"),
        ('cidrsubnets("10.0.0.0/8", 4, 8, 4)', ["10.0.0.0/12", "10.16.0.0/16", "10.32.0.0/12"]),
        ('cidrsubnets("10.0.0.0/8")', []),
        ('cidrsubnets("10.0.0.0/8", 0)', Fault),
        ('cidrsubnets("10.0.0.0/30", 1, 1, 1)', Fault),
        ('cidrsubnets("2001:db8::/32", 33)', Fault),
    ],
)
def test_networks_are_computed_as_terraform_computes_them(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer
