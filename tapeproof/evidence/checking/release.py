"""What a release publishes about itself: digests of its catalogue, entry by entry, and of ``verify.py``."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.evidence.verifier.strict_json import Json, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.verifier.contents import Contents

__all__ = [
    "CATALOGUE_FILES",
    "RELEASED",
    "Release",
    "catalogue_differences",
    "entry_digests",
    "own_frameworks",
    "read_digests",
]

CATALOGUE_FILES = ("policies", "criteria", "frameworks", "mappings")
DIGEST_CHARACTERS = 32
"""Of each entry's SHA-256; 128 bits are enough against a second preimage."""
NAMES = {
    "policies": ("id",),
    "criteria": ("stage", "policy", "type"),
    "frameworks": ("id",),
    "mappings": ("framework", "control", "policy"),
}
"""What tells the entries of a file apart."""


class Release(NamedTuple):
    """A release's own digests.

    Attributes:
        catalogue: Digest of each entry of the catalogue, by file and name, and of each default parameter.
        verifier: SHA-256 of ``verify.py``; empty when it is not known.
    """

    catalogue: Mapping[str, str]
    verifier: str


def read_digests(text: str) -> dict[str, str]:
    """Return digests by name from lines that hold a digest, a blank and a name."""
    pairs = (line.partition(" ") for line in text.splitlines() if line)
    return {name: digest for digest, _, name in pairs}


RELEASED: Release | None = None
"""The release that this file is of; the file that travels carries its own."""


def entry_digests(files: Mapping[str, list[Json]], parameters: Mapping[str, Json]) -> dict[str, str]:
    """Return the digest of each entry of a catalogue, by a name that people recognise.

    Args:
        files: The documents below ``controls/``, by name without ending.
        parameters: What criteria and policies are judged with.
    """
    found: dict[str, list[Json]] = {}
    for kind, entries in files.items():
        for entry in entries:
            name = " ".join(str(entry.get(part)) for part in NAMES[kind])
            found.setdefault(f"{kind} {name}", []).append(entry)
    for name, value in parameters.items():
        found[f"parameter {name}"] = [value]
    return {name: _digest(entries) for name, entries in found.items()}


def catalogue_differences(contents: Contents, parameters: Mapping[str, Json], release: Release) -> list[str]:
    """Return how a bundle's catalogue differs from a release's, an entry each.

    Parameters that say which environment is judged (region, suffix) are the reader's to expect, not the release's.
    """
    files = {kind: contents.json(f"controls/{kind}.json") for kind in CATALOGUE_FILES}
    own = own_frameworks(files["frameworks"], release)
    files["frameworks"] = [one for one in files["frameworks"] if one["id"] not in own]
    files["mappings"] = [one for one in files["mappings"] if one["framework"] not in own]
    known = {name: value for name, value in parameters.items() if f"parameter {name}" in release.catalogue}
    here, there = entry_digests(files, known), release.catalogue
    told = [f"{name} is missing" for name in there.keys() - here.keys()]
    told += [f"{name} is not the release's" for name in here.keys() - there.keys()]
    told += [f"{name} differs" for name in here.keys() & there.keys() if here[name] != there[name]]
    return sorted(told)


def own_frameworks(frameworks: list[Json], release: Release) -> dict[str, str]:
    """Return the digests of the frameworks that say they are the entity's own and take no place of a release's."""
    own = [one for one in frameworks if one.get("own") is True and f"frameworks {one['id']}" not in release.catalogue]
    return {str(one["id"]): "sha256:" + hashlib.sha256(canonical(one)).hexdigest() for one in own}


def _digest(entries: list[Json]) -> str:
    return hashlib.sha256(canonical(entries)).hexdigest()[:DIGEST_CHARACTERS]
