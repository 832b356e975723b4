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


def diff(parsed: argparse.Namespace) -> int:
    """Print what changed; 0 when nothing did, 1 when something did."""
    found = differences(_assessment(parsed.old), _assessment(parsed.new))
    if parsed.json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{escape_text(line)}\n" for line in _lines(found))
    return 1 if any(found[name] for name in ("policies", "controls", "appeared", "resolved", "populations")) else 0


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
    if not any(found[name] for name in ("policies", "controls", "appeared", "resolved", "populations")):
        yield "  nothing changed"


def _assessment(path: Path) -> Mapping[str, Any]:
    outcome = verify_bundle(str(path), Expectations())
    if outcome.findings or outcome.assessment is None:
        why = "; ".join(f"{one.code} {one.where}: {one.message}" for one in outcome.findings[:3])
        raise EvidenceError(f"{path} does not verify", why=why, fix="verify it first, to see every finding")
    assessment: Mapping[str, Any] = outcome.assessment
    return assessment
