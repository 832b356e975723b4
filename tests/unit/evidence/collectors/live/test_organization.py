from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tapeproof.account.asking import Account
from tapeproof.evidence.collection import Context, collect
from tapeproof.evidence.collectors.live.organization import OrganizationCollector
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.workspace import Workspace
from tests.unit.evidence.collecting import item_of
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path


def _collect(folder: Path) -> dict[str, Any]:
    account = Account(boto3.Session(), "us-east-1", "", "123456789012", {"who": "arn:x"}, simulated=False)
    workspace = Workspace(folder, Redactor(), Clock(lambda: NOW), "2026-11-23T09:30:00Z")
    context = Context(workspace, load_library(), folder, folder, {}, identity={"who": "a", "how": "b"})
    collect(context, [OrganizationCollector(account)])
    return item_of(folder, "live-organization")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a client made at run time
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        make: Any = boto3.client
        yield make("organizations", region_name="us-east-1")


def test_the_organisation_is_what_aws_says_it_is_and_no_person_is_named(aws: Any, tmp_path: Path) -> None:  # noqa: ANN401
    made = aws.create_organization(FeatureSet="ALL")["Organization"]
    item = _collect(tmp_path)
    assert item["source"]["organization"] == made["Id"]
    assert item["source"]["organization_unknown"] == ""
    assert made["MasterAccountEmail"] not in (tmp_path / "evidence/live-organization/raw/organization.json").read_text()


def test_an_account_of_no_organisation_is_said_to_be_of_none(aws: Any, tmp_path: Path) -> None:  # noqa: ANN401
    item = _collect(tmp_path)
    assert (item["status"], item["source"]["organization"]) == ("collected", "")
    assert item["source"]["organization_unknown"] == "the account belongs to none"


def test_a_refusal_costs_no_other_evidence_and_is_said(
    aws: Any,  # noqa: ANN401
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> Any:  # noqa: ANN401
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "DescribeOrganization")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", refuse)
    item = _collect(tmp_path)
    assert item["status"] == "collected"
    assert "AccessDeniedException" in item["source"]["organization_unknown"]
