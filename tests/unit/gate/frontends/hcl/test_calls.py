"""Which modules on the same disk a file calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.hcl.calls import local_calls
from tapeproof.gate.frontends.hcl.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ('module "a" { source = "./x" }\nmodule "b" { source = "../y" }\n', ("./x", "../y")),
        ('module "a" { source = ".\\\\x" }\n', (".\\x",)),
        ('module "a" { source = "x/y/aws" }\nmodule "b" { source = ".hidden" }\n', ()),
        ('module "a" {}\nresource "r" "s" { source = "./x" }\n', ()),
        ('module "a" { source = local.where }\nlocals { where = "./x" }\n', ("./x",)),
        ('module "a" { source = var.where }\nvariable "where" { default = "./x" }\n', ("./x",)),
        ('module "a" { source = var.where }\nvariable "other" { default = "./x" }\n', ()),
        ('module "a" { source = "./${var.x}" }\nmodule "b" { source = 5 }\n', ()),
    ],
)
def test_a_call_by_path_is_found(text: str, calls: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    assert local_calls(tmp_path / "main.tf", Sources()) == calls


@pytest.mark.parametrize("text", ["module {", "\x00", ""])
def test_a_file_that_cannot_be_read_calls_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    assert local_calls(tmp_path / "main.tf", Sources()) == ()
    assert local_calls(tmp_path / "gone.tf", Sources()) == ()
