"""Keeps secrets out of results, and so out of every output, cache and record made of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.excerpt import cut_line
from tapeproof.gate.engine.record import replace
from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.masking import HIDDEN, cover_part, mask_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tapeproof.gate.engine.model import Span, Stack
    from tapeproof.gate.engine.report import Result

__all__ = ["without_secrets"]

_SHORTEST = 4
"""Text shorter than this occurs by chance; it is covered at its own place only."""
_REFERENCE = compile_late(r"(?:data\.|ephemeral\.)?([\w-]+\.[\w-]+)(?:\[\d+\])?\.[\w.]+\Z")
_TOLD = ("message", "fix", "expected", "observed")


def without_secrets(results: Sequence[Result], places: Iterable[Span], stack: Stack) -> list[Result]:
    """Return results that show no secret.

    Args:
        results: The results of one model.
        places: Where policies found secrets, whatever these look like.
        stack: The model, for its source.
    """
    listed = list(dict.fromkeys(places))
    declared = {f"{one.type}.{one.name}" for one in stack.everything}
    texts = {text for span in listed for text in _texts_at(stack, span) if not _names_one(text, declared)}
    masked = cache(mask_secrets)  # all findings of a minified file share one line, and it is long

    @cache
    def covered(file: str, number: int, line: str) -> str:
        line = masked(line)
        for span in listed:
            if span.file == file and span.line <= number <= span.end_line:
                line = _cover_span(line, span, number)
        return line

    return [_hide_secrets(result, texts, masked, covered) for result in results]


def _hide_secrets(
    result: Result, texts: set[str], masked: Callable[[str], str], covered: Callable[[str, int, str], str]
) -> Result:
    changed: dict[str, Any] = {}
    for name in _TOLD:
        told = getattr(result, name)
        plain = masked(told)
        for text in texts:
            plain = plain.replace(text, HIDDEN)
        if plain != told:
            changed[name] = plain
    if result.source_line:
        line = covered(result.file, result.line, result.source_line)
        changed["source_line"], changed["source_column"] = cut_line(line, result.column)
    return replace(result, **changed) if changed else result


def _cover_span(line: str, span: Span, number: int) -> str:
    """Return a line with what of a place stands on it covered."""
    start = span.column - 1 if number == span.line else 0
    end = span.end_column - 1 if number == span.end_line else len(line)
    quoted = line[start : start + 1] == '"' and line[end - 1 : end] == '"' and end - start > 1
    return cover_part(line, start + quoted, end - start - 2 * quoted)


def _names_one(text: str, declared: set[str]) -> bool:
    """Return whether a text is a reference to an attribute, which tells where a secret is and nothing of it."""
    found = _REFERENCE.match(text)
    return found is not None and found[1] in declared


def _texts_at(stack: Stack, span: Span) -> Iterator[str]:
    """Yield the text at a place that is one line, without its quotes."""
    if span.line and span.line == span.end_line:
        text = stack.line(span)[span.column - 1 : span.end_column - 1].strip('"')
        if len(text) >= _SHORTEST:
            yield text
