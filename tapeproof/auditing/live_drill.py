"""The drill on live tables: every attack on a throw-away copy of a log, verified as a live log is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.auditing.drill import Outcome, drill
from tapeproof.auditing.editor import NoTargetError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_live
from tapeproof.auditing.store_changes import compare_exports
from tapeproof.auditing.throwaway import MOST_ITEMS, ThrowAwayLog
from tapeproof.verifier.folder import ExportFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.auditing.source import Live
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.verify import Options

__all__ = ["drill_live"]


def drill_live(
    live: Live,
    options: ExportOptions | None = None,
    *,
    seed: int = 0,
    jobs: int | None = None,
    most: int = MOST_ITEMS,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> list[Outcome]:
    """Attack a copy of a live log in every way, one after the other and then some at once.

    Args:
        live: The log; it is only read.
        options: How a log is exported to be verified.
        seed: Chooses the victims.
        jobs: Processes for each verification.
        most: Items that are copied at most.
        progress: Told a stage's name, how much is done, and of how much.

    Raises:
        SourceError: The log has more items than may be copied, or is no log.
        ServiceError: AWS refused or did not answer.
    """
    options, copied = options or ExportOptions(), [0]

    def count(items: int) -> None:
        copied[0] += items
        progress("copying", copied[0], 0)

    with tempfile.TemporaryDirectory(prefix="tapeproof-drill-") as place, ThrowAwayLog(live, most, count) as log:
        folder = Path(place) / "export"
        export(log, folder, options)
        now = ExportFolder(folder).created
        again = options._replace(clock=lambda: now)

        def judge(attacked: Path, wanted: Options) -> Report:
            changes = compare_exports(folder, attacked)
            if not changes and attacked != folder and wanted.as_of == now:
                raise NoTargetError("nothing of it is in the stores")
            try:
                log.apply(changes)
                return verify_live(log, wanted, export_options=again, jobs=jobs)
            finally:
                log.restore()

        return drill(folder, seed=seed, progress=lambda done, total: progress("attacks", done, total), judge=judge)
