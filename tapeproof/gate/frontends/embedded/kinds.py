"""Which types of resources are written in CloudFormation's terms, or name what is written so elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Stack

__all__ = ["CLOUD_CONTROL", "ELSEWHERE", "STACK_SETS", "TEMPLATES", "has_embedded", "is_of_awscc"]

TEMPLATES = ("aws_cloudformation_stack", "aws_cloudformation_stack_set")
"""Types that hold a template."""
STACK_SETS = ("aws_cloudformation_stack_instances", "aws_cloudformation_stack_set_instance")
"""Types that make stacks of a set, whose template may lie elsewhere."""
ELSEWHERE = (
    "aws_sagemaker_project",
    "aws_serverlessapplicationrepository_cloudformation_stack",
    "aws_servicecatalog_provisioned_product",
)
"""Types that CloudFormation makes of templates that lie elsewhere."""
CLOUD_CONTROL = "aws_cloudcontrolapi_resource"
_AWSCC = "awscc_"


def is_of_awscc(type_: str) -> bool:
    """Return whether a type is the AWSCC provider's."""
    return type_.startswith(_AWSCC)


def has_embedded(stack: Stack) -> bool:
    """Return whether any resource of a stack is written so; few are, and only these need what translates them."""
    embedded = {*TEMPLATES, *STACK_SETS, *ELSEWHERE, CLOUD_CONTROL}
    return any(resource.type in embedded or is_of_awscc(resource.type) for resource in stack.resources())
