"""Where live evidence came from, decided by the addresses that were called and the accounts that answered.

No option decides it: who holds the key would set the option. A copy of a log that somebody handed over shows that the
log agrees with itself, and not that an account holds it; it is recorded, and never shows that anything is implemented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.account.origin import EMULATED_ACCOUNTS, is_aws_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["accounts_of", "is_simulated", "stage_origin"]

PARTS_OF_AN_ORIGIN = 3
"""The stack calls its log NAME/ACCOUNT/ENVIRONMENT."""


def is_simulated(item: Json) -> bool:
    """Return whether an item is from an emulator: as it says, or as the hosts and accounts in it show."""
    hosts = item["source"].get("hosts") or ()
    return bool(item["simulated"] or any(not is_aws_host(host) for host in hosts) or _emulated_accounts(item))


def stage_origin(items: list[Json]) -> str:
    """Return what a stage that asks an account can show: ``simulated``, ``recorded`` or ``implemented``.

    Args:
        items: The stage's evidence items.
    """
    collected = [item for item in items if item["status"] == "collected" and item["judge"]]
    if any(is_simulated(item) for item in items):
        return "simulated"
    answers = [item["source"] for item in collected if item["judge"] != "gate"]  # the gate asked nobody by itself
    attributed = bool(answers) and all(source.get("hosts") and source.get("account") for source in answers)
    return "implemented" if attributed or not collected else "recorded"


def accounts_of(item: Json) -> Iterator[str]:
    """Yield the account ids that an item names: of who answered, and of the log's origin."""
    source = item["source"]
    if source.get("account"):
        yield str(source["account"])
    parts = str(source.get("origin") or "").split("/")
    if len(parts) >= PARTS_OF_AN_ORIGIN and len(parts[1]) == len("111122223333") and parts[1].isdigit():
        yield parts[1]


def _emulated_accounts(item: Json) -> bool:
    return bool(EMULATED_ACCOUNTS & set(accounts_of(item)))
