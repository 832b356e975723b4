"""What a reader must know before the conclusion: contradictions in the evidence, and what was left out or weakened.

Each is a code with typed details; the sentence is made last, by `spell_reservation`, and never read back.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import UNEXPECTED, refuse_shape
from tapeproof.evidence.verifier.git_evidence import committed_files, committed_time
from tapeproof.evidence.verifier.origin import accounts_of, is_simulated
from tapeproof.evidence.verifier.population import POPULATION_TYPES
from tapeproof.evidence.verifier.scope import scope_of
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents
    from tapeproof.evidence.verifier.strict_json import Json

__all__ = ["find_reservations", "spell_briefly", "spell_reservation"]

OLDEST_PLAN = timedelta(days=7)
CLOCK_TOLERANCE = timedelta(minutes=5)
VARIABLE_FILES = (".tfvars", ".tfvars.json")
LOADED_ALWAYS = ("terraform.tfvars", "terraform.tfvars.json")
LOADED_BY_NAME = (".auto.tfvars", ".auto.tfvars.json")
CONTRADICTIONS = {"BEFORE_COMMIT", "CLOCK_DISAGREES", "SIMULATION_DENIED", "ACCOUNTS_DIFFER", "COMMIT_DIFFERS"}
SENTENCES = {
    "BEFORE_COMMIT": "the run is as of {as_of}, before its own commit of {committed}",
    "CLOCK_DISAGREES": "{item} was collected from {begun} to {ended}; AWS dates its answers {answered}",
    "SIMULATION_DENIED": "the run says that nothing is simulated; {items} show an emulator by address or account",
    "COMMIT_DIFFERS": "the run says commit {said}; its source files are of {shown}",
    "UNLISTED_TYPES": "the populations of {types} were not compared, which the stages can list by themselves",
    "ACCOUNTS_DIFFER": "the evidence names more than one account: {accounts}",
    "OLD_PLAN": "the plan was made {planned}, {days} days before the run",
    "PLAN_BEFORE_COMMIT": "the plan was made {planned}, before the commit of {committed}",
    "UNDATED_PLAN": "the plan does not say when it was made",
    "PARAMETER_CHANGED": "{policy} was judged with {name} {used}; it is {default} by default{weaker}",
    "PARAMETER_CHANGED_IN": (
        "{policy} was judged with {name} {used} in {paths}; it is {default} by default{weaker}; given reason: {reason}"
    ),
    "NOT_ASKED": "{policy} was not asked in {paths} (verdicts left out: {results}); given reason: {reason}",
    "UNJUDGED_VAR_FILE": "{path} is in the commit and was not judged: the gate was not given it",
    "UNJUDGED_FOLDER": "{path} holds Terraform files of the commit and was not judged",
    "OUTSIDE_ENVIRONMENT": "{number} of the account's {kind} have other names and were not judged: {named}",
}

OF_MANY = {
    "NOT_ASKED": "{number} policies were not asked everywhere: {listed}",
    "UNJUDGED_VAR_FILE": "{number} variable files of the commit were not judged, the gate was not given them: {listed}",
    "UNJUDGED_FOLDER": "{number} folders hold Terraform files of the commit and were not judged: {listed}",
}
"""How several of one kind are told in one sentence."""
NAMED_BY = {"NOT_ASKED": "policy"}
"""What is listed of each; the path where nothing is said."""
FEW, LONGEST = 3, 240
OUTSIDE_NAME = "raw/outside.jsonl"
"""What a live item's listings named and the environment's suffix does not end."""


def find_reservations(run: Json, items: list[Json], policies: list[Json], contents: Contents) -> list[Json]:
    """Return the reservations, contradictions first.

    Args:
        run: The run.
        items: Evidence items, whole.
        policies: Policies with their default parameters.
        contents: The files, for git's objects, the plan's head and the gate's settings.
    """
    collected = {item["id"]: item for item in items if item["status"] == "collected"}
    sources = collected.get("source-files")
    committed = committed_time(sources, contents) if sources else ""
    found = [
        *_times(run, collected, committed, contents),
        *_origins(run, items),
        *_run_disagrees(run, sources),
        *_outside_environment(collected, contents),
        *_parameters(collected, policies, contents),
        *_left_out(sources, collected, contents),
    ]
    unique = {canonical(one): one for one in found}
    return sorted(unique.values(), key=lambda one: (not one["contradiction"], one["code"], canonical(one["details"])))


def spell_reservation(reservation: Json) -> str:
    """Return a reservation as a sentence without its end."""
    details = {name: _spelled_value(value) for name, value in reservation["details"].items()}
    return SENTENCES[reservation["code"]].format(**details)


def spell_briefly(reservations: list[Json]) -> list[tuple[bool, str]]:
    """Return the reservations as they fit on a cover: many of a kind in one sentence, long values cut.

    Args:
        reservations: As `find_reservations` orders them.

    Returns:
        For each sentence whether it tells a contradiction, and the sentence without its end.
    """
    told: list[tuple[bool, str]] = []
    for code in dict.fromkeys(one["code"] for one in reservations):
        alike = [one for one in reservations if one["code"] == code]
        if code in OF_MANY and len(alike) > FEW:
            told.append((False, _spell_many(code, [one["details"][NAMED_BY.get(code, "path")] for one in alike])))
        else:
            told += [(one["contradiction"], _cut(spell_reservation(one))) for one in alike]
    return told


def _spell_many(code: str, paths: list[str]) -> str:
    listed = f"{', '.join(paths[:FEW])} and {len(paths) - FEW} more"
    return OF_MANY[code].format(number=len(paths), listed=listed)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 1]}…"


@contextmanager
def _check_shape(where: str) -> Iterator[None]:
    """Name the file when what is read from it is shaped otherwise than this program writes it."""
    try:
        yield
    except UNEXPECTED as error:
        raise refuse_shape(where, error) from error


def _reserve(code: str, **details: Json) -> Json:
    return {"code": code, "contradiction": code in CONTRADICTIONS, "details": details}


def _times(run: Json, collected: dict[str, Json], committed: str, contents: Contents) -> Iterator[Json]:
    if committed and _moment(run["as_of"]) < _moment(committed):
        yield _reserve("BEFORE_COMMIT", as_of=run["as_of"], committed=committed)
    for item in collected.values():
        answered = item["source"].get("answered")
        with _check_shape(f"evidence/{item['id']}/item.json"):
            late = bool(answered) and not is_simulated(item) and not _within(answered, item["collected"])
        if late:
            begun, ended = item["collected"]["from"], item["collected"]["to"]
            yield _reserve("CLOCK_DISAGREES", item=item["id"], begun=begun, ended=ended, answered=answered["from"])
    if "plan-resources" in collected:
        yield from _plan_times(run, committed, contents)


def _plan_times(run: Json, committed: str, contents: Contents) -> Iterator[Json]:
    name = "evidence/plan-resources/raw/plan.json"
    with _check_shape(name):
        planned = contents.json(name).get("timestamp") if name in contents else None
        age = _moment(run["as_of"]) - _moment(planned) if planned else timedelta()
    if not planned:
        yield _reserve("UNDATED_PLAN")
        return
    if age > OLDEST_PLAN:
        yield _reserve("OLD_PLAN", planned=planned, days=age.days)
    if committed and _moment(planned) < _moment(committed):
        yield _reserve("PLAN_BEFORE_COMMIT", planned=planned, committed=committed)


def _within(answered: Json, collected: Json) -> bool:
    begun, ended = _moment(collected["from"]) - CLOCK_TOLERANCE, _moment(collected["to"]) + CLOCK_TOLERANCE
    return begun <= _moment(answered["from"]) and _moment(answered["to"]) <= ended


def _origins(run: Json, items: list[Json]) -> Iterator[Json]:
    emulated = sorted(item["id"] for item in items if item["stage"] in {"live", "audit"} and is_simulated(item))
    if emulated and not run["simulated"]:
        yield _reserve("SIMULATION_DENIED", items=emulated)
    accounts = sorted({account for item in items for account in accounts_of(item)})
    if len(accounts) > 1:
        yield _reserve("ACCOUNTS_DIFFER", accounts=accounts)


def _run_disagrees(run: Json, sources: Json) -> Iterator[Json]:
    """Yield where the run says otherwise than its evidence: a commit that was looked at, types that are listed."""
    shown = sources.get("commit") if sources else ""
    if run.get("commit") and shown and run["commit"] != shown:
        yield _reserve("COMMIT_DIFFERS", said=run["commit"], shown=shown)
    unlisted = sorted(set(POPULATION_TYPES) - set(run["population_types"]))
    if unlisted:
        yield _reserve("UNLISTED_TYPES", types=unlisted)


def _outside_environment(collected: dict[str, Json], contents: Contents) -> Iterator[Json]:
    """Yield, for each type, what the account listed whose name is not of the environment: it may be a stray."""
    for name in (f"evidence/{item}/{OUTSIDE_NAME}" for item in collected):
        if name not in contents:
            continue
        kinds: dict[str, list[str]] = {}
        with _check_shape(name):
            for line in contents.lines(name):
                kinds.setdefault(str(line["type"]), []).append(str(line["name"]))
        for kind, names in kinds.items():
            more = [f"and {len(names) - FEW} more"] if len(names) > FEW else []
            yield _reserve("OUTSIDE_ENVIRONMENT", kind=kind, number=len(names), named=[*names[:FEW], *more])


def _parameters(collected: dict[str, Json], policies: list[Json], contents: Contents) -> Iterator[Json]:
    defaults = {policy["id"]: policy.get("parameters") or {} for policy in policies}
    for name in (f"evidence/{item}/raw/summary.json" for item, one in collected.items() if one["judge"] == "gate"):
        with _check_shape(name):
            told = contents.json(name).get("policies") or () if name in contents else ()
            changed = [
                one for policy in told for one in _find_changed_parameters(policy, defaults.get(policy["id"], {}))
            ]
            changed += _find_changed_by_path(contents.json(name) if name in contents else {}, defaults)
        yield from changed


def _find_changed_by_path(summary: Json, defaults: dict[str, Json]) -> list[Json]:
    """Return what the project's settings change for some paths: parameters, and whether a policy is asked at all."""
    found = []
    for row in summary.get("overrides") or ():
        where = {"paths": [str(path) for path in row["paths"]], "reason": str(row["reason"])}
        changed = {"id": row["policy"], "parameters": row["parameters"]}
        listed = _find_changed_parameters(changed, defaults.get(row["policy"], {}))
        found += [_reserve("PARAMETER_CHANGED_IN", **one["details"], **where) for one in listed]
    for row in summary.get("not_asked") or ():
        paths = [str(path) for path in row["paths"]] or ["the whole project"]
        details = {"policy": str(row["policy"]), "reason": str(row["reason"]), "results": int(row["results"])}
        found.append(_reserve("NOT_ASKED", paths=paths, **details))
    return found


