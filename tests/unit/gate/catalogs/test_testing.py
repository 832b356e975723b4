"""A policy that is begun passes its own test, and examples that notice nothing are found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.gate.catalogs.beginning import begin_policy
from tapeproof.gate.catalogs.testing import try_policy
from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.policy import CATALOG, load_policy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("as_data", [False, True], ids=["rule", "checks"])
def test_a_policy_that_is_begun_passes_its_own_test(
    as_data: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_policy("ACME_SQS_1", tmp_path, as_data=as_data)
    assert cli.main(["gate", "test", str(tmp_path)]) == 0
    assert "4 examples, right" in capsys.readouterr().out
    trial = try_policy(load_policy(tmp_path / "acme_sqs_1", foreign=True))
    assert trial.mutants > 2
    assert (trial.wrong, trial.unnoticed) == ((), ())


@pytest.mark.parametrize("own", [False, True], ids=["anothers", "the gates own"])
def test_a_policy_is_tried_by_its_own_folder_too(own: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = CATALOG / "tp_log_3" if own else begin_policy("ACME_SQS_1", tmp_path, as_data=True)
    assert cli.main(["gate", "test", str(folder)]) == 0
    assert "1 of 1 policies pass their own test" in capsys.readouterr().out


def test_a_wrong_rule_is_told_with_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = begin_policy("ACME_SQS_1", tmp_path, as_data=False)
    rule = folder / "rule.py"
    rule.write_text(rule.read_text().replace("< least", "> least"))
    assert cli.main(["gate", "test", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "fail/too_short.tf: expected fail at too_short.tf:3, and nothing is found there" in said
    assert "0 of 1 policies pass their own test: not ACME_SQS_1" in said


def test_examples_that_do_not_notice_a_fault_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = begin_policy("ACME_SQS_1", tmp_path, as_data=False)
    (folder / "examples" / "pass" / "long_enough.tf").unlink()
    assert cli.main(["gate", "test", str(tmp_path), "--least", "100"]) == 1
    said = capsys.readouterr().out
    assert "not noticed: rule.py:21: kept.number() < least  →  kept.number() <= least" in said
    assert cli.main(["gate", "test", str(tmp_path), "--least", "50"]) == 0


@pytest.mark.parametrize("name", ["TP_SQS_1", "acme_sqs_1", "ACME", "ACME_SQS_1/../x", ""])
def test_a_policy_is_not_begun_under_a_name_of_another_form(name: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="ACME_SQS_1"):
        begin_policy(name, tmp_path, as_data=False)


def test_a_policy_that_is_there_is_not_begun_again(tmp_path: Path) -> None:
    begin_policy("ACME_SQS_1", tmp_path, as_data=False)
    with pytest.raises(CatalogError, match="is there already"):
        begin_policy("ACME_SQS_1", tmp_path, as_data=True)


def test_a_rule_and_checks_together_are_refused(tmp_path: Path) -> None:
    folder = begin_policy("ACME_SQS_1", tmp_path, as_data=True)
    (folder / "rule.py").write_text("def judge(stack, parameters):\n    return []\n")
    with pytest.raises(CatalogError, match="remove one of them"):
        load_policy(folder, foreign=True).judge  # noqa: B018 - loading is what is tried


def test_the_gates_own_ids_are_not_for_others(tmp_path: Path) -> None:
    folder = begin_policy("ACME_SQS_1", tmp_path, as_data=True)
    path = folder / "policy.yaml"
    path.write_text(path.read_text().replace("ACME_SQS_1", "TP_SQS_1"))
    with pytest.raises(CatalogError, match="is for the gate's own policies"):
        load_policy(folder, foreign=True)
