from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.checking.terms import TERMS, check_terms, read_terms
from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    from pathlib import Path

ASSESSMENT: dict[str, Any] = {
    "run": {
        "as_of": "2026-11-23T09:30:00Z",
        "commit": "c" * 40,
        "dirty": False,
        "parameters": {"environment_suffix": "prod", "minimum_retention_days": 30},
        "period": {"from": "2026-11-01T00:00:00Z"},
        "repository": "https://git.example/market-data",
        "simulated": False,
        "subject": "market data",
        "tool": {"version": "1.2.3"},
    },
    "scope": {
        "accounts": ["111122223333"],
        "commits": ["c" * 40],
        "organizations": ["o-example123"],
        "seeds": ["a seed"],
        "var_files": ["prod.tfvars"],
    },
    "items": [{"id": "tests-junit", "stage": "tests", "as_of": "2026-11-20T09:30:00Z"}],
    "stages": {"source": {"collected": True, "failed": []}, "live": {"collected": True, "failed": ["S3: denied"]}},
}
MET: dict[str, Any] = {
    "account": "111122223333",
    "commit": "c" * 40,
    "environment": "prod",
    "maximum_age_days": 7,
    "maximum_ages": {"tests": 4},
    "now": "2026-11-30T09:30:00Z",
    "organization": "o-example123",
    "parameters": {"minimum_retention_days": 30},
    "period_from": "2026-11-01",
    "period_to": "2026-11-23",
    "repository": "https://git.example/market-data",
    "seed": "a seed",
    "simulated": False,
    "stages": ["source"],
    "subject": "market data",
    "tool_version": "1.2.3",
    "var_files": ["prod.tfvars"],
}
UNMET: dict[str, Any] = {
    "account": "444455556666",
    "commit": "d" * 40,
    "environment": "dev",
    "maximum_age_days": 6,
    "maximum_ages": {"tests": 3},
    "organization": "o-example456",
    "parameters": {"minimum_retention_days": 31},
    "period_from": "2026-10-01",
    "period_to": "2026-11-24",
    "repository": "https://git.example/other",
    "seed": "another",
    "simulated": True,
    "stages": ["live"],
    "subject": "another",
    "tool_version": "1.2.4",
    "var_files": ["dev.tfvars"],
}


def test_a_bundle_that_is_as_expected_has_nothing_unmet() -> None:
    assert TERMS.keys() - MET.keys() == {"catalogue", "own_frameworks", "tag", "tag_signers"}
    assert check_terms(ASSESSMENT, MET) == []


@pytest.mark.parametrize("name", UNMET)
def test_each_expectation_that_is_not_met_is_named(name: str) -> None:
    found = check_terms(ASSESSMENT, {**MET, name: UNMET[name]})
    assert [one.code for one in found] == ["NOT_EXPECTED"]
    assert found[0].where.startswith(name)
    assert "expected" in found[0].message


def test_a_bundle_from_the_readers_future_is_not_fresh() -> None:
    found = check_terms(ASSESSMENT, {"maximum_age_days": 7, "now": "2026-11-22T09:30:00Z"})
    assert [one.where for one in found] == ["maximum_age_days"]


def test_a_commit_with_changes_beside_it_is_another_one() -> None:
    dirty = {**ASSESSMENT, "run": {**ASSESSMENT["run"], "dirty": True}}
    assert [one.where for one in check_terms(dirty, {"commit": "c" * 40})] == ["commit"]


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({"acount": "1"}, "'acount' is not one of account"),
        ({"account": 1}, "account: expected str, got 1"),
        ({"maximum_age_days": True}, "expected int"),
        ({"maximum_age_days": 7}, "needs a clock of your own"),
        ({"maximum_age_days": 7, "now": "2026-11-30"}, "needs a clock of your own"),
        ({"maximum_ages": {"tests": "3"}}, "expected a number of days for each stage"),
        ({"tag": "v1"}, "tag_signers"),
        ({"tag": "v1", "tag_signers": [1]}, "expected lines such as"),
        ([], "expected an object"),
    ],
)
def test_an_expectation_that_is_not_understood_is_refused(tmp_path: Path, terms: object, told: str) -> None:
    path = tmp_path / "expect.json"
    path.write_text(json.dumps(terms))
    with pytest.raises(Unusable) as refused:
        read_terms(str(path))
    assert told in refused.value.finding.message


def test_a_file_of_expectations_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "expect.json"
    path.write_text(json.dumps(MET))
    assert read_terms(str(path)) == MET
    with pytest.raises(Unusable, match="cannot be read"):
        read_terms(str(tmp_path / "absent.json"))
