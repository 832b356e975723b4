"""One editor's session: the texts it holds, what was found last, and what a keystroke changes of that."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.editor.model import Asked, Quick, judge_change, read_model
from tapeproof.editor.moving import find_change, move_results
from tapeproof.gate.acceptance.fingerprint import fingerprint_of
from tapeproof.gate.checking import check
from tapeproof.gate.choosing import choose_policies, leave_out
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.drafts import Drafts
from tapeproof.gate.engine.errors import GateError, SourceError
from tapeproof.gate.engine.policy import CATALOG, catalog
from tapeproof.gate.engine.report import GATE_POLICY, Report, Result
from tapeproof.gate.frontends.hcl.sources import parse
from tapeproof.gate.kept import Kept
from tapeproof.gate.question import Question
from tapeproof.gate.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.editor.model import Model
    from tapeproof.gate.engine.evaluator.syntax import Source
    from tapeproof.gate.engine.policy import Policy
    from tapeproof.gate.engine.settings import Settings

__all__ = ["Session"]

_SHOWN = {"fail", "unknown"}
_MOST_MODELS = 4
"""Root modules of which a keystroke is judged at once; of a module that more of them call, after a pause."""


class _Known(NamedTuple):
    """What was found when everything was judged last."""

    report: Report
    settings: Settings
    texts: Mapping[str, str]
    models: Mapping[str, Model]
    accepted: frozenset[tuple[str, ...]]


class Session:
    """Judges what an editor holds; the working directory is the folder that it opened.

    Attributes:
        problem: Why the gate could not answer at all, for people; empty when it could.
    """

    def __init__(self) -> None:
        self.problem = ""
        self._drafts = Drafts()
        self._documents = Documents()
        self._known: _Known | None = None
        self._slow: dict[str, bool] = {}
        self._policies: dict[tuple[str, ...], list[Policy]] = {}

    def hold(self, path: str, text: str) -> None:
        """Take the text of a file as the editor has it now."""
        self._drafts.texts[os.path.realpath(path)] = text

    def release(self, path: str) -> None:
        """Take the file as it is on the disk: the editor closed it."""
        self._drafts.texts.pop(os.path.realpath(path), None)

    def judge_all(self) -> None:
        """Judge everything whole; roots in which nothing changed are answered from what is kept.

        What cannot be parsed for the moment is passed over until it can: the findings of its root stay as they are.
        """
        drafts = self._drafts.copy()
        if self._known is not None and any(self._is_broken(path, text) for path, text in drafts.texts.items()):
            return
        try:
            self._known = self._find_all(drafts)
            self.problem = ""
        except GateError as error:
            self.problem = error.diagnostics()

    def judge_edit(self, path: str) -> list[Result]:
        """Return what is to be shown in a file right after an edit of it, before all is judged again.

        Args:
            path: The file.
        """
        shown, text = _shown(path), self._text(path)
        try:
            source = parse(text, shown)
        except SourceError as error:
            return [*self.results_in(path), _syntax_result(error)]
        return self._merge_quick(path, shown, text, source)

    def results_in(self, path: str) -> list[Result]:
        """Return what was found in a file, where it stands now."""
        known, shown = self._known, _shown(path)
        if known is None:
            return []
        change = find_change(self._text_before(known, path).split("\n"), self._text(path).split("\n"))
        found = [one for one in known.report.notable if one.verdict in _SHOWN or (one.warning and one.file)]
        return list(move_results([one for one in found if _place(one) == shown], shown, change))

    def list_files(self) -> set[str]:
        """Return the real paths of all files in which something was found."""
        found = () if self._known is None else self._known.report.notable
        return {os.path.realpath(_place(one)) for one in found if _place(one)}

    def describe_policy(self, identifier: str) -> str:
        """Return a policy as Markdown; empty for one that is not there."""
        known = self._known
        policy = next((one for one in known.report.policies if one.id == identifier), None) if known else None
        if policy is None:
            return ""
        snippet = f"\n\n```hcl\n{policy.snippet}\n```" if policy.snippet else ""
        head = f"**{policy.id}** ({policy.severity}): {policy.title}"
        return f"{head}\n\n{policy.rationale}\n\n{policy.remediation}{snippet}"

    def _find_all(self, drafts: Drafts) -> _Known:
        question = Question(drafts=drafts)
        report = check(question)
        reading = Reading(question, self._documents)
        asked = choose_policies(question, reading.settings, self._documents).policies
        if asked not in self._policies:
            everything = catalog((CATALOG,), self._documents)
            self._policies[asked] = [one for one in everything if not asked or one.id in asked]
        wanted = Asked(self._policies[asked], reading.settings.parameters, reading.settings.overrides, self._slow)
        models: dict[str, Model] = {}
        for root in _list_roots(reading, drafts):
            with suppress(GateError):
                environment = reading.environments(root)[0]
                model = read_model(root, environment, reading.sources, wanted)
                models |= {str(root): model} if model is not None else {}
        accepted = frozenset(_identify(one) for one in report.notable if one.verdict == "waived")
        return _Known(report, reading.settings, drafts.texts, models, accepted)

    def _merge_quick(self, path: str, shown: str, text: str, source: Source) -> list[Result]:
        before, known, lines = self.results_in(path), self._known, text.split("\n")
        change = None if known is None else find_change(self._text_before(known, path).split("\n"), lines)
        if known is None or change is None:
            return before
        listed: list[Result] = []
        told: set[tuple[str, ...]] = set()
        for model in known.models.values():
            quick = judge_change(model, shown, source, lines, change)
            before = [one for one in before if not (one.resource in quick.resources and one.policy in quick.policies)]
            for one in self._without_accepted(quick, known, lines):
                if one.file == shown and (one.policy, str(one.line), one.message) not in told:
                    told.add((one.policy, str(one.line), one.message))
                    listed.append(one)
        return [*before, *listed]

    def _without_accepted(self, quick: Quick, known: _Known, lines: list[str]) -> Iterator[Result]:
        bad = tuple(one for one in quick.results if one.verdict in _SHOWN)
        left = leave_out(replace(known.report, results=bad), known.settings)
        for one in left.notable:
            line = lines[one.line - 1] if 0 < one.line <= len(lines) else ""
            if _identify(one) not in known.accepted and f"tapeproof:waive {one.policy}" not in line:
                yield one

    def _text(self, path: str) -> str:
        held = self._drafts.texts.get(os.path.realpath(path))
        return _read(path) if held is None else held

    @staticmethod
    def _text_before(known: _Known, path: str) -> str:
        """Return the text of a file as it was when everything was judged."""
        held = known.texts.get(os.path.realpath(path))
        return _read(path) if held is None else held

    def _is_broken(self, path: str, text: str) -> bool:
        try:
            parse(text, path)
        except SourceError:
            return True
        return False


def _shown(path: str) -> str:
    """Return a path as the gate's results have it."""
    return os.path.relpath(os.path.realpath(path))


def _place(result: Result) -> str:
    """Return the file in which a result is shown."""
    return os.path.normpath(result.file) if result.file else ""


def _list_roots(reading: Reading, drafts: Drafts) -> list[Path]:
    """Return the root modules that a file with a draft belongs to: few, as each is kept whole."""
    kept = Kept(None, reading.question, reading.settings, "")
    folders = {Path(os.path.relpath(Path(path).parent)) for path in drafts.texts}
    found = [root for root in reading.roots(kept) if folders & reading.folders_of(root, kept)]
    return found[:_MOST_MODELS]


def _identify(result: Result) -> tuple[str, ...]:
    fingerprint = fingerprint_of(result)
    return fingerprint.root, fingerprint.policy, fingerprint.resource, fingerprint.value


def _read(path: str) -> str:
    try:
        return Path(path).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""


def _syntax_result(error: SourceError) -> Result:
    line, column = max(error.line, 1), max(error.column, 1)
    return Result(
        root="",
        policy=GATE_POLICY,
        severity="critical",
        verdict="unknown",
        file=error.file,
        line=line,
        column=column,
        end_line=line,
        end_column=column + 1,
        message=error.reason,
    )
