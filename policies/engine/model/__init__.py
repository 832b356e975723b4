"""The model that every front end builds and every rule judges.

A front end makes a ``Stack`` of ``Resource`` objects whose attributes are values (``Known``, ``Ref``, ``Text``,
``Unknown``), each with its ``Span``. A rule takes the stack and answers with ``Finding`` objects.
"""

from policies.engine.model.block import Block, Resource
from policies.engine.model.finding import Finding, Verdict
from policies.engine.model.known import Known
from policies.engine.model.policy_document import (
    Condition,
    PolicyDocument,
    Principal,
    Statement,
    policy_documents,
    statements,
)
from policies.engine.model.span import NOWHERE, Span
from policies.engine.model.stack import Literal, Output, Stack, Variable
from policies.engine.model.text import Piece, Text
from policies.engine.model.unresolved import Ref, Unknown
from policies.engine.model.value import Origin, Plain, Undecided, Value

__all__ = [
    "NOWHERE",
    "Block",
    "Condition",
    "Finding",
    "Known",
    "Literal",
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
    "Value",
    "Variable",
    "Verdict",
    "policy_documents",
    "statements",
]
