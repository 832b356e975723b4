"""Random Terraform expressions, mostly well-typed, sometimes not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_WORDS = st.text(alphabet="abcxyz-_. 019é", max_size=6)
_NAMES = st.sampled_from(["a", "b", "c", "name", "in_use", "x1"])


def quoted(text: str) -> str:
    """Return text as an HCL string without interpolation."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _calls(name: str, *arguments: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.tuples(*arguments).map(lambda parts: f"{name}({', '.join(parts)})")


def _binary(operators: str, operand: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.tuples(operand, st.sampled_from(operators.split()), operand).map(lambda parts: f"({' '.join(parts)})")


def _conditional(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.tuples(booleans(1), inner, inner).map(lambda parts: f"({parts[0]} ? {parts[1]} : {parts[2]})")


def numbers(depth: int) -> SearchStrategy[str]:
    leaf = st.one_of(
        st.integers(-1000, 1000).map(str),
        st.decimals(-100, 100, places=2).map(str),
        st.sampled_from(["1e3", "2.5e-2", "0"]),
    )
    if depth <= 0:
        return leaf
    inner = numbers(depth - 1)
    return st.one_of(
        leaf,
        _binary("+ - *", inner),
        _calls("abs", inner),
        _calls("floor", inner),
        _calls("ceil", inner),
        _calls("max", inner, inner),
        _calls("min", inner, inner),
        _calls("signum", inner),
        _calls("length", st.one_of(strings(depth - 1), lists(depth - 1), maps(depth - 1))),
        _conditional(inner),
        inner.map(lambda text: f"-({text})"),
    )


def booleans(depth: int) -> SearchStrategy[str]:
    leaf = st.sampled_from(["true", "false"])
    if depth <= 0:
        return leaf
    inner = booleans(depth - 1)
    return st.one_of(
        leaf,
        _binary("&& ||", inner),
        _binary("< > <= >= == !=", numbers(depth - 1)),
        _binary("== !=", strings(depth - 1)),
        _binary("== !=", lists(depth - 1)),
        _calls("contains", lists(depth - 1), scalars(depth - 1)),
        _calls("startswith", strings(depth - 1), strings(0)),
        _calls("can", anything(depth - 1)),
        inner.map(lambda text: f"!{text}"),
    )


def strings(depth: int) -> SearchStrategy[str]:
    leaf = _WORDS.map(quoted)
    if depth <= 0:
        return leaf
    inner = strings(depth - 1)
    template = st.tuples(_WORDS, scalars(depth - 1), _WORDS).map(
        lambda parts: f'"{quoted(parts[0])[1:-1]}${{{parts[1]}}}{quoted(parts[2])[1:-1]}"'
    )
    directive = st.tuples(booleans(depth - 1), _WORDS, _WORDS).map(
        lambda parts: (
            f'"%{{ if {parts[0]} ~}} {quoted(parts[1])[1:-1]} %{{~ else }}{quoted(parts[2])[1:-1]}%{{ endif }}"'
        )
    )
    return st.one_of(
        leaf,
        template,
        directive,
        *(
            _calls(name, inner)
            for name in ("upper", "lower", "trimspace", "title", "strrev", "md5", "base64encode", "urlencode")
        ),
        _calls("replace", inner, strings(0), strings(0)),
        _calls("trimprefix", inner, strings(0)),
        _calls("substr", inner, st.integers(0, 3).map(str), st.integers(-1, 4).map(str)),
        _calls("join", strings(0), st.lists(scalars(depth - 1), max_size=3).map(lambda items: f"[{', '.join(items)}]")),
        _calls("format", st.sampled_from(['"%s|%v"', '"%v-%s"']), scalars(depth - 1), scalars(depth - 1)),
        _calls("tostring", scalars(depth - 1)),
        _calls("jsonencode", anything(depth - 1)),
        _conditional(inner),
    )


def scalars(depth: int) -> SearchStrategy[str]:
    return st.one_of(numbers(depth), booleans(depth), strings(depth))


def lists(depth: int) -> SearchStrategy[str]:
    leaf = st.lists(scalars(0), max_size=3).map(lambda items: f"[{', '.join(items)}]")
    if depth <= 0:
        return leaf
    inner = lists(depth - 1)
    return st.one_of(
        leaf,
        _calls("concat", inner, inner),
        _calls("reverse", inner),
        _calls("distinct", inner),
        _calls("flatten", st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]")),
        _calls("tolist", inner),
        _calls("toset", inner),
        _calls("compact", inner),
        _calls("sort", inner),
        _calls("keys", maps(depth - 1)),
        _calls("values", maps(depth - 1)),
        _calls("setunion", inner, inner),
        _calls("split", strings(0), strings(depth - 1)),
        inner.map(lambda text: f"[for i, v in {text} : i]"),
        inner.map(lambda text: f'[for v in {text} : "<${{v}}>" if v != "a"]'),
        maps(depth - 1).map(lambda text: f"[for k, v in {text} : k]"),
        inner.map(lambda text: f"{text}[*]"),
    )


def maps(depth: int) -> SearchStrategy[str]:
    entry = st.tuples(_NAMES, scalars(0) if depth <= 0 else anything(depth - 1))
    literal = st.lists(entry, max_size=3, unique_by=lambda pair: pair[0]).map(
        lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
    )
    if depth <= 0:
        return literal
    inner = maps(depth - 1)
    return st.one_of(
        literal,
        _calls("merge", inner, inner),
        inner.map(lambda text: f"{{for k, v in {text} : upper(k) => v}}"),
        lists(depth - 1).map(lambda text: f'{{for i, v in {text} : "k${{i}}" => v}}'),
        lists(depth - 1).map(lambda text: f'{{for v in {text} : "k" => v...}}'),
    )


def anything(depth: int) -> SearchStrategy[str]:
    chosen = st.one_of(scalars(depth), lists(depth), maps(depth), st.just("null"))
    if depth <= 0:
        return chosen
    return st.one_of(
        chosen,
        _calls("chunklist", lists(depth - 1), st.integers(0, 3).map(str)),
        st.tuples(maps(depth - 1), _NAMES).map(lambda parts: f"try({parts[0]}.{parts[1]}, null)"),
        st.tuples(lists(depth - 1), st.integers(0, 2)).map(lambda parts: f"try({parts[0]}[{parts[1]}], 0)"),
        st.tuples(maps(depth - 1), _NAMES).map(lambda parts: f'lookup({parts[0]}, "{parts[1]}", "none")'),
    )
