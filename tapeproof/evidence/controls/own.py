"""Frameworks and mappings of the entity's own, each in a file that it writes; reports call them its own."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.controls.library import RELATIONS, Library, order_mappings
from tapeproof.evidence.controls.marked_yaml import Marked, read_marked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["extend_library"]

TOLD: Final = ("name", "short", "edition", "publisher", "source", "read", "text")
MAPPED: Final = ("control", "policy", "relation", "rationale")
IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")


def extend_library(library: Library, paths: Sequence[Path]) -> Library:
    """Return a library with the entity's own frameworks in it.

    Args:
        library: What is shipped.
        paths: A file for each framework.

    Raises:
        HandwrittenError: A file is not of the form that docs/evidence.md shows; it is told by file and line.
    """
    frameworks, mappings = [*library.frameworks], [*library.mappings]
    policies = {one["id"] for one in library.policies}
    for path in paths:
        document = read_marked(path).only("id", *TOLD, "note", "controls", "mappings")
        framework = _framework(document, path)
        if framework["id"] in {one["id"] for one in frameworks}:
            raise document.members()["id"].refuse(
                f"there is a framework {framework['id']!r} already; name yours otherwise"
            )
        frameworks.append(framework)
        mappings += [_mapping(one, framework, policies) for one in document.elements("mappings")]
    return Library(library.policies, library.criteria, frameworks, order_mappings(mappings), library.parameters)


def _framework(document: Marked, path: Path) -> dict[str, Any]:
    identity = document.text("id")
    if not IDENTIFIER.fullmatch(identity):
        raise document.members()["id"].refuse("an id has small letters, digits, dots and hyphens")
    controls = document.members().get("controls")
    if controls is None or not controls.members():
        raise (controls or document).refuse("'controls' is expected to name at least one control, with its title")
    note = {"note": document.text("note")} if "note" in document.members() else {}
    return {
        "id": identity,
        "own": True,
        "file": {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
        **{name: document.text(name) for name in TOLD},
        **note,
        "controls": {name: controls.text(name) for name in controls.members()},
    }


def _mapping(entry: Marked, framework: dict[str, Any], policies: set[str]) -> dict[str, Any]:
    members = entry.only(*MAPPED).members()
    found = {name: entry.text(name) for name in MAPPED if name != "policy" or "policy" in members}
    if found["control"] not in framework["controls"]:
        raise members["control"].refuse(f"{found['control']!r} is none of this file's controls")
    if found["relation"] not in RELATIONS:
        raise members["relation"].refuse(f"{found['relation']!r} is not one of {', '.join(RELATIONS)}")
    if found.get("policy", next(iter(policies))) not in policies:
        raise members["policy"].refuse(f"there is no policy {found['policy']}; tapeproof gate list names them")
    if ("policy" in found) == (found["relation"] == "not-evaluated"):
        raise entry.refuse("a mapping names a policy, or says not-evaluated and names none")
    citation = f"{framework['source']}: {found['control']}; {framework['read']}"
    known = {"policy": found.get("policy"), "framework": framework["id"], "confidence": "own", "citation": citation}
    return {**known, **{name: found[name] for name in ("control", "relation", "rationale")}}
