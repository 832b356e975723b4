"""What a folder of Terraform files declares, files put together and overrides applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Attribute, Body, Constant, Listing, Nested, Object, Source
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Configuration", "Declared", "LocalValue", "configuration"]

_RESOURCES = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}
_NAMED = {"variable", "output", "module"}
_OTHERS = {"provider", "terraform", "moved", "removed", "import", "check"}
_NOT_OVERRIDDEN = {"moved", "import", "check"}
"""What Terraform refuses in an override file; ``removed`` it leaves out of account there."""


class Declared(NamedTuple):
    """A block and the file it is in."""

    block: Nested
    file: str
    json: bool = False


class LocalValue(NamedTuple):
    """A local value and the file it is in."""

    attribute: Attribute
    file: str


@record(slots=False)
class Configuration:
    """One module's declarations.

    Attributes:
        folder: Where it is.
        shown: The folder as the user would type it.
        resources: By mode (``managed``, ``data``, ``ephemeral``), type and name.
        others: ``provider``, ``terraform``, ``moved``, ``removed``, ``import``, ``check`` blocks.
        strange: Blocks that are none of these: ``action``, ``list``, ``language``, and what comes after them.
    """

    folder: Path
    shown: str
    variables: dict[str, Declared] = field(default_factory=dict)
    outputs: dict[str, Declared] = field(default_factory=dict)
    calls: dict[str, Declared] = field(default_factory=dict)
    local_values: dict[str, LocalValue] = field(default_factory=dict)
    resources: dict[tuple[str, str, str], Declared] = field(default_factory=dict)
    others: list[Declared] = field(default_factory=list)
    strange: list[Declared] = field(default_factory=list)

    def everything(self) -> Iterable[Declared]:
        """Yield every declared block except local values."""
        for table in (self.variables, self.outputs, self.calls, self.resources):
            yield from table.values()
        yield from self.others


def configuration(
    folder: Path, shown: str, primary: Iterable[tuple[str, Source]], overrides: Iterable[tuple[str, Source]]
) -> Configuration:
    """Return what a module declares.

    Args:
        folder: The module's folder.
        shown: The folder as the user would type it.
        primary: Files and their syntax, in order.
        overrides: Override files, in order (Terraform documentation, "Override Files").

    Raises:
        SourceError: Something is declared twice, or a block has not the labels it needs.
    """
    result = Configuration(folder, shown)
    for file, source in primary:
        for block in source.body.blocks:
            _declare(result, Declared(block, file, source.json))
        for attribute in source.body.attributes:
            raise SourceError(file, f"argument {attribute.name!r} is not expected here", *attribute.at[:2])
    for file, source in overrides:
        for block in source.body.blocks:
            _override(result, Declared(block, file, source.json))
    return result


def _declare(result: Configuration, declared: Declared) -> None:
    block = declared.block
    if block.type == "locals":
        for attribute in block.body.attributes:
            _once(result.local_values, attribute.name, f"local.{attribute.name}", attribute.at, declared.file)
            result.local_values[attribute.name] = LocalValue(attribute, declared.file)
    elif block.type in _RESOURCES:
        _check_labels(declared, 2)
        key = (_RESOURCES[block.type], *block.labels)
        _once(result.resources, key, ".".join(block.labels), block.at, declared.file)
        result.resources[key] = declared  # type: ignore[index] # two labels were just counted
    elif block.type in _NAMED:
        _check_labels(declared, 1)
        table = _table(result, block.type)
        _once(table, block.labels[0], f"{block.type} {block.labels[0]!r}", block.at, declared.file)
        table[block.labels[0]] = declared
    elif block.type in _OTHERS:
        result.others.append(declared)
    else:
        result.strange.append(declared)


def _table(result: Configuration, type_: str) -> dict[str, Declared]:
    return {"variable": result.variables, "output": result.outputs, "module": result.calls}[type_]


def _check_labels(declared: Declared, count: int) -> None:
    block = declared.block
    if len(block.labels) != count:
        reason = f"a {block.type} block takes {count} labels, not {len(block.labels)}"
        raise SourceError(declared.file, reason, *block.at[:2])


def _once(table: object, key: object, name: str, at: tuple[int, int, int, int], file: str) -> None:
    if key in table:  # type: ignore[operator] # every table is a dict; their keys differ
        raise SourceError(file, f"{name} is declared twice", *at[:2])


def _override(result: Configuration, declared: Declared) -> None:
    block = declared.block
    if block.type == "locals":
        for attribute in block.body.attributes:
            result.local_values[attribute.name] = LocalValue(attribute, declared.file)
    elif block.type in _RESOURCES:
        _check_labels(declared, 2)
        key = (_RESOURCES[block.type], block.labels[0], block.labels[1])
        result.resources[key] = _apply_override(result.resources.get(key), declared, ".".join(block.labels))
    elif block.type in _NAMED:
        _check_labels(declared, 1)
        table = _table(result, block.type)
        table[block.labels[0]] = _apply_override(table.get(block.labels[0]), declared, block.labels[0])
    elif block.type in _NOT_OVERRIDDEN:
        raise SourceError(declared.file, f"an override file may hold no {block.type} block", *block.at[:2])
    elif block.type not in _OTHERS:
        result.strange.append(declared)
    elif block.type != "removed":
        same = (index for index, other in enumerate(result.others) if _identity(other.block) == _identity(block))
        index = next(same, None)
        if index is None:
            result.others.append(declared)
        else:
            result.others[index] = _apply_override(result.others[index], declared, block.type)


def _identity(block: Nested) -> tuple[str, tuple[str, ...], object]:
    alias = block.body.expression("alias")
    return block.type, block.labels, getattr(alias, "value", None)


def _apply_override(base: Declared | None, override: Declared, name: str) -> Declared:
    """Return a block with another one over it: arguments one by one, nested blocks type by type."""
    if base is None:
        place = override.block.at[:2]
        raise SourceError(override.file, f"there is no {override.block.type} {name} to override", *place)
    body = _body_over(base.block.body, _attach_file(override.block.body, override.file), json=base.json)
    return base._replace(block=base.block._replace(body=body))


def _body_over(base: Body, override: Body, *, json: bool) -> Body:
    """Return a body with another over it; what JSON writes as an argument may be the blocks of that name."""
    types = {_blocks_type(block) for block in override.blocks} - {"lifecycle"}
    held = {_blocks_type(block) for block in base.blocks}
    held |= {one.name for one in base.attributes if json and _is_list_of_objects(one)}
    written = {one.name: one for one in override.attributes if not (_is_empty(one) and one.name in held)}
    names = types | written.keys()
    attributes = [attribute for attribute in base.attributes if attribute.name not in names]
    kept = [block for block in base.blocks if _blocks_type(block) not in names]
    for block in override.blocks:
        same = next((index for index, other in enumerate(kept) if other.type == block.type == "lifecycle"), None)
        if same is None:
            kept.append(block)
        else:
            kept[same] = kept[same]._replace(body=_body_over(kept[same].body, block.body, json=json))
    return Body((*attributes, *written.values()), tuple(kept))


def _is_list_of_objects(attribute: Attribute) -> bool:
    """Return whether JSON writes blocks here, as far as that can be told without the provider's schema."""
    listed = attribute.expression
    return isinstance(listed, Listing) and any(isinstance(item, Object) for item in listed.items)


def _is_empty(attribute: Attribute) -> bool:
    """Return whether JSON would make no block of it, so that it overrides none."""
    match attribute.expression:
        case Listing(items=items):
            return not items
        case Constant(value=value):
            return value is None
        case _:
            return False


def _blocks_type(block: Nested) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def _attach_file(body: Body, file: str) -> Body:
    """Return a body whose parts know the file they are in, because they will stand among others."""
    return Body(
        tuple(attribute._replace(file=file) for attribute in body.attributes),
        tuple(block._replace(file=file, body=_attach_file(block.body, file)) for block in body.blocks),
    )