def _find_changed_parameters(policy: Json, defaults: Json) -> Iterator[Json]:
    for parameter, used in (policy.get("parameters") or {}).items():
        default = defaults.get(parameter, used)
        if used != default:
            weaker = " (weaker)" if _is_weaker(parameter, default, used) else ""
            facts = {"policy": policy["id"], "name": parameter, "default": default, "used": used}
            yield _reserve("PARAMETER_CHANGED", **facts, weaker=weaker)


def _is_weaker(name: str, default: Json, used: Json) -> bool:
    if isinstance(default, int) and isinstance(used, int):
        return used < default if name.startswith("minimum") else used > default if name.startswith("maximum") else False
    if isinstance(default, (list, dict)) and isinstance(used, (list, dict)):
        return name.startswith(("allowed", "accepted", "ignored", "binding")) and bool(set(used) - set(default))
    return False


def _left_out(sources: Json, collected: dict[str, Json], contents: Contents) -> Iterator[Json]:
    if not sources:
        return
    given = scope_of(list(collected.values()))["var_files"]
    files = committed_files(sources, contents)
    for path in files:
        name = path.rsplit("/", 1)[-1]
        always = name in LOADED_ALWAYS or name.endswith(LOADED_BY_NAME)
        if name.endswith(VARIABLE_FILES) and not always and not any(_same_file(path, one) for one in given):
            yield _reserve("UNJUDGED_VAR_FILE", path=path)
    judged = {path.rpartition("/")[0] for path in files}
    for folder in sources["source"].get("terraform_folders") or ():
        if folder not in judged:
            yield _reserve("UNJUDGED_FOLDER", path=folder or ".")


def _same_file(path: str, given: str) -> bool:
    return path == given or path.endswith(f"/{given}") or given.endswith(f"/{path}")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))  # noqa: FURB162 - Python 3.9


def _spelled_value(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(map(_spelled_value, value))
    return value if isinstance(value, str) else canonical(value).decode("utf-8")
