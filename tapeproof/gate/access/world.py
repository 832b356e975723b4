"""One concrete world for a stack: every resource has an ARN, every account, region and name a text.

What AWS decides at apply (an account's number, a key's id) is given one text of its own, the same wherever it is used,
so that policies and requests can be compared as they will be. What cannot be told at all is marked as open.
"""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from tapeproof.gate.access.spelled import Spelled, placeholder
from tapeproof.gate.access.written import account_in, list_arns, only, region_in
from tapeproof.gate.engine.model import Known, Ref, Resource, Stack, Undecided, Unknown, Unresolved, Value
from tapeproof.gate.engine.model.identity import NAMES
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["World"]

ACCOUNT = "111122223333"
"""Stands for the account the stack is applied to (AWS's documentation uses it so)."""
_DATA = {
    ("aws_caller_identity", "account_id"): "account",
    ("aws_caller_identity", "id"): "account",
    ("aws_region", "name"): "region",
    ("aws_region", "id"): "region",
    ("aws_region", "region"): "region",
    ("aws_partition", "partition"): "partition",
    ("aws_partition", "id"): "partition",
    ("aws_partition", "dns_suffix"): "suffix",
}
_BY_ARN = frozenset({"aws_sns_topic", "aws_iam_policy", "aws_sfn_state_machine", "aws_secretsmanager_secret"})
"""Types whose id is their ARN."""
_DEEPEST = 20


