"""The local stack is kept apart from an account's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.local.apartness import local_configuration, past_proxy, without_account

if TYPE_CHECKING:
    from pathlib import Path


def test_the_configuration_is_linked_without_what_belongs_to_an_account(tmp_path: Path) -> None:
    source = tmp_path / "stack"
    (source / "modules").mkdir(parents=True)
    (source / ".terraform").mkdir()
    kept = ["main.tf", "extra.tf.json", ".terraform.lock.hcl", "modules"]
    left = [
        "terraform.tfvars",
        "prod.auto.tfvars",
        "prod.auto.tfvars.json",
        "terraform.tfstate",
        "terraform.tfstate.backup",
    ]
    for name in (*kept[:3], *left):
        (source / name).write_text("")
    folder = local_configuration(source, tmp_path / "links")
    assert sorted(one.name for one in folder.iterdir()) == sorted([*kept, "local_backend_override.tf"])
    assert all((folder / name).is_symlink() for name in kept)
    assert 'backend "local"' in (folder / "local_backend_override.tf").read_text()


def test_whatever_was_there_is_replaced_and_never_followed(tmp_path: Path) -> None:
    source, folder = tmp_path / "stack", tmp_path / "links"
    source.mkdir()
    (source / "main.tf").write_text("first")
    local_configuration(source, folder)
    (folder / "stale.tf").write_text("")
    (source / "main.tf").write_text("second")
    local_configuration(source, folder)
    assert sorted(one.name for one in folder.iterdir()) == ["local_backend_override.tf", "main.tf"]
    assert (source / "main.tf").read_text() == "second"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "127.0.0.1"),
        ({"no_proxy": "a"}, "a,127.0.0.1"),
        ({"NO_PROXY": "a"}, "a,127.0.0.1"),
        ({"no_proxy": "", "NO_PROXY": "b"}, "b,127.0.0.1"),
        ({"no_proxy": "a", "NO_PROXY": "b"}, "a,127.0.0.1"),
    ],
)
def test_programs_are_led_past_a_proxy_in_both_spellings(environment: dict[str, str], expected: str) -> None:
    assert past_proxy(environment) == {"NO_PROXY": expected, "no_proxy": expected}


@pytest.mark.parametrize(
    "name",
    [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3", "TF_VAR_environment_suffix",
        "TF_CLI_ARGS", "TF_CLI_ARGS_apply", "TF_WORKSPACE", "TF_LOG",
    ],
)  # fmt: skip
def test_what_leads_to_an_account_does_not_reach_terraform(name: str) -> None:
    assert without_account({name: "x", "PATH": "/bin", "HTTPS_PROXY": "p"}) == {"PATH": "/bin", "HTTPS_PROXY": "p"}
