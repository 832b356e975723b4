"""Whether an installed module is the one that is asked for."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl.installed import find_difference


@pytest.mark.parametrize(
    ("had", "source"),
    [
        ("registry.terraform.io/acme/log/aws", "acme/log/aws"),
        ("registry.opentofu.org/acme/log/aws//modules/group", "acme/log/aws//modules/group"),
        ("acme/log/aws", "registry.terraform.io/acme/log/aws"),
        ("git::https://github.com/acme/log.git", "github.com/acme/log"),
        ("git::https://github.com/acme/log.git//group?ref=v1", "github.com/acme/log//group?ref=v1"),
        ("git::ssh://git@github.com/acme/log.git", "git@github.com:acme/log.git"),
        ("git::https://example.com/log.git?ref=v1&depth=1", "git::https://example.com/log.git?depth=1&ref=v1"),
        ("s3::https://s3-eu-west-1.amazonaws.com/b/m.zip", "b.s3-eu-west-1.amazonaws.com/m.zip"),
        ("", "acme/log/aws"),
    ],
)
def test_one_source_is_written_in_many_ways(had: str, source: str) -> None:
    assert find_difference({"Key": "m", "Source": had}, source, "") == ""


@pytest.mark.parametrize(
    ("had", "source"),
    [
        ("registry.terraform.io/acme/log/aws", "other/log/aws"),
        ("registry.terraform.io/acme/log/aws", "acme/log/aws//modules/group"),
        ("git::https://example.com/log.git?ref=v1", "git::https://example.com/log.git?ref=v2"),
        ("git::https://example.com/log.git", "acme/log/aws"),
        ("./log", "acme/log/aws"),
    ],
)
def test_another_source_is_told(had: str, source: str) -> None:
    assert find_difference({"Source": had}, source, "") == f"what is installed came from {had!r}"


@pytest.mark.parametrize(
    ("version", "installed", "fits"),
    [
        ("5.7.0", "5.7.0", True),
        ("= 5.7", "5.7.0", True),
        ("~> 5.7", "5.9.1", True),
        ("~> 5.7.1", "5.7.9", True),
        (">= 5.0, < 6.0", "5.9.1", True),
        ("~> 5", "6.0.0", True),
        ("~> 7", "6.0.0", False),
        ("~> 5.7", "6.0.0", False),
        ("~> 5.7.1", "5.8.0", False),
        ("~> 5.7", "5.6.0", False),
        ("5.7.0", "5.7.1", False),
        ("!= 5.7.0", "5.7.0", False),
        (">= 5.0, < 5.9", "5.9.1", False),
        ("> 5.9.1", "5.9.1", False),
        ("<= 5.9", "5.9.1", False),
        ("5.7.0-beta1", "5.7.0", True),
        ("5.7.0", "", True),
        ("", "5.7.0", True),
    ],
)
def test_a_version_meets_its_constraints(version: str, installed: str, *, fits: bool) -> None:
    told = find_difference({"Version": installed}, "acme/log/aws", version)
    assert (told == "") is fits