class World:
    """Spells the values of one stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.by_address = {resource.address: resource for resource in stack.everything}
        self.by_base: dict[str, list[Resource]] = {}
        for resource in stack.everything:
            self.by_base.setdefault(resource.base, []).append(resource)
        self.arns: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._spelled: dict[int, Spelled] = {}
        self._told: dict[tuple[str, str, int], tuple[str, str, str] | None] = {}
        self.forms = {row["resource_type"]: row["arn"] for row in rows("own_arns")}
        arns = list(list_arns(stack.everything))
        in_arns = account_in(arns)
        self.account = self._account_read() or self._caller() or in_arns or ACCOUNT
        self.regions = {block.labels[0] if block.labels else "": block for block in stack.blocks_of("provider")}
        named = self._provider_region()
        self.is_region_named = bool(named)
        self.region = named or region_in(arns) or "eu-west-1"

    def _account_read(self) -> str:
        """Return the account that a live stack was read from, ``aws:ACCOUNT:REGION``; none of another stack."""
        _, _, place = self.stack.root.partition(":")
        return place.partition(":")[0] if self.stack.front_end == "live" else ""

    def _caller(self) -> str:
        """Return the account of whoever plans, where a plan knows it."""
        numbers = (identity["account_id"] for identity in self.stack.data("aws_caller_identity"))
        return only(one.value for one in numbers if isinstance(one, Known) and isinstance(one.value, str))

    def _provider_region(self) -> str:
        for block in self.stack.blocks_of("provider"):
            if block.labels and block.labels[0] == "aws" and block["alias"].known and block["alias"].is_null:
                region = block["region"]
                if isinstance(region, Known) and isinstance(region.value, str):
                    return region.value
        return ""

    def spell(self, value: Value, depth: int = 0) -> Spelled:
        """Return a string value as text.

        Raises:
            Undecided: It is no string at all.
        """
        if isinstance(value, Known) and not value.pieces:  # most are
            text = value.text()
            return Spelled(text, text, "", value)
        if not depth:  # a reference stands in a hundred places, and is asked about in each
            found = self._spelled.get(id(value))
            if found is None:
                found = self._spelled[id(value)] = self._spell_pieces(value, 0)
            return found
        return self._spell_pieces(value, depth)

    def _spell_pieces(self, value: Value, depth: int) -> Spelled:
        pieces = value.pieces_of_text()
        if len(pieces) == 1 and not isinstance(pieces[0].content, str):  # a reference, whole
            return Spelled(*self._part(pieces[0].content, depth), value)
        texts: list[str] = []
        wides: list[str] = []
        why = ""
        for piece in pieces:
            if isinstance(piece.content, str):
                text, wide, open_why = piece.content, piece.content, ""
            else:
                text, wide, open_why = self._part(piece.content, depth)
            texts.append(text)
            wides.append(wide)
            why = why or open_why
        return Spelled("".join(texts), "".join(wides), why, value)

    def text(self, value: Value) -> str:
        """Return a string value as text."""
        return self.spell(value).text

    def _part(self, content: Unresolved, depth: int) -> tuple[str, str, str]:
        if not isinstance(content, Ref):
            _, symbol = content.identity or ("", "")
            return placeholder(symbol or f"unknown-{id(content)}"), "*", content.why
        asked = (content.resource, content.path, depth)
        if asked not in self._told:
            self._told[asked] = self._attribute_told(content, depth)
        told = self._told[asked]
        if told is not None:
            return told
        word = placeholder(str(content))
        return (word, "*", content.why) if content.is_data else (word, word, "")

    def _attribute_told(self, ref: Ref, depth: int) -> tuple[str, str, str] | None:
        resource = self._find_resource(ref)
        if resource is None and ref.resource_type:
            return self._told_in_template(ref)
        told = self._attribute(resource, ref, depth) if resource is not None and depth < _DEEPEST else None
        return None if told is None else (told.text, told.wide, told.why)

    def _told_in_template(self, ref: Ref) -> tuple[str, str, str] | None:
        """Return what CloudFormation puts in for itself, ``AWS::Region``, in the template that a reference is of."""
        holder = self.by_address.get(ref.resource.rpartition("/")[0])
        known = _DATA.get((ref.resource_type, ref.path))
        if known is None or holder is None:
            return None
        words = {"account": self.account, "region": self.region_of(holder), "partition": "aws"}
        word = words.get(known, "amazonaws.com")
        return word, word, ""

    def _find_resource(self, ref: Ref) -> Resource | None:
        found = self.by_address.get(ref.resource)
        if found is not None:
            return found
        listed = self.by_base.get(ref.resource, [])
        return listed[0] if len(listed) == 1 else None

    def _attribute(self, resource: Resource, ref: Ref, depth: int) -> Spelled | None:
        def spell_text(text: str) -> Spelled:
            return Spelled(text, text, "", ref)

        if resource.mode == "data":
            known = _DATA.get((resource.type, ref.path))
            if known is not None:
                words = {"account": self.account, "region": self.region_of(resource), "partition": "aws"}
                return spell_text(words.get(known, "amazonaws.com"))
            if (resource.type, ref.path) == ("aws_caller_identity", "arn"):
                return spell_text(f"arn:aws:sts::{self.account}:assumed-role/{placeholder('caller')}/session")
            if resource.type not in self.forms:
                return None
        own = resource.attributes.get(ref.path)
        if own is not None and not isinstance(own, Unknown) and not _is_same(own, ref):
            return self.spell(own, depth + 1) if own.known or not own.is_null else None
        text = self._derive_attribute(resource, ref.path)
        return None if text is None else spell_text(text)

    def _derive_attribute(self, resource: Resource, path: str) -> str | None:
        """Return what AWS makes of a resource: its ARN, its URL, its id."""
        arn = self.arn(resource)
        own = {
            "arn": arn,
            "arn_without_revision": arn.rpartition(":")[0],
            "stream_arn": f"{arn}/stream/{placeholder(resource.address)}",
            "qualified_arn": f"{arn}:{placeholder(f'{resource.address}.version')}",
            NAMES.get(resource.type, "name"): self.name(resource),
        }
        if resource.type in self.forms:
            own["id"] = arn if resource.type in _BY_ARN else self.name(resource)
        if resource.type == "aws_sqs_queue":
            url = f"https://sqs.{self.region_of(resource)}.amazonaws.com/{self.account}/{self.name(resource)}"
            own |= {"url": url, "id": url}
        if resource.type.startswith("aws_kms_") and resource.type.endswith("_key"):
            own |= {"key_id": arn.rpartition("/")[2], "id": arn.rpartition("/")[2]}
        if resource.type == "aws_kms_alias" and path.startswith("target_key"):
            keys = self.stack.resolve(resource["target_key_id"], "aws_kms_key")
            own |= {"target_key_arn": self.arn(keys[0])} if keys else {}
        return own.get(path)

    def region_of(self, resource: Resource) -> str:
        """Return the region a resource is in."""
        return self._named_region(resource) or self.region

    def told_region(self, resource: Resource) -> str:
        """Return the region a resource is surely in; none where no provider names it, as of resources of a plan."""
        sure = self.is_region_named and "." not in resource.provider
        return "" if self.stack.front_end == "plan" else self._named_region(resource) or (self.region if sure else "")

    def _named_region(self, resource: Resource) -> str:
        """Return the region that a resource itself, or the provider that it chooses, names; none where neither does."""
        own = resource.attributes.get("region")
        if resource.mode == "managed" and isinstance(own, Known) and isinstance(own.value, str):
            return own.value
        alias = resource.provider.partition(".")[2]
        if not alias:
            return ""
        for block in self.stack.blocks_of("provider"):
            named, region = block["alias"], block["region"]
            if named.known and not named.is_null and named.text() == alias and isinstance(region, Known):
                return region.text()
        return ""

    def name(self, resource: Resource) -> str:
        """Return a resource's name."""
        if resource.address not in self._names:
            self._names[resource.address] = self._spell_name(resource)
        return self._names[resource.address]

    def _spell_name(self, resource: Resource) -> str:
        own = resource[NAMES.get(resource.type, "name")]
        if isinstance(own, Unknown) or own.is_unset or _names_itself(own, resource):
            word = placeholder(resource.address)
            return f"{word}.fifo" if _is_true(resource["fifo_queue"]) or _is_true(resource["fifo_topic"]) else word
        return self.spell(own, 1).text

    def arn(self, resource: Resource) -> str:
        """Return a resource's ARN."""
        if resource.address not in self.arns:
            known = resource["arn"]
            written = known.text() if isinstance(known, Known) and isinstance(known.value, str) else ""
            self.arns[resource.address] = written or self._arn(resource)
        return self.arns[resource.address]

    def _arn(self, resource: Resource) -> str:
        form = self.forms.get(resource.type, "arn:aws:{type}:{region}:{account}:{own}")
        return form.format(**{part: self._part_of_arn(resource, part) for part in _list_parts(form)})

    def _part_of_arn(self, resource: Resource, part: str) -> str:
        makers: dict[str, Callable[[Resource], str]] = {
            "region": self.region_of,
            "account": lambda _: self.account,
            "name": self.name,
            "own": lambda one: placeholder(one.address),
            "type": lambda one: one.type.removeprefix("aws_").replace("_", "-"),
            "path": lambda one: self._optional(one, "path", "/"),
            "bus": self._bus,
            "group": lambda one: self._optional(one, "group_name", "default"),
            "function": self._function,
        }
        return makers[part](resource)

    def _optional(self, resource: Resource, attribute: str, default: str) -> str:
        value = resource[attribute]
        if isinstance(value, Unknown) or value.is_unset:
            return default
        return self.spell(value, 1).text

    def _bus(self, resource: Resource) -> str:
        if resource.type != "aws_cloudwatch_event_rule":
            return ""
        name = self.bus_name(resource)
        return "" if name == "default" else f"{name}/"

    def bus_name(self, resource: Resource) -> str:
        """Return the name of the bus that a rule or a target is on."""
        name = self._optional(resource, "event_bus_name", "default")
        return name.rpartition("event-bus/")[2] if name.startswith("arn:") else name

    def _function(self, resource: Resource) -> str:
        if resource.type != "aws_lambda_alias":
            return ""
        name = self._optional(resource, "function_name", placeholder(resource.address))
        return name.split(":")[6] if name.startswith("arn:") and name.count(":") > len("arn:") else name


@cache
def _list_parts(form: str) -> tuple[str, ...]:
    """Return the names of what stands in a form of ARNs."""
    return tuple(name for _, name, _, _ in Formatter().parse(form) if name)


def _is_same(value: Value, ref: Ref) -> bool:
    return isinstance(value, Ref) and (value.resource, value.path) == (ref.resource, ref.path)


def _names_itself(value: Value, resource: Resource) -> bool:
    return isinstance(value, Ref) and value.resource == resource.address


def _is_true(value: Value) -> bool:
    try:
        return not value.is_null and value.boolean()
    except Undecided:
        return False
