"""What the native reader takes, it takes as python-hcl2 does, places included; the rest it leaves to python-hcl2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pygohcl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.frontends.hcl import reference
from tapeproof.gate.frontends.hcl.native.bodies import read_body
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_hcl, parse_template
from tapeproof.gate.frontends.hcl.positions import Positions
from tests.effort import cases
from tests.property.gate.engine import grammar, syntax

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import Body

ROOT = Path(__file__).parents[4]
FIELD = Path(os.environ.get("TAPEPROOF_FIELD") or ROOT.parent / "shared" / "field")
DEEP = 100_000


def native(text: str) -> Body | None:
    return read_body(text, Positions(text))


def referred(text: str) -> Body | SourceError:
    try:
        return reference.read_body(text, "x.tf", Positions(text))
    except SourceError as error:
        return error


def accepted_by_terraform(text: str) -> bool:
    try:
        pygohcl.loads(text)
    except pygohcl.HCLParseError:
        return False
    return True


def difference(ours: Any, theirs: Any, place: str = "file") -> str:  # noqa: ANN401 - nodes, tuples and what is in them
    """Return where two readings differ first: Python's own comparison takes 1 for True, and tells no place."""
    if type(ours) is not type(theirs):
        return f"{place}: {ours!r} is not {theirs!r}"
    if not isinstance(ours, tuple):
        return "" if ours == theirs else f"{place}: {ours!r} is not {theirs!r}"
    if len(ours) != len(theirs):
        return f"{place}: {len(ours)} parts are not {len(theirs)}"
    names = getattr(ours, "_fields", range(len(ours)))
    found = (difference(*pair, f"{place}.{name}") for name, *pair in zip(names, ours, theirs, strict=True))
    return next(filter(None, found), "")


def check(text: str) -> bool:
    """Return whether the native reader takes a text, having held it against the reference."""
    ours = native(text)
    if ours is None:
        return False
    theirs = referred(text)
    if isinstance(theirs, SourceError):
        assert accepted_by_terraform(text), f"{theirs}\n{text}"
    else:
        assert not difference(ours, theirs), text
    return True


def terraform_below(*folders: Path) -> list[Path]:
    found = (path for folder in folders for path in sorted(folder.rglob("*.tf")))
    return [path for path in found if path.is_file() and ".terraform" not in path.parts]


OWN = terraform_below(ROOT / "stack", ROOT / "policies", ROOT / "tests")
LEFT = ("not-closed", "deep-conditionals")
"""What is in the path of files that are left to the reference: wrong on purpose, or nested too deep."""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_every_file_of_the_project_is_taken_and_read_alike() -> None:
    assert len(OWN) > 150
    untaken = [path for path in OWN if not check(text_of(path))]
    assert [str(path) for path in untaken if not any(part in str(path) for part in LEFT)] == []


@pytest.mark.shared
def test_every_file_from_the_field_is_read_alike() -> None:
    files = terraform_below(FIELD)
    if not files:
        pytest.skip(f"no Terraform from the field at {FIELD}")
    taken = [check(text_of(path)) for path in files]
    assert sum(taken) > 0.95 * len(taken)


@settings(max_examples=cases(250))
@given(syntax.files(2))
def test_generated_syntax_is_read_alike(text: str) -> None:
    check(text)


@settings(max_examples=cases(100))
@given(grammar.anything(2))
def test_generated_expressions_are_taken_and_read_alike(expression: str) -> None:
    assert check(f"a = {expression.replace('!!', '!')}\n")  # two negations are rare, so they are left


DAMAGE = st.one_of(
    st.text("{}[]()\"'$%~<>-=,.:#/*\\\n\r\t\x00 aé0?!&|", max_size=3),
    st.sampled_from(
        [
            "${",
            "%{",
            "~}",
            '"${',
            '}"',
            "<<E\n",
            "E\n",
            "$${",
            "for x in y : ",
            "...",
            "[*]",
            ".*",
            "=>",
            "::",
            "core::",
        ]
    ),
)


@settings(max_examples=cases(400))
@given(st.sampled_from(OWN), st.floats(0, 1), st.integers(0, 9), st.integers(0, 9), DAMAGE)
def test_a_damaged_file_is_read_alike_or_left(path: Path, where: float, lost: int, repeated: int, damage: str) -> None:
    text = text_of(path)
    begin = text.find("\n\n", int(where * len(text))) + 1
    text = text[max(begin - 400, 0) : begin + 800]
    place = int(where * len(text))
    check(text[:place] + damage + text[place : place + repeated] + text[place + lost :])


@pytest.mark.parametrize(
    "text",
    [
        "x = {a = 1 b = 2}\n",
        "x = a\n + 1\n",
        "x = a +\n1\n",
        "é = 1\n",
        "x = é\n",
        "x = !!a\n",
        "x = core::max(1, 2)\n",
        "x = 9" + "0" * 200 + "\n",
        "x = [" * 1 + "[" * 80 + "]" * 80 + "]\n",
        'x "a\\tb" {}\n',
        "x = a. b\n",
        "x = if.a\n",
        "x = {\n# loop\nfor v in y : v => v }\n",
    ],
)
def test_what_is_rare_is_left_to_the_reference(text: str) -> None:
    assert native(text) is None
    assert parse_hcl(text, "x.tf").body == referred(text)


