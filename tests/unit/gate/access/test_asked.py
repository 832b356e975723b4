"""The stack a question about access is asked of."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.gate.access.asked import Source, read_both, read_stack
from tapeproof.gate.access.callers import find_callers
from tapeproof.gate.access.wording import say_conditions
from tapeproof.gate.engine.errors import GateError, RootError
from tapeproof.gate.frontends.live import read as read_account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUEUE = 'variable "name" {}\nresource "aws_sqs_queue" "q" {\n  name = var.name\n}\n'


def _root(folder: Path) -> Path:
    root = folder / "infra"
    root.mkdir()
    (root / "main.tf").write_text(QUEUE, encoding="utf-8")
    (root / "dev.tfvars").write_text('name = "jobs-dev"\n', encoding="utf-8")
    return root


def _name(source: Source) -> str:
    (queue,) = read_stack(source).resources("aws_sqs_queue")
    return queue["name"].text()


def test_a_root_is_read_with_the_variables_that_are_named(tmp_path: Path) -> None:
    root = _root(tmp_path)
    assert _name(Source(root, var_files=(root / "dev.tfvars",))) == "jobs-dev"
    assert _name(Source(root, variables={"name": "other"})) == "other"


def test_a_plan_is_read_in_place_of_the_root(tmp_path: Path) -> None:
    values = {"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q"}
    plan = tmp_path / "plan.json"
    module = {"resources": [{**values, "values": {"name": "planned"}}]}
    planned = {"planned_values": {"root_module": module}, "configuration": {"root_module": {}}}
    whole = {"format_version": "1.2", **planned, "resource_changes": []}
    plan.write_text(json.dumps(whole), encoding="utf-8")
    assert _name(Source(tmp_path / "none", plan=plan)) == "planned"


@pytest.mark.parametrize("read", [read_stack, lambda source: read_both(source, "HEAD")])
def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, read: object) -> None:
    assert callable(read)
    with pytest.raises(RootError, match="there is no such folder; name the folder of a root module"):
        read(Source(tmp_path / "none"))


def _commit(folder: Path) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_a_root_that_was_not_there_yet_held_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing yet\n", encoding="utf-8")
    _commit(tmp_path)
    before, after = read_both(Source(_root(tmp_path), variables={"name": "q"}), "HEAD")
    assert (list(before.resources()), [one.address for one in after.resources()]) == ([], ["aws_sqs_queue.q"])


def test_a_base_that_cannot_be_read_is_named_by_its_place_in_the_repository(tmp_path: Path) -> None:
    root = _root(tmp_path)
    (root / "main.tf").write_text(QUEUE + "resource {", encoding="utf-8")
    _commit(tmp_path)
    (root / "main.tf").write_text(QUEUE, encoding="utf-8")
    with pytest.raises(GateError) as refused:
        read_both(Source(root), "HEAD")
    assert f"{root / 'main.tf'} at HEAD, line 5" in str(refused.value)


def test_both_sides_are_read_with_the_variables_of_today(tmp_path: Path) -> None:
    root = _root(tmp_path)
    _commit(tmp_path)
    (root / "dev.tfvars").write_text('name = "today"\n', encoding="utf-8")
    (root / "main.tf").write_text(QUEUE + '\nresource "aws_sqs_queue" "new" {}\n', encoding="utf-8")
    before, after = read_both(Source(root, var_files=(root / "dev.tfvars",)), "HEAD")
    assert [one.address for one in before.resources("aws_sqs_queue")] == ["aws_sqs_queue.q"]
    assert [one.address for one in after.resources("aws_sqs_queue")] == ["aws_sqs_queue.q", "aws_sqs_queue.new"]
    assert {one["name"].text() for stack in (before, after) for one in stack.resources() if "name" in one} == {"today"}


def test_a_plan_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("[]", encoding="utf-8")
    with pytest.raises(GateError, match=r"plan\.json"):
        read_stack(Source(plan=tmp_path / "plan.json"))


def _document(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _allow(action: str, resource: str = "*", **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


FAR = "arn:aws:iam::444455556666:role/far"
TRUST = _document({"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"})


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return a session of boto3 on an account that is made up."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield boto3.Session()


def _make_identities(session: Any) -> None:  # noqa: ANN401 - boto3 is untyped
    iam = session.client("iam")
    fence = iam.create_policy(PolicyName="fence", PolicyDocument=_document(_allow("sqs:ReceiveMessage")))["Policy"][
        "Arn"
    ]
    for name, boundary in (("free", {}), ("fenced", {"PermissionsBoundary": fence})):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST, **boundary)
        iam.put_role_policy(RoleName=name, PolicyName="send", PolicyDocument=_document(_allow("sqs:SendMessage")))
    iam.create_user(UserName="mara")
    iam.create_group(GroupName="desk")
    iam.put_group_policy(GroupName="desk", PolicyName="send", PolicyDocument=_document(_allow("sqs:SendMessage")))
    iam.add_user_to_group(GroupName="desk", UserName="mara")


def _make_resources(session: Any) -> str:  # noqa: ANN401 - boto3 is untyped
    far = {"Effect": "Allow", "Principal": {"AWS": FAR}, "Action": "sqs:SendMessage", "Resource": "*"}
    session.client("sqs").create_queue(QueueName="jobs", Attributes={"Policy": _document(far)})
    kms = session.client("kms")
    key = kms.create_key()["KeyMetadata"]
    constraints = {"EncryptionContextEquals": {"desk": "one"}}
    kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=FAR, Operations=["Decrypt"], Constraints=constraints)
    return str(key["Arn"])


def test_an_account_is_asked_as_a_root_is(account: Any) -> None:  # noqa: ANN401 - boto3 is untyped
    _make_identities(account)
    key = _make_resources(account)
    stack = read_account(session=account, region="us-east-1")
    (queue,) = stack.resources("aws_sqs_queue")
    found = {caller.name: caller.decision for caller in find_callers(stack, "sqs:SendMessage", queue.address)}
    number = "arn:aws:iam::123456789012"
    assert {name: one.answer.value for name, one in found.items()} == {
        f"{number}:role/free": "ALLOWED",
        f"{number}:user/mara": "ALLOWED",
        FAR: "ALLOWED",
    }
    (granted,) = find_callers(stack, "kms:Decrypt", key)
    assert (granted.name, say_conditions(granted.decision.when, {})) == (FAR, ["kms:EncryptionContext:desk is one"])
