from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.redaction import Redaction, Redactor, secrets_of
from tests.unit.evidence.samples import Sample, _result

if TYPE_CHECKING:
    from pathlib import Path

KEY = "PRIVATE" + " KEY"
PLANTED = {
    "AWS access key id": "AKIAIOSFODNN7EXAMPLE",
    "AWS secret access key": "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab",
    "private key": f"-----BEGIN EC {KEY}-----\nMHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04f\n-----END EC {KEY}-----",
    "JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "access token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "API key": "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
    "credentials in a URL": "admin:hunter2hunter2",
    "bearer token": "mF_9.B5f-4.1JqMabcdefghijk",
    "environment": "correct-horse-battery-staple",
}
TEXT = "\n".join(
    [
        f"id = {PLANTED['AWS access key id']}",
        f"aws_secret_access_key = {PLANTED['AWS secret access key']}",
        PLANTED["private key"],
        f"jwt {PLANTED['JSON web token']}",
        f"token {PLANTED['access token']}",
        f"key {PLANTED['API key']}",
        f"https://{PLANTED['credentials in a URL']}@db.example/x",
        f"Authorization: Bearer {PLANTED['bearer token']}",
        f"logged {PLANTED['environment']} by mistake",
    ]
)


def _redactor() -> Redactor:
    return Redactor(
        secrets_of({"DATABASE_PASSWORD": PLANTED["environment"], "HOME": "/root", "PATH_TOKEN": "/usr/bin"})
    )


def test_every_kind_of_secret_is_taken_out_of_text_and_logged_with_its_line() -> None:
    log: list[Redaction] = []
    clean = _redactor().text(TEXT, "raw/x", log)
    assert [name for name, secret in PLANTED.items() if secret in clean] == []
    assert len(log) == len(PLANTED)
    assert {one.where for one in log} >= {"line 1", "line 2", "line 3"}


def test_a_secret_that_is_a_key_of_json_is_taken_out_and_no_member_is_lost() -> None:
    log: list[Redaction] = []
    keys = [f"a {PLANTED['environment']}", f"b {PLANTED['environment']}", f"a {PLANTED['access token']}", "plain"]
    clean = _redactor().json({"tags": {key: number for number, key in enumerate(keys)}}, "raw/x", log)
    assert [name for name, secret in PLANTED.items() if secret in json.dumps(clean)] == []
    assert sorted(clean["tags"].values()) == [0, 1, 2, 3]
    assert len(log) == 3


@pytest.mark.parametrize("name", ["password", "db_password", "SecretString", "api_key", "AuthToken", "private_key"])
def test_what_is_named_as_a_secret_is_taken_out_of_json(name: str) -> None:
    log: list[Redaction] = []
    clean = _redactor().json({"a": [{name: "s3cr3t-value"}]}, "raw/x", log)
    assert "s3cr3t" not in json.dumps(clean)
    assert [one.where for one in log] == [f"/a/0/{name}"]


@pytest.mark.parametrize(
    "text",
    [
        "secret_arn = aws_secretsmanager_secret.x.arn",
        'token = "${var.token}"',
        "KmsMasterKeyId",
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "https://git.example/market-data",
        "the password policy asks for length",
    ],
)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    log: list[Redaction] = []
    assert _redactor().text(text, "raw/x", log) == text
    assert log == []


def test_values_of_the_environment_are_found_by_the_names_that_hold_them() -> None:
    environment = {
        "MY_API_KEY": "abcdefgh-12345",
        "SHORT_TOKEN": "abc",
        "HOME": "/home/trader/longer",
        "TOKEN_FILE": "/run/token",
    }
    assert secrets_of(environment, ["session-token-value"]) == ("session-token-value", "abcdefgh-12345")


def test_secrets_planted_in_sources_plan_live_values_and_tests_are_nowhere_in_a_bundle(tmp_path: Path) -> None:
    sample = Sample()
    sample.secrets = (PLANTED["environment"],)
    sample.sources["stack/main.tf"] = TEXT.encode()
    sample.gate.append(_result("TP_VAL_2", "aws_lambda_function.x", verdict="fail", message=TEXT, observed=TEXT))
    sample.plan["aws_lambda_function.trade"]["environment"] = [
        {"variables": {"NOTE": TEXT, "password": "hunter2-hunter2"}}
    ]
    sample.live["lambda"]["aws_lambda_function.trade"]["Configuration"]["Description"] = TEXT
    failure = b'<testcase classname="a.b.c" name="d"><failure>%s</failure></testcase>' % TEXT.encode()
    sample.junit = b"<testsuites><testsuite>%s</testsuite></testsuites>" % failure
    bundle = sample.bundle(tmp_path / "run")
    secrets = [*PLANTED.values(), "hunter2-hunter2"]
    everything = {path: path.read_bytes() for path in bundle.folder.rglob("*") if path.is_file()}
    leaks = [(path.name, secret) for path, data in everything.items() for secret in secrets if secret.encode() in data]
    assert leaks == []
    items: list[dict[str, Any]] = [json.loads(data) for path, data in everything.items() if path.name == "item.json"]
    logged = {item["id"] for item in items if item["redactions"]}
    assert logged >= {"source-files", "source-gate", "plan-resources", "live-lambda", "tests-junit"}


def test_a_redacted_source_is_unknown_and_not_a_pass(tmp_path: Path) -> None:
    sample = Sample()
    sample.sources["stack/main.tf"] = TEXT.encode()
    bundle = sample.bundle(tmp_path / "run")
    status = next(one for one in bundle.assessment["policies"] if one["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["counts"] == {"pass": 1, "fail": 0, "unknown": 1, "waived": 0}