@pytest.mark.parametrize("text", ["x = 12-10\n", "x = (var.a)-30\n", "x = [a[0]-10]\n"])
def test_a_minus_before_two_digits_is_taken_as_terraform_takes_it_and_python_hcl2_does_not(text: str) -> None:
    assert accepted_by_terraform(text)
    assert isinstance(referred(text), SourceError)
    ours, spaced = native(text), native(text.replace("-", " - "))
    assert ours is not None
    assert spaced is not None
    assert type(ours.attributes[0].expression) is type(spaced.attributes[0].expression)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "x =",
        "x = \n",
        "x = 1 2\n",
        'x = "\\q"\n',
        'x = "a\nb"\n',
        "x = <<E\n",
        "x {",
        "}",
        'x = "%{ if a }"\n',
        "x = {,}\n",
        "x = [,]\n",
        "x = a...\n",
        "x = 'a'\n",
        "/* x",
        "x = \x00\n",
        "x = 1\x00",
        "# c\x00d\nx = 1 1\n",
    ],
)
def test_what_is_no_hcl_is_never_taken(text: str) -> None:
    assert isinstance(referred(text), SourceError)
    assert native(text) is None


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * DEEP,
        "x = " + '"${' * DEEP,
        "x = " + "{a=" * DEEP,
        "x = " + "a?b:" * DEEP + "c",
        "x = " + "a(" * DEEP,
        "x = " + "-" * DEEP + "1",
        "a {\n" * DEEP,
        "x = a" + "[b" * DEEP,
        'x = "' + "\\" * DEEP,
        'x = "' + "$" * DEEP,
        "x = <<A\n" + "\n" * DEEP,
        "x = <<A\n" * 1000,
        "x = 1" + "0" * DEEP,
        "x = " + "/*" * DEEP,
        "x = " + "/*" + "*" * DEEP,
        "x = {" + " " * DEEP,
        "x = a ? b",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_left_at_once_and_without_a_crash(text: str) -> None:
    assert native(text) is None


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "x = a" + ".b" * 20_000 + "\n",
        "x = " + "a + " * 20_000 + "a\n",
        "x = a" + "[0]" * 20_000 + "\n",
        "a {}\n" * 50_000,
        "x = [" + "1," * 100_000 + "]\n",
        "x = <<A\n" + "${b} c\n" * 20_000 + "A\n",
        'x = "' + '\\"' * DEEP + '"\n',
        "# x\n" * DEEP,
        "/**/" * DEEP,
    ],
    ids=lambda text: text[:12],
)
def test_long_text_is_taken_without_recursion(text: str) -> None:
    assert native(text) is not None


def test_the_byte_order_mark_has_no_column() -> None:
    text = '\ufeffa = b\nc = "${d}"\n'
    assert check(text)
    body = native(text)
    assert body is not None
    assert body.attributes[0].at == (1, 1, 1, 2)


@pytest.mark.parametrize("text", ["", "a", "${b}", "%{ if a }x\n%{ endif }\n", "a\n  b ${~ c ~} d\n", "$${x} \\n \"'"])
def test_a_template_is_read_alike_and_its_places_count_from_its_beginning(text: str) -> None:
    template = parse_template(text, "x.tftpl")
    body = f"x = <<TEMPLATE\n{text}\nTEMPLATE\n"
    theirs = reference.read_body(body, "x.tf", Positions(body, 1)).attributes[0].expression
    assert not difference(template.parts[:-1], theirs.parts[:-1])
    assert not difference(template.at, theirs.at)
    assert template.parts[-1].value == theirs.parts[-1].value[:-1]


@pytest.mark.parametrize("text", ["[1, 2]", "{ a = 1\n b = 2 }", '"x"', "-3", "a\n+ b"])
def test_a_single_expression_may_span_lines(text: str) -> None:
    wrapped = f"x = ({text}\n)"
    assert not difference(
        parse_expression(text, "x"),
        reference.read_body(wrapped, "x", Positions(wrapped)).attributes[0].expression.inner,
    )


def test_lark_is_not_imported_for_what_the_native_reader_takes() -> None:
    code = (
        "import sys\n"
        "from tapeproof.gate.frontends.hcl.parser import parse_hcl, parse_template\n"
        "from tapeproof.gate.engine.errors import SourceError\n"
        'parse_hcl("a = 1\\n", "x.tf"), parse_template("${a}", "x")\n'
        'assert not {"lark", "hcl2"} & set(sys.modules)\n'
        'try: parse_hcl("a = ?\\n", "x.tf")\n'
        'except SourceError as error: assert "x.tf:1:5" in str(error)\n'
        'assert {"lark", "hcl2"} & set(sys.modules)\n'
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
