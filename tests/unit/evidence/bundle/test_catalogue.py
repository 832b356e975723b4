from __future__ import annotations

import re

from tapeproof.evidence.bundle.catalogue import released_catalogue
from tapeproof.evidence.checking.release import CATALOGUE_FILES
from tapeproof.evidence.controls.library import load_library


def test_every_policy_criterion_framework_and_default_has_a_digest_under_a_name_of_its_own() -> None:
    catalogue = released_catalogue()
    assert all(re.fullmatch("[0-9a-f]{32}", digest) for digest in catalogue.values())
    library = load_library()
    assert {name for name in catalogue if name.startswith("policies ")} == {
        f"policies {policy['id']}" for policy in library.policies
    }
    assert {f"parameter {name}" for name in library.parameters} <= catalogue.keys()
    assert {name.split(" ")[0] for name in catalogue} == {*CATALOGUE_FILES, "parameter"}


def test_it_is_made_once_and_nobody_can_tell_it_from_the_one_before() -> None:
    assert released_catalogue() is released_catalogue()
