"""Risk acceptances: who accepted what, why, until when, and what makes up for it meanwhile."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from compliance.evidence.errors import RiskError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DEFAULT_FILE", "LONGEST", "Acceptance", "accept", "load_acceptances"]

DEFAULT_FILE: Final = ".tapeproof-risks.yaml"
LONGEST: Final = timedelta(days=366)
"""No risk is accepted for longer: it is looked at again at least once a year."""
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
        if self.owner.strip().casefold() == self.approver.strip().casefold():
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
        records.append({**entry, **dates, "kind": "acceptance", "resource": identity})
    return records


def accept(path: Path, acceptance: Acceptance) -> None:
    """Append an acceptance to a file, keeping what stands in it.

    Raises:
        RiskError: The acceptance is not complete, or its id is taken.
    """
    problems = acceptance.problems()
    if problems:
        raise RiskError("the risk was not accepted", why="; ".join(problems), fix="give what is missing")
    if acceptance.id in {str(entry.get("id")) for entry in _entries(path)}:
        raise RiskError(f"{acceptance.id} is already in {path}", fix="choose another --id")
    import yaml  # noqa: PLC0415 - only commands that read or write acceptances need it

    fields = {name: value for name, value in asdict(acceptance).items() if value}
    fields["compensating"] = list(acceptance.compensating)
    text = yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=120)
    before = path.read_text(encoding="utf-8") if path.exists() else "acceptances:\n"
    indented = "".join(f"  {line}\n" for line in text.splitlines())
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(before.rstrip("\n") + "\n" + indented, encoding="utf-8")
    temporary.replace(path)


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    import yaml  # noqa: PLC0415 - only commands that read or write acceptances need it

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RiskError(f"{path} cannot be read", why=str(error)) from error
    entries = (document.get("acceptances", ()) or []) if isinstance(document, dict) else ()
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise RiskError(f"{path} is not a file of risk acceptances", fix="it has one list, named acceptances")
    return entries
