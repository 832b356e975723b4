"""A policy is a folder; whatever is wrong with one is told with its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.policy import Severity, catalog, load_policy

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
id: ACME_X_1
title: Queues are named
severity: high
rationale: So that they are found.
remediation: {text: Name it., snippet: "name = 1\\n"}
controls: [{framework: nist-800-53-r5, id: CM-8}]
decidable_at: [source, plan]
parameters: {most: {default: 3, description: How many.}}
"""


def policy_folder(
    folder: Path, text: str = WHOLE, rule: str | None = "def judge(stack, parameters):\n    return []\n"
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    if rule is not None:
        (folder / "rule.py").write_text(rule, encoding="utf-8")
    return folder


def test_a_whole_policy_is_read(tmp_path: Path) -> None:
    policy = load_policy(policy_folder(tmp_path / "x"))
    assert (policy.id, policy.severity, str(policy.severity)) == ("ACME_X_1", Severity.HIGH, "high")
    assert policy.remediation.snippet == "name = 1"
    assert [(one.framework, one.id, one.relation) for one in policy.controls] == [
        ("nist-800-53-r5", "CM-8", "supports")
    ]
    assert list(policy.judge(None, {})) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: ACME_X_1", "id: acme_x_1", "not of the form"),
        ("id: ACME_X_1", "id: 5", "policy.yaml"),
        ("title: Queues are named", 'title: " "', "title is empty"),
        ("severity: high", "severity: huge", "severity must be one of low, medium, high, critical, not 'huge'"),
        ("decidable_at: [source, plan]", "decidable_at: [sauce]", "decidable_at must name some of"),
        ("decidable_at: [source, plan]", "decidable_at: []", "decidable_at must name some of"),
        ("rationale: So that they are found.", "", "lacks rationale"),
        ("controls: [{framework: nist-800-53-r5, id: CM-8}]", "controls: [{frame: x}]", "policy.yaml"),
        ("controls: [{framework: nist-800-53-r5, id: CM-8}]", "controls: 5", "policy.yaml"),
        ("remediation: {text", "surprise: 1\nremediation: {text", "does not know surprise"),
        ("remediation: {text: Name it., ", "remediation: {", "text"),
        (WHOLE, "[]", "must be a mapping"),
        (WHOLE, "a: [", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_policy_is_told_with_its_path(old: str, new: str, why: str, tmp_path: Path) -> None:
    folder = policy_folder(tmp_path / "x", WHOLE.replace(old, new))
    with pytest.raises(CatalogError, match=why) as raised:
        load_policy(folder)
    assert str(folder / "policy.yaml") in str(raised.value)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (None, "has no rule.py"),
        ("def judge(:\n", "does not load: SyntaxError"),
        ("1 / 0\n", "does not load: ZeroDivisionError"),
        ("judge = 5\n", "has no function named judge"),
    ],
)
def test_a_rule_that_does_not_load_is_told_when_it_is_needed(rule: str | None, why: str, tmp_path: Path) -> None:
    policy = load_policy(policy_folder(tmp_path / "x", rule=rule))
    with pytest.raises(CatalogError, match=why):
        _ = policy.judge


@pytest.mark.parametrize(
    ("overrides", "why"),
    [
        ({"least": 1}, "has no parameter 'least'; it has most"),
        ({"most": "3"}, "must be like 3"),
        ({"most": True}, "must be like 3"),
    ],
)
def test_a_parameter_that_is_not_there_or_of_another_type_is_refused(
    overrides: dict[str, object], why: str, tmp_path: Path
) -> None:
    policy = load_policy(policy_folder(tmp_path / "x"))
    assert policy.settings() == {"most": 3}
    assert policy.settings({"most": 5}) == {"most": 5}
    with pytest.raises(CatalogError, match=why):
        policy.settings(overrides)


def test_a_catalogue_is_ordered_by_area_and_number_and_leaves_facts_and_hidden_folders_out(tmp_path: Path) -> None:
    for identifier in ("ACME_X_10", "ACME_X_9", "ACME_A_1"):
        policy_folder(tmp_path / identifier.lower(), WHOLE.replace("ACME_X_1", identifier))
    for name in ("facts", ".git", "_drafts"):
        (tmp_path / name).mkdir()
    assert [policy.id for policy in catalog([tmp_path])] == ["ACME_A_1", "ACME_X_9", "ACME_X_10"]


def test_a_catalogue_with_nothing_in_it_or_one_id_twice_judges_nothing(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no policies to judge by"):
        catalog([tmp_path])
    with pytest.raises(CatalogError, match="no such folder of policies"):
        catalog([tmp_path / "nowhere"])
    policy_folder(tmp_path / "a")
    policy_folder(tmp_path / "b")
    with pytest.raises(CatalogError, match="ACME_X_1 is already the id of"):
        catalog([tmp_path])
