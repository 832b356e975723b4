"""A project's own settings, found from below, and refused when they are not as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.environment import Environment
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "stack").mkdir()
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(text: str, folder: str = ".") -> Settings:
    Path(".tapeproof.yaml").write_text(text, encoding="utf-8")
    return load_settings(Path(folder), Documents())


def test_a_project_without_settings_has_the_defaults() -> None:
    assert load_settings(Path(), Documents()) == Settings()
    assert load("") == Settings(file=".tapeproof.yaml")


def test_each_of_a_roots_variable_files_is_an_environment_and_a_list_is_one() -> None:
    settings = load("roots: {stack: {var_files: [dev.tfvars, [base.tfvars, prod.tfvars]]}}")
    expected = (Environment((Path("dev.tfvars"),)), Environment((Path("base.tfvars"), Path("prod.tfvars"))))
    assert settings.environments_of(Path("stack")) == expected
    assert settings.environments_of(Path("./stack/../stack")) == expected
    assert settings.environments_of(Path("other")) == (Environment(),)


def test_settings_are_found_from_below_and_their_paths_lead_back(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".tapeproof.yaml").write_text(
        "exclude: [examples/*]\nroots: {stack: {var_files: [a.tfvars]}}", encoding="utf-8"
    )
    monkeypatch.chdir(project / "stack")
    settings = load_settings(Path(), Documents())
    assert settings.exclude == ("../examples/*",)
    assert settings.file == "../.tapeproof.yaml"
    assert settings.environments_of(Path()) == (Environment((Path("../a.tfvars"),)),)


def test_settings_above_the_repository_are_somebody_elses(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".tapeproof.yaml").write_text("fail_on: high", encoding="utf-8")
    (project / "stack" / ".git").mkdir()
    monkeypatch.chdir(project / "stack")
    assert load_settings(Path(), Documents()) == Settings()


def test_a_policy_is_off_with_a_reason_and_perhaps_some_paths() -> None:
    (everywhere, somewhere) = load(
        "off:\n- {policy: TP_A_1, reason: not ours}\n- {policy: TP_B_1, reason: old, paths: [legacy/*]}\n"
    ).off
    assert (everywhere.policy, everywhere.reason, everywhere.paths) == ("TP_A_1", "not ours", ())
    assert somewhere.paths == ("legacy/*",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[]", "must be a mapping"),
        ("nope: 1", "keys catalogs, exclude"),
        ("on: 1", "keys catalogs, exclude"),
        ("a: [", "cannot be read"),
        ("fail_on: huge", "fail_on: expected one of low, medium, high, critical, got 'huge'"),
        ("exclude: examples/*", "exclude: expected a list, got 'examples/\\*'"),
        ("off: TP_A_1", "off: expected a list"),
        ("off: [TP_A_1]", "each entry of off takes policy, reason"),
        ("off: [{policy: TP_A_1}]", "each entry of off takes policy, reason"),
        ("off: [{policy: TP_A_1, reason: ' '}]", "off TP_A_1: expected a reason"),
        ("off: [{policy: TP_A_1, reason: x, paths: y}]", "a list of paths"),
        ("roots: [stack]", "items"),
        ("roots: {stack: [a.tfvars]}", "each of the roots takes var_files, a list"),
        ("roots: {stack: {var_files: a.tfvars}}", "each of the roots takes var_files, a list"),
        ("roots: {gone: {var_files: [a.tfvars]}}", "there is no folder gone"),
        ("parameters: {TP_A_1: 5}", "TP_A_1: expected names and values, got 5"),
        ("parameters: [TP_A_1]", "expected policies and their parameters"),
        ("exclude: [1]", "expected a path or a pattern of paths, got 1"),
        ("overrides: {TP_A_1: {a: 1}}", "overrides: expected a list"),
        ("overrides: [{policy: TP_A_1, parameters: {a: 1}, paths: [x]}]", "takes policy, parameters, paths and reason"),
        ("overrides: [{policy: TP_A_1, parameters: {a: 1}, paths: [], reason: x}]", "expected paths"),
        ("overrides: [{policy: TP_A_1, parameters: {}, paths: [x], reason: x}]", "a mapping of at least one"),
        ("overrides: [{policy: TP_A_1, parameters: {a: 1}, paths: [x], reason: ' '}]", "expected a reason"),
        ("overrides: [{policy: TP_A_1, parameters: {a: 1}, paths: [''], reason: x}]", "a pattern of paths, got ''"),
    ],
)
def test_settings_that_are_not_as_they_should_be_are_told_with_their_path(text: str, why: str) -> None:
    with pytest.raises(CannotJudgeError, match=why) as raised:
        load(text)
    assert ".tapeproof.yaml" in str(raised.value)


def test_settings_that_are_a_link_out_of_the_project_are_not_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "x.yaml"
    elsewhere.write_text("fail_on: critical", encoding="utf-8")
    Path(".tapeproof.yaml").symlink_to(elsewhere)
    with pytest.raises(CannotJudgeError, match="outside the repository"):
        load_settings(Path(), Documents())
