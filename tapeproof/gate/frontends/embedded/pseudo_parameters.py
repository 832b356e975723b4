"""What CloudFormation itself says in every template: the account, the region, the stack.

Source: AWS CloudFormation Template Reference Guide, "Pseudo parameters reference".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Value

__all__ = ["pseudo_parameters"]

_TOLD = {
    "AWS::AccountId": ("aws_caller_identity", "account_id"),
    "AWS::Partition": ("aws_partition", "partition"),
    "AWS::Region": ("aws_region", "name"),
    "AWS::URLSuffix": ("aws_partition", "dns_suffix"),
}
"""The data source of the provider that tells the same, and its attribute."""


def pseudo_parameters(address: str, name: Value) -> Iterator[tuple[str, Value]]:
    """Yield the parameters that a template has without declaring them; they are the same throughout it.

    Args:
        address: Of what holds the template.
        name: The stack's name, null where what holds the template gives none.
    """
    for parameter, (type_, path) in _TOLD.items():
        yield parameter, Ref(f"{address}/{parameter}", path, resource_type=type_)
    if not (name.known and name.is_unset):
        yield "AWS::StackName", name
