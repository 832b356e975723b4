from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.assemble import AssemblyError, _Assembly, verifier_source

if TYPE_CHECKING:
    from tapeproof.evidence.bundle.writing import Bundle

PYTHONS = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))


OLDEST = (3, 9)


def test_the_travelling_file_is_of_an_old_python_and_of_the_standard_library_alone() -> None:
    tree = ast.parse(verifier_source(), feature_version=OLDEST)
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported - sys.stdlib_module_names - {"__future__"} == set()
    assert "compliance" not in imported


@pytest.mark.parametrize("python", [sys.executable, *map(str, PYTHONS)])
def test_the_travelling_file_verifies_alone_on_every_python_at_hand(
    bundle: Bundle, tmp_path: Path, python: str
) -> None:
    version = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    shutil.copy(bundle.zip, tmp_path / "bundle.zip")
    shutil.copy(bundle.folder / "verify.py", tmp_path / "verify.py")
    command = [python, "-I", "verify.py", "bundle.zip", "--fingerprint", bundle.fingerprint]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, check=False)
    number = tuple(map(int, version.stdout.split()))
    if number < OLDEST:
        assert done.returncode != 0
        assert number < (3, 8) or (done.returncode, done.stderr) == (5, b"error: Python 3.9 or later is needed\n")
    else:
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"VERIFIED" in done.stdout


def test_two_sections_that_define_one_name_are_refused() -> None:
    assembly = _Assembly()
    assembly.add("tapeproof.log.merkle")
    assembly.owners["Finding"] = "elsewhere"
    with pytest.raises(AssemblyError, match="both elsewhere and"):
        assembly.add("tapeproof.evidence.verifier.findings")


def test_a_section_above_what_it_uses_is_refused() -> None:
    with pytest.raises(AssemblyError, match="not above it"):
        _Assembly().add("tapeproof.evidence.verifier.keys")
