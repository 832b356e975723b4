"""Where catalogues come from is said in one way, and what runs something on the way here is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.catalog_source import CatalogSource, parse_source

COMMIT, DIGEST = "5f" * 20, "sha256:" + "6b" * 32


@pytest.mark.parametrize(
    ("entry", "source", "told"),
    [
        ({"path": "pol", "digest": DIGEST}, CatalogSource("path", "up/pol", digest=DIGEST), "up/pol"),
        ({"path": "pol"}, CatalogSource("path", "up/pol"), "up/pol"),
        (
            {"wheel": "v/acme.whl", "folder": "acme"},
            CatalogSource("wheel", "up/v/acme.whl", folder="acme"),
            "up/v/acme.whl, folder acme",
        ),
        (
            {"git": "https://git.example.com/p.git", "revision": COMMIT, "digest": DIGEST},
            CatalogSource("git", "https://git.example.com/p.git", COMMIT, digest=DIGEST),
            "https://git.example.com/p.git at 5f5f5f5f5f5f",
        ),
        (
            {"git": "git@git.example.com:p.git", "revision": "ab" * 32},
            CatalogSource("git", "git@git.example.com:p.git", "ab" * 32),
            "git@git.example.com:p.git at abababababab",
        ),
    ],
)
def test_a_source_is_a_path_a_commit_or_a_wheel(entry: object, source: CatalogSource, told: str) -> None:
    assert parse_source(entry, Path("up")) == source
    assert str(source) == told


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("pol", "takes one of path, git and wheel"),
        ({}, "takes one of path, git and wheel"),
        ({"path": "a", "wheel": "b"}, "takes one of path, git and wheel"),
        ({"path": "a", "branch": "main"}, "takes one of path, git and wheel"),
        ({"path": "a", "folder": "b"}, "put it into path"),
        ({"path": "a", "revision": COMMIT}, "revision is for git"),
        ({"path": "a", "digest": "6b86"}, "expected a digest"),
        ({"wheel": "a", "folder": "../b"}, "must lie inside"),
        ({"wheel": "a", "folder": "/b"}, "must lie inside"),
        ({"git": "https://x/p.git", "revision": "main"}, "the whole hash of a commit"),
        ({"git": "https://x/p.git", "revision": "5f5f5f5"}, "the whole hash of a commit"),
        ({"git": "https://x/p.git"}, "the whole hash of a commit"),
        ({"git": "ext::sh -c touch% /tmp/x", "revision": COMMIT}, "begins with https://"),
        ({"git": "--upload-pack=touch /tmp/x", "revision": COMMIT}, "begins with https://"),
        ({"git": "-u@host:x", "revision": COMMIT}, "begins with https://"),
        ({"git": "http://x/p.git", "revision": COMMIT}, "begins with https://"),
        ({"git": "git://x/p.git", "revision": COMMIT}, "begins with https://"),
    ],
)
def test_anything_else_is_refused_with_a_reason(entry: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_source(entry, Path())
