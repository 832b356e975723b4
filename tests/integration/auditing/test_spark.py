from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.attacks import ATTACKS
from tapeproof.auditing.cores import Cores
from tapeproof.auditing.editor import Editor, clone
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options, verify_export

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.auditing.spark import SparkEngine


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    pytest.importorskip("pyspark", reason="the group `spark` is not installed")
    from tapeproof.auditing.spark import SparkEngine  # noqa: PLC0415 - only where Spark is installed

    engine = SparkEngine()
    yield engine
    engine.close()


@pytest.mark.parametrize(
    "title",
    ["none", "edit an entry and recompute the whole lane", "edit a record but not its entry", "truncate a tile"],
)
def test_spark_all_cores_and_one_process_give_the_same_report(
    title: str, spark: SparkEngine, exported: Path, pin: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    clone(exported, folder)
    for row in ATTACKS:
        if row.title == title:
            row.run(Editor(folder, random.Random(5)))
    options = Options(pins=[read_pin(pin)])
    alone = verify_export(folder, options).as_json()
    assert (alone["verdict"] == "VERIFIED") is (title == "none")
    assert verify_export(folder, options, spark).as_json() == alone
    cores = Cores(2)
    try:
        assert verify_export(folder, options, cores).as_json() == alone
    finally:
        cores.close()
