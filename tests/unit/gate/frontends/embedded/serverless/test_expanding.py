"""What AWS SAM makes of a template is what its own transform makes of it, as far as policies read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tapeproof.gate.engine.model import Known, Stack
from tapeproof.gate.frontends.embedded.serverless.expanding import expand_template
from tapeproof.gate.frontends.embedded.templates import read_template

HERE = Path(__file__).parent
GIVEN = {"TopicArn": "arn:aws:sns:us-east-1:1:t"}
"""The transform puts parameters in; here CloudFormation's own part does it afterwards."""
NOT_MADE = {
    "FURLInvokeAllowPublicAccess": "the URL says that it is open",
    "FUrlPublicPermissions": "the URL says that it is open",
    "GVersion8529c22dc1": "no policy reads versions",
    "ServerlessHttpApi": "nobody chose anything of it",
    "ServerlessHttpApiApiGatewayDefaultStage": "no policy reads stages",
    "ServerlessRestApi": "nobody chose anything of it",
    "ServerlessRestApiDeploymentc5de3484bb": "no policy reads deployments",
    "ServerlessRestApiProdStage": "no policy reads stages",
}
CALLED_OTHERWISE = {"Y": "Yd1a60168b9", "FAPermission": "FAPermissionProd"}
ONLY_HERE = {"FAIntegration", "FHIntegration"}
"""That an API waits for the function stands in the API's definition there."""
SPELT_OTHERWISE = {"Id", "PolicyName", "SourceArn", "SkipDestroy", "Type", "Event"}


def expanded(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    template = read_template(Stack(root="", front_end=""), Known(text))
    made = expand_template(template)
    resources: dict[str, Any] = made.template.entry("Resources").plain()  # type: ignore[assignment] # an object
    return resources, made.left


def normal(part: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of a template in one of the spellings that mean the same."""
    if isinstance(part, list):
        return sorted(map(normal, part), key=str)
    if not isinstance(part, dict):
        return part.lower() if part == "sns:publish" else part
    if set(part) == {"Ref"}:
        return GIVEN.get(part["Ref"], part)
    if set(part) == {"Fn::GetAtt"} and isinstance(part["Fn::GetAtt"], str):
        return {"Fn::GetAtt": sorted(part["Fn::GetAtt"].split("."))}
    kept = {name: normal(inner) for name, inner in part.items() if name not in SPELT_OTHERWISE}
    return {name: inner for name, inner in kept.items() if name != "Version" and inner != []}


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    found, left = expanded((HERE / "template.yaml").read_text(encoding="utf-8"))
    assert left == ()
    return found


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((HERE / "transformed.json").read_text(encoding="utf-8"))["resources"]
    return read


def test_the_same_resources_are_made(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    made = {CALLED_OTHERWISE.get(name, name): one["Type"] for name, one in ours.items() if name not in ONLY_HERE}
    assert made == {name: one["Type"] for name, one in theirs.items() if name not in NOT_MADE}


def test_they_have_the_same_properties(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    for name in set(ours) - ONLY_HERE:
        there = theirs[CALLED_OTHERWISE.get(name, name)].get("Properties", {})
        for called, written in ours[name].get("Properties", {}).items():
            if called not in {"Policies", *SPELT_OTHERWISE}:
                assert normal(written) == normal(there[called]), f"{name}.{called}"


def test_the_role_has_the_same_policies(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    def allowed(policies: list[Any]) -> set[tuple[str, ...]]:
        statements = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]
        actions = (one["Action"] if isinstance(one["Action"], list) else [one["Action"]] for one in statements)
        return {tuple(action.lower() for action in listed) for listed in actions}

    assert allowed(ours["FRole"]["Properties"]["Policies"]) == allowed(theirs["FRole"]["Properties"]["Policies"])


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        ("{Type: AWS::Serverless::Connector}", "it is AWS::Serverless::Connector"),
        (
            "{Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: u}}",
            "its property DefinitionUri",
        ),
        ("{Type: AWS::Serverless::StateMachine, Properties: {Role: r, Events: {}}}", "its property Events"),
        ("{Type: AWS::Serverless::Function, Properties: {Role: r, Connectors: {}}}", "its property Connectors"),
        ("{Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: !Ref A}}", "its property AutoPublishAlias"),
        ("{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Cognito}}}}", "its event Cognito"),
        ("{Type: AWS::Serverless::Function, Properties: {Events: {E: {}}}}", "its event of no type"),
        ("{Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: SNS, Properties: *}}}}", "its event SNS"),
        ("{Type: AWS::Serverless::Api, Properties: {Auth: {}}}", "its property Auth"),
    ],
)
def test_what_is_not_known_here_is_told(declared: str, why: str) -> None:
    _, left = expanded("Resources:\n  X: " + declared.replace("*", "{Topic: t, SqsSubscription: true}"))
    assert left == (f"what AWS SAM makes of X is not known here: {why}",)


def test_a_condition_holds_for_everything_that_is_made() -> None:
    made, _ = expanded("Resources:\n  X: {Type: AWS::Serverless::Function, Condition: C}")
    assert {one["Condition"] for one in made.values()} == {"C"}
    assert set(made) == {"X", "XRole"}


def test_other_types_stay_as_they_are() -> None:
    made, left = expanded("Resources:\n  Q: {Type: AWS::SQS::Queue, DependsOn: [X]}")
    assert (made, left) == ({"Q": {"Type": "AWS::SQS::Queue", "DependsOn": ["X"]}}, ())


def test_a_policy_template_that_is_not_known_leaves_the_role_unknown() -> None:
    template = read_template(
        Stack(root="", front_end=""),
        Known("Resources:\n  X: {Type: AWS::Serverless::Function, Properties: {Policies: [{NewestPolicy: {}}]}}"),
    )
    role = expand_template(template).template.entry("Resources").entry("XRole").entry("Properties")
    (policy,) = role.entry("Policies").elements()
    assert "NewestPolicy" in policy.entry("PolicyDocument").why
