from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.note import ED25519, VerifierKey, format_note
from tapeproof.verifier.findings import Attack, Report, UnusableError
from tapeproof.verifier.history import Stored
from tapeproof.verifier.witnesses import Witnesses, check_cosignatures
from tests.unit.verifier.test_history import KEY, MOMENT, ORIGIN, WITNESS, _cosigned, _note


def _anchors(note: bytes, policy: Witnesses, sealed_at: int = (MOMENT - 10) * 10**9) -> Report:
    report = Report(as_of=(MOMENT + 60) * 10**9)
    check_cosignatures(Stored("x", Checkpoint(ORIGIN, 9, bytes(32)), note), policy, [KEY], sealed_at, report)
    return report


@pytest.mark.parametrize(
    ("moments", "anchored"),
    [((MOMENT,), True), ((), False), ((MOMENT - 3_600,), False), ((MOMENT + 3_600,), False), ((1,), False)],
)
def test_a_cosignature_anchors_when_it_was_made_between_the_seal_and_now(
    moments: tuple[int, ...], *, anchored: bool
) -> None:
    report = _anchors(_note(9, moments=moments), Witnesses([WITNESS]))
    assert report.anchors == (["cosignature of witness.example"] if anchored else [])
    assert report.findings == []


def test_a_false_cosignature_is_named_and_too_few_anchor_nothing() -> None:
    note = _note(9, moments=(MOMENT,))
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32).public_key().public_bytes_raw()
    other = WITNESS._replace(name="another.example", material=stranger)
    assert _anchors(note, Witnesses([WITNESS, other])).anchors == []
    assert _anchors(note, Witnesses([WITNESS, other], 1)).anchors == ["cosignature of witness.example"]
    text = Checkpoint(ORIGIN, 9, bytes(32)).text()
    false = format_note(text, [_cosigned("another\n", MOMENT)])
    assert [one.attack for one in _anchors(false, Witnesses([WITNESS])).findings] == [Attack.FOREIGN_SIGNATURE]


@pytest.mark.parametrize(
    "key", [KEY, WITNESS._replace(kind=ED25519), WITNESS._replace(material=KEY.material), WITNESS._replace(name=ORIGIN)]
)
def test_the_logs_own_key_and_one_that_makes_no_cosignatures_are_no_witness(key: VerifierKey) -> None:
    with pytest.raises(UnusableError):
        _anchors(_note(9), Witnesses([key]))
