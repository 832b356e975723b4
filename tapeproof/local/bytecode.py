"""Bytecode for the zip: a cold start that finds it compiles nothing.

The files are of the unchecked kind (PEP 552): they name a hash of their source and no time, and the interpreter takes
them as they are. The same source makes the same bytes in every process: marshal's version 2 writes no references,
which would depend on what else the process holds, and sets are written in order since Python 3.11.
"""

from __future__ import annotations

import importlib.util
import marshal
import sys
from pathlib import PurePosixPath

__all__ = ["RUNTIME", "bytecode_path", "can_compile", "compile_source"]

RUNTIME = (3, 11)
"""Python of the functions (stack/modules/processor): bytecode of another minor version is of no use to them."""
_TAG = "cpython-311"
_WITHOUT_REFERENCES = 2
_UNCHECKED = (0b01).to_bytes(4, "little")


def can_compile() -> bool:
    """Return whether this interpreter makes bytecode that the functions' interpreter takes."""
    return sys.implementation.name == "cpython" and sys.version_info[:2] == RUNTIME


def bytecode_path(name: str) -> str:
    """Return where the bytecode of a module lies, given the path of its source."""
    path = PurePosixPath(name)
    return str(path.parent / "__pycache__" / f"{path.stem}.{_TAG}.pyc")


def compile_source(name: str, source: bytes) -> bytes | None:
    """Return the bytecode file of a module; None where its source is for another version of Python.

    Args:
        name: The path of the source, which tracebacks show until the interpreter replaces it.
        source: The source.
    """
    try:
        code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError):
        return None
    hashed = importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + hashed + marshal.dumps(code, _WITHOUT_REFERENCES)
