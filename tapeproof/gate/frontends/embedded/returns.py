"""What ``Ref`` and ``Fn::GetAtt`` give of the resources of a template: ``policies/facts/cloudformation_returns.csv``.

Source: AWS CloudFormation Template Reference Guide, "Return values" of each type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from tapeproof.gate.engine.model import Known, Origin, Piece, Ref, Text, Value
from tapeproof.gate.engine.model.identity import NAMES
from tapeproof.gate.engine.record import record, replace
from tapeproof.gate.facts import rows
from tapeproof.gate.frontends.embedded.properties import property_of, provider_type_of

__all__ = ["Returned", "name_made_for"]


@record(slots=False)
class Returned:
    """What the resources of a template give.

    Attributes:
        address: Of what holds the template.
        declared: The resources by their logical names, those that exist.
        put_in: Returns a part of the template with its parameters put in.
    """

    address: str
    declared: Mapping[str, Value]
    put_in: Callable[[Value], Value]

    def get(self, name: str, attribute: str = "") -> Value | None:
        """Return what a resource gives by ``Ref``, or by ``Fn::GetAtt``; None when no table knows it.

        Args:
            name: The resource's logical name.
            attribute: ``Arn``; empty for ``Ref``.
        """
        kind = self._kind_of(name)
        found = _table().get((kind, attribute))
        if found is None:
            return None
        path, text = found
        type_ = provider_type_of(kind)
        if path == NAMES.get(type_, "name"):
            written = self._named(name, kind, path)
            if written is not None:
                return written
        ref = Ref(f"{self.address}/{name}", path, resource_type=type_)
        return Text((Piece(ref, ref.span), Piece(text, ref.span))) if text else ref

    def _kind_of(self, name: str) -> str:
        declared = self.declared.get(name)
        kind = declared.entry("Type") if isinstance(declared, Known) else None
        return kind.value if isinstance(kind, Known) and isinstance(kind.value, str) else ""

    def _named(self, name: str, kind: str, path: str) -> Value | None:
        """Return the name that is written for a resource, None when CloudFormation makes one."""
        properties = self.declared[name].entry("Properties")
        if not isinstance(properties, Known) or not isinstance(properties.value, Mapping):
            return None
        written = self.put_in(properties.entry(property_of(kind, path)))
        if not isinstance(written, Known | Text) or (isinstance(written, Known) and not isinstance(written.value, str)):
            return None
        return replace(written, origins=written.origins | {Origin(f"{self.address}/{name}", path)})


def name_made_for(address: str, type_: str) -> tuple[str, Ref]:
    """Return the attribute that names a resource, and the name that CloudFormation makes where none is written."""
    path = NAMES.get(type_, "name")
    return path, Ref(address, path, resource_type=type_)


@cache
def _table() -> Mapping[tuple[str, str], tuple[str, str]]:
    listed = rows("cloudformation_returns")
    return {(row["cloudformation_type"], row["name"]): (row["attribute"], row["text"]) for row in listed}
