"""Secrets that stand in source, or flow to where others read them, and what only keeps the place for one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tapeproof.gate.aws.hidden_attributes import hidden_source
from tapeproof.gate.aws.written_across import found_across
from tapeproof.gate.engine.model import Known, Piece, Ref, Span, Undecided, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.secrets.assignments import find_assigned
from tapeproof.gate.secrets.entropy import may_be_hex_key, random_tokens
from tapeproof.gate.secrets.formats import Clue, forms_marked_in, known_formats
from tapeproof.gate.secrets.names import is_digest_name, is_placeholder, is_secret_name, may_hold_key, tells_where
from tapeproof.gate.secrets.sealed import within_armour
from tapeproof.gate.secrets.wrapped import find_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from tapeproof.gate.aws.environments import Setting
    from tapeproof.gate.engine.model import Output, Stack
    from tapeproof.gate.secrets.formats import Found

    _Searches: TypeAlias = tuple[Callable[[str], Iterator[Found]], ...]

__all__ = ["Exposure", "is_harmless", "of_output", "of_setting", "of_text", "search_ahead"]

_HANDLES = frozenset(
    ("arn", "id", "name", "url", "uri", "endpoint", "address", "key_id", "version", "version_id", "bucket", "path")
)
"""Attributes that tell which thing is meant; none of them is what a secret holds."""
_FIX = "pass the ARN of a secret, and read it at run time"
_TELLING = (known_formats, find_assigned, find_wrapped)
_SEARCHES = (*_TELLING, random_tokens)
_MOST_TEXTS = 65_536
_harmless: dict[_Searches, dict[str, bool]] = {_SEARCHES: {}, _TELLING: {}}
"""Whether these searches find nothing in a text, for each text that was searched."""


class Exposure(NamedTuple):
    """Where a secret can be read, or a placeholder stands in its place.

    Attributes:
        message: What it is, as a sentence without a full stop; never the secret.
        span: Where.
        fix: The way out.
        placeholder: Whether it only keeps the place for a secret.
        clue: What gave it away, where a text was searched.
        unsure: Whether it may be something else.
    """

    message: str
    span: Span
    fix: str
    placeholder: bool = False
    clue: Clue | None = None
    unsure: bool = False


def of_setting(stack: Stack, setting: Setting) -> Iterator[Exposure]:
    """Yield what a setting of a function, container or machine exposes.

    Raises:
        Undecided: It cannot be told.
    """
    name, value = setting
    shown = name or "the script"
    source = hidden_source(stack, value)
    if source:
        message = f"{shown} holds {source}, which anyone who may read the resource then sees"
        yield Exposure(message, value.span, _FIX)
    elif is_secret_name(name) or (isinstance(value, Known) and may_hold_key(name, str(value.value))):
        yield from _of_named(stack, name, value)
    elif isinstance(value, Unknown):
        if not value.origins:
            raise Undecided(value)
    elif not isinstance(value, Ref):
        for exposure in _of_pieces(name, value):
            yield exposure._replace(message=f"{shown} holds {exposure.message}", fix=_FIX)
        yield from _of_hex(name, value)


def _of_pieces(name: str, value: Value) -> Iterator[Exposure]:
    """Yield what a value exposes; what only looks random may be a digest by its name, or lie within a certificate."""
    pieces = () if value.known and value.is_unset else value.pieces_of_text()
    harmless = within_armour(piece.content if isinstance(piece.content, str) else "" for piece in pieces)
    told: set[Span] = set()
    for piece, is_public in zip(pieces, harmless, strict=True):
        for exposure in of_text(piece):
            if exposure.clue is not Clue.RANDOMNESS or not (is_public or is_digest_name(name)):
                told.add(exposure.span)
                yield exposure
    for found, _, place in found_across(pieces) if len(pieces) > 1 else ():
        if place not in told:
            yield Exposure(found.kind, place, _FIX, clue=found.clue)


def _of_hex(name: str, value: Value) -> Iterator[Exposure]:
    """Yield the question what hexadecimal digits are, under a name that does not tell."""
    text = value.value if isinstance(value, Known) else None
    if name and isinstance(text, str) and may_be_hex_key(text) and not is_digest_name(name):
        message = f"{name} holds hexadecimal digits that may be a key or a digest"
        fix = f"name it so that it tells ({name}_SHA256, {name}_ID), or pass the ARN of a secret"
        yield Exposure(message, value.span, fix, unsure=True)


def of_output(stack: Stack, output: Output) -> Iterator[Exposure]:
    """Yield what an output of the root module prints, and everyone sees who may read the state's outputs."""
    source = "" if output.module or output.sensitive else hidden_source(stack, output.value)
    if source:
        message = f"output.{output.name} prints {source}"
        yield Exposure(message, output.span, "mark it sensitive = true, or output where the secret lies")


