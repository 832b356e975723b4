"""Functions of providers that need neither the provider nor an account: of hashicorp/aws about ARNs, Terraform's own.

Sources: documentation of hashicorp/aws, "Functions"; Terraform documentation, "decode_tfvars". All other functions of
providers are not known here.
"""

from __future__ import annotations

import json
import re

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial, plain
from tapeproof.gate.engine.evaluator.functions.strings import join_pieces
from tapeproof.gate.engine.evaluator.types import STRING
from tapeproof.gate.engine.model import Known, Piece, Value

__all__: list[str] = []

_AWS = "provider::aws::"
_SECTIONS = ("partition", "service", "region", "account_id", "resource")
_ROLE = re.compile(r"(role/)(?:.*/)?([^/]*)", re.DOTALL)


@partial(f"{_AWS}arn_build", *[STRING] * len(_SECTIONS))
def _arn_build(call: Invocation, *sections: Value) -> Value:
    pieces = [Piece("arn", call.span)]
    for section in sections:
        pieces += [Piece(":", call.span), *section.pieces_of_text()]
    return join_pieces(call, pieces)


@plain(f"{_AWS}arn_parse", STRING)
def _arn_parse(arn: str) -> dict[str, str]:
    prefix, *sections = arn.split(":", len(_SECTIONS))
    if prefix != "arn" or len(sections) != len(_SECTIONS):
        raise Fault(f"{arn!r} is no ARN")
    return dict(zip(_SECTIONS, sections, strict=True))


@plain(f"{_AWS}trim_iam_role_path", STRING)
def _trim_iam_role_path(arn: str) -> str:
    sections = _arn_parse(arn)
    role = _ROLE.fullmatch(sections["resource"])
    if sections["service"] != "iam" or role is None:
        raise Fault(f"{arn!r} is no ARN of a role")
    return ":".join(("arn", *list(sections.values())[:-1], role[1] + role[2]))


@partial("provider::terraform::decode_tfvars", STRING)
def _decode_tfvars(call: Invocation, source: Value) -> Value:
    """Return the assignments of a variable file as an object: what stands in one is what stands between its braces."""
    if not source.known:
        return call.unknown((source,))
    nothing = Known({}, kind="object", span=call.span)
    written = call.render(f"${{jsonencode({{\n{source.text()}\n}})}}", call.span.file, nothing)
    return call.known(json.loads(written.text())) if written.known else written
