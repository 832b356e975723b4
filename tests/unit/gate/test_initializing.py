"""Settings are written that fit a repository: its root modules, their variable files, their workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tapeproof import cli
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.settings import load_settings

QUEUE = 'resource "aws_sqs_queue" "a" {\n  name = "a"\n}\n'
VARIABLES = 'variable "size" {}\nvariable "zone" {\n  default = "a"\n}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path.parent / "cache"))
    return tmp_path


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_tf", ".tf"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def written() -> dict[str, dict[str, dict[str, object]]]:
    assert cli.main(["gate", "init"]) == 0
    assert load_settings(Path(), Documents()).profile == "aws-core"
    settings = yaml.safe_load(Path(".tapeproof.yaml").read_text())
    return {root: entry["environments"] for root, entry in (settings.get("roots") or {}).items()}


def test_each_variable_file_near_a_root_is_an_environment() -> None:
    write(app__main_tf=QUEUE + VARIABLES, app__env__dev_tfvars="size = 1", app__env__prod_tfvars="size = 2")
    assert written() == {
        "app": {"dev": {"var_files": ["app/env/dev.tfvars"]}, "prod": {"var_files": ["app/env/prod.tfvars"]}}
    }


def test_files_beside_the_root_and_shared_values_are_found() -> None:
    write(app__main_tf=QUEUE + VARIABLES, env__dev_tfvars="size = 1", env__common_tfvars='zone = "b"')
    assert written() == {"app": {"dev": {"var_files": ["env/common.tfvars", "env/dev.tfvars"]}}}


def test_files_that_set_what_a_root_does_not_declare_are_another_roots() -> None:
    write(app__main_tf=QUEUE + VARIABLES, db__main_tf=QUEUE + 'variable "rows" {}', env__dev_tfvars="rows = 1")
    assert written() == {"db": {"dev": {"var_files": ["env/dev.tfvars"]}}}


def test_what_terraform_reads_by_itself_and_what_is_hidden_is_no_environment() -> None:
    write(app__main_tf=QUEUE + VARIABLES, app__terraform_tfvars="size = 1", app__x="")
    write(**{"app/a.auto.tfvars": "size = 2", ".hidden/dev.tfvars": "size = 3"})
    assert written() == {}


def test_workspaces_that_decide_are_environments() -> None:
    text = QUEUE + 'locals {\n  a = terraform.workspace == "prod" ? 1 : "stage" != terraform.workspace ? 2 : 3\n}\n'
    write(app__main_tf=text)
    assert written() == {"app": {"prod": {"workspace": "prod"}, "stage": {"workspace": "stage"}}}


def test_a_workspace_in_a_comment_decides_nothing() -> None:
    write(app__main_tf=QUEUE + VARIABLES + '# terraform.workspace == "prod"\n', app__dev_tfvars="size = 1")
    assert written() == {"app": {"dev": {"var_files": ["app/dev.tfvars"]}}}


def test_what_has_no_value_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    write(app__main_tf=QUEUE + VARIABLES)
    assert written() == {}
    assert "app: no variable files; without a value: size" in capsys.readouterr().out


def test_names_that_yaml_reads_as_something_else_are_quoted() -> None:
    write(app__main_tf=QUEUE + VARIABLES)
    write(**{"app/no.tfvars": "size = 1", "app/1.tfvars": "size = 1", "app/a: b.tfvars": "size = 1"})
    assert written()["app"].keys() == {"no", "1", "a: b"}


def test_settings_that_are_there_stay(capsys: pytest.CaptureFixture[str]) -> None:
    write(app__main_tf=QUEUE)
    Path(".tapeproof.yaml").write_text("fail_on: high\n")
    assert cli.main(["gate", "init"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert Path(".tapeproof.yaml").read_text() == "fail_on: high\n"


def test_a_folder_without_terraform_gets_no_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gate", "init"]) == 2
    assert "there is no Terraform" in capsys.readouterr().err
    assert not Path(".tapeproof.yaml").exists()


def test_files_that_cannot_be_read_do_not_end_it() -> None:
    write(app__main_tf=QUEUE + VARIABLES, app__dev_tfvars="size = ", bad__main_tf="resource {")
    assert written() == {}
