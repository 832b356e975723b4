"""Whose account it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.accounts import foreign_account, own_accounts
from tapeproof.gate.engine.model import Known

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


CONFINED = 'provider "aws" {\n allowed_account_ids = ["111122223333"]\n}'


@pytest.mark.parametrize(
    ("source", "own"),
    [
        (CONFINED, {"111122223333"}),
        ('data "aws_caller_identity" "me" {}', {"caller"}),
        ('provider "google" {}', set()),
    ],
)
def test_a_stack_says_which_accounts_are_its_own(stack_of: Callable[[str], Stack], source: str, own: set[str]) -> None:
    assert own_accounts(stack_of(source)) == own


@pytest.mark.parametrize(
    ("principal", "foreign"),
    [
        ("444455556666", True),
        ("arn:aws:iam::444455556666:root", True),
        ("arn:aws:iam::111122223333:root", False),
        ("arn:aws:iam::444455556666:role/reader", False),
        ("arn:aws:iam::127311923021:root", False),
    ],
)
def test_the_whole_of_another_account_is_foreign(
    stack_of: Callable[[str], Stack], principal: str, *, foreign: bool
) -> None:
    assert foreign_account(stack_of(CONFINED), Known(principal)) is foreign
