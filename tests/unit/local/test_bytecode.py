"""Bytecode of the zip: taken as it is, and the same whoever makes it."""

from __future__ import annotations

import hashlib
import importlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.local.bytecode import bytecode_path, can_compile, compile_source
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="this is not the functions' version of Python")
SOURCE = b"""
NAMES = {"trade", "quote", "book", "a", "b", "c"}


def is_known(name: str) -> bool:
    return name in {"trade", "quote", "book", "status", "order"} and name in NAMES
"""


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("handlers/processor.py", "handlers/__pycache__/processor.cpython-311.pyc"),
        ("six.py", "__pycache__/six.cpython-311.pyc"),
        ("a/b/__init__.py", "a/b/__pycache__/__init__.cpython-311.pyc"),
    ],
)
def test_it_lies_where_the_interpreter_looks(name: str, path: str) -> None:
    assert bytecode_path(name) == path
    assert importlib.util.cache_from_source(name) == path


def test_this_interpreter_is_the_functions_own() -> None:
    assert can_compile()


def test_the_interpreter_takes_it_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken.py").write_text("raise SystemExit('the source was run')\n")
    (tmp_path / "__pycache__").mkdir()
    made = compile_source("taken.py", SOURCE)
    assert made is not None
    (tmp_path / bytecode_path("taken.py")).write_bytes(made)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "taken", raising=False)
    assert importlib.import_module("taken").is_known("trade")


def test_another_process_with_another_order_of_sets_makes_the_same_bytes() -> None:
    script = (
        "import hashlib, sys; from tapeproof.local.bytecode import compile_source\n"
        "print(hashlib.sha256(compile_source('x.py', sys.stdin.buffer.read())).hexdigest())"
    )
    digests = {hashlib.sha256(compile_source("x.py", SOURCE) or b"").hexdigest()}
    for seed in ("0", "1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=SOURCE,
            capture_output=True,
            check=True,
            cwd=PROJECT,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        digests.add(done.stdout.decode().strip())
    assert len(digests) == 1


@pytest.mark.parametrize("source", [b"print 'of Python 2'", b"def f(:\n", b"a\0b"])
def test_a_module_for_another_python_has_none(source: bytes) -> None:
    assert compile_source("old.py", source) is None
