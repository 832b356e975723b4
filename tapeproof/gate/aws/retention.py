"""Settings by which something outlives the stack, or stops it from being destroyed.

Every setting of the AWS provider that is called as if it did is classified, in ``policies/facts/kept_on_destroy.csv``
or in ``not_kept_on_destroy.csv``, or for newer providers in their namesakes that end in ``_6``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.fault import Fault
from tapeproof.gate.aws.functions import value_at
from tapeproof.gate.aws.judging import those
from tapeproof.gate.engine.model import Known
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.scope import is_of_aws
from tapeproof.gate.facts import rows_of_all
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Value

__all__ = [
    "DELETE_IT",
    "DeletionPolicy",
    "Retention",
    "deletion_policy_in",
    "forgotten_by",
    "is_answerable",
    "retentions",
    "settings_of",
]

DELETE_IT = "DeletionPolicy: Delete"
"""What lets a resource of a CloudFormation template go, as it is written there."""
_REQUIRED, _SNAPSHOT = "required", "skip_final_snapshot"
_OPENTOFU = (".tofu", ".tofu.json")
_POLICY = r"""["']?(?:DeletionPolicy|UpdateReplacePolicy)["']?\s*:\s*"""
_RETAIN = compile_late(_POLICY + r"""["']?(?:Retain\w*|Snapshot)""")
_COMPUTED = compile_late(_POLICY + r"""(?:!\w|\{|(?:Ref|Fn::\w+)\s*:)""")
"""A policy that parameters choose, as AWS::LanguageExtensions lets them."""
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


class Retention(NamedTuple):
    """A setting that may keep something.

    Attributes:
        attribute: Its path.
        kept_when: What keeps; ``*`` any value, ``!x`` any but ``x``.
        absent_means: The provider's default; ``required`` where it cannot be left out.
        known_to: ``terraform``, or ``aws`` where an account shows it, too.
        reason: What happens.
    """

    attribute: str
    kept_when: str
    absent_means: str
    known_to: str
    reason: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.attribute.rpartition(".")[2]

    @property
    def freeing_value(self) -> str:
        """What lets it go, as it is written; empty when only the absence of the setting does."""
        opposites = {"true": "false", "false": "true", "Retain": "Delete"}
        plain = self.kept_when[1:] if self.kept_when.startswith("!") else opposites.get(self.kept_when)
        if plain is None:
            plain = "" if self.kept_when in {"*", self.absent_means} else self.absent_means
        return plain if not plain or plain in opposites or plain.isdigit() else f'"{plain}"'

    def way_out_for(self, resource: Resource) -> str:
        """Return what lets a resource go, as an instruction."""
        if self.name == _SNAPSHOT and "/" in resource.address.rpartition("]")[2]:  # in a template
            return DELETE_IT
        if self.absent_means == _REQUIRED:
            return "remove this resource"
        return f"{self.name} = {self.freeing_value}" if self.freeing_value else f"remove {self.name}"

    def tell(self, value: Value) -> str:
        """Return what a value of the setting, or its absence, does."""
        if self.absent_means == _REQUIRED:
            return f"while this is here, {self.reason}"
        setting = "is not set" if value.is_unset else f"= {value.text()}" if value.known else "is set"
        return f"{self.name} {setting}: {self.reason}"

    def keeps(self, value: Value) -> bool:
        """Return whether a value of the setting, or its absence, keeps something.

        Raises:
            Undecided: It is not known.
        """
        if self.kept_when == "*":
            return not value.is_unset
        setting = self.absent_means if value.is_unset else value.text()
        if self.kept_when.startswith("!"):
            return setting != self.kept_when[1:]
        return setting == self.kept_when


def is_answerable(resource: Resource) -> bool:
    """Return whether it can be told what keeps a resource: of another provider's, only its lifecycle is known here."""
    return is_of_aws(resource.type) or any(one.type == "lifecycle" and "destroy" in one for one in resource.children)


def retentions(type_: str) -> tuple[Retention, ...]:
    """Return the settings of a resource type that may keep something."""
    return _by_type().get(type_, ())


def settings_of(resource: Resource, retention: Retention) -> Iterator[Value]:
    """Yield the values of a setting that keep something, its absence included.

    Raises:
        Undecided: After them, when another one may.
    """
    values = list(value_at(resource, retention.attribute))
    # Without the block around it, what is default inside it is default.
    yield from those(values or [Known(None, span=resource.span)], retention.keeps)


@cache
def _by_type() -> dict[str, tuple[Retention, ...]]:
    found: dict[str, tuple[Retention, ...]] = {}
    for row in rows_of_all("kept_on_destroy"):
        retention = Retention(*(row[name] for name in Retention._fields))
        found[row["resource_type"]] = (*found.get(row["resource_type"], ()), retention)
    return found


def forgotten_by(removed: Block) -> Fault | None:
    """Return what is wrong with a ``removed`` block: Terraform destroys unless told not to, OpenTofu forgets.

    Sources: Terraform documentation, "removed block reference"; OpenTofu documentation, "Resource Behavior".

    Raises:
        Undecided: It cannot be told.
    """
    destroy = removed.at("lifecycle.destroy")
    if removed.span.file.endswith(_OPENTOFU) if destroy.is_unset else not destroy.boolean():
        said = "not set" if destroy.is_unset else "false"
        message = f"destroy is {said}, so the resource is forgotten, and then stays for ever"
        place = removed.span if destroy.is_unset else destroy
        return Fault(place, message, "destroy = true", "destroy = true", said)
    return None


class DeletionPolicy(NamedTuple):
    """A deletion policy of a CloudFormation template that keeps a resource, or may.

    Attributes:
        written: As it is written.
        computed: Whether parameters choose it.
    """

    written: str
    computed: bool


def deletion_policy_in(template: str) -> DeletionPolicy | None:
    """Return what in a template's text keeps a resource when its stack goes; None when nothing does.

    Source: AWS CloudFormation Template Reference Guide, "DeletionPolicy attribute".
    """
    read = template if template.lstrip().startswith("{") else _COMMENT.sub("", template)  # JSON has no comments
    kept = _RETAIN.search(read)
    found = kept or _COMPUTED.search(read)
    return None if found is None else DeletionPolicy(found[0], computed=kept is None)
