from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit_log.note import VerifierKey
from audit_log.verifier.findings import Verdict
from audit_log.verifier.verify import Options, verify_export
from compliance.audit.export import ExportOptions, export
from tests.unit.audit_log.world import World, WorldSource, populated

if TYPE_CHECKING:
    from pathlib import Path


def verified(world: World, folder: Path, **options: object):
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0))
    return verify_export(folder, Options(**{"keys": [VerifierKey.parse(world.vkey())], "as_of": world.now} | options))


def test_an_honest_log_is_verified(tmp_path: Path) -> None:
    report = verified(populated(), tmp_path / "export")
    assert report.findings == []
    assert report.verdict is Verdict.VERIFIED
