"""The zip that every function runs."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import tapeproof
from tapeproof.local import package
from tapeproof.local.bytecode import bytecode_path, compile_source
from tapeproof.local.errors import PackagingError
from tests.imports import modules, runtime_imports_of
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> package.BuiltZip:
    return package.build_zip(tmp_path_factory.mktemp("zip") / "lambda.zip")


def test_two_builds_are_the_same_bytes_also_when_the_sources_are_newer(built: package.BuiltZip, tmp_path: Path) -> None:
    scratch = tmp_path / "copy"
    for name in ("lambda", "tapeproof", "build"):
        shutil.copytree(PROJECT / name, scratch / name, ignore=shutil.ignore_patterns("*.zip", "__pycache__"))
    for name in ("pyproject.toml", "uv.lock", "README.md", ".python-version"):
        shutil.copy(PROJECT / name, scratch / name)
    (scratch / ".tools").symlink_to(PROJECT / ".tools")
    for source in scratch.rglob("*.py"):
        os.utime(source)
    again = package.build_zip(tmp_path / "again.zip", project=scratch)
    assert again.sha256 == built.sha256 == hashlib.sha256(again.path.read_bytes()).hexdigest()


def test_the_zip_holds_modules_and_licences_but_no_tests_caches_or_links(built: package.BuiltZip) -> None:
    with zipfile.ZipFile(built.path) as archive:
        names = archive.namelist()
        assert {info.external_attr for info in archive.infolist()} == {0o100644 << 16}
    assert {"handlers/__init__.py", "tapeproof/market/__init__.py", "tapeproof/log/__init__.py", "build.json"} <= set(
        names
    )
    assert names == sorted(names)
    unwanted = {"tests", "test", "examples"}
    assert not [name for name in names if unwanted & set(name.split("/")) or name.endswith(".pyi")]
    assert [name for name in names if "LICENSE" in name.upper()]


def test_every_module_has_its_bytecode_and_nothing_else_has(built: package.BuiltZip) -> None:
    with zipfile.ZipFile(built.path) as archive:
        names = set(archive.namelist())
        sources = {name for name in names if name.endswith(".py")}
        compiled = {name for name in names if "__pycache__" in name.split("/")}
        assert compiled == {bytecode_path(name) for name in sources}
        for name in sorted(sources)[::40]:
            assert archive.read(bytecode_path(name)) == compile_source(name, archive.read(name))


def test_the_build_record_names_the_version_and_a_digest_anyone_can_recompute(built: package.BuiltZip) -> None:
    with zipfile.ZipFile(built.path) as archive:
        record = json.loads(archive.read(package.BUILD_RECORD))
        rest = sorted(name for name in archive.namelist() if name != package.BUILD_RECORD)
        lines = [f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}\n" for name in rest]
    assert record["contents_sha256"] == hashlib.sha256("".join(lines).encode()).hexdigest() == built.contents_sha256
    assert record["version"] == tapeproof.__version__


def test_the_code_in_the_zip_runs_with_nothing_else_on_the_path(built: package.BuiltZip, tmp_path: Path) -> None:
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(tmp_path)
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import boto3, aws_lambda_powertools\n"
        "for name in sys.argv[2:]: boto3.client(name, region_name='us-east-1')\n"
        "print(boto3.__file__)"
    )
    command = [sys.executable, "-I", "-S", "-c", script, str(tmp_path), *sorted(package.AWS_SERVICES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))


def test_the_list_of_modules_is_what_the_handlers_import_and_every_venue() -> None:
    known = modules()
    needed = {name for name in known if name.startswith(("handlers", "tapeproof.market.venues."))}
    while more := {one for name in needed for one in _with_parents(runtime_imports_of(known[name], known))} - needed:
        needed |= more
    roots = {"handlers": PROJECT / "lambda", "tapeproof": PROJECT}
    paths = sorted(known[name].relative_to(roots[name.split(".")[0]]).as_posix() for name in needed)
    assert sorted(package.read_modules(PROJECT)) == paths


def _with_parents(names: set[str]) -> set[str]:
    return {".".join(name.split(".")[:size]) for name in names for size in range(1, name.count(".") + 2)}


def test_every_aws_service_that_the_code_calls_is_in_the_zip() -> None:
    called: set[str] = set()
    for source in package.read_modules(PROJECT).values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"client", "create_client"}:
                called |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert called <= package.AWS_SERVICES


def test_a_lock_that_does_not_match_is_an_error_and_leaves_no_zip(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    (tmp_path / ".tools").symlink_to(PROJECT / ".tools")
    with pytest.raises(PackagingError) as caught:
        package.build_zip(tmp_path / "lambda.zip", project=tmp_path)
    assert "uv.lock" in caught.value.diagnostics()
    assert not (tmp_path / "lambda.zip").exists()
