"""No result shows a secret, wherever in it the secret stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.excerpt import LONGEST_LINE
from tapeproof.gate.engine.hiding import without_secrets
from tapeproof.gate.engine.model import NOWHERE, Resource, Span, Stack
from tapeproof.gate.secrets.masking import HIDDEN

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Result

LINE = '  password = "correct horse battery"'
PLACE = Span("stack/logs.tf", 3, LINE.index('"') + 1, 3, len(LINE) + 1)
STACK = Stack(root=".", front_end="hcl", lines={"stack/logs.tf": ("", "", LINE)})
SECRET = "correct horse battery"


@pytest.mark.parametrize("field", ["message", "fix", "expected", "observed"])
def test_a_secret_that_a_policy_found_is_in_no_words_of_any_result(field: str, finding: Result) -> None:
    (shown,) = without_secrets([replace(finding, **{field: f"it is {SECRET}!"})], [PLACE], STACK)
    assert getattr(shown, field) == f"it is {HIDDEN}!"


def test_a_source_line_shows_everything_but_the_secret(finding: Result) -> None:
    (shown,) = without_secrets([replace(finding, source_line=LINE)], [PLACE], STACK)
    assert shown.source_line.startswith('  password = "')
    assert "horse" not in shown.source_line


def test_another_line_and_another_file_stay_as_they_are(finding: Result) -> None:
    results = [replace(finding, line=4, source_line="a = 1"), replace(finding, file="b.tf", source_line="a = 1")]
    assert without_secrets(results, [PLACE], STACK) == results


def test_what_looks_like_a_key_is_covered_without_any_policy(finding: Result) -> None:
    key = "AKIA2E0A8F3B244C9986"
    (shown,) = without_secrets([replace(finding, message=f"holds {key}", source_line=f'a = "{key}"')], [], STACK)
    assert key not in shown.message
    assert key not in shown.source_line


def test_a_line_that_many_findings_share_is_looked_through_once(
    finding: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("tapeproof.gate.engine.hiding.mask_secrets", lambda text: asked.append(text) or text)
    without_secrets([replace(finding, source_line=LINE, column=column) for column in range(1, 9)], [], STACK)
    assert asked.count(LINE) == 1


def test_the_findings_of_a_minified_file_share_one_covered_line_and_carry_a_part_of_it(finding: Result) -> None:
    secrets = [f"correct horse {number:04d}" for number in range(50)]
    line = " ".join(f'p{number} = "{secret}"' for number, secret in enumerate(secrets)) * 2
    starts = [line.index(one) + 1 for one in secrets]
    places = [Span("stack/logs.tf", 3, start, 3, start + len(secrets[0])) for start in starts]
    stack = Stack(root=".", front_end="hcl", lines={"stack/logs.tf": ("", "", line)})
    found = [replace(finding, source_line=line, column=at.column, end_column=at.end_column) for at in places]
    for told in without_secrets(found, places, stack):
        assert len(told.source_line) <= LONGEST_LINE
        start = told.column - told.source_column
        assert set(told.source_line[start : start + len(secrets[0])]) == {"*"}
        assert told.source_line[start - 3 : start] == '= "'


def test_a_short_text_is_covered_at_its_place_only(finding: Result) -> None:
    stack = Stack(root=".", front_end="hcl", lines={"stack/logs.tf": ("", "", 'p = "abc"')})
    place = Span("stack/logs.tf", 3, 5, 3, 10)
    (shown,) = without_secrets([replace(finding, message="abc", source_line='p = "abc"')], [place], stack)
    assert shown.message == "abc"
    assert "abc" not in shown.source_line


def test_a_secret_of_several_lines_covers_what_of_it_is_on_the_line(finding: Result) -> None:
    lines = ("p = <<E", "first secret line", "second secret line", "E")
    stack = Stack(root=".", front_end="hcl", lines={"stack/logs.tf": lines})
    place = Span("stack/logs.tf", 1, 5, 4, 2)
    (shown,) = without_secrets([replace(finding, line=3, source_line=lines[2])], [place], stack)
    assert "second" not in shown.source_line


def test_a_place_that_is_nowhere_hides_nothing(finding: Result) -> None:
    assert without_secrets([finding], [NOWHERE], STACK) == [finding]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("random_password.db.result", "it is random_password.db.result!"),
        ("data.random_password.db.result", "it is data.random_password.db.result!"),
        ("random_password.db[0].result", "it is random_password.db[0].result!"),
        ("sk_live.abcdef.0123456789", f"it is {HIDDEN}!"),
        ("random_password.db.result and more", f"it is {HIDDEN}!"),
    ],
)
def test_a_reference_to_what_is_declared_tells_where_the_secret_is(written: str, told: str, finding: Result) -> None:
    declared = Resource(type="random_password", address="random_password.db", name="db")
    place = Span("stack/logs.tf", 3, 1, 3, len(written) + 1)
    stack = Stack(root=".", front_end="hcl", lines={"stack/logs.tf": ("", "", written)}, everything=(declared,))
    (shown,) = without_secrets([replace(finding, message=f"it is {written}!")], [place], stack)
    assert shown.message == told
