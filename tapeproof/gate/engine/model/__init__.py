"""The model that every front end builds and every rule judges.

A front end makes a ``Stack`` of ``Resource`` objects whose attributes are values (``Known``, ``Ref``, ``Text``,
``Unknown``), each with its ``Span``. A rule takes the stack and answers with ``Finding`` objects.
"""

from tapeproof.gate.engine.model.block import Block, Resource
from tapeproof.gate.engine.model.finding import Finding, Verdict
from tapeproof.gate.engine.model.known import Known
from tapeproof.gate.engine.model.piece import Piece, Unresolved
from tapeproof.gate.engine.model.policy_document import (
    Condition,
    PolicyDocument,
    Principal,
    Statement,
    policy_documents,
    statements,
)
from tapeproof.gate.engine.model.span import NOWHERE, Span
from tapeproof.gate.engine.model.stack import Literal, Output, Stack, Variable
from tapeproof.gate.engine.model.text import Text
from tapeproof.gate.engine.model.unresolved import Ref, Unknown
from tapeproof.gate.engine.model.value import NotJsonError, Origin, Plain, Undecided, Value

__all__ = [
    "NOWHERE",
    "Block",
    "Condition",
    "Finding",
    "Known",
    "Literal",
    "NotJsonError",
    "Origin",
    "Output",
    "Piece",
    "Plain",
    "PolicyDocument",
    "Principal",
    "Ref",
    "Resource",
    "Span",
    "Stack",
    "Statement",
    "Text",
    "Undecided",
    "Unknown",
    "Unresolved",
    "Value",
    "Variable",
    "Verdict",
    "policy_documents",
    "statements",
]
