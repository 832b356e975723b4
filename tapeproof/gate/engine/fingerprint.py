"""What identifies the gate's own code and catalogue."""

from __future__ import annotations

import hashlib
import itertools
import os
import sys
from importlib.util import find_spec

from tapeproof.content import PACKAGE, content

__all__ = ["code_fingerprint"]

_READ = (".py", ".yaml", ".yml", ".csv", ".json", ".txt", ".gz")
_PARSERS = {"hcl2": ("version.py", "hcl2.lark"), "lark": ("__init__.py",), "regex": ("_regex_core.py",)}
"""Packages whose answers are part of ours, and the files of them in which a new version shows."""


def code_fingerprint() -> str:
    """Return a digest of the bytes of the gate's code and catalogue, and of what tells its parsers' versions apart."""
    digest = hashlib.sha256(sys.version.encode())
    roots = (str(PACKAGE / "gate"), str(content("policies")))
    for folder, below, names in itertools.chain.from_iterable(map(os.walk, roots)):
        below[:] = sorted(inner for inner in below if inner not in {"__pycache__", "examples"})
        for name in sorted(names):
            if name.endswith(_READ):
                _add(digest, f"{folder}/{name}")
    for package, files in _PARSERS.items():
        found = find_spec(package)
        for folder in (found.submodule_search_locations or ()) if found else ():
            for name in files:
                _add(digest, f"{folder}/{name}")
    return digest.hexdigest()


def _add(digest: hashlib._Hash, path: str) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        digest.update(f"{path} is not there\n".encode())
        return
    try:
        size = os.fstat(descriptor).st_size
        digest.update(f"{path} {size}\n".encode())
        while chunk := os.read(descriptor, 1 << 20):
            digest.update(chunk)
    finally:
        os.close(descriptor)
