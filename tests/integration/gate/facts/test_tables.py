"""The tables of facts are what their sources say, and nothing that may matter is without a class."""

from __future__ import annotations

import csv
import importlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

Schemas = dict[str, dict[str, Any]]
FACTS = PROJECT / "policies" / "facts"
NEWER = json.loads((Path(__file__).parent / "candidates_6.json").read_text(encoding="utf-8"))
CLASSES = {
    "policy_attributes_6": ("holds", {"identity", "resource", "key", "trust", "limit", "none"}),
    "policy_attachments_6": ("effect", {"grants", "limits", "names", "none"}),
    "policy_attributes": ("holds", {"identity", "resource", "key", "trust", "limit", "none"}),
    "policy_attachments": ("effect", {"grants", "limits", "names", "none"}),
    "name_scopes": ("scope", {"account", "none"}),
}


def rows(table: str) -> list[dict[str, str]]:
    lines = (FACTS / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def pairs(table: str) -> set[tuple[str, str]]:
    return {(row["resource_type"], row["attribute"]) for row in rows(table)}


@pytest.fixture(scope="session")
def settable(schemas: Schemas) -> set[tuple[str, str]]:
    provider = importlib.import_module("provider")
    return {
        (type_, attribute.path)
        for type_, block in schemas["resource"].items()
        for attribute in provider.attributes_of(block)
        if attribute.settable
    }


def test_the_tables_made_from_the_providers_schema_are_up_to_date(scripts: ModuleType, schemas: Schemas) -> None:
    for name, text in scripts.tables_of_types(schemas).items():
        assert (FACTS / name).read_text(encoding="utf-8") == text, f"{name} is out of date: run .ci/generate-facts"


def test_the_tables_made_from_the_service_authorization_reference_are_up_to_date(scripts: ModuleType) -> None:
    for name, text in scripts.tables_of_actions().items():
        assert (FACTS / name).read_text(encoding="utf-8") == text, f"{name} is out of date: run .ci/generate-facts"


def test_the_version_that_the_tables_are_made_from_is_the_one_that_is_locked(scripts: ModuleType) -> None:
    lock = (PROJECT / "stack" / ".terraform.lock.hcl").read_text(encoding="utf-8")
    locked = re.search(r'hashicorp/aws" \{\s+version\s+= "([^"]+)"', lock)
    assert locked is not None
    assert locked[1] == importlib.import_module("provider").PROVIDER_VERSION


@pytest.mark.parametrize(
    ("candidates", "tables"),
    [
        ("policy_attributes", ["policy_attributes"]),
        ("attachments", ["policy_attachments"]),
        ("invokers", ["invokers", "not_invokers"]),
        ("keepers", ["kept_on_destroy", "not_kept_on_destroy"]),
        ("regions", ["regions"]),
    ],
)
def test_every_candidate_has_a_class(scripts: ModuleType, schemas: Schemas, candidates: str, tables: list[str]) -> None:
    found = getattr(importlib.import_module("candidates"), candidates)(schemas)
    classified = set[tuple[str, str]]().union(*map(pairs, tables))
    anywhere = {attribute for type_, attribute in classified if type_ == "*"}
    missing = sorted(pair for pair in found - classified if pair[1] not in anywhere)
    assert not missing, "classify these by hand, each with a source"


@pytest.mark.parametrize(
    ("candidates", "tables"),
    [
        ("policy_attributes", ["policy_attributes_6"]),
        ("attachments", ["policy_attachments_6"]),
        ("invokers", ["invokers_6", "not_invokers_6"]),
        ("keepers", ["kept_on_destroy_6", "not_kept_on_destroy_6"]),
    ],
)
def test_every_candidate_of_a_newer_provider_has_one_class(candidates: str, tables: list[str]) -> None:
    found = [tuple(pair) for pair in NEWER[candidates]]
    assert sorted(pair for table in tables for pair in pairs(table)) == found


def test_every_region_of_a_newer_provider_has_a_class() -> None:
    assert {tuple(pair) for pair in NEWER["regions"]} <= pairs("regions")


def test_no_class_is_given_to_what_the_provider_does_not_have(settable: set[tuple[str, str]], schemas: Schemas) -> None:
    candidates = importlib.import_module("candidates")
    readable = candidates.policy_attributes(schemas)  # a few of those only AWS writes
    names = {attribute for _, attribute in settable}
    for table in ("policy_attributes", "policy_attachments", "kept_on_destroy", "not_kept_on_destroy"):
        for type_, attribute in pairs(table):
            known = (type_, attribute) in settable | readable if type_ != "*" else attribute in names
            assert known, f"{table}: {type_} has no {attribute}"


def test_no_setting_is_said_both_to_keep_something_and_not() -> None:
    assert not pairs("kept_on_destroy") & pairs("not_kept_on_destroy")
    assert not pairs("kept_on_destroy_6") & pairs("not_kept_on_destroy_6")


def test_every_type_of_name_that_is_classified_has_a_naming_attribute() -> None:
    assert {row["resource_type"] for row in rows("name_scopes")} <= {
        row["resource_type"] for table in ("named_types", "named_types_6") for row in rows(table)
    }


@pytest.mark.parametrize(("table", "column", "classes"), [(name, *rest) for name, rest in CLASSES.items()])
def test_a_class_is_one_of_those_that_rules_know_and_has_a_source(table: str, column: str, classes: set[str]) -> None:
    for row in rows(table):
        assert row[column] in classes, row
        assert row.get("source") or row.get("reason"), row


def every_row(table: str) -> Iterator[tuple[str, ...]]:
    return (tuple(row.values()) for row in rows(table))


@pytest.mark.parametrize("table", sorted(path.stem for path in FACTS.glob("*.csv")))
def test_no_table_says_anything_twice(table: str) -> None:
    listed = list(every_row(table))
    assert listed
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("service", "action", "types"),
    [
        # Service Authorization Reference, one line each
        ("dynamodb", "PutItem", "table"),
        ("xray", "PutTraceSegments", ""),
        ("kms", "GenerateRandom", ""),
        ("sqs", "SendMessage", "queue"),
        ("logs", "DescribeLogGroups", ""),
        ("s3", "ListAllMyBuckets", ""),
        ("states", "StartExecution", "statemachine"),
    ],
)
def test_an_action_takes_the_resource_types_that_aws_says(service: str, action: str, types: str) -> None:
    found = [row for row in rows("actions") if row["service"] == service and action in row["actions"].split()]
    assert [row["resource_types"] for row in found] == [types]


@pytest.mark.parametrize(
    ("mode", "type_", "attribute"),
    [
        ("resource", "aws_db_instance", "password"),
        ("resource", "aws_iam_access_key", "secret"),
        ("data", "aws_secretsmanager_secret_version", "secret_string"),
        ("ephemeral", "aws_ssm_parameter", "value"),
        ("resource", "aws_alb_listener", "default_action.authenticate_oidc.client_secret"),
    ],
)
def test_an_attribute_that_the_provider_hides_is_in_the_table(mode: str, type_: str, attribute: str) -> None:
    hidden = {(row["mode"], row["type"]): row["attributes"].split() for row in rows("sensitive")}
    assert attribute in hidden[mode, type_]
