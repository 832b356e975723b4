"""What AWS SAM makes of a state machine; the role was held against aws-sam-translator 1.115.0."""

from __future__ import annotations

from typing import Any

from tapeproof.gate.engine.model import NOWHERE, Known, Stack
from tapeproof.gate.frontends.embedded.serverless.machines import made_of_machine
from tapeproof.gate.frontends.embedded.serverless.making import value
from tapeproof.gate.frontends.embedded.templates import read_template


def made(text: str) -> tuple[dict[str, Any], list[str]]:
    found, strange = made_of_machine("M", read_template(Stack(root="", front_end=""), Known(text)))
    return {name: value(one, NOWHERE).plain() for name, one in found.items()}, strange


def test_a_machine_gets_a_role_of_its_own_with_its_policies() -> None:
    found, strange = made("{Policies: [AdministratorAccess], Tracing: {Enabled: true}}")
    role = found["MRole"]["Properties"]
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": ["states.amazonaws.com"]}
    assert sorted(role["ManagedPolicyArns"]) == [
        "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
        "arn:aws:iam::aws:policy/AdministratorAccess",
    ]
    assert found["M"]["Properties"]["RoleArn"] == {"Fn::GetAtt": ["MRole", "Arn"]}
    assert strange == []


def test_a_machine_with_a_role_makes_none() -> None:
    found, _ = made("{Role: r, Name: m}")
    assert set(found) == {"M"}
    assert found["M"]["Properties"] == {"StateMachineName": "m", "RoleArn": "r"}


def test_substitutions_are_put_into_the_texts_that_name_them() -> None:
    found, _ = made('{Role: r, Definition: {A: ["${F}", 5, plain]}, DefinitionSubstitutions: {F: f}}')
    definition = found["M"]["Properties"]["DefinitionString"]
    assert definition == {"A": [{"Fn::Sub": ["${F}", {"F": "f"}]}, 5, "plain"]}


def test_what_makes_something_else_is_told() -> None:
    assert made("{Role: r, DefinitionUri: u, Events: {}}")[1] == ["its property DefinitionUri", "its property Events"]
