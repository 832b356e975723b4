"""``tapeproof evidence show``."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.verifier.archive import open_bundle
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.manifest import read_manifest

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

__all__ = ["newest_bundle", "show"]

LINE: Final = re.compile("[1-9][0-9]{0,17}")


def show(parsed: argparse.Namespace) -> int:
    """Print an item as JSON, or one line of what it judged."""
    path = parsed.bundle or newest_bundle(parsed.output)
    name, _, line = parsed.item.partition(":")
    try:
        with closing(open_bundle(str(path))) as archive:
            contents = Contents(archive, read_manifest(Contents(archive, {}).read(MANIFEST_NAME))["files"])
            shown = _find_item(contents, name, line)
            altered = contents.findings
    except Unusable as error:
        finding = error.finding
        fix = "verify the bundle, to see every finding"
        raise EvidenceError(
            f"{path} cannot be read: {finding.where}", why=f"{finding.code}: {finding.message}", fix=fix
        ) from error
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    sys.stdout.write("".join(mark if mark.isprintable() or mark == "\n" else json.dumps(mark)[1:-1] for mark in text))
    sys.stdout.write("\n")
    for finding in altered:
        sys.stderr.write(f"warning: {finding.where}: {finding.message}\n")
    return 1 if altered else 0


def newest_bundle(output: Path) -> Path:
    """Return the newest bundle below a folder of runs.

    Raises:
        EvidenceError: There is none.
    """
    found = sorted(output.glob("*.zip"), key=lambda path: path.stem)
    if not found:
        raise EvidenceError(f"there is no bundle below {output}", fix="make one with: tapeproof evidence report")
    return found[-1]


def _find_item(contents: Contents, name: str, line: str) -> Any:  # noqa: ANN401 - any JSON
    where = f"evidence/{name}/item.json"
    if where not in contents:
        known = sorted(path.split("/")[1] for path in contents.files if path.endswith("/item.json"))
        raise EvidenceError(f"there is no item {name!r}", fix=f"it is one of {', '.join(known)}")
    item = contents.json(where)
    if not line:
        return item
    judged = item.get("judged") if isinstance(item, dict) else None
    if not LINE.fullmatch(line) or not isinstance(judged, str) or not judged.endswith(".jsonl"):
        raise EvidenceError(f"{name}:{line} names no line", fix="a line is written ITEM:NUMBER, counted from 1")
    lines = contents.lines(f"evidence/{name}/{judged}")
    chosen = next(islice(lines, int(line) - 1, None), None)
    if chosen is None:
        raise EvidenceError(f"{name} has no line {line}", fix="the report names the line behind each verdict")
    return chosen
