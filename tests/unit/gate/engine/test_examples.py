"""The examples of a policy pin what each line must give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.examples import Example, examples
from tapeproof.gate.engine.policy import Policy, Remediation, Severity

if TYPE_CHECKING:
    from pathlib import Path


def policy_in(folder: Path, **files: str) -> Policy:
    whole = {"pass/a.tf": "a {}\n", "fail/a.tf": "a {} # expect: fail\n", "unknown/a.tf": "a {} # expect: unknown\n"}
    for name, text in {**whole, **files}.items():
        path = folder / "examples" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Policy("TP_X_1", "t", Severity.LOW, "r", Remediation("", ""), (), ("source",), folder)


def expected(example: Example) -> list[tuple[str, int, str]]:
    return sorted((one.file, one.line, one.verdict.value) for one in example.expected)


def test_a_comment_pins_its_own_line_or_one_further_down(tmp_path: Path) -> None:
    text = "a = 1 # expect: fail\nb = 2 // expect: unknown\nc = <<E # expect: fail +2\nx\ny\nE\n"
    found = {example.name: example for example in examples(policy_in(tmp_path, **{"fail/a.tf": text}))}
    assert expected(found["fail/a.tf"]) == [("a.tf", 1, "fail"), ("a.tf", 2, "unknown"), ("a.tf", 5, "fail")]
    assert expected(found["pass/a.tf"]) == []


def test_json_is_pinned_by_a_list_beside_it(tmp_path: Path) -> None:
    files = {"fail/b.tf.json": "{}", "fail/b.tf.json.expected": "fail b.tf.json:12\n\nunknown b.tf.json:3\n"}
    (json,) = (one for one in examples(policy_in(tmp_path, **files)) if one.name == "fail/b.tf.json")
    assert expected(json) == [("b.tf.json", 3, "unknown"), ("b.tf.json", 12, "fail")]


def test_a_folder_is_one_example_with_all_its_files(tmp_path: Path) -> None:
    files = {
        "fail/root/main.tf": "a {}\n",
        "fail/root/m/x.tf": "b {} # expect: fail\n",
        "fail/root/dev.tfvars": "c = 1 # expect: fail\n",
    }
    (root,) = (one for one in examples(policy_in(tmp_path, **files)) if one.name == "fail/root")
    assert expected(root) == [("dev.tfvars", 1, "fail"), ("m/x.tf", 1, "fail")]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"fail/a.tf": "a {}\n"}, "an example of fail that expects nothing"),
        ({"fail/a.tf": "a {} # expect: unknown\n"}, "an example of fail that expects unknown"),
        ({"pass/a.tf": "a {} # expect: fail\n"}, "an example of pass that expects fail"),
        ({"fail/b.tf.json": "{}"}, "an example of fail that expects nothing"),
        ({"fail/b.tf.json": "{}", "fail/b.tf.json.expected": "fails b.tf.json:1"}, "not of the form"),
    ],
)
def test_pins_that_contradict_their_folder_are_refused(files: dict[str, str], why: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=why):
        list(examples(policy_in(tmp_path, **files)))


@pytest.mark.parametrize("kind", ["pass", "fail", "unknown"])
def test_every_kind_has_an_example(kind: str, tmp_path: Path) -> None:
    policy = policy_in(tmp_path)
    (tmp_path / "examples" / kind / "a.tf").rename(tmp_path / "examples" / kind / "a.txt")
    with pytest.raises(CatalogError, match=f"TP_X_1 has no example of {kind}"):
        list(examples(policy))
