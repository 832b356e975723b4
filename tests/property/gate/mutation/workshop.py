"""A copy of the stack in which one thing at a time is broken, and the gate's answer to it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.gate.engine.evaluator.syntax import Body, Constant, Expression, Nested, Object, children
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.engine.runner import judge
from tapeproof.gate.frontends.hcl.inputs import Variables
from tapeproof.gate.frontends.hcl.positions import Positions
from tapeproof.gate.frontends.hcl.reader import Reader
from tapeproof.gate.frontends.hcl.sources import Sources
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.report import Result

VAR_FILE = Path("stack/environments/dev.tfvars")


class Place(NamedTuple):
    """Where a finding is expected."""

    file: str
    line: int


class Site(NamedTuple):
    """A stretch of a file that a mutation replaces."""

    file: Path
    start: int
    end: int
    line: int
    name: str

    @property
    def folder(self) -> Path:
        return self.file.parent

    @property
    def place(self) -> frozenset[Place]:
        return frozenset({Place(str(self.file), self.line)})


@dataclass(frozen=True)
class Mutant:
    """One broken stack.

    Attributes:
        name: What was broken, and how it is written.
        policy: The policy that must say so.
        changes: New contents of files.
        expected: Where a person would look: every FAIL must point at one of these places.
    """

    name: str
    policy: str
    changes: Mapping[Path, str]
    expected: frozenset[Place]


@dataclass
class Workshop:
    """A copy of the stack below the working directory, read again after each change; what did not change is not.

    Attributes:
        alive: File and line of every resource that has an instance: breaking another one changes nothing.
    """

    sources: Sources = field(default_factory=Sources)
    alive: set[tuple[str, int]] = field(default_factory=set)
    policies: dict[str, Policy] = field(default_factory=lambda: {policy.id: policy for policy in catalog()})

    @classmethod
    def set_up(cls, folder: Path) -> Workshop:
        """Copy the stack's Terraform into a folder, which must be the working directory when it is judged."""
        others = ("examples", "tests", "local")
        ignored = shutil.ignore_patterns("*.py", "__pycache__", ".terraform*", "*.tfstate*", *others)
        shutil.copytree(PROJECT / "stack", folder / "stack", ignore=ignored)
        (folder / "build").mkdir()
        (folder / "build" / "lambda.zip").write_bytes(b"PK")
        workshop = cls()
        stack = Reader(workshop.sources).read(Path("stack"), Variables((VAR_FILE,), {}))
        workshop.alive = {(resource.span.file, resource.span.line) for resource in stack.everything}
        return workshop

    def files(self) -> list[Path]:
        return sorted(Path("stack").rglob("*.tf"))

    def text(self, file: Path) -> str:
        return file.read_text(encoding="utf-8")

    def judged(self, policies: list[str], changes: Mapping[Path, str] | None = None) -> list[Result]:
        """Return the results of some policies on the stack with some changes, which are undone again."""
        before = {path: self.text(path) if path.exists() else None for path in changes or {}}
        try:
            for path, text in (changes or {}).items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.sources.forget(path)
            stack = Reader(self.sources).read(Path("stack"), Variables((VAR_FILE,), {}))
            return judge(stack, [self.policies[policy] for policy in policies])
        finally:
            for path, text in before.items():
                path.unlink() if text is None else path.write_text(text, encoding="utf-8")
                self.sources.forget(path)

    def headers(self, resource: str, folder: Path | None = None) -> frozenset[Place]:
        """Return the headers of the resources of a type, in one module or in all of them."""
        found = self.blocks("resource", resource)
        return frozenset(Place(str(file), block.at[0]) for file, block in found if folder in {None, file.parent})

    def header(self, site: Site) -> frozenset[Place]:
        """Return the header of the resource that a site is in."""
        before = (
            block.at[0] for file, block in self.blocks("resource") if file == site.file and block.at[0] <= site.line
        )
        return frozenset({Place(str(site.file), max(before))})

    # -- where things are ------------------------------------------------------------------------------------------

    def blocks(self, type_: str, resource: str = "") -> Iterator[tuple[Path, Nested]]:
        """Yield top-level blocks of a type, of resources only those of one resource type."""
        for file in self.files():
            for block in self.sources.parse_file(file).body.blocks:
                if block.type != type_ or (resource and block.labels[0] != resource):
                    continue
                if type_ != "resource" or (str(file), block.at[0]) in self.alive:
                    yield file, block

    def attributes(self, resource: str, path: str) -> Iterator[Site]:
        """Yield the expressions of an attribute, ``point_in_time_recovery.enabled``, of all resources of a type."""
        for file, block in self.blocks("resource", resource):
            for expression in _at(block.body, path.split(".")):
                yield self.site(file, expression.at, f"{'.'.join(block.labels)}.{path}")

    def nested(self, resource: str, type_: str) -> Iterator[Site]:
        """Yield nested blocks of a type, header and braces included; the site's line is the outer block's."""
        for file, block in self.blocks("resource", resource):
            for inner in block.body.blocks:
                if inner.type == type_:
                    site = self.site(file, (*inner.at[:2], *inner.end[2:]), f"{'.'.join(block.labels)}.{type_}")
                    yield site._replace(line=block.at[0])

    def bodies(self, resource: str) -> Iterator[Site]:
        """Yield the empty place before the closing brace of each resource of a type."""
        for file, block in self.blocks("resource", resource):
            line, column = block.end[:2]
            yield self.site(file, (line, column, line, column), ".".join(block.labels))._replace(line=block.at[0])

    def statements(self, key: str) -> Iterator[tuple[Site, str]]:
        """Yield the values of a key in Allow statements written in objects, and the name of what holds them."""
        for file in self.files():
            for block in self.sources.parse_file(file).body.blocks:
                if block.type == "resource" and (str(file), block.at[0]) not in self.alive:
                    continue
                owner = ".".join(block.labels) or block.type
                for node in _objects(block.body):
                    entries = {getattr(name, "value", None): value for name, value in node.items}
                    effect = entries.get("Effect")
                    if isinstance(effect, Constant) and effect.value == "Allow" and key in entries:
                        yield self.site(file, entries[key].at, f"{owner}.{key}"), owner

    def site(self, file: Path, at: tuple[int, int, int, int], name: str) -> Site:
        starts = Positions(self.text(file)).starts
        start, end = starts[at[0] - 1] + at[1] - 1, starts[at[2] - 1] + at[3] - 1
        return Site(file, start, end, at[0], f"{file.relative_to('stack')}:{name}")

    def replaced(self, site: Site, text: str) -> dict[Path, str]:
        """Return the change that puts some text in the place of a site."""
        before = self.text(site.file)
        return {site.file: before[: site.start] + text + before[site.end :]}

    def source(self, site: Site) -> str:
        """Return what stands at a site."""
        return self.text(site.file)[site.start : site.end]


def _at(body: Body, path: list[str]) -> Iterator[Any]:
    if len(path) == 1:
        expression = body.expression(path[0])
        if expression is not None:
            yield expression
        return
    for block in body.blocks:
        if block.type == path[0]:
            yield from _at(block.body, path[1:])


def _objects(body: Body) -> Iterator[Object]:
    for attribute in body.attributes:
        yield from _inside(attribute.expression)
    for block in body.blocks:
        yield from _objects(block.body)


def _inside(node: Expression) -> Iterator[Object]:
    if isinstance(node, Object):
        yield node
    for child in children(node):
        yield from _inside(child)
