"""Source and plan agree: on every example that Terraform can plan, and on the stack of this project.

Terraform plans all examples at once, each as a module; its JSON is then taken apart again. What is known only after
apply may be UNKNOWN in the plan; beyond that, both front ends must give the same verdict for the same resource.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.engine.examples import Example, examples
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.frontends.hcl.reader import read
from tapeproof.gate.frontends.plan.reader import stack_of

from .conftest import PROVIDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack

POLICIES = [policy for policy in catalog() if "plan" in policy.decidable_at]
REFUSED = {
    "TP_EVT_1 fail/refused_by_the_provider.tf": "a rule without a pattern, and a pattern that is no JSON",
    "TP_LOG_1 fail/no_value_of_cloudwatch.tf": "the provider knows CloudWatch's values too",
    "TP_RUN_1 fail/none.tf": "a function without a runtime",
    "TP_LOG_1 fail/in_json.tf.json": "a module call cannot lead to a folder with JSON alone in it here",
    "TP_LOG_1 fail/from_a_tfvars_file": "a variable file is of a root module",
    "TP_REG_1 fail/another_region.tf": "it configures providers of its own, which only a root module may",
    "TP_REG_1 pass/one_region.tf": "as above",
    "TP_REG_1 fail/a_region_of_its_own.tf": "as above",
    "TP_REG_1 pass/copies_in_the_region.tf": "as above",
    "TP_DLQ_3 pass/a_queue_that_is_looked_up.tf": "it looks a queue up in AWS",
    "TP_VAL_2 fail/in_source.tf": "a variable without a value",
    "TP_VAL_2 fail/in_a_functions_environment.tf": "it reads a secret from AWS",
    "TP_VAL_2 fail/flows_of_hidden_attributes.tf": "as above",
    "TP_VAL_2 pass/what_only_looks_like_one.tf": "as above",
    "TP_VAL_2 fail/in_a_variable_file": "a variable file is of a root module",
    "TP_VAL_2 fail/where_few_look.tf": "it configures providers of its own, and one that is not here",
    "TP_IAM_4 fail/found_through_a_data_source.tf": "it looks policies up in AWS",
    "TP_IAM_4 pass/own_policies_and_limits.tf": "as above",
    "TP_DST_2 fail/forgotten_by_opentofu.tf": "OpenTofu alone knows it",
    "TP_DST_2 pass/destroyed_by_opentofu.tf": "as above",
    "TP_LOG_2 fail/a_group_in_another_region.tf": "it configures providers of its own, which only a root module may",
    "TP_NET_1 fail/left_to_whoever_changes_it.tf": "a plan does not hold ignore_changes",
    "TP_OBS_1 fail/left_to_whoever_changes_it.tf": "as above",
    "TP_RUN_2 fail/left_to_whoever_changes_it.tf": "as above",
    "TP_VAL_2 fail/an_output_that_shows_it.tf": "a plan holds the outputs of its root module alone",
}
"""Examples that Terraform does not plan, or whose fault a plan does not hold, and why.

