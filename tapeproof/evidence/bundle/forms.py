"""The form of the documents in collected evidence, checked before anything is derived from them.

What the collectors wrote has it. A folder that somebody edited, or a disk damaged, may not, and is then told by file
and place instead of by whatever breaks first.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from tapeproof.evidence.controls.library import KINDS, RELATIONS
from tapeproof.evidence.model import Judge
from tapeproof.evidence.verifier.archive import safe_name
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.status import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.evidence.verifier.contents import Contents

__all__ = ["check_forms"]


class Fitting(NamedTuple):
    """A text of a certain kind: what tests it, and what it is called."""

    fits: Callable[[str], object]
    words: str


class Maybe(NamedTuple):
    """A value, or null."""

    form: Any


def _is_moment(text: str) -> bool:
    try:
        return f"{datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=UTC):%Y-%m-%dT%H:%M:%SZ}" == text
    except ValueError:
        return False


def _one_of(*words: str) -> Fitting:
    return Fitting(frozenset(words).__contains__, f"one of {', '.join(map(repr, words))}")


ANYTHING: Final = object()
EACH: Final = "*"
"""Instead of names: every value of the object has this form."""
MOMENT: Final = Fitting(_is_moment, "a time such as 2026-01-31T09:00:00Z")
NAME: Final = Fitting(safe_name, "a name that stays inside the bundle")
DIGEST: Final = Fitting(re.compile(r"[0-9a-f]{64}\Z").match, "64 hexadecimal digits")
STAGE: Final = _one_of(*STAGES)
RUN: Final = {
    "id": NAME,
    "as_of": MOMENT,
    "period": {"from": str, "cadence_days": int},
    "subject": str,
    "parameters": {EACH: ANYTHING},
    "population_types": [str],
    "commit": str,
    "dirty": bool,
    "repository": str,
    "simulated": bool,
    "collector": {"who": str, "how": str},
    "tool": {"name": str, "version": str, "digest": str},
}
ITEM: Final = {
    "id": NAME,
    "title": str,
    "collector": str,
    "stage": STAGE,
    "judge": _one_of(*get_args(Judge)),
    "judged": str,
    "asserts": [str],
    "simulated": bool,
    "status": _one_of("collected", "failed"),
    "failure": str,
    "failure_code": str,
    "incomplete": str,
    "source": {EACH: ANYTHING},
    "population": Maybe({"query": str, "count": int, "unit": str}),
    "as_of": str,
    "collected": {"from": MOMENT, "to": MOMENT},
    "identity": {EACH: str},
    "commit": str,
    "raw": [{"path": NAME, "size": int, "sha256": DIGEST, "media_type": str}],
    "redactions": [{"path": str, "where": str, "kind": str}],
}
SOURCE: Final = {
    "account": str,
    "answered": {"from": MOMENT, "to": MOMENT},
    "calls": [{"operation": str, "count": int}],
    "command": ANYTHING,
    "hosts": [str],
    "terraform_folders": [str],
}
"""What a source may tell, where it tells it."""
DOCUMENTS: Final[dict[str, Any]] = {
    "run.json": RUN,
    "controls/policies.json": [
        {
            "id": str,
            "kind": _one_of(*KINDS),
            "title": str,
            "severity": _one_of("critical", "high", "medium", "low"),
            "stages": [STAGE],
            "rationale": str,
            "remediation": str,
        }
    ],
    "controls/criteria.json": [{"policy": str, "stage": STAGE, "type": str, "text": str, "test": {EACH: ANYTHING}}],
    "controls/frameworks.json": [
        {
            **dict.fromkeys(("id", "name", "short", "edition", "publisher", "source", "text"), str),
            "controls": {EACH: str},
        }
    ],
    "controls/mappings.json": [
        {
            "policy": Maybe(str),
            "framework": str,
            "control": str,
            "relation": _one_of(*RELATIONS),
            "confidence": str,
            "rationale": str,
        }
    ],
}
BRIEF: Final = 60
"""Characters of a value that a fault quotes."""
WORDS: Final = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}


def check_forms(contents: Contents) -> None:
    """Check the run, the controls and every item.

    Raises:
        Unusable: One of them has another form; the finding names the file and the place in it, as a JSON pointer.
    """
    for path, form in DOCUMENTS.items():
        _check(path, next(_faults(contents.json(path), form, ""), ""))
    _check_controls(contents)
    for path in [path for path in contents.files if path.endswith("/item.json")]:
        item = contents.json(path)
        _check(path, next(_faults(item, ITEM, ""), "") or next(_item_faults(item, path), ""))


def _check_controls(contents: Contents) -> None:
    if not any(one["kind"] == "policy" for one in contents.json("controls/policies.json")):
        _check("controls/policies.json", "it holds no policy of the gate")
    frameworks = {one["id"] for one in contents.json("controls/frameworks.json")}
    for number, mapping in enumerate(contents.json("controls/mappings.json")):
        if mapping["framework"] not in frameworks:
            _check("controls/mappings.json", f"/{number}/framework: there is no such framework in frameworks.json")


def _check(path: str, fault: str) -> None:
    if fault:
        raise Unusable("BAD_EVIDENCE", path, fault)


def _item_faults(item: dict[str, Any], path: str) -> Iterator[str]:
    folder = path.split("/")[1]
    if item["id"] != folder:
        yield f"/id: it is {item['id']!r}; the item lies in the folder {folder!r}"
    for name, form in SOURCE.items():
        if item["source"].get(name) is not None:
            yield from _faults(item["source"][name], form, f"/source/{name}")
    if item["judge"] and item["status"] == "collected" and item["judged"] not in {one["path"] for one in item["raw"]}:
        yield f"/judged: {item['judged']!r} is none of its raw files"


def _faults(value: Any, form: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - any JSON, any form
    """Yield what is wrong with a value, each with its place."""
    if form is ANYTHING or (isinstance(form, Maybe) and value is None):
        return
    if isinstance(form, Maybe):
        form = form.form
    kind = str if isinstance(form, Fitting) else form if isinstance(form, type) else type(form)
    found: type = type(value)
    if found is not kind:
        yield f"{where or 'the document'}: {WORDS[kind]} is expected, this is {_short(value)}"
    elif isinstance(form, Fitting) and not form.fits(value):
        yield f"{where}: {_short(value)} is not {form.words}"
    elif isinstance(form, list):
        for number, one in enumerate(value):
            yield from _faults(one, form[0], f"{where}/{number}")
    elif isinstance(form, dict):
        yield from _member_faults(value, form, where)


def _member_faults(value: dict[str, Any], form: dict[str, Any], where: str) -> Iterator[str]:
    if EACH in form:
        form = dict.fromkeys(value, form[EACH])
    for name, inner in form.items():
        if name in value:
            yield from _faults(value[name], inner, f"{where}/{name}")
        else:
            yield f"{where or 'the document'}: {name!r} is missing"


def _short(value: Any) -> str:  # noqa: ANN401 - any JSON
    text = repr(value) if isinstance(value, str | int | float | bool) or value is None else WORDS[type(value)]
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"
