"""Values that are assigned to secret names: in Terraform, variable files, environments, YAML and connection strings.

What is replaced keeps its place: quotes, interpolations and line ends stay, so that the text still parses as it did
and a line of evidence is the same line as before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tapeproof.evidence.redaction.names import SENSITIVE_ATTRIBUTES, is_secret_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PLACEHOLDER", "redact_assignments"]

PLACEHOLDER: Final = "[REDACTED: named as a secret]"
HINT: Final = re.compile(
    r"pass|pw|psw|secret|token|key|credential|authorization|cookie|dsn|string|webhook|value", re.IGNORECASE
)
"""A text in which no secret name can stand holds none of these; most texts, and the whole cost, end here."""
ASSIGNED: Final = re.compile(
    r"""(?P<head>(?<![\w$.-])\\?["']?(?P<name>[A-Za-z_][\w.-]*)\\?["']?[ \t]*(?P<sep>=>|[=:])(?!=)[ \t]*)"""
    r"""(?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\\"(?:[^"\\\n])*\\"|[^\s"'{}\[\](),;#<]+)"""
)
HEREDOC: Final = re.compile(
    r"""(?P<head>(?<![\w.-])"?(?P<name>[A-Za-z_][\w-]*)"?[ \t]*=[ \t]*<<[-~]?"?(?P<end>\w+)"?\n)"""
    r"""(?P<body>.*?)(?P<tail>\n[ \t]*(?P=end)[ \t]*$)""",
    re.DOTALL | re.MULTILINE,
)
ENCODED: Final = re.compile(r"(?<![\w.-])(?P<name>[A-Za-z_][\w-]*)[ \t]*=[ \t]*(?:json|yaml|base64)encode\(")
BLOCK: Final = re.compile(
    r'^[ \t]*(?P<kind>variable|resource|output|locals)[ \t]*"?(?P<first>[\w-]*)"?[^{\n]*\{', re.MULTILINE
)
DEFAULT: Final = re.compile(r'(?P<head>(?<![\w.-])default[ \t]*=[ \t]*)(?P<value>"(?:[^"\\\n]|\\.)*")')
LITERAL: Final = re.compile(r'(?P<head>[=:][ \t]*)(?P<value>"(?:[^"\\\n]|\\.)*")')
INTERPOLATION: Final = re.compile(r"(\$\{[^}]*\})")
REFERENCE: Final = re.compile(r"^[A-Za-z_][\w-]*(?:[.\[(].*)?$")
HARMLESS: Final = re.compile(r"^(?:arn:|\[REDACTED|true$|false$|null$|[0-9]{1,4}$)", re.IGNORECASE)
SHORTEST_BARE: Final = 6

Spans = list[tuple[int, int]]


def redact_assignments(text: str, note: Callable[[int, str], None]) -> str:
    """Return a text without the values of secret names.

    Args:
        text: Any text.
        note: Is told the place of each value in the text, and what it was.
    """
    if not HINT.search(text):
        return text
    spans = sorted({*_in_heredocs(text), *_in_calls(text), *_in_blocks(text), *_find_assigned(text, 0, len(text))})
    parts, last = [], 0
    for begin, end in spans:
        if begin < last:
            continue
        note(begin, "named as a secret")
        lines = text.count("\n", begin, end)
        parts += [text[last:begin], "\n".join([PLACEHOLDER] * (lines + 1))]
        last = end
    return "".join([*parts, text[last:]])


def _find_assigned(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for match in ASSIGNED.finditer(text, begin, end):
        value, at = match["value"], match.start("value")
        quoted = value[0] in "\"'\\"
        if is_secret_name(match["name"]):
            yield from _within(value, at) if quoted else _bare(match, at)
        elif quoted and len(value) > SHORTEST_BARE and HINT.search(value):
            yield from _find_assigned(text, at + 1, at + len(value) - 1)


def _within(value: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a quoted value that are written out; an interpolation is none."""
    edge = 2 if value.startswith('\\"') else 1
    begin, inner = at + edge, value[edge:-edge]
    for part in INTERPOLATION.split(inner):
        if part.strip() and not part.startswith("${") and not HARMLESS.match(part):
            yield begin, begin + len(part)
        begin += len(part)


def _bare(match: re.Match[str], at: int) -> Iterator[tuple[int, int]]:
    """Yield a value without quotes, unless it reads as an expression of Terraform or as prose."""
    value = match["value"]
    tight = match["sep"] == "=" and match["head"].endswith("=") and not match["head"][:-1].endswith((" ", "\t"))
    plain = REFERENCE.match(value) and ("." in value or not any(mark.isdigit() for mark in value))
    if len(value) >= SHORTEST_BARE and not HARMLESS.match(value) and "${" not in value and (tight or not plain):
        yield at, at + len(value)


def _in_heredocs(text: str) -> Iterator[tuple[int, int]]:
    for match in HEREDOC.finditer(text):
        if is_secret_name(match["name"]) and not match["body"].lstrip().startswith("[REDACTED"):
            yield match.start("body"), match.end("body")


def _in_calls(text: str) -> Iterator[tuple[int, int]]:
    """Yield every literal inside what a secret attribute encodes: each of its members is secret."""
    for match in ENCODED.finditer(text):
        if is_secret_name(match["name"]):
            end = _find_closing_bracket(text, match.end(), "()")
            for literal in LITERAL.finditer(text, match.end(), end):
                yield from _within(literal["value"], literal.start("value"))


def _in_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield defaults of variables with secret names, and attributes that a provider calls sensitive."""
    for match in BLOCK.finditer(text):
        end = _find_closing_bracket(text, match.end(), "{}")
        if match["kind"] in {"variable", "output"} and is_secret_name(match["first"]):
            for default in DEFAULT.finditer(text, match.end(), end):
                yield from _within(default["value"], default.start("value"))
        elif match["kind"] == "resource":
            for one in ASSIGNED.finditer(text, match.end(), end):
                if (match["first"], one["name"]) in SENSITIVE_ATTRIBUTES and one["value"].startswith('"'):
                    yield from _within(one["value"], one.start("value"))


def _find_closing_bracket(text: str, at: int, pair: str) -> int:
    """Return where a bracket closes that was opened before a place; the end of the text when it does not."""
    depth = 1
    for match in re.finditer(f"[{re.escape(pair)}]", text[at:]):
        depth += 1 if match.group() == pair[0] else -1
        if depth == 0:
            return at + match.start()
    return len(text)