What has an unknown value cannot be planned at all.
"""
VALUES = {
    "TP_LOG_2 pass/by_name_or_by_choice.tf": {"environment_suffix": "dev"},
    "TP_VAL_2 pass/kept_elsewhere.tf": {"api_token": "given"},
    "TP_IAM_4 fail/however_the_arn_is_put_together.tf": {"unset": "AWSLambdaRole"},
}
"""Values of variables that have none."""


def plannable() -> list[tuple[Policy, Example]]:
    return [
        (policy, example)
        for policy in POLICIES
        for example in examples(policy)
        if example.kind != "unknown" and f"{policy.id} {example.name}" not in REFUSED
    ]


def module_name(policy: Policy, example: Example) -> str:
    return re.sub(r"\W", "_", f"{policy.id}_{example.name}").lower()


def by_resource(policy: Policy, stack: Stack) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in policy.judge(stack, policy.settings()):
        found.setdefault(finding.resource, set()).add(finding.verdict.value)
    return found


def contradictions(policy: Policy, source: Stack, plan: Stack) -> list[str]:
    told, again = by_resource(policy, source), by_resource(policy, plan)
    wrong = []
    for address in told.keys() | again.keys():
        first, second = told.get(address, set()), again.get(address, set())
        elsewhere = any("unknown" in verdicts for verdicts in again.values())
        if not second and (elsewhere or address == "removed"):
            continue  # what is known only after apply is told of another resource; what was never applied is not there
        if plan.unread and second == {"pass"}:
            continue  # a template that is known only after apply may hold what fails, and is UNKNOWN itself
        settled = second - {"unknown"}
        if first != second and not (("unknown" in second) and settled <= first):
            wrong.append(f"{policy.id} {address}: source says {sorted(first)}, plan says {sorted(second)}")
    return wrong


@pytest.fixture(scope="session")
def plan_of_examples(
    planned: Callable[..., dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("examples")
    calls = [PROVIDER]
    for policy, example in plannable():
        name = module_name(policy, example)
        if example.root.is_dir():
            shutil.copytree(example.root, root / name)
        else:
            (root / name).mkdir()
            shutil.copy(example.root, root / name / "main.tf")
        given = VALUES.get(f"{policy.id} {example.name}", {}).items()
        values = "".join(f'  {variable} = "{value}"\n' for variable, value in given)
        calls.append(f'module "{name}" {{\n  source = "./{name}"\n{values}}}\n')
    (root / "main.tf").write_text("\n".join(calls), encoding="utf-8")
    return planned(root)


def part(plan: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the plan of one module as if it were a root module."""
    prefix = f"module.{name}."

    def inside(module: dict[str, Any]) -> dict[str, Any]:
        moved = dict(module)
        if "address" in moved:
            moved["address"] = moved["address"].removeprefix(prefix).removeprefix(f"module.{name}")
        resources = [r | {"address": r["address"].removeprefix(prefix)} for r in module.get("resources", [])]
        children = [inside(child) for child in module.get("child_modules", [])]
        return moved | {"resources": resources, "child_modules": children}

    def values(whole: dict[str, Any]) -> dict[str, Any]:
        children = whole.get("root_module", {}).get("child_modules", [])
        return {"root_module": next((inside(c) for c in children if c["address"] == f"module.{name}"), {})}

    changes = [change for change in plan["resource_changes"] if change["address"].startswith(prefix)]
    return {
        "format_version": plan["format_version"],
        "planned_values": values(plan["planned_values"]),
        "prior_state": {"values": values(plan.get("prior_state", {}).get("values", {}))},
        "resource_changes": [c | {"address": c["address"].removeprefix(prefix)} for c in changes],
        "configuration": {"root_module": plan["configuration"]["root_module"]["module_calls"][name]["module"]},
    }


@pytest.mark.parametrize(
    ("policy", "example"),
    [pytest.param(policy, example, id=f"{policy.id}-{example.name}") for policy, example in plannable()],
)
def test_a_planned_example_gets_the_verdicts_of_its_source(
    policy: Policy, example: Example, plan_of_examples: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "root"
    if example.root.is_dir():
        shutil.copytree(example.root, folder)
    else:
        folder.mkdir()
        shutil.copy(example.root, folder)
    source = read(folder, variables=VALUES.get(f"{policy.id} {example.name}", {}))
    plan = stack_of(part(plan_of_examples, module_name(policy, example)), "plan.json")
    assert contradictions(policy, source, plan) == []


def test_most_of_the_verdicts_on_examples_are_settled_in_the_plan(
    plan_of_examples: dict[str, Any],
) -> None:
    settled = unknown = 0
    for policy, example in plannable():
        plan = stack_of(part(plan_of_examples, module_name(policy, example)), "plan.json")
        for verdicts in by_resource(policy, plan).values():
            settled += verdicts != {"unknown"}
            unknown += verdicts == {"unknown"}
    assert settled > 3 * unknown


def test_the_examples_that_cannot_be_planned_are_still_there() -> None:
    names = {f"{policy.id} {example.name}" for policy in POLICIES for example in examples(policy)}
    assert REFUSED.keys() <= names


def test_the_plan_of_the_stack_contradicts_its_source_nowhere(
    planned: Callable[..., dict[str, Any]], stack_folder: Path
) -> None:
    values = stack_folder / "environments" / "dev.tfvars"
    source = read(stack_folder, var_files=[values])
    plan = stack_of(planned(stack_folder, f"-var-file={values}"), "plan.json")
    assert {resource.address for resource in plan.resources()} == {resource.address for resource in source.resources()}
    assert [line for policy in POLICIES for line in contradictions(policy, source, plan)] == []