def of_text(piece: Piece, *, guessing: bool = True) -> Iterator[Exposure]:
    """Yield what a piece of text exposes by itself; the message is what it is, with its article.

    Args:
        piece: The piece.
        guessing: Whether to look for what only looks random, too, which takes most of the time.
    """
    text = piece.content
    if not isinstance(text, str) or (is_harmless(text) if guessing else _is_untold(text)):
        return
    taken: set[int] = set()
    for search in _SEARCHES if guessing else _TELLING:
        for found in search(text):
            within = range(found.offset, found.offset + found.length)
            if taken.isdisjoint(within):
                taken.update(within)
                place = piece.part(found.offset, found.length) or piece.span
                fix = "take it from Secrets Manager or SSM at run time, and rotate it"
                yield Exposure(found.kind, place, fix, clue=found.clue)


def is_harmless(text: str) -> bool:
    """Return whether a text exposes nothing, as nearly all do; each environment of a root has the same ones."""
    return _find_nothing(text, _SEARCHES)


def _is_untold(text: str) -> bool:
    """Return whether a text exposes nothing that its form or a name tells."""
    return _harmless[_SEARCHES].get(text, False) or _find_nothing(text, _TELLING)


def _find_nothing(text: str, searches: _Searches) -> bool:
    kept = _harmless[searches]
    known = kept.get(text)
    if known is not None:
        return known
    if len(kept) >= _MOST_TEXTS:
        kept.clear()
    answer = kept[text] = not any(True for search in searches for _ in search(text))
    return answer


def search_ahead(texts: Sequence[str]) -> None:
    """Search texts of which it will be asked whether they are harmless.

    A form of credentials that all of them together cannot hold is looked for once, and not in each.
    """
    forms = forms_marked_in("\n".join(texts))
    searches = (partial(known_formats, forms=forms), *_SEARCHES[1:])
    kept = _harmless[_SEARCHES]
    for text in set(texts).difference(kept):
        kept[text] = not any(True for search in searches for _ in search(text))


def _of_named(stack: Stack, name: str, value: Value) -> Iterator[Exposure]:
    """Yield what a setting exposes that is called like a secret."""
    message = f"anyone who may read the resource sees the secret in {name}"
    if isinstance(value, Known):
        text = "" if value.is_unset else value.text()
        if is_placeholder(text):
            yield Exposure(f"{name} is a placeholder, not a secret", value.span, _FIX, placeholder=True)
        elif not tells_where(text):
            yield Exposure(message, value.span, _FIX)
    elif isinstance(value, Unknown):
        if not _is_input_of_another_name(stack, value):
            yield Exposure(message, value.span, _FIX)
        else:
            raise Undecided(value, f"{value.why}, and may be the secret or only where it lies")
    elif not _tells_which(value):
        yield Exposure(message, value.span, _FIX)


def _is_input_of_another_name(stack: Stack, value: Unknown) -> bool:
    """Return whether a value comes from nothing but variables that are not called like secrets."""
    variables = {f"var.{variable.name}" for variable in stack.variables}
    names = [origin.address for origin in value.origins]
    return all(name in variables and not is_secret_name(name.partition(".")[2]) for name in names)


def _tells_which(value: Value) -> bool:
    """Return whether a value is put together from names, ARNs and the like alone."""
    references = [piece.content for piece in value.pieces_of_text() if not isinstance(piece.content, str)]
    return all(isinstance(one, Ref) and _is_handle(one.path.rpartition(".")[2]) for one in references)


def _is_handle(name: str) -> bool:
    return name in _HANDLES or name.endswith(("_arn", "_name"))
