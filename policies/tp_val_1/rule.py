"""What differs between accounts and environments comes from variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.literals import hard_coded
from tapeproof.gate.engine.model import Finding, Verdict
from tapeproof.gate.engine.rule import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Stack
    from tapeproof.gate.engine.rule import Parameters

_BLOCKS = {"resource", "data", "ephemeral", "module", "locals", "provider"}
_WAYS_OUT = {
    "an ARN": "refer to the resource's arn, or build it from variables",
    "an availability zone": "use data.aws_availability_zones.<name>.names",
    "a region": "use var.region or data.aws_region",
    "an account id": "use data.aws_caller_identity.<name>.account_id",
}


@whole
def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each value of an account or environment written out in a resource, module or local."""
    ignored = set(parameters["ignored_attributes"])
    judged = 0
    for literal in stack.literals:
        if literal.block not in _BLOCKS or literal.attribute.rpartition(".")[2] in ignored:
            continue
        if (literal.block, literal.attribute) == ("module", "source"):
            continue  # Terraform takes nothing but a literal there
        judged += 1
        for found in hard_coded(literal.text):
            place = literal.part(found.offset, len(found.text))
            yield Finding(
                Verdict.FAIL,
                f"{found.text!r} is {found.kind} written out",
                literal.owner,
                place,
                _WAYS_OUT.get(found.kind, "make it a variable"),
                "a variable or a reference",
                found.text,
            )
    yield Finding(Verdict.PASS, f"{judged} literals read")
