"""The examples of a policy, and what each of their lines is expected to give.

An example is a ``.tf`` file, or a folder that is a root module, below ``examples/pass``, ``examples/fail`` or
``examples/unknown``. A comment on the offending line pins the verdict:

    retention_in_days = 7 # expect: fail

``# expect: fail +2`` pins it two lines further down, where no comment can stand (inside a heredoc). JSON has no
comments: a file ``expected`` beside it has lines of ``fail main.tf.json:12``. Matching goes both ways: what is expected
must be found on that line, and nothing else may be found.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.gate.engine.policy import Policy

__all__ = ["Example", "Expectation", "copy_example", "examples"]

_PIN = re.compile(r"(?:#|//)\s*expect:\s*(fail|unknown)(?:\s+\+(\d+))?")
_LISTED = re.compile(r"(fail|unknown)\s+(\S+):(\d+)")
_KINDS = ("pass", "fail", "unknown")


@dataclass(frozen=True, order=True)
class Expectation:
    """A verdict on one line of one file; the file's path is relative to the example."""

    file: str
    line: int
    verdict: Verdict


@dataclass(frozen=True)
class Example:
    """One example.

    Attributes:
        kind: ``pass``, ``fail`` or ``unknown``.
        root: The ``.tf`` file, or the folder of the root module.
        expected: What must be found; empty for ``pass``.
    """

    kind: str
    root: Path
    expected: frozenset[Expectation]

    @property
    def name(self) -> str:
        """``fail/hidden_in_a_local.tf``."""
        return f"{self.kind}/{self.root.name}"


def copy_example(example: Example, folder: Path) -> Path:
    """Copy an example into a folder, and return the root module that holds it alone."""
    root = folder / "root"
    if example.root.is_dir():
        shutil.copytree(example.root, root)
    else:
        root.mkdir()
        shutil.copy(example.root, root / example.root.name)
    return root


def examples(policy: Policy) -> Iterator[Example]:
    """Yield the examples of a policy.

    Raises:
        CatalogError: A kind has none, or an example's pins contradict its kind.
    """
    for kind in _KINDS:
        folder = policy.folder / "examples" / kind
        roots = sorted(folder.iterdir()) if folder.is_dir() else []
        roots = [root for root in roots if root.is_dir() or root.name.endswith((".tf", ".tf.json"))]
        if not roots:
            raise CatalogError(f"{folder}: {policy.id} has no example of {kind}")
        for root in roots:
            example = Example(kind, root, frozenset(_expectations(root)))
            verdicts = {expectation.verdict.value for expectation in example.expected}
            if (kind not in verdicts) if kind != "pass" else verdicts:
                raise CatalogError(f"{root}: an example of {kind} that expects {', '.join(verdicts) or 'nothing'}")
            yield example


def _expectations(root: Path) -> Iterator[Expectation]:
    files = sorted(root.rglob("*")) if root.is_dir() else [root]
    base = root if root.is_dir() else root.parent
    for file in files:
        if not file.is_file():
            continue
        name = file.relative_to(base).as_posix()
        if file.name == "expected" or (not root.is_dir() and file.suffix == ".json"):
            listed = file if file.name == "expected" else file.with_name(f"{file.name}.expected")
            yield from _listed_in(listed)
        elif file.suffix in {".tf", ".tfvars"}:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
                for pin in _PIN.finditer(line):
                    yield Expectation(name, number + int(pin[2] or 0), Verdict(pin[1]))


def _listed_in(file: Path) -> Iterator[Expectation]:
    if not file.is_file():
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        match = _LISTED.fullmatch(line.strip())
        if match is None and line.strip():
            raise CatalogError(f"{file}:{number}: not of the form `fail main.tf.json:12`: {line.strip()!r}")
        if match is not None:
            yield Expectation(match[2], int(match[3]), Verdict(match[1]))
