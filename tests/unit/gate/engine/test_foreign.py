"""What rules of other catalogues do stays in their own process, and no silence of theirs is a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.engine.runner import judge
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.report import Result

POLICY = """
id: ACME_{name}_1
title: Queues are named
severity: high
rationale: So that they are found.
remediation: {{text: Name it., snippet: "name = 1"}}
controls: []
decidable_at: [source]
"""
GOOD = """
from tapeproof.gate.engine.rule import each

@each("aws_sqs_queue")
def judge(queue, stack, parameters):
    if queue["name"].is_unset:
        yield queue.fails(queue.span, "has no name", fix='name = "a"')
"""
HOSTILE = {
    "a loop without end": "def judge(stack, parameters):\n    while True:\n        pass\n",
    "memory without end": "def judge(stack, parameters):\n    return [b'x' * 2**30 for _ in range(8)]\n",
    "an exit": "import os\ndef judge(stack, parameters):\n    os._exit(0)\n",
    "a polite exit": "import sys\ndef judge(stack, parameters):\n    sys.exit(0)\n",
    "an exception": "def judge(stack, parameters):\n    raise RuntimeError('no')\n",
    "no findings": "def judge(stack, parameters):\n    return ['all is well']\n",
    "nothing at all": "def judge(stack, parameters):\n    return None\n",
    "a finding of odd members": (
        "from tapeproof.gate.engine.model import Finding, Verdict\n"
        "def judge(stack, parameters):\n    return [Finding(Verdict.PASS, message=5)]\n"
    ),
    "a rule that does not load": "1 / 0\n",
    "a rule that is a loop": "while True:\n    pass\n",
    "a changed engine": (
        "import tapeproof.gate.engine.model as model\n"
        "from tapeproof.gate.engine.model import Known, Resource\n"
        "Resource.fails = lambda self, *a, **k: self.passes()\n"
        "def judge(stack, parameters):\n    raise RuntimeError\n"
    ),
}


def results(tmp_path: Path, **rules: str) -> dict[str, list[Result]]:
    for name, rule in rules.items():
        folder = tmp_path / "catalogue" / name
        folder.mkdir(parents=True)
        (folder / "policy.yaml").write_text(POLICY.format(name=name.upper()))
        (folder / "rule.py").write_text(rule)
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    found: dict[str, list[Result]] = {}
    for result in judge(read(tmp_path / "root"), catalog([tmp_path / "catalogue"])):
        found.setdefault(result.policy, []).append(result)
    return found


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_rule_that_misbehaves_is_unknown_and_the_others_answer(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tapeproof.gate.engine.foreign.SECONDS", 0.7)
    found = results(tmp_path, good=GOOD, hostile=hostile)
    assert [result.verdict for result in found["ACME_HOSTILE_1"]] == ["unknown"]
    assert "ACME_HOSTILE_1" in found["ACME_HOSTILE_1"][0].message
    assert [result.verdict for result in found["ACME_GOOD_1"]] == ["fail"]
