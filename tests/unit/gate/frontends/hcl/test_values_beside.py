"""Variable files that nothing gives here."""

from __future__ import annotations

from pathlib import Path

from tapeproof.gate.frontends.hcl.reader import read


def literals(root: Path) -> set[tuple[str, str]]:
    told = (one for one in read(root).literals if one.block == "tfvars")
    return {(Path(one.span.file).relative_to(root).as_posix(), one.text) for one in told}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def test_files_in_the_folder_and_in_folders_that_are_no_modules_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "main.tf": 'variable "a" {}',
            "terraform.tfvars": 'a = "given"',
            "prod.tfvars": 'a = "beside"',
            "env/dev.tfvars": 'a = "below"',
            "env/dev.tfvars.json": '{"a": "json"}',
            "module/main.tf": 'variable "a" {}',
            "module/x.tfvars": 'a = "of a module"',
            "env/deeper/still/x.tfvars": 'a = "deeper"',
            "env/root/main.tf": 'variable "a" {}',
            "env/root/live/x.tfvars": 'a = "of another root"',
            "env/node_modules/x.tfvars": 'a = "of a package"',
            "a/b/c/d/e/x.tfvars": 'a = "too deep"',
            ".hidden/x.tfvars": 'a = "hidden"',
        },
    )
    assert literals(tmp_path) == {
        ("terraform.tfvars", "given"),
        ("prod.tfvars", "beside"),
        ("env/dev.tfvars", "below"),
        ("env/dev.tfvars.json", "json"),
        ("env/deeper/still/x.tfvars", "deeper"),
    }


def test_they_set_nothing_and_one_that_cannot_be_read_stops_nobody(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'variable "a" {}', "prod.tfvars": 'a = "beside"', "bad.tfvars": "a = ["})
    (variable,) = read(tmp_path).variables
    assert not variable.value.known
    assert literals(tmp_path) == {("prod.tfvars", "beside")}
