"""The baseline: findings that were there when the gate came, accepted as they are until they are mended.

One file, ``.tapeproof-baseline.json`` in the working directory, an entry a line so that a review shows what left it. It
only shrinks: a finding that is not in it fails, and an entry whose finding is gone must leave it.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from tapeproof.gate.acceptance.fingerprint import Fingerprint, fingerprint_of, is_root_gone
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.own_files import read_own_file
from tapeproof.gate.engine.record import record, replace
from tapeproof.gate.engine.report import GATE_POLICY, Result
from tapeproof.gate.engine.settings import BASELINE_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from tapeproof.gate.engine.protected import Protected

__all__ = ["FILE_NAME", "Applied", "Baseline", "count_entries", "read_baseline", "write_baseline"]

FILE_NAME = BASELINE_NAME
_VERSION = 1
_LARGEST_BYTES = 64 * 1024 * 1024
_ACCEPTABLE = frozenset({"fail", "unknown"})
_FIELDS = ("root", "policy", "resource", "verdict", "value", "count")


class Applied(NamedTuple):
    """What a baseline made of the results of a run.

    Attributes:
        results: The results; what is accepted has the verdict ``waived``.
        accepted: How often each entry was met.
        gone: Entries of what was judged, that nothing met, and how often too many.
    """

    results: list[Result]
    accepted: Counter[Fingerprint]
    gone: Counter[Fingerprint]


@record(slots=False)
class Baseline:
    """Accepted findings.

    Attributes:
        entries: How often each is accepted.
        reason: Why they are.
        owner: Who answers for them.
        created: When the first of them was accepted.
        expires: The last day they are; None for as long as they are not mended.
    """

    entries: Mapping[Fingerprint, int]
    reason: str
    owner: str
    created: date
    expires: date | None = None

    def apply(
        self, results: Iterable[Result], roots: Collection[str], policies: Collection[str], today: date
    ) -> Applied:
        """Return the results with what is accepted marked so.

        Args:
            results: All results that somebody may be shown.
            roots: The roots that were judged; an entry of another one is gone only where that root is.
            policies: The policies that were judged, likewise.
            today: The date that decides whether the baseline has expired, in UTC.
        """
        left = Counter(self.entries) if self.expires is None or today <= self.expires else Counter[Fingerprint]()
        accepted: Counter[Fingerprint] = Counter()
        stamp = {
            "reason": self.reason,
            "owner": self.owner,
            "expires": "" if self.expires is None else self.expires.isoformat(),
            "source": FILE_NAME,
        }
        listed = []
        for result in results:
            mark = fingerprint_of(result) if result.verdict in _ACCEPTABLE else None
            if mark is not None and left[mark] > 0:
                left[mark] -= 1
                accepted[mark] += 1
                listed.append(replace(result, verdict="waived", waiver=stamp))
            else:
                listed.append(result)
        judged = {*policies, GATE_POLICY}
        away = {root for root in {mark.root for mark in left} if is_root_gone(root)}.union(roots)
        gone = {mark: count for mark, count in left.items() if count and mark.root in away and mark.policy in judged}
        return Applied(listed, accepted, Counter(gone))

    def shrink(self, gone: Counter[Fingerprint]) -> Baseline:
        """Return the baseline without what is gone."""
        left = Counter(self.entries)
        left.subtract(gone)
        return replace(self, entries={mark: count for mark, count in left.items() if count > 0})


def read_baseline(folder: Path, protected: Protected | None = None) -> Baseline | None:
    """Return the baseline of the project in a folder; None when it has none.

    Args:
        folder: The folder.
        protected: The revision whose baseline counts; that of the working tree when absent.

    Raises:
        CannotJudgeError: The file cannot be read, or is not as it should be.
    """
    path = folder / FILE_NAME
    content = read_own_file(path, _LARGEST_BYTES) if protected is None else protected.read(path)
    if content is None:
        return None
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CannotJudgeError(
            f"{path}: cannot be read", why=str(error), fix="restore it from version control"
        ) from error
    try:
        return _parse(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CannotJudgeError(
            f"{path}: is no baseline", why=f"{type(error).__name__}: {error}", fix="restore it from version control"
        ) from error


def _parse(data: Any) -> Baseline:  # noqa: ANN401 - JSON of any shape
    if data["version"] != _VERSION:
        raise ValueError(f"expected version {_VERSION}, got {data['version']!r}")
    entries: dict[Fingerprint, int] = {}
    for number, row in enumerate(data["accepted"], 1):
        if set(row) != set(_FIELDS) or not all(isinstance(row[name], str) for name in _FIELDS[:-1]):
            raise ValueError(f"entry {number} must have {', '.join(_FIELDS)}")
        if type(row["count"]) is not int or row["count"] < 1:
            raise ValueError(f"entry {number}: expected a count of at least 1, got {row['count']!r}")
        mark = Fingerprint(**{name: row[name] for name in _FIELDS[:-1]})
        if mark in entries:
            raise ValueError(f"entry {number} is there twice")
        entries[mark] = row["count"]
    reason, owner = str(data["reason"]).strip(), str(data["owner"]).strip()
    if not reason or not owner:
        raise ValueError("it has no reason or no owner")
    expires = date.fromisoformat(data["expires"]) if data.get("expires") else None
    return Baseline(entries, reason, owner, date.fromisoformat(data["created"]), expires)


def write_baseline(folder: Path, baseline: Baseline) -> Path:
    """Write a baseline, an entry a line and in order, and return its path.

    Raises:
        CannotJudgeError: The file cannot be written.
    """
    path = folder / FILE_NAME
    head = {
        "version": _VERSION,
        "reason": baseline.reason,
        "owner": baseline.owner,
        "created": baseline.created.isoformat(),
        "expires": "" if baseline.expires is None else baseline.expires.isoformat(),
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}," for name, value in head.items()]
    rows = [json.dumps(_row(mark, count), ensure_ascii=False) for mark, count in sorted(baseline.entries.items())]
    text = "\n".join(["{", *lines, '  "accepted": [', ",\n".join(f"    {row}" for row in rows), "  ]", "}", ""])
    unfinished = path.with_suffix(".unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise CannotJudgeError(f"{path}: cannot be written: {error.strerror}") from error
    return path


def _row(mark: Fingerprint, count: int) -> dict[str, str | int]:
    return {**mark._asdict(), "count": count}


def count_entries(results: Sequence[Result]) -> Counter[Fingerprint]:
    """Return how often each finding is there that could be accepted."""
    return Counter(fingerprint_of(result) for result in results if result.verdict in _ACCEPTABLE)
