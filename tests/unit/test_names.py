"""Functions are named by a verb and what they act on; a lone participle says neither."""

from __future__ import annotations

import ast

from tests.places import PROJECT

IRREGULAR = frozenset(
    [
        "known",
        "shown",
        "seen",
        "held",
        "kept",
        "made",
        "sent",
        "found",
        "built",
        "drawn",
        "grown",
        "met",
        "said",
        "told",
        "thought",
        "understood",
        "written",
        "taken",
        "given",
        "sought",
        "bound",
        "borne",
        "left",
        "lent",
        "lost",
        "paid",
        "sold",
        "spent",
        "stood",
        "won",
        "worn",
        "hidden",
    ]
)
VERBS = frozenset({"embed", "feed", "flatten", "listen", "need", "open", "seed", "shorten", "split"})
NOUNS = frozenset({"string", "thing", "token"})
MOST_PERCENT = 2
SHORTEST = 4
"""Letters of words such as `then`, which are no participles."""


def is_participle(name: str) -> bool:
    """Return whether a function's name is one word that looks like a participle."""
    word = name.strip("_")
    if "_" in word or word in VERBS | NOUNS:
        return False
    return word in IRREGULAR or word.endswith(("ed", "ing")) or (word.endswith("en") and len(word) > SHORTEST)


def test_hardly_any_function_is_named_by_a_participle_alone() -> None:
    names = [
        (f"{path.relative_to(PROJECT)}:{node.lineno}", node.name)
        for folder in ("tapeproof", "lambda", "policies")
        for path in sorted((PROJECT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("__")
    ]
    lone = [f"{place} {name}" for place, name in names if is_participle(name)]
    assert len(names) > 1_000
    assert 100 * len(lone) <= MOST_PERCENT * len(names), "\n".join(lone)
