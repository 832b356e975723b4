from __future__ import annotations

from typing import Any

import pytest

from tapeproof.evidence.verifier.sightings import load_criteria


@pytest.mark.parametrize("values", [(True, 1), (1, True), ("1", 1), (None, "absent"), ({}, []), (False, 0)])
def test_values_that_only_look_alike_are_judged_apart(values: tuple[Any, Any]) -> None:
    criterion = {"policy": "P", "stage": "live", "type": "t", "text": ""}
    criteria = load_criteria([{**criterion, "test": {"at": "/a", "is": "equal", "value": values[0]}}], {})["live"]["t"]
    verdicts = [criteria({"a": value})[0].verdict for value in values]
    assert verdicts == ["unknown" if values[0] is None else "pass", "fail"]
