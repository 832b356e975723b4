"""Random HCL native syntax of every form, with no regard to what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["files"]

_PLAIN = ["a", "b_1", "x-y", "var", "_z", "each", "null_1", "truest", "iffy", "format"]
_NAMES = st.sampled_from(_PLAIN * 4 + ["in", "for", "if", "é", "core"])
_GAPS = st.sampled_from(["", "", "", " ", "  ", "\t", " /* c */ ", "/* a\nb */"])
_BREAKS = st.sampled_from(["", "", "", " ", "\n", "\n\n  ", " # c\n", "// ${\n", "\r\n"])
_ENDS = st.sampled_from(["\n", "\n", "\n\n", " # done\n", "// \"'\n", "\r\n", " /* c */\n", "\n  /* c */ # d\n"])
_TEXT = st.sampled_from(
    ["", "a", " b ", "é\u2028", "$", "%", "$${x}", "%%{x}", r"\n", r"\"", "\\u00e9", "\\U0001F600", "100%", "$$", "{}"]
)
_NUMBERS = st.sampled_from(["0", "7", "12", "007", "1.50", "1e3", "2.5E-2", "-3", "-12", "-1.5", "- 4", "123456789012"])
_OPERATORS = st.sampled_from(["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"])


def _joined(*parts: SearchStrategy[str] | str) -> SearchStrategy[str]:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map("".join)


def _separated(items: SearchStrategy[str], separator: SearchStrategy[str], most: int = 3) -> SearchStrategy[str]:
    more = st.lists(_joined(separator, items), max_size=most - 1).map("".join)
    return st.one_of(st.just(""), _joined(items, more))


def _sequences(depth: int) -> SearchStrategy[str]:
    inside, strips = expressions(depth - 1), st.sampled_from(["", "", "~"])
    return st.one_of(
        _joined("${", strips, _BREAKS, inside, _BREAKS, strips, "}"),
        _joined(
            "%{", strips, " if ", inside, strips, "}", _TEXT, "%{", strips, " else ", strips, "}", _TEXT, "%{ endif }"
        ),
        _joined(
            "%{ for ", st.sampled_from(["v", "k, v"]), " in ", inside, strips, "}", _TEXT, "%{~ endfor", strips, "}"
        ),
    )


def _quoted(depth: int) -> SearchStrategy[str]:
    parts = _TEXT if depth <= 0 else st.one_of(_TEXT, _sequences(depth))
    return st.lists(parts, max_size=4).map(lambda made: f'"{"".join(made)}"')


def _heredocs(depth: int) -> SearchStrategy[str]:
    plain = _TEXT.filter(lambda text: "\\" not in text)
    parts = plain if depth <= 0 else st.one_of(plain, _sequences(depth))
    lines = st.lists(
        st.tuples(st.sampled_from(["", "  ", "    ", "\t"]), st.lists(parts, max_size=3).map("".join)).map("".join),
        max_size=3,
    )
    return st.tuples(st.sampled_from(["<<", "<<-"]), st.sampled_from(["EOT", "E_1.x"]), lines, st.booleans()).map(
        lambda made: "\n".join([f"{made[0]}{made[1]}", *made[2], f"{'  ' if made[3] else ''}{made[1]}"])
    )


def _steps(depth: int) -> SearchStrategy[str]:
    key = expressions(depth - 1)
    step = st.one_of(
        _joined(".", _NAMES),
        st.sampled_from([".0", ".12", "[*]", ".*", "[0]"]),
        _joined("[", _BREAKS, key, _BREAKS, "]"),
    )
    return st.lists(_joined(st.sampled_from(["", "", "", " "]), step), max_size=4).map("".join)


def _objects(depth: int) -> SearchStrategy[str]:
    inner = expressions(depth - 1)
    key = st.one_of(
        _NAMES, _quoted(0), _NUMBERS, _joined("(", inner, ")"), _joined(_NAMES, ".", _NAMES), st.just("true")
    )
    item = _joined(key, _GAPS, st.sampled_from(["=", ":", " = "]), _GAPS, inner, _GAPS)
    return _joined("{", _BREAKS, _separated(item, _joined(st.sampled_from([",", ",", "\n", ""]), _BREAKS)), _ENDS, "}")


def expressions(depth: int) -> SearchStrategy[str]:
    """Return expressions that lie in each other up to a depth; a few of them are none."""
    leaf = st.one_of(_NAMES, _NUMBERS, _quoted(0), st.sampled_from(["true", "false", "null", "a.b.c", "-a", "!b"]))
    if depth <= 0:
        return leaf
    inner = expressions(depth - 1)
    comma = _joined(_BREAKS, ",", _BREAKS)
    loop = _joined("for ", st.sampled_from(["v", "k, v", "k,v"]), " in ", inner, _GAPS, ":", _BREAKS)
    condition = st.one_of(st.just(""), _joined(" if ", inner))
    terms = st.one_of(
        _joined(_NAMES, "(", _BREAKS, _separated(inner, comma), st.sampled_from(["", ",", "..."]), _BREAKS, ")"),
        _joined("provider::aws::parse(", inner, ")"),
        _joined("[", _BREAKS, _separated(inner, comma), st.sampled_from(["", ","]), _BREAKS, "]"),
        _joined("(", _BREAKS, inner, _BREAKS, ")"),
        _objects(depth),
        _joined("[", loop, inner, _BREAKS, condition, _BREAKS, "]"),
        _joined("{", loop, inner, _GAPS, "=>", _BREAKS, inner, st.sampled_from(["", "..."]), condition, _BREAKS, "}"),
        _NAMES,
    )
    return st.one_of(
        leaf,
        _quoted(depth),
        _heredocs(depth),
        _joined(terms, _steps(depth)),
        _joined(st.sampled_from("-!"), terms),
        _joined(inner, _GAPS, _OPERATORS, _BREAKS, inner),
        _joined(inner, _GAPS, _OPERATORS, _GAPS, inner, " ", _OPERATORS, " ", inner),
        _joined(inner, _GAPS, "?", _BREAKS, inner, _BREAKS, ":", _GAPS, inner),
    )


def files(depth: int) -> SearchStrategy[str]:
    """Return files; most are HCL, and the others nearly are."""
    attribute = _joined(_NAMES, _GAPS, "=", _GAPS, expressions(2), _ENDS)
    parts = attribute
    if depth:
        label = st.one_of(_quoted(0), _NAMES)
        body = st.one_of(
            _joined(_ENDS, files(depth - 1)), _joined(_GAPS, st.sampled_from(["", "a = 1", "b {}"]), _GAPS)
        )
        block = _joined(_NAMES, st.lists(_joined(" ", label), max_size=2).map("".join), _GAPS, "{", body, "}", _ENDS)
        parts = st.one_of(attribute, block)
    return _joined(st.lists(parts, max_size=3).map("".join), st.sampled_from(["", "", " # end", "/* end */"]))
