from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.auditing.editor import clone
from tapeproof.log.errors import AuditError
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options, verify_export
from tests.effort import cases

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

# Ways to find things quickly, which nobody trusts.
UNTRUSTED = {".idx"}


@settings(max_examples=cases(40))
@given(seed=st.integers(0, 2**32), how=st.sampled_from(["flip", "cut", "empty", "remove", "double"]))
def test_whatever_happens_to_a_file_the_verifier_neither_crashes_nor_verifies(
    seed: int, how: str, exported: Path, pin: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged") / "export"
    clone(exported, folder)
    rng = random.Random(seed)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in UNTRUSTED)
    path = rng.choice([one for one in files if one.name != "export.json"])
    packed = path.suffix == ".gz"
    data = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    if how == "flip" and data:
        at = rng.randrange(len(data))
        data = data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
    data = {"cut": data[: len(data) // 2], "empty": b"", "double": data + data}.get(how, data)
    path.unlink()
    if how != "remove":
        path.write_bytes(gzip.compress(data) if packed else data)
    try:
        report = verify_export(folder, Options(pins=[read_pin(pin)]))
    except AuditError:
        return
    asked = path.name == "requests.gz" and how != "remove"  # nobody asked for anything: there is nothing to damage
    unchanged = asked or (how == "double" and path.name in {"checkpoints.gz", "controls.gz", "keys.txt"})
    expected = path.name == "keys.txt" or unchanged
    assert report.verdict is not Verdict.VERIFIED or expected, (path.name, how)
