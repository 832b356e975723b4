"""Which policies are asked, and where: the project's profile, and what it switched off with a reason."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from tapeproof.content import content
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tapeproof.gate.engine.documents import Documents
    from tapeproof.gate.engine.report import Report, Result
    from tapeproof.gate.engine.settings import Off, Settings
    from tapeproof.gate.question import Question

__all__ = ["DEFAULT_PROFILE", "choose_policies", "leave_out", "policy_ids", "profiles"]

DEFAULT_PROFILE = "market-data"


@cache
def profiles() -> Mapping[str, Mapping[str, str]]:
    """Return what each profile leaves out: the ids of policies, and why."""
    import yaml  # noqa: PLC0415 - a run without a profile needs no YAML

    text = (content("policies") / "profiles.yaml").read_text(encoding="utf-8")
    return {name: dict(profile["leaves_out"]) for name, profile in yaml.safe_load(text).items()}


@cache
def policy_ids() -> frozenset[str]:
    """Return the ids of the policies that come with the gate, by the names of their folders."""
    return frozenset(path.parent.name.upper() for path in content("policies").glob("*/policy.yaml"))


def choose_policies(question: Question, settings: Settings, documents: Documents) -> Question:
    """Return the question with the policies that the project's profile asks; one that names policies stays as it is.

    Those of the catalogues that the settings name are asked under every profile.

    Raises:
        GateError: The settings name a profile, a policy or a catalogue that is not there, or not as it is pinned.
    """
    if not (settings.catalogs or settings.parameters or settings.off or settings.profile):
        return question
    question, known = _with_catalogs(question, settings, documents)
    for policy in [*settings.parameters, *(entry.policy for entry in settings.off)]:
        if policy not in known:
            raise CannotJudgeError(f"{settings.file}: there is no policy {policy}", fix=_suggest(policy, known))
    if not settings.profile:
        return question
    if settings.profile not in profiles():
        fix = _suggest(settings.profile, profiles())
        raise CannotJudgeError(f"{settings.file}: there is no profile {settings.profile!r}", fix=fix)
    left_out = profiles()[settings.profile]
    if question.policies or not left_out:
        return question
    return question._replace(policies=tuple(sorted(known - left_out.keys())))


def _with_catalogs(question: Question, settings: Settings, documents: Documents) -> tuple[Question, frozenset[str]]:
    """Return the question with the folders of the catalogues that are set, and the ids of all policies there are."""
    if not settings.catalogs:
        return question, policy_ids()
    from tapeproof.gate.catalogs.locating import locate_pinned  # noqa: PLC0415 - few projects have some
    from tapeproof.gate.engine.policy import catalog  # noqa: PLC0415 - as above

    located = locate_pinned(settings.catalogs)
    foreign = catalog([one.folder for one in located], documents)
    catalogs = tuple((one.folder, one.digest) for one in located)
    return question._replace(catalogs=catalogs), policy_ids().union(policy.id for policy in foreign)


def leave_out(report: Report, settings: Settings) -> Report:
    """Return a report without what was not asked, and with a list of what that was."""
    listed: list[Result] = []
    met = dict.fromkeys(settings.off, 0)
    for result in report.notable:
        off = next((entry for entry in settings.off if _covers(entry, result)), None)
        if off is None:
            listed.append(result)
        else:
            met[off] += 1
    rows = [_describe(entry.policy, entry.reason, entry.paths, number) for entry, number in met.items()]
    if settings.profile:
        asked = {policy.id for policy in report.policies}
        left_out = profiles()[settings.profile].items()
        rows += [_describe(policy, why, (), 0) for policy, why in sorted(left_out) if policy not in asked]
    strict = settings.profile == "strict"
    return replace(report.with_notable(listed), not_asked=tuple(rows), fail_on=settings.fail_on, strict=strict)


def _covers(entry: Off, result: Result) -> bool:
    if result.policy != entry.policy:
        return False
    return not entry.paths or any(
        fnmatchcase(place, pattern) or fnmatchcase(place, f"{pattern}/*")
        for pattern in entry.paths
        for place in (result.root, result.file)
    )


def _describe(policy: str, reason: str, paths: Collection[str], results: int) -> dict[str, Any]:
    return {"policy": policy, "paths": list(paths), "reason": reason, "results": results}


def _suggest(word: str, known: Collection[str]) -> str:
    near = find_nearest(word, known)
    return f"did you mean {near}?" if near else f"name one of {', '.join(sorted(known))}"
