"""Which policies are asked, and where: the project's profile, and what it switched off with a reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tapeproof.content import content
from tapeproof.gate.engine.by_path import covers
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.record import replace
from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tapeproof.gate.engine.by_path import Off
    from tapeproof.gate.engine.documents import Documents
    from tapeproof.gate.engine.report import Report, Result
    from tapeproof.gate.engine.settings import Settings
    from tapeproof.gate.question import Question

__all__ = ["DEFAULT_PROFILE", "choose_policies", "leave_out", "policy_ids", "profiles"]

DEFAULT_PROFILE = "market-data"
_ROOT = ("", "")


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
    named = [*settings.parameters, *(one.policy for one in settings.off), *(one.policy for one in settings.overrides)]
    if not (settings.catalogs or settings.profile or named):
        return question
    question, known = _with_catalogs(question, settings, documents)
    for policy in named:
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
    where = _planned_places(report) if settings.off else {}
    for result in report.notable:
        planned = (
            where.get((result.policy, result.resource), where.get(_ROOT, ())) if result.front_end == "plan" else ()
        )
        places = (result.root, result.file, *planned)
        off = next((entry for entry in settings.off if _covers(entry, result.policy, places)), None)
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
    kept = replace(report.with_notable(listed), not_asked=tuple(rows), fail_on=settings.fail_on, strict=strict)
    return replace(kept, overrides=tuple(_describe_overrides(report, settings)))


def _describe_overrides(report: Report, settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield what was judged by other parameters than usual, of the policies that were asked."""
    asked = {policy.id: policy.parameters for policy in report.policies}
    for one in settings.overrides:
        if one.policy in asked:
            usual = {name: asked[one.policy].get(name) for name in one.parameters}
            changed = {"parameters": dict(one.parameters), "usual": usual}
            yield {"policy": one.policy, "paths": list(one.paths), "reason": one.reason, **changed}


def _planned_places(report: Report) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return where the source has what a plan tells by address, where one root module is judged beside the plan."""
    roots = [str(row["root"]) for row in report.environments]
    if len(roots) != 1:
        return {}
    found = {(one.policy, one.resource): (roots[0], one.file) for one in report.notable if one.front_end == "hcl"}
    return {_ROOT: (roots[0],), **found}


def _covers(entry: Off, policy: str, places: Iterable[str]) -> bool:
    return policy == entry.policy and (not entry.paths or covers(entry.paths, places))


def _describe(policy: str, reason: str, paths: Collection[str], results: int) -> dict[str, Any]:
    return {"policy": policy, "paths": list(paths), "reason": reason, "results": results}


def _suggest(word: str, known: Collection[str]) -> str:
    near = find_nearest(word, known)
    return f"did you mean {near}?" if near else f"name one of {', '.join(sorted(known))}"
