"""The rehearsal of docs/restoring.md: tables come back, the log verifies there, and what is missing is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.local.auditing import Auditing
from tapeproof.ops.target import read_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws


@pytest.fixture
def restored(applied_stack: LocalStack, tmp_path: Path) -> Iterator[Path]:
    """Where the outputs of the restored tables are written; the tables go at the end."""
    file = tmp_path / "restored-outputs.json"
    yield file
    outputs = read_outputs(file)
    for name in (outputs.market_table_name, outputs.audit_table_name):
        applied_stack.target.client("dynamodb").delete_table(TableName=name)


def test_a_restored_log_verifies_and_what_came_after_it_is_named(
    applied_stack: LocalStack,
    local_command: Callable[..., int],
    restored: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    auditing, sealer = Auditing(applied_stack), applied_stack.outputs().function_names["sealer"]
    command = ["ops", "restore", "--dir", str(applied_stack.workspace.root), "--suffix", "rehearsal", "--write"]
    assert local_command("replay", "--limit", "100", "--speed", "max", "--seed", "21") == 0
    auditing.seal(sealer)
    assert cli.main([*command, "--out", str(restored)]) == 0

    export, pin = tmp_path / "export", tmp_path / "pin.json"
    given = ("--outputs", str(restored), "--line-lag", "5", "--quiet")
    auditing._tapeproof("audit", "export", str(export), *given)
    auditing._tapeproof("audit", "pin", str(pin), "--export", str(export), "--quiet")
    capsys.readouterr()
    cli.main(["audit", "verify", str(export), "--pin", str(pin), "--quiet"])
    # Lines are written after the commit and are in no table: on a busy machine one may come after the export.
    assert capsys.readouterr().out.split(maxsplit=1)[0].rstrip(":") in {"VERIFIED", "WITNESS_GAP"}

    # The tables stay as they were; the log goes on, as it had after the second that was restored.
    assert local_command("replay", "--limit", "100", "--speed", "max", "--seed", "22") == 0
    auditing.seal(sealer)
    capsys.readouterr()
    assert cli.main([*command, "--out", str(restored)]) == 1
    said = " ".join("".join(capsys.readouterr()).split())
    assert "missing: lane" in said
    assert "replay the archive of bus-market-data-local from" in said
