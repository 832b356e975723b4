"""YAML is compiled once, and only where JSON says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine import documents
from tapeproof.gate.engine.documents import DocumentError, Documents
from tapeproof.gate.engine.policy import CATALOG, catalog
from tapeproof.gate.engine.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "cache").mkdir()
    return Store(tmp_path / "cache", b"k" * 32)


@pytest.mark.parametrize(
    ("text", "compiled"),
    [
        ("a: [1, 2.5, true, null, 'x', {b: c}]", True),
        ("[]", True),
        ("", True),
        ("a: 2026-01-01", False),
        ("1: a", False),
        ("a: !!set {b}", False),
        ("a: .inf", True),
    ],
)
def test_a_file_says_the_same_compiled_and_as_it_is(text: str, compiled: bool, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    plain = Documents().load(path)
    assert repr(Documents(store, "code").load(path)) == repr(plain) == repr(Documents(store, "code").load(path))
    assert bool(list((tmp_path / "cache").rglob("documents/*"))) is compiled


def test_a_compiled_file_needs_no_yaml_until_its_bytes_or_the_code_change(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1", encoding="utf-8")
    Documents(store, "code").load(path)

    def refuse(_content: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr(documents, "_parse_yaml", refuse)
    assert Documents(store, "code").load(path) == {"a": 1}
    with pytest.raises(AssertionError):
        Documents(store, "other code").load(path)
    path.write_text("a: 2", encoding="utf-8")
    with pytest.raises(AssertionError):
        Documents(store, "code").load(path)


@pytest.mark.parametrize("content", [b"a: [", b"\xff", b"a: !!python/object:os.system {}"])
def test_what_is_no_yaml_is_refused_and_not_kept(content: bytes, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(DocumentError):
            Documents(store, "code").load(path)
    with pytest.raises(DocumentError):
        Documents(store, "code").load(tmp_path / "gone.yaml")


def test_the_compiled_catalogue_is_the_catalogue(store: Store) -> None:
    plain = catalog()
    assert catalog((CATALOG,), Documents(store)) == plain
    assert catalog((CATALOG,), Documents(store)) == plain
