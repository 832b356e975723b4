"""What a finding points at inside a literal is what stands there, whatever escapes come before it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.gate.checking import check
from tapeproof.gate.engine.evaluator.syntax import Constant
from tapeproof.gate.engine.model import Span
from tapeproof.gate.frontends.hcl.json_syntax import parse_json
from tapeproof.gate.frontends.hcl.parser import parse_hcl
from tapeproof.gate.question import Question
from tests.effort import cases

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Result

KEY = "AKIA2E0A8F3B244C9986"
PARTS = 'a"\\/\n\t\u00e9\u20ac'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def findings(source: str, policy: str) -> list[Result]:
    path = Path("root/main.tf")
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return [result for result in check(Question((Path("root"),), (policy,), cached=False)).notable if result.line]


def pointed_at(source: str, result: Result) -> str:
    lines = source.split("\n")
    assert result.line == result.end_line
    return lines[result.line - 1][result.column - 1 : result.end_column - 1]


@pytest.mark.parametrize(
    "value",
    [
        f'"{KEY}"',
        f'"id {KEY} id"',
        rf'"\n\t{KEY}"',
        rf'"\u00e9é \"{KEY}\""',
        rf'"{KEY} \U0001F600 {KEY}\\"',
        f'"$${{a}} %%{{b}} {KEY}"',
        rf'"${{1}}\t{KEY} ${{2}}"',
        rf'"${{1 ~}} \t  {KEY}  ${{~ 2}}"',
        f"<<A\n  one {KEY}\n two $${{x}} {KEY}\nA\n",
        f"<<-A\n    one\n      {KEY}\n    $${{x}} {KEY}\n  A\n",
        f'["x", {{ "y" = "\\\\{KEY}" }}]',
    ],
)
def test_a_secret_is_pointed_at_where_it_stands(value: str) -> None:
    source = f"locals {{\n  a = {value}\n}}\n"
    found = findings(source, "TP_VAL_2")
    assert len(found) == source.count(KEY)
    assert {pointed_at(source, result).strip('"') for result in found} == {KEY}


@pytest.mark.parametrize(
    ("document", "written"),
    [
        (r'"{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn\"}}"', r"\"*\""),
        (r'"{\n\t\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"é\"}]}"', r"\"s3:*\""),
        ('<<A\n{"Statement": {"Effect": "Allow",\n "Action": "s3:*", "Resource": "x"}}\nA\n', '"s3:*"'),
    ],
)
def test_an_action_inside_a_quoted_document_is_pointed_at_where_it_stands(document: str, written: str) -> None:
    source = f'resource "aws_iam_policy" "p" {{\n  policy = {document}\n}}\n'
    (found,) = findings(source, "TP_IAM_1")
    assert pointed_at(source, found) == written


ESCAPES = st.sampled_from(
    ["a", "é", " ", "$", "%", r"\n", r"\t", r"\"", r"\\", "\\u00e9", "\\U0001F600", "$${", "%%{", "\u2028", "}"]
)


@settings(max_examples=cases(200))
@given(st.lists(ESCAPES, max_size=8), st.lists(ESCAPES, max_size=4), st.sampled_from(['"{}"', '"${{x}}{}${{y}}"']))
def test_every_part_of_a_literal_has_its_place(before: list[str], after: list[str], form: str) -> None:
    text = f"a = {form.format(''.join([*before, 'MARK', *after]))}\n"
    expression = parse_hcl(text, "x.tf").body.attributes[0].expression
    nodes = [expression] if isinstance(expression, Constant) else expression.parts
    (node,) = [node for node in nodes if isinstance(node, Constant)]
    place = Span("x.tf", *node.at).part_of(node.value, node.shifts, node.value.index("MARK"), len("MARK"))
    assert place is not None
    assert text[place.column - 1 : place.end_column - 1] in {"MARK", '"MARK"'}


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"id {KEY} id",
        f'"{KEY}"',
        f"\n\t{KEY}",
        f"\u00e9é \U0001f600 {KEY}\\",
        f'{{"a": ["{KEY}"]}}',
        f"${{1}}\t{KEY} ${{2}}",
        f"\u00e9\n${{true}}\n $${{a}} {KEY}",
        f'${{upper("x")}}-{KEY}',
        f'${{"\\t{KEY}"}}',
        f'${{true ? "a {KEY}" : "\u00e9"}}',
        f"%{{ if true }}\u00e9 {KEY}%{{ endif }}",
    ],
)
@pytest.mark.parametrize("is_ascii", [True, False])
def test_a_secret_in_json_is_pointed_at_where_it_stands(text: str, *, is_ascii: bool) -> None:
    source = json.dumps({"locals": {"a": text}}, ensure_ascii=is_ascii)
    path = Path("root/main.tf.json")
    path.parent.mkdir()
    path.write_text(source, encoding="utf-8")
    found = [one for one in check(Question((Path("root"),), ("TP_VAL_2",), cached=False)).notable if one.line]
    assert [pointed_at(source, one).strip('"') for one in found] == [KEY]


@settings(max_examples=cases(30))
@given(
    st.lists(st.sampled_from([*'a"\\/\n\t\u00e9\u20ac', "\U0001f600", "${1}", "$${", "%%{"]), max_size=12),
    st.booleans(),
)
def test_the_places_in_a_json_string_are_those_of_its_source(parts: list[str], is_ascii: bool) -> None:
    source = json.dumps({"locals": {"a": "".join([*parts, KEY, *parts])}}, ensure_ascii=is_ascii)
    for node in _constants(parse_json(source, "f").body):
        if isinstance(node.value, str) and KEY in node.value:
            span = Span("f", *node.at).part_of(node.value, node.shifts, node.value.index(KEY), len(KEY))
            assert span is not None
            assert source[span.column - 1 : span.end_column - 1] in {KEY, f'"{KEY}"'}


def _constants(node: object) -> list[Constant]:
    if isinstance(node, Constant):
        return [node]
    return [found for part in node for found in _constants(part)] if isinstance(node, tuple) else []
