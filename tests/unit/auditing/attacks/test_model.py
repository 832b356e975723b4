from __future__ import annotations

from tapeproof.auditing.attacks import ATTACKS
from tapeproof.auditing.attacks.model import Done, found_as
from tapeproof.verifier.findings import Attack, Verdict


def test_an_attack_is_tampering_unless_it_says_otherwise() -> None:
    done = found_as(Attack.ENTRY_EDITED, Attack.ENTRY_REHASHED, lane="l", seq=3)
    assert done == Done(frozenset({Attack.ENTRY_EDITED, Attack.ENTRY_REHASHED}), "l", 3)
    assert (done.beside, done.later_ns, done.verdict) == (frozenset(), 0, Verdict.TAMPERED)


def test_an_attack_on_no_lane_may_be_found_anywhere() -> None:
    assert (found_as(Attack.WIPED).lane, found_as(Attack.WIPED).seq) == ("", -1)


def test_every_attack_of_the_drill_has_a_title_of_its_own() -> None:
    titles = [row.title for row in ATTACKS]
    assert len(titles) == len(set(titles))
    assert all(callable(row.run) for row in ATTACKS)
