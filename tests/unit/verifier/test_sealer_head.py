"""Where the sealer's head says that its key is: a rotation asks there for the old key's signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.head import SigningKey
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Attack, Verdict
from tests.unit.log.world import WorldSource, populated, verified
from tests.unit.verifier.forging import head_of, put_head

if TYPE_CHECKING:
    from pathlib import Path

ONE = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-0000-0000-000000000000"
EVERYWHERE = "arn:aws:kms:us-east-1:123456789012:key/mrk-0a1b2c3d0000"


@pytest.mark.parametrize(
    ("told", "is_said", "sound"),
    [
        (ONE, ONE, True),
        (ONE[:-1] + "1", ONE, False),
        (ONE.replace("us-east-1", "us-west-2"), ONE, False),
        ("", ONE, False),
        ("x" * 5_000, ONE, False),
        (EVERYWHERE.replace("us-east-1", "eu-west-1"), EVERYWHERE, True),
        (EVERYWHERE.replace("123456789012", "999999999999"), EVERYWHERE, False),
        (EVERYWHERE + "1", EVERYWHERE, False),
        ("x:key/mrk-1", EVERYWHERE, False),
        (ONE, "", True),
    ],
    ids=[
        "the key's", "another key's", "another region's", "nothing", "a long text", "a replica's", "another account's",
        "another replica's", "no place", "a key of nobody knows where",
    ],
)  # fmt: skip
def test_the_place_of_the_key_is_held_against_the_keys_own(
    told: str, is_said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sound: bool
) -> None:
    world = populated(1)
    monkeypatch.setattr(WorldSource, "describe", lambda _: {"key": is_said})
    put_head(world, key=SigningKey(told, world.vkey()))
    report = verified(world, tmp_path / "log")
    assert [one.attack for one in report.findings] == ([] if sound else [Attack.HEAD_FORGED])
    assert all(len(one.detail) < 500 for one in report.findings)


@pytest.mark.parametrize("source", [None, {}, {"key": None}])
def test_an_export_that_does_not_say_where_the_key_is_has_nothing_to_be_held_against(
    source: Any,  # noqa: ANN401 - any JSON value
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = populated(1)
    monkeypatch.setattr(WorldSource, "describe", lambda _: source)
    assert verified(world, tmp_path / "log").verdict is Verdict.VERIFIED


def test_a_head_in_a_rotation_names_the_old_key_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = populated(1)
    monkeypatch.setattr(WorldSource, "describe", lambda _: {"key": world.key})
    trusted = [VerifierKey.parse(world.vkey())]
    world.key = "arn:key/two"
    assert verified(world, tmp_path / "before", keys=trusted).verdict is Verdict.VERIFIED
    world.seal()
    assert head_of(world).key == SigningKey("arn:key/two", world.vkey())
    assert verified(world, tmp_path / "after").verdict is Verdict.VERIFIED
