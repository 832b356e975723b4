"""``tapeproof evidence diff``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.errors import EvidenceError
from tapeproof.evidence.verifier.status import EFFECTS
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["diff", "differences"]

CHANGES = ("policies", "controls", "appeared", "resolved", "populations", "exceptions")
ANSWERED = ("policy", "control", "owner", "approver", "reason", "compensating", "accepted", "expires")
"""What somebody answers for with a waiver or an acceptance."""
SHOWN = ("owner", "approver", "expires")
"""What is told of one that came or went."""


def diff(parsed: argparse.Namespace) -> int:
    """Print what changed; 0 when nothing did, 1 when something did."""
    found = differences(_assessment(parsed.old), _assessment(parsed.new))
    if parsed.json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{escape_text(line)}\n" for line in _lines(found))
    return 1 if any(found[name] for name in CHANGES) else 0


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is different between two assessments, by policy, control, resource and population."""
    was = {tuple(one) for one in old["not_passed"]}
    now = {tuple(one) for one in new["not_passed"]}
    return {
        "old": old["run"]["id"],
        "new": new["run"]["id"],
        "policies": _compare_effects(old["policies"], new["policies"], ("id",)),
        "controls": _compare_effects(old["controls"], new["controls"], ("framework", "control")),
        "appeared": sorted(map(list, now - was)),
        "resolved": sorted(map(list, was - now)),
        "populations": [
            {"stage": stage, "was": old["populations"]["stages"].get(stage), "now": count}
            for stage, count in new["populations"]["stages"].items()
            if old["populations"]["stages"].get(stage) != count
        ],
        "exceptions": list(_changed_exceptions(old["exceptions"], new["exceptions"])),
    }


def _changed_exceptions(old: list[Any], new: list[Any]) -> Iterator[dict[str, str]]:
    """Yield each waiver and acceptance that came, went, or is no longer what somebody answered for."""
    before, after = ({(one["kind"], one["resource"]): one for one in some} for some in (old, new))
    for kind, name in sorted(before.keys() | after.keys()):
        was, now = before.get((kind, name), {}), after.get((kind, name), {})
        altered = [word for word in ANSWERED if was.get(word) != now.get(word)]
        if altered or was.get("state") != now.get("state"):
            told = ", ".join(f"{word} {now.get(word, was.get(word))}" for word in (altered if was and now else SHOWN))
            yield {
                "kind": str(kind),
                "name": str(name),
                "was": was.get("state", "absent"),
                "now": now.get("state", "absent"),
                "told": told or "nothing else changed",
            }


def _compare_effects(old: list[Any], new: list[Any], names: tuple[str, ...]) -> list[dict[str, str]]:
    before = {tuple(one[name] for name in names): one["effects"] for one in old}
    after = {tuple(one[name] for name in names): one["effects"] for one in new}
    return [
        {"subject": " ".join(key), "effect": effect, "was": was, "now": now}
        for key in sorted(before.keys() | after.keys())
        for effect in EFFECTS
        if (was := before.get(key, {}).get(effect, "absent")) != (now := after.get(key, {}).get(effect, "absent"))
    ]


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['old']} -> {found['new']}"
    for name in ("policies", "controls"):
        for one in found[name]:
            yield f"  {one['subject']:<34} {one['effect']:<12} {one['was']} -> {one['now']}"
    for name, mark in (("appeared", "+"), ("resolved", "-")):
        for stage, resource, policy, verdict in found[name]:
            yield f"  {mark} {verdict:<8} {policy} at {stage}: {resource or 'the root module'}"
    for one in found["populations"]:
        yield f"  population of {one['stage']}: {one['was']} -> {one['now']}"
    for one in found["exceptions"]:
        yield f"  {one['kind']} {one['name']}: {one['was']} -> {one['now']}; {one['told']}"
    if not any(found[name] for name in CHANGES):
        yield "  nothing changed"


def _assessment(path: Path) -> Mapping[str, Any]:
    outcome = verify_bundle(str(path), Expectations())
    if outcome.findings or outcome.assessment is None:
        why = "; ".join(f"{one.code} {one.where}: {one.message}" for one in outcome.findings[:3])
        raise EvidenceError(f"{path} does not verify", why=why, fix="verify it first, to see every finding")
    assessment: Mapping[str, Any] = outcome.assessment
    return assessment
