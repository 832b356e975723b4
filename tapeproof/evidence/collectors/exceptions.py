"""Waivers and risk acceptances as evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.model import Population
from tapeproof.evidence.risks import DEFAULT_FILE, load_acceptances
from tapeproof.evidence.verifier.exceptions import EXCEPTION_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.collection import Context

__all__ = ["ExceptionCollector"]


class ExceptionCollector:
    """Collects what the gate waived and what somebody accepted.

    Args:
        acceptances: The file of risk acceptances; it need not exist when nobody named it.
    """

    name = "waivers and risk acceptances"

    def __init__(self, acceptances: Path) -> None:
        self._acceptances = acceptances

    def collect(self, context: Context) -> None:
        """Collect one item, ``exceptions``; it runs after the gate, whose waivers it takes over."""
        with context.item(
            "exceptions",
            "Waivers of the gate and accepted risks",
            collector="exceptions",
            stage="exceptions",
            judge="exceptions",
            asserts=[EXCEPTION_POLICY],
        ) as out:
            if self._acceptances != Path(DEFAULT_FILE) and not self._acceptances.exists():
                fix = f"name the file that is there; only {DEFAULT_FILE} may be absent"
                raise CollectionError(f"there is no file {self._acceptances}", fix=fix)
            records = [*_waivers(context.workspace.folder), *load_acceptances(self._acceptances)]
            out.item.judged = "raw/exceptions.jsonl"
            out.lines(out.item.judged, sorted(records, key=lambda record: str(record["resource"])))
            out.item.source = {"kind": "file", "paths": [self._acceptances.name, "the gate's own report"]}
            out.item.population = Population(
                "every waiver and every risk acceptance on file", len(records), "exceptions"
            )


def _waivers(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / "evidence" / "source-gate" / "raw" / "summary.json"
    waivers = json.loads(path.read_bytes()).get("waivers", []) if path.is_file() else []
    for number, waiver in enumerate(waivers, 1):
        where = f"{waiver.get('file', '')}:{waiver.get('line', '')}".strip(":")
        yield {**waiver, "kind": "waiver", "resource": f"waiver {where or number} {waiver.get('policy', '')}".strip()}
