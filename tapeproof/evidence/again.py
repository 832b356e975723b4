"""Judges a bundle's sources again with the gate, and renders its reports again: what the single file cannot do."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.bundle.writing import render_again
from tapeproof.evidence.collectors.gate import run_gate
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.verifier.archive import open_bundle, safe_name
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable
from tapeproof.evidence.verifier.layout import SIGNER_NAME, inputs_of
from tapeproof.evidence.verifier.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["gate_arguments", "judge_again"]

GATE_COMMAND = ["tapeproof", "gate", "check"]
COMPARED = ("policy", "resource", "verdict", "line", "column")


def judge_again(bundle: str) -> list[str]:
    """Return every difference between a bundle and what the gate and the reports give for its evidence now.

    Args:
        bundle: A folder or zip that verified.

    Raises:
        EvidenceError: It is not shaped as this program writes bundles.
    """
    try:
        with closing(open_bundle(bundle)) as archive, tempfile.TemporaryDirectory(prefix="tapeproof-") as scratch:
            contents = Contents(archive, read_manifest(Contents(archive, {}).read(MANIFEST_NAME))["files"])
            folder = Path(scratch)
            found = [*_gate_differences(contents, folder / "sources"), *_render_differences(contents, folder / "again")]
    except (Unusable, *UNEXPECTED, OSError) as error:
        why = f"a field is missing or of another type: {error!r}"
        raise EvidenceError(f"{bundle} cannot be judged again", why=why, fix="verify it without --again") from error
    return found


def _gate_differences(contents: Contents, folder: Path) -> Iterator[str]:
    if "evidence/source-gate/raw/results.jsonl" not in contents:
        yield "again: the bundle holds no verdicts of the gate on the source"
        return
    prefix = "evidence/source-files/raw/files/"
    for name in (name for name in contents.files if name.startswith(prefix)):
        target = folder / name[len(prefix) :]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents.read(name))
    arguments = gate_arguments(contents.json("evidence/source-gate/raw/summary.json"))
    if arguments is None:
        yield "again: the bundle names a command that is not run on its word; judge its sources with the gate by hand"
        return
    report = run_gate(folder, arguments)
    now = {_key(one) for one in report["results"]}
    lines = contents.lines("evidence/source-gate/raw/results.jsonl")
    then = {_key({**one, "resource": line["resource"]}) for line in lines for one in line["results"]}
    yield from (f"again: the gate now says {_spelled(key)}" for key in sorted(now - then))
    yield from (f"again: the gate no longer says {_spelled(key)}" for key in sorted(then - now))


def gate_arguments(summary: Any) -> list[str] | None:  # noqa: ANN401 - any JSON
    """Return what the gate was run with, or None unless it is one root module and variable files inside the sources.

    A bundle may come from anybody: an option such as ``--output`` would write where its maker wants (CWE-88).
    """
    command = summary.get("command") if isinstance(summary, dict) else None
    if not isinstance(command, list) or not all(isinstance(one, str) for one in command):
        return None
    if command[:3] != GATE_COMMAND or command[-2:] != ["--format", "json"]:
        return None
    root, *rest = command[3:-2] or [""]
    paths = [root, *rest[1::2]]
    known = all(one == "--var-file" for one in rest[::2]) and len(rest) % 2 == 0
    inside = all(one == "." or (safe_name(one) and not one.startswith("-")) for one in paths)
    return command[3:-2] if known and inside else None


def _key(result: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(result.get(name) or "") for name in COMPARED)


def _spelled(key: tuple[str, ...]) -> str:
    return json.dumps(dict(zip(COMPARED, key, strict=True)), ensure_ascii=False)


def _render_differences(contents: Contents, folder: Path) -> Iterator[str]:
    for name in inputs_of(contents):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents.read(name))
    pdf = "reports/report.pdf" in contents
    render_again(folder, contents.read(SIGNER_NAME) if SIGNER_NAME in contents else None, pdf=pdf)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.startswith("reports/") and path.read_bytes() != contents.read(name):
            yield f"again: {name} comes out otherwise than in the bundle"
    shutil.rmtree(folder)
