"""Risk acceptances: who accepted what, why, until when, and what makes up for it meanwhile."""

from __future__ import annotations

import re
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.errors import RiskError
from tapeproof.evidence.verifier.exceptions import LONGEST_ACCEPTANCE, same_person
from tapeproof.gate.acceptance.records import RecordsError, is_blank, parse_day, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DEFAULT_FILE", "LONGEST", "Acceptance", "accept", "load_acceptances"]

DEFAULT_FILE: Final = ".tapeproof-risks.yaml"
KEY: Final = "acceptances"
"""Under which they are listed."""
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
        found = [f"the {name} is missing" for name, text in texts.items() if is_blank(text)]
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
        accepted, expires = parse_day(self.accepted), parse_day(self.expires)
        if accepted is None or expires is None:
            return ["dates are written YYYY-MM-DD"]
        if expires <= accepted:
            return ["it expires before it begins"]
        return [f"it runs longer than {LONGEST.days} days"] if expires - accepted > LONGEST else []


def load_acceptances(path: Path) -> list[dict[str, Any]]:
    """Return the acceptances of a file as exception records; none when there is no file.

    A record that is not complete is returned as it is: the evidence then shows it as malformed.

    Raises:
        RiskError: The file is not YAML of the expected form, or has an id twice.
    """
    records = []
    for number, entry in enumerate(_entries(path), 1):
        identity = str(entry.get("id") or f"acceptance {number}")
        made_up = entry.get("compensating") or []
        listed = made_up if isinstance(made_up, list) else [made_up]
        records.append({**entry, "compensating": listed, "kind": "acceptance", "resource": identity})
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
    known = [one.fields for one in read_records(before.encode(), KEY)]
    added = yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=120)
    indented = "".join(f"  {line}\n" for line in added.splitlines())
    kept = before.rstrip("\n") + "\n" if before.strip() else ""
    text = kept + ("" if known else f"{KEY}:\n") + indented
    with suppress(RecordsError):
        if [one.fields for one in read_records(text.encode(), KEY)] == [*known, fields]:
            return text
    return str(yaml.safe_dump({KEY: [*known, fields]}, sort_keys=False, allow_unicode=True, width=120))


def _entries(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file, read as the gate reads its own.

    Raises:
        RiskError: The file is not of that form.
    """
    if not path.exists():
        return []
    try:
        records = read_records(path.read_bytes(), KEY)
    except RecordsError as error:
        fix = "it is YAML with one list, named acceptances; correct it, or take it back from the repository"
        raise RiskError(f"{path}:{error.line}: is no file of risk acceptances", why=error.why, fix=fix) from error
    except OSError as error:
        raise RiskError(f"{path} cannot be read", why=str(error), fix="make it readable") from error
    for record in records:
        if record.fault:
            raise RiskError(
                f"{path}:{record.line}: this acceptance cannot be used",
                why=f"it {record.fault}",
                fix="write names, and for each a text or a list of texts",
            )
    names = Counter(str(record.fields["id"]) for record in records if record.fields.get("id"))
    for name, number in names.items():
        if number > 1:
            raise RiskError(f"{path}: {name} is there twice", fix="give one of them another id, or remove it")
    return [dict(record.fields) for record in records]
