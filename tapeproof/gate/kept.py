"""Answers about root modules that still hold, because everything that they were made from is as it was."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.population import Packed, packed_rows, unpacked_rows
from tapeproof.gate.engine.record import members
from tapeproof.gate.engine.report import PolicySummary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tapeproof.gate.engine.report import Result
    from tapeproof.gate.engine.scope import Scope
    from tapeproof.gate.engine.settings import Settings
    from tapeproof.gate.engine.store import Store
    from tapeproof.gate.question import Question

__all__ = ["Answer", "Kept"]

_MOST_CALLS = 100_000
_UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError)


class Answer(NamedTuple):
    """What judging a root module gave.

    Attributes:
        notable: Results that somebody may be shown.
        quiet: All others.
        states: Everything that was read, listed or looked for, by its path, as it was then.
        files: The Terraform files among that.
        read: Those of them that could be read.
        waiving: Files with waivers in them.
        scope: What was judged by which policies, and what is outside of them.
    """

    notable: Sequence[Result]
    quiet: Packed
    states: Mapping[str, str]
    files: frozenset[str]
    read: frozenset[str]
    waiving: frozenset[str]
    scope: Scope = ()


class Kept:
    """What is kept for a question.

    Args:
        store: Where; None keeps nothing.
        question: What is asked.
        settings: What the project sets.
        code: Identifies the gate's code and catalogue.

    Attributes:
        calls: The modules on the same disk that a file calls, by the file's state.
    """

    def __init__(self, store: Store | None, question: Question, settings: Settings, code: str) -> None:
        self.store = store
        self.code = code
        self.asked = _describe_question(question, settings, code)
        self.calls: dict[str, tuple[str, ...]] = {}
        self._calls_kept = 0
        if store is not None:
            self._load_calls(store)

    def policies(self) -> tuple[PolicySummary, ...] | None:
        """Return what was said of the policies; None when nothing is kept."""
        body = None if self.store is None else self.store.get("policies", self.asked)
        try:
            rows = () if body is None else json.loads(body)
            return tuple(PolicySummary(**_as_made(row)) for row in rows) or None
        except _UNREADABLE:
            return None

    def keep_policies(self, policies: Iterable[PolicySummary]) -> None:
        """Keep what is said of the policies."""
        if self.store is None:
            return
        rows = [members(policy) for policy in policies]
        with suppress(TypeError, ValueError):  # a parameter of a kind that JSON does not have
            self.store.put("policies", self.asked, json.dumps(rows).encode())

    def answer(self, name: str, state: Callable[[str], str]) -> Answer | None:
        """Return the answer about a root module in its environments, if it still holds.

        Args:
            name: Both of them.
            state: Returns the state of a path as it is in this run.
        """
        body = None if self.store is None else self.store.get("answers", self.asked + name)
        if body is None:
            return None
        try:
            head, notable, quiet = body.split(b"\n", 2)
            facts = json.loads(head)
            if any(state(path) != kept for path, kept in facts["states"].items()):
                return None
            files = frozenset(facts["files"])
            return Answer(
                tuple(unpacked_rows(notable)),
                Packed(facts["root"], facts["quiet"], quiet),
                facts["states"],
                files,
                files.difference(facts["unread"]),
                frozenset(facts["waiving"]),
                tuple(facts["scope"]),
            )
        except _UNREADABLE:
            return None

    def keep(self, name: str, answer: Answer) -> None:
        """Keep an answer about a root module in its environments."""
        if self.store is None:
            return
        facts = {
            "root": answer.quiet.root,
            "quiet": answer.quiet.number,
            "states": answer.states,
            "files": sorted(answer.files),
            "unread": sorted(answer.files - answer.read),
            "waiving": sorted(answer.waiving),
            "scope": answer.scope,
        }
        body = b"\n".join([json.dumps(facts).encode(), packed_rows(answer.notable), answer.quiet.content])
        self.store.put("answers", self.asked + name, body)

    def finish(self) -> None:
        """Keep the calls that were met, and make room."""
        if self.store is not None and len(self.calls) > self._calls_kept:
            newest = dict(list(self.calls.items())[-_MOST_CALLS:])
            self.store.put("calls", self.code, json.dumps(newest).encode())
            for kind in ("answers", "policies", "calls", "documents"):
                self.store.prune(kind)

    def _load_calls(self, store: Store) -> None:
        body = store.get("calls", self.code)
        try:
            found = {} if body is None else json.loads(body)
            self.calls = {str(state): tuple(map(str, called)) for state, called in found.items()}
        except _UNREADABLE:
            self.calls = {}
        self._calls_kept = len(self.calls)


def _as_made(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(part) if isinstance(part, list) else part for name, part in row.items()}


def _describe_question(question: Question, settings: Settings, code: str) -> str:
    """Return what an answer depends on besides the files that are read."""
    environment = {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("TF_VAR_") or name in {"TF_WORKSPACE", "HOME"}
    }
    return repr(
        (
            code,
            environment,
            str(Path.cwd()),
            question.policies,
            question.variables,
            [digest for _, digest in question.catalogs],
            sorted((policy, sorted(values.items())) for policy, values in settings.parameters.items()),
            settings.overrides,
        )
    )
