"""Source and plan agree on roots that others reported, as far as Terraform plans them.

All roots are called as modules of one; a root that Terraform refuses is left out, and the rest is tried again.
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.gate.frontends.plan.reader import stack_of
from tests.conformance.gate.judged_cases import find_cases
from tests.places import FIELD, PROJECT

from .conftest import PROVIDER
from .test_plan_agreement import POLICIES, contradictions, part

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack
    from tapeproof.gate.engine.policy import Policy

CASES = [*find_cases(FIELD / "gate"), *find_cases(PROJECT / "tests" / "conformance" / "gate" / "reports")]
ROOT_ONLY = re.compile(
    r'^(?:provider|import|moved|removed|terraform|action|list|check|ephemeral) ?["{]'
    r'|(?:resource|data) "(?!aws_|terraform_data")'
    r'|data "aws_(?:secretsmanager|ssm|iam_policy"|eks|organ|cloudfront|db)',
    re.MULTILINE,
)
"""What a module cannot hold, or what asks AWS or a provider that is not here."""
VARIABLE = re.compile(r'^variable "\w+" \{([^\n]*\}$|\n.*?^\})', re.MULTILINE | re.DOTALL)
FEWEST = 1_000
DELIVERY = "TP_DLV_"
MOST_ROUNDS = 12
EXPLAINED = {
    "ignore_": "a plan does not hold ignore_changes",
    "m_ignored_": "as above",
    "_ignores TP_LOG_1": "as above",
    "40_pitr_ignored": "as above",
    "m_null_for_a_variable_that_may_be TP_LOG_1": "a plan holds what the provider makes of null",
    "m_nullable_stays_null TP_LOG_1": "as above",
    "m_try_of_an_attribute_that_is_null TP_LOG_1": "as above",
    "TP_VAL_2": "that a secret is written out is known of source only",
}
"""Contradictions that are due, by what stands in them."""


def plannable(case: Path) -> bool:
    files = [path for path in case.rglob("*") if path.is_file() and path.name != "case.json"]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    if any(re.search(r"\.tfvars|\.tfquery|\.tofu", path.name) for path in files):
        return False
    if ROOT_ONLY.search("\n".join(texts.values())) or not any(path.suffix == ".tf" for path in files):
        return False
    own = "\n".join(text for path, text in texts.items() if path.parent == case)
    return all("default" in body for body in VARIABLE.findall(own))


class Modules:
    """The roots that are still called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {f"m_{re.sub(r'[^a-z0-9]', '_', case.name)}": case for case in CASES if plannable(case)}
        for name, case in self.names.items():
            shutil.copytree(case, folder / name, ignore=shutil.ignore_patterns("case.json"))
        self.call()

    def call(self) -> None:
        calls = (f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in self.names)
        (self.folder / "main.tf").write_text("\n".join([PROVIDER, *calls]), encoding="utf-8")

    def leave_out(self, told: str) -> None:
        """Leave out the roots that Terraform complains of; it must be some."""
        refused = set(re.findall(r"\b(m_\w+)(?=[/.\\])", told)) & self.names.keys()
        assert refused, told[-2000:]
        for name in refused:
            del self.names[name]
            shutil.rmtree(self.folder / name)
        self.call()


def errors_of(done: subprocess.CompletedProcess[str]) -> str:
    """Return what Terraform says of errors: `validate` writes one document, `plan` a line for each message."""
    try:
        told = json.loads(done.stdout)["diagnostics"]
    except ValueError:
        told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        told = [one for one in told if one["@level"] == "error"]
    return done.stderr + "\n".join(
        json.dumps(one) for one in told if "error" in {one.get("severity"), one.get("@level")}
    )


@pytest.fixture(scope="module")
def foreign(
    terraform: Callable[..., subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Modules, dict[str, Any]]:
    modules = Modules(tmp_path_factory.mktemp("foreign"))
    for step in (("init", "-input=false", "-no-color"), ("validate", "-json"), ("plan", "-json", "-out=plan.tfplan")):
        for _ in range(MOST_ROUNDS):
            done = terraform(modules.folder, *step)
            if done.returncode == 0:
                break
            modules.leave_out(errors_of(done))
    shown = terraform(modules.folder, "show", "-json", "plan.tfplan")
    return modules, json.loads(shown.stdout)


def found(modules: Modules, plan: dict[str, Any]) -> Iterator[str]:
    for name in modules.names:
        source, planned = read(modules.folder / name), stack_of(part(plan, name), "plan.json")
        listed = [told for policy in POLICIES for told in contradictions(policy, source, planned)]
        doubted = any(_doubts(policy, planned) for policy in POLICIES if policy.id.startswith(DELIVERY))
        for told in listed:
            # What the policies about delivery cannot tell of a pair, one of them says.
            if not (doubted and told.startswith(DELIVERY) and told.endswith("plan says []")):
                yield f"{name} {told}"


def _doubts(policy: Policy, stack: Stack) -> bool:
    return any(finding.verdict is Verdict.UNKNOWN for finding in policy.judge(stack, policy.settings()))


def test_a_plan_of_a_strangers_root_contradicts_its_source_only_where_that_is_due(
    foreign: tuple[Modules, dict[str, Any]],
) -> None:
    modules, plan = foreign
    assert len(modules.names) > FEWEST
    told = list(found(modules, plan))
    assert [line for line in told if not any(mark in line for mark in EXPLAINED)] == []
