"""Risk acceptances: who accepted what, why, until when, and what makes up for it meanwhile."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.errors import RiskError
from tapeproof.evidence.verifier.exceptions import LONGEST_ACCEPTANCE, same_person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DEFAULT_FILE", "LONGEST", "Acceptance", "accept", "load_acceptances"]

DEFAULT_FILE: Final = ".tapeproof-risks.yaml"
LONGEST: Final = timedelta(days=LONGEST_ACCEPTANCE)
"""No risk is accepted for longer: it is looked at again at least once a year."""
WAIT_SECONDS: Final = 10
"""How long an acceptance waits for another that is being written."""
SUBJECT: Final = re.compile(r"[a-z0-9.-]+:\S.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """One accepted risk.

    Attributes:
        id: ``RA-2026-001`` and so on.
        policy: The policy that is not met; empty when a control is named.
        control: ``framework:control`` that is not met; empty when a policy is named.
        owner: Who carries the risk.
        approver: Who approved it; somebody else.
        reason: Why it is accepted.
        compensating: What makes up for it meanwhile; at least one.
        accepted: ISO date.
        expires: ISO date, at most a year later.
    """

    id: str
    owner: str
    approver: str
    reason: str
    compensating: tuple[str, ...]
    accepted: str
    expires: str
    policy: str = ""
    control: str = ""

    def problems(self) -> list[str]:
        """Return what is missing or wrong, as sentences without a full stop."""
        texts = {"owner": self.owner, "approver": self.approver, "reason": self.reason}
        found = [f"the {name} is missing" for name, text in texts.items() if not text.strip()]
        if bool(self.policy) == bool(self.control):
            found.append("name either a policy or a control")
        if self.control and not SUBJECT.fullmatch(self.control):
            found.append(f"{self.control!r} is not of the form framework:control")
        if same_person(self.owner, self.approver):
            found.append("the owner cannot approve their own risk")
        if not any(one.strip() for one in self.compensating):
            found.append("name at least one compensating control")
        return found + self._date_problems()

    def _date_problems(self) -> list[str]:
        try:
            accepted, expires = date.fromisoformat(self.accepted), date.fromisoformat(self.expires)
        except ValueError:
            return ["dates are written YYYY-MM-DD"]
        if expires <= accepted:
            return ["it expires before it begins"]
        return [f"it runs longer than {LONGEST.days} days"] if expires - accepted > LONGEST else []


def load_acceptances(path: Path) -> list[dict[str, Any]]:
    """Return the acceptances of a file as exception records; none when there is no file.

    A record that is not complete is returned as it is: the evidence then shows it as malformed.

    Raises:
        RiskError: The file is not YAML of the expected form.
    """
    records = []
    for number, entry in enumerate(_entries(path), 1):
        dates = {name: str(entry[name]) for name in ("accepted", "expires") if entry.get(name) is not None}
        identity = str(entry.get("id") or f"acceptance {number}")
        made_up = entry.get("compensating") or []
        listed = [str(one) for one in (made_up if isinstance(made_up, list) else [made_up])]
        records.append({**entry, **dates, "compensating": listed, "kind": "acceptance", "resource": identity})
    return records


def accept(path: Path, acceptance: Acceptance) -> Acceptance:
    """Append an acceptance to a file, keeping what stands in it.

    Args:
        path: The file; it is made when it is not there.
        acceptance: What is accepted; without an id it gets the next free one of its year.

    Returns:
        The acceptance as it is on file.

    Raises:
        RiskError: The acceptance is not complete, its id is taken, or the file cannot be written.
    """
    problems = acceptance.problems()
    if problems:
        raise RiskError("the risk was not accepted", why="; ".join(problems), fix="give what is missing")
    with _replace_file(path) as temporary:
        taken = {str(entry.get("id")) for entry in _entries(path)}
        filed = acceptance if acceptance.id else replace(acceptance, id=_next_id(taken, acceptance.accepted[:4]))
        if filed.id in taken:
            raise RiskError(f"{filed.id} is already in {path}", fix="choose another --id")
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        temporary.write_text(_append_acceptance(before, filed), encoding="utf-8")
    return filed


@contextmanager
def _replace_file(path: Path) -> Iterator[Path]:
    """Yield a file that becomes ``path``; while it is there nobody else can begin, so that no acceptance is lost."""
    temporary = path.with_name(path.name + ".part")
    _begin(temporary)
    try:
        yield temporary
    except BaseException:
        temporary.unlink()
        raise
    # From here on the name is free for the next one, so nothing more is done with it.
    temporary.replace(path)


def _begin(temporary: Path) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            temporary.touch(exist_ok=False)
        except FileExistsError as error:
            if time.monotonic() > until:
                fix = "wait for the other acceptance; if none is running, remove that file"
                raise RiskError(f"{temporary} is in the way", why="somebody is writing there", fix=fix) from error
            time.sleep(0.02)
        except OSError as error:
            fix = "make its folder first, or name another file with --risks"
            raise RiskError(f"{temporary} cannot be written", why=str(error), fix=fix) from error
        else:
            return


def _next_id(taken: set[str], year: str) -> str:
    return next(name for number in range(1, 10_000) if (name := f"RA-{year}-{number:03d}") not in taken)


def _append_acceptance(before: str, acceptance: Acceptance) -> str:
    """Return the file's text with one more entry; only a list that is not written in lines is written anew."""
    import yaml  # noqa: PLC0415 - only commands that read or write acceptances need it

    fields = {name: value for name, value in asdict(acceptance).items() if value}
    fields["compensating"] = list(acceptance.compensating)
    document = yaml.safe_load(before) or {}
    wanted = {**document, "acceptances": [*(document.get("acceptances") or []), fields]}
    added = yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=120)
    indented = "".join(f"  {line}\n" for line in added.splitlines())
    kept = before.rstrip("\n") + "\n" if before.strip() else ""
    head = "" if document else "acceptances:\n"
    text = kept + head + indented
    with suppress(yaml.YAMLError):
        if yaml.safe_load(text) == wanted:
            return text
    return str(yaml.safe_dump(wanted, sort_keys=False, allow_unicode=True, width=120))


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    import yaml  # noqa: PLC0415 - only commands that read or write acceptances need it

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        fix = "correct it, or take it back from the repository"
        raise RiskError(f"{path} cannot be read", why=str(error), fix=fix) from error
    document = {} if document is None else document
    entries = (document.get("acceptances", ()) or []) if isinstance(document, dict) else ()
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise RiskError(f"{path} is not a file of risk acceptances", fix="it has one list, named acceptances")
    for number, entry in enumerate(entries, 1):
        for name, value in entry.items():
            if not all(_is_plain(one) for one in (value if isinstance(value, list) else [value])):
                raise RiskError(
                    f"{path}: {name} of acceptance {entry.get('id') or number} cannot be used",
                    why="it is neither a text, a number, a date, nor a list of such",
                    fix="write it as text",
                )
    return entries


def _is_plain(value: object) -> bool:
    """Return whether a value is one that evidence can hold; aliases of YAML make nested ones as large as they like."""
    if isinstance(value, str):
        return not any("\ud800" <= mark <= "\udfff" for mark in value)  # halves of characters, which UTF-8 cannot hold
    return value is None or isinstance(value, int | float | date)
