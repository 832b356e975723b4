"""On a stand-in for the session of Spark, which runs tasks here; the integration tests run them on Spark itself."""

from __future__ import annotations

import pickle
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.auditing.spark import SparkEngine
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options, verify_export

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class GaveUpError(Exception):
    """What PySpark raises."""


class Session:
    """Does what a SparkSession does for the engine: tasks and results travel as bytes."""

    def __init__(self, told: str = "") -> None:
        self.sparkContext, self.told, self.stopped, self.most = self, told, False, 0

    def parallelize(self, chunk: list[Any], slices: int) -> Session:
        self.chunk, self.most = pickle.dumps(chunk), max(self.most, slices)
        return self

    def map(self, function: Callable[[Any], Any]) -> Session:
        self.function = function
        return self

    def toLocalIterator(self) -> Iterator[Any]:  # noqa: N802 - Spark's name
        for task in pickle.loads(self.chunk):
            if self.told:
                raise GaveUpError(self.told)
            yield pickle.loads(pickle.dumps(self.function(task)))

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture(autouse=True)
def _spark(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, error in (("pyspark.errors", "PySparkException"), ("py4j.protocol", "Py4JError")):
        module = ModuleType(name)
        setattr(module, error, GaveUpError)
        monkeypatch.setitem(sys.modules, name, module)


def test_an_export_gets_the_report_that_it_gets_on_one_machine(exported: Path, pin: Path) -> None:
    session = Session()
    engine, options = SparkEngine(session), Options(pins=[read_pin(pin)])
    there, here = verify_export(exported, options, engine), verify_export(exported, options)
    assert there.as_json() == here.as_json()
    assert there.findings == []
    assert session.most > 0
    engine.close()
    assert session.stopped


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Job aborted\nCaused by: ValueError: bad part\nat x", "Caused by: ValueError: bad part"),
        ("Job aborted", "Job aborted"),
        ("Py4JJavaError: An Error: x\nOSError: no such file", "OSError: no such file"),
        (" ", "no reason"),
    ],
)
def test_a_task_that_fails_there_is_told_with_the_line_that_says_why(exported: Path, told: str, reason: str) -> None:
    with pytest.raises(ServiceError) as refused:
        verify_export(exported, Options(), SparkEngine(Session(told)))
    assert refused.value.what == f"Spark gave up: {reason}"


def test_without_pyspark_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SourceError) as refused:
        SparkEngine()
    assert "Install pyspark" in refused.value.fix
