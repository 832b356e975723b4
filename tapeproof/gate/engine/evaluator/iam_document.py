"""``data "aws_iam_policy_document"``: blocks to the policy it renders.

Source: AWS provider documentation, "Data Source: aws_iam_policy_document".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.marks import marks_of
from tapeproof.gate.engine.model import Block, Known, Origin, Piece, Span, Stack, Text, Undecided, Unknown, Value
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["iam_document"]

_LISTS = {
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}
_READER = Stack(root="", front_end="")


def iam_document(data: Block, address: str) -> Value:
    """Return the document of a data source, as a string that carries its structure.

    Args:
        data: The evaluated data source.
        address: Its address.
    """
    document = _document(data)
    marks = marks_of((document,))
    origins = marks.origins | {Origin(address, "json")}
    piece = Piece(Unknown(f"the text of {address}.json is known only after apply", f"{address}.json"), data.span)
    return Text((piece,), span=data.span, origins=origins, sensitive=marks.sensitive, document=document)


def _document(data: Block) -> Value:
    version = data.get("version", "2012-10-17")
    try:
        statements = tuple(_all_statements(data))
    except Undecided as undecided:
        return _doubtful(undecided, data.span)
    entries: dict[str, Value] = {
        "Version": version,
        "Statement": Known(statements, kind="tuple", span=data.span),
    }
    return Known(entries, kind="object", span=data.span)


def _doubtful(undecided: Undecided, span: Span) -> Unknown:
    value = undecided.value
    return Unknown(undecided.why, span=value.span if value.span.line else span, origins=value.origins)


def _all_statements(data: Block) -> Iterator[Value]:
    """Yield the statements: sources first, then own ones, then overrides; a Sid that comes again replaces the first."""
    statements: dict[object, Value] = {}
    groups = (
        _of_documents(data, "source_policy_documents", "source_json"),
        _own(data),
        _of_documents(data, "override_policy_documents", "override_json"),
    )
    for group in groups:
        for statement in group:
            statements[_sid(statement) or len(statements)] = statement
    return iter(statements.values())


def _sid(statement: Value) -> str:
    if not isinstance(statement, Known):
        return ""
    sid = statement.entry("Sid")
    return sid.text() if sid.known and not sid.is_null else ""


def _of_documents(data: Block, *names: str) -> Iterator[Value]:
    for name in names:
        attribute = data.attributes.get(name)
        if attribute is None:
            continue
        try:
            documents = attribute.elements()
        except Undecided as undecided:
            yield _doubtful(undecided, data.span)
            continue
        for document in documents:
            yield from _of_document(document, data.span)


def _of_document(document: Value, span: Span) -> Iterator[Value]:
    try:
        if document.is_null or (isinstance(document, Known) and document.value == ""):
            return
        yield from _READER.document(document).entry("Statement").elements()
    except Undecided as undecided:
        yield _doubtful(undecided, span)


def _own(data: Block) -> Iterator[Value]:
    try:
        for block in data.blocks("statement"):
            yield _statement(block)
    except Undecided as undecided:
        yield _doubtful(undecided, data.span)


def _statement(block: Block) -> Value:
    effect = block["effect"] if _is_given(block, "effect") else Known("Allow", span=block.span)
    entries: dict[str, Value] = {"Effect": effect}
    if _is_given(block, "sid"):
        entries["Sid"] = block["sid"]
    for key, name in _LISTS.items():
        if _is_given(block, name):
            entries[key] = _unescape_variables(block[name])
    for key, type_ in (("Principal", "principals"), ("NotPrincipal", "not_principals")):
        principals = _principals(block, type_)
        if principals is not None:
            entries[key] = principals
    conditions = _conditions(block)
    if conditions is not None:
        entries["Condition"] = conditions
    return Known(entries, kind="object", span=block.span)


def _is_given(block: Block, name: str) -> bool:
    """Return whether an argument is set; null is as good as nothing, as modules write that hand arguments on."""
    value = block.attributes.get(name)
    return value is not None and not (isinstance(value, Known) and value.value is None)


def _principals(block: Block, type_: str) -> Value | None:
    entries: dict[str, Value] = {}
    first: Block | None = None
    try:
        for principal in block.blocks(type_):
            first = first or principal
            key = principal["type"].text()
            given = entries.get(key)
            identifiers = principal["identifiers"]
            entries[key] = identifiers if given is None else _join_elements(given, identifiers)
    except Undecided as undecided:
        return _doubtful(undecided, block.span)
    if first is None:
        return None
    everyone = entries.get("*")
    if everyone is not None and len(entries) == 1:
        alone = everyone.elements()
        return alone[0] if len(alone) == 1 else everyone
    return Known(entries, kind="object", span=first.span)


def _join_elements(one: Value, other: Value) -> Value:
    return Known((*one.elements(), *other.elements()), kind="tuple", span=one.span)


def _conditions(block: Block) -> Value | None:
    operators: dict[str, list[tuple[Value, Value]]] = {}
    try:
        for condition in block.blocks("condition"):
            pairs = operators.setdefault(condition["test"].text(), [])
            pairs.append((condition["variable"], _unescape_variables(condition["values"])))
    except Undecided as undecided:
        return _doubtful(undecided, block.span)
    if not operators:
        return None
    entries = {test: _keys(pairs, block.span) for test, pairs in operators.items()}
    return Known(entries, kind="object", span=block.span)


def _keys(pairs: list[tuple[Value, Value]], span: Span) -> Value:
    """Return the keys of one operator as an object; one of a key that is not known has them as pairs."""
    try:
        return Known({key.text(): values for key, values in pairs}, kind="object", span=span)
    except Undecided as undecided:
        return Unknown(undecided.why, span=undecided.value.span, origins=undecided.value.origins, pairs=tuple(pairs))


def _unescape_variables(value: Value) -> Value:
    """Return a value with ``&{aws:username}`` as the ``${aws:username}`` it is rendered to."""
    if isinstance(value, Known) and isinstance(value.value, tuple):
        return replace(value, value=tuple(_unescape_variables(element) for element in value.value))
    if isinstance(value, Known) and isinstance(value.value, str):
        return replace(value, value=value.value.replace("&{", "${"))
    if isinstance(value, Text):
        return replace(value, pieces=tuple(_unescaped_piece(piece) for piece in value.pieces))
    return value


def _unescaped_piece(piece: Piece) -> Piece:
    return replace(piece, content=piece.content.replace("&{", "${")) if isinstance(piece.content, str) else piece
