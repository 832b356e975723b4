"""What is kept is the user's own, and nothing that somebody else made is taken for it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.store import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def opened() -> Store:
    store = open_store()
    assert store is not None
    return store


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_put_is_got_again_by_another_process() -> None:
    opened().put("answers", "a", b"body")
    assert opened().get("answers", "a") == b"body"
    assert opened().get("answers", "b") is None
    assert opened().get("policies", "a") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 40, None])
def test_a_damaged_entry_is_none(damage: bytes | None, home: Path) -> None:
    opened().put("answers", "a", b"body")
    (path,) = entries(home / "cache")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"Y" if damage is None else damage)
    assert opened().get("answers", "a") is None


def test_an_entry_under_another_name_or_key_is_none(home: Path) -> None:
    store = opened()
    store.put("answers", "a", b"body")
    (path,) = entries(home / "cache")
    store.put("answers", "b", b"else")
    (other,) = set(entries(home / "cache")) - {path}
    other.write_bytes(path.read_bytes())
    assert store.get("answers", "b") is None
    (home / "state" / "tapeproof" / "cache.key").unlink()
    assert opened().get("answers", "a") is None


def test_the_key_and_the_folders_are_the_users_alone(home: Path) -> None:
    opened().put("answers", "a", b"body")
    assert stat.S_IMODE((home / "state" / "tapeproof" / "cache.key").stat().st_mode) == 0o600
    for folder in (home / "cache", home / "cache" / "answers", home / "state" / "tapeproof"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_can_write_to_is_refused_in_one_sentence(
    mode: int, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "cache").mkdir()
    (home / "cache").chmod(mode)
    assert open_store() is None
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "writable by others" in told


def test_a_folder_of_somebody_else_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert open_store() is None
    assert "belongs to somebody else" in capsys.readouterr().err


@pytest.mark.parametrize(("mode", "content"), [(0o644, b"k" * 32), (0o640, b"k" * 32), (0o600, b"short"), (0o600, b"")])
def test_a_key_that_others_can_read_or_that_is_none_is_refused(
    mode: int, content: bytes, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened()
    key = home / "state" / "tapeproof" / "cache.key"
    key.write_bytes(content)
    key.chmod(mode)
    assert open_store() is None
    assert "cache.key" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["true", "1", "yes"])
def test_in_ci_nothing_is_kept_unless_a_place_is_named(value: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", value)
    assert open_store() is not None
    monkeypatch.delenv("TAPEPROOF_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "elsewhere"))
    assert open_store() is None
    monkeypatch.setenv("CI", "false")
    assert open_store() is not None


def test_where_nothing_can_be_written_nothing_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(home / "file" / "cache"))
    assert open_store() is None
    store = opened_at(home / "nowhere")
    store.put("answers", "a", b"body")
    assert store.get("answers", "a") is None


def opened_at(folder: Path) -> Store:
    return Store(folder, b"k" * 32)


def test_the_older_half_of_too_many_entries_goes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapeproof.gate.engine.store._MOST_ENTRIES", 4)
    store = opened()
    for number in range(5):
        store.put("answers", str(number), b"body")
        for path in entries(home / "cache"):
            os.utime(path, ns=(path.stat().st_mtime_ns - 10**9,) * 2)
    store.prune("answers")
    assert [store.get("answers", str(number)) is not None for number in range(5)] == [False, False, True, True, True]
