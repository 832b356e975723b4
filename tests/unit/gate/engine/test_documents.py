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


def test_files_that_are_prepared_are_one_entry_and_say_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a": "a: 1", "b": "b: 2026-01-01", "c": "c: [", "d": "a: 1"}
    paths = [tmp_path / name for name in (*texts, "gone")]
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    Documents(store, "code").prepare(paths)
    assert len(list((tmp_path / "cache").rglob("documents/*"))) == 1
    again = Documents(store, "code")
    again.prepare(paths)
    assert repr(again.load(paths[1])) == repr(Documents().load(paths[1]))
    for broken in (paths[2], paths[4]):
        with pytest.raises(DocumentError):
            again.load(broken)
    monkeypatch.setattr(documents, "_parse_yaml", lambda _content: pytest.fail("was compiled"))
    assert again.load(paths[0]) == again.load(paths[3]) == {"a": 1}
    assert again.load(paths[0]) is not again.load(paths[0])


def test_nothing_is_prepared_where_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("a: 1", encoding="utf-8")
    monkeypatch.setattr(documents, "_parse_yaml", lambda _content: pytest.fail("was compiled"))
    Documents().prepare([tmp_path / "a"])
