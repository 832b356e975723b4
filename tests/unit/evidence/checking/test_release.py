from __future__ import annotations

from tapeproof.evidence.bundle.catalogue import released_catalogue
from tapeproof.evidence.bundle.release import current_release
from tapeproof.evidence.checking.release import entry_digests


def test_every_entry_of_a_catalogue_has_a_digest_of_its_own() -> None:
    files = {"policies": [{"id": "A", "title": "a"}, {"id": "B", "title": "a"}], "criteria": []}
    found = entry_digests(files, {"days": 30})
    assert sorted(found) == ["parameter days", "policies A", "policies B"]
    assert len(set(found.values())) == 3
    changed = entry_digests({"policies": [{"id": "A", "title": "b"}]}, {"days": 30})
    assert changed["policies A"] != found["policies A"]
    assert changed["parameter days"] == found["parameter days"]


def test_entries_of_one_name_share_a_digest_that_either_changes() -> None:
    one = {"stage": "live", "policy": "P", "type": "t", "test": 1}
    both = entry_digests({"criteria": [one, {**one, "test": 2}]}, {})
    assert len(both) == 1
    assert both != entry_digests({"criteria": [one]}, {})


def test_a_release_names_its_catalogue_and_its_verifier() -> None:
    release = current_release()
    assert "policies TP_LOG_1" in release.catalogue
    assert "parameter minimum_retention_days" in release.catalogue
    assert release.catalogue == released_catalogue()
    assert len(release.verifier) == 64
