"""``tapeproof gate fix``: show or make the changes that put mechanical findings right."""

from __future__ import annotations

import difflib
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.checking import check
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.report import EXIT_FINDINGS, EXIT_PASS, EXIT_UNKNOWN, GATE_POLICY
from tapeproof.gate.fixing.edits import FIXABLE, ON_REQUEST, Edit, NotMechanicalError, apply_edits, edit_for
from tapeproof.gate.question import Question
from tapeproof.gate.secrets.masking import mask_secrets
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.engine.report import Result

__all__ = ["fix"]

_NATIVE = (".tf", ".tofu", ".tfvars")
_LINE_ENDS = "\r\n"
_OF_SECRETS = ("TP_VAL_2", "TP_VAL_3")
"""Policies that know where secrets stand, whatever these look like."""


def fix(
    roots: tuple[Path, ...],
    var_files: tuple[Path, ...] = (),
    variables: tuple[tuple[str, str], ...] = (),
    *,
    policies: tuple[str, ...] = (),
    write: bool = False,
) -> int:
    """Show, or make, every change that takes no judgement, or those that some policies ask for.

    What is found is what a check finds: profile, waivers and baseline included.

    Args:
        roots: Folders of root modules.
        var_files: Variable files.
        variables: Single values.
        policies: Whose findings; all that take no judgement when there are none.
        write: Whether to change the files.

    Returns:
        0 when nothing is left to do, 1 when something is: changes that were only shown, or findings for a person; 2
        when something could not be judged, so that nobody knows what is to be done.

    Raises:
        GateError: The roots cannot be judged, a policy has nothing that can be put right so, or a file cannot be
            written.
    """
    chosen = _choose(policies)
    question = Question(roots, (), var_files, variables)
    told = check(question).notable
    found = [result for result in told if result.verdict == "fail" and result.policy in FIXABLE]
    unjudged = [one for one in told if one.verdict == "unknown" and one.policy in {*chosen, GATE_POLICY}]
    asked = question._replace(policies=_OF_SECRETS)
    secrets = [result for result in check(asked).results if result.verdict != "pass"] if found and not write else []
    on_request = frozenset() if policies else ON_REQUEST - chosen
    waiting = Counter(result.policy for result in found if result.policy in on_request)
    edits, left = _edits([result for result in found if result.policy in chosen])
    _write_or_show(edits, secrets, write=write)
    _tell_left(left, waiting, unjudged)
    count = sum(map(len, edits.values()))
    done = "made" if write else "shown; --write makes them"
    changed = f"{count_of(count, 'change')} in {count_of(len(edits), 'file')} {done}"
    sys.stderr.write(f"{changed}, {count_of(len(left), 'finding')} left for a person\n")
    if unjudged:
        return EXIT_UNKNOWN
    return EXIT_FINDINGS if left or waiting or (edits and not write) else EXIT_PASS


def _write_or_show(edits: Mapping[Path, set[Edit]], secrets: list[Result], *, write: bool) -> None:
    """Make the changes of each file, or print them with what is secret in it masked."""
    for file, changes in edits.items():
        if write:
            _write(file, apply_edits(_read(file), changes))
        else:
            _show(file, changes, [result for result in secrets if Path(result.file).resolve() == file.resolve()])


def _tell_left(left: list[tuple[Result, str]], waiting: Mapping[str, int], unjudged: list[Result]) -> None:
    """Print what is left for a person, what waits until its policy is named, and what could not be judged."""
    for result, why in left:
        told = f"{result.file}:{result.line}:{result.column}: {result.message} ({why})"
        sys.stdout.write(f"by hand: {escape_text(told)}\n")
    for result in unjudged:
        at = ":".join(str(part) for part in (result.file, result.line, result.column) if part)
        sys.stdout.write(f"not judged: {escape_text(f'{at}: {result.message}')}\n")
    for policy, number in sorted(waiting.items()):
        found = count_of(number, f"finding of {policy} takes", f"findings of {policy} take")
        sys.stdout.write(f"by name: {found} judgement; --policy {policy} does it\n")


def _choose(policies: tuple[str, ...]) -> frozenset[str]:
    """Return the policies whose findings are put right.

    Raises:
        CannotJudgeError: Those of one cannot be put right mechanically.
    """
    for policy in policies:
        if policy not in FIXABLE:
            raise CannotJudgeError(
                f"--policy {policy}: its findings take a person", fix=f"name some of {', '.join(sorted(FIXABLE))}"
            )
    return frozenset(policies) or FIXABLE - ON_REQUEST


def _edits(findings: list[Result]) -> tuple[dict[Path, set[Edit]], list[tuple[Result, str]]]:
    edits: dict[Path, set[Edit]] = {}
    left: list[tuple[Result, str]] = []
    texts: dict[Path, str] = {}
    names: dict[Path, Path] = {}
    for result in findings:
        # Roots often link to one file: it is changed once, whatever the names it was judged under.
        path = names.setdefault(Path(result.file).resolve(), Path(result.file))
        if path.suffix not in _NATIVE or not result.line:
            left.append((result, "only HCL files are changed"))
            continue
        if path not in texts:
            texts[path] = _read(path)
        try:
            edits.setdefault(path, set()).add(edit_for(result, texts[path]))
        except NotMechanicalError as error:
            left.append((result, str(error)))
    return {path: changes for path, changes in edits.items() if changes}, left


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def _show(path: Path, changes: set[Edit], secrets: list[Result]) -> None:
    """Write the changes of a file as a difference in which its secrets are covered."""
    text = _read(path)
    before, after = (_covered(one) for one in (_without(text, secrets), apply_edits(_without(text, secrets), changes)))
    names = (f"{path} (now)", f"{path} (fixed)")
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), *names)
    sys.stdout.writelines(f"{escape_text(line.rstrip(_LINE_ENDS))}\n" for line in lines)


def _covered(text: str) -> str:
    """Return a text with its secrets covered and its lines as they were."""
    covered = mask_secrets(text)
    return "".join(old if old in _LINE_ENDS else new for old, new in zip(text, covered, strict=True))


def _without(text: str, secrets: list[Result]) -> str:
    """Return a text in which what policies call secrets is covered; quotes stay, so that it is still HCL."""
    lines = text.splitlines(keepends=True)
    for secret in secrets:
        for number in range(secret.line, min(secret.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start = secret.column - 1 if number == secret.line else 0
            end = secret.end_column - 1 if number == secret.end_line else len(line)
            inside = "".join("*" if letter.isalnum() else letter for letter in line[start:end])
            lines[number - 1] = line[:start] + inside + line[end:]
    return "".join(lines)


def _write(path: Path, text: str) -> None:
    target = path.resolve()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
        unfinished.chmod(target.stat().st_mode & 0o7777)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CannotJudgeError(f"{path}: cannot be changed: {error.strerror}") from error
