"""Which key of the stack a value names, and what the key's policies are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.facts import doubt_outside
from tapeproof.gate.access.document import merge_documents
from tapeproof.gate.access.holdings import default_key_policy
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.access.document import Document
    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Block, Resource, Value

__all__ = ["MANAGED_ALIAS", "Guard", "guard_of", "is_managed"]

MANAGED_ALIAS = "alias/aws/"
"""What the aliases of keys that AWS manages begin with."""


class Guard(NamedTuple):
    """A key of the stack that stands before something.

    Attributes:
        key: The key.
        document: Its policies as one.
        holder: The resource that holds its policy.
    """

    key: Resource
    document: Document
    holder: Resource

    @property
    def at(self) -> Value | Block:
        """Where its policy is to be mended."""
        return self.holder.attributes.get("policy", self.holder)


def guard_of(site: Site, value: Value) -> Guard:
    """Return the key that a value names, with its policies.

    Raises:
        Undecided: It is not of this stack.
    """
    key = _key_of(site, value)
    if key is None:
        raise doubt_outside(value, "names a key outside this stack, whose policy cannot be read")
    owned = site.holdings.find_attached(key)
    documents = [one.document for one in owned] or [default_key_policy(site.world.account, key.address)]
    holder = next((one.holder for one in owned if one.holder.type == "aws_kms_key_policy"), key)
    return Guard(key, merge_documents(documents), holder)


def _key_of(site: Site, value: Value) -> Resource | None:
    """Return the key of the stack that a value names, by ARN, id or alias.

    Raises:
        Undecided: It cannot be told.
    """
    keys = site.stack.resolve(value, "aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key")
    managed = [key for key in keys if key.mode == "managed"]
    if managed:
        return managed[0]
    for alias in site.stack.resolve(value, "aws_kms_alias"):
        found = None if alias.mode == "data" else _key_of(site, alias["target_key_id"])
        if found is not None:
            return found
    text = site.world.text(value)
    for alias in site.stack.resources("aws_kms_alias"):
        if text in {site.world.name(alias), site.world.arn(alias)}:
            return _key_of(site, alias["target_key_id"])
    return None


def is_managed(site: Site, value: Value) -> bool:
    """Return whether a value names a key that AWS manages."""
    if MANAGED_ALIAS in site.world.text(value):
        return True
    for alias in site.stack.data("aws_kms_alias", "aws_kms_key"):
        named = site.world.text(alias["name"]) if "name" in alias else site.world.text(alias["key_id"])
        if value.comes_from(alias.address) and MANAGED_ALIAS in named:
            return True
    return False
