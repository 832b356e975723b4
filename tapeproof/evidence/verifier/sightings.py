"""Sightings: what each line of evidence gives of its resource, judged from the raw bytes by the gate or by criteria.

A judgement is made once and shared by every resource whose evidence is the same where the judge looks; there may be
hundreds of thousands of resources, and few ways to be configured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.criteria import compile_criterion
from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable, refuse_shape
from tapeproof.evidence.verifier.gate_evidence import gate_lines
from tapeproof.evidence.verifier.judgement import Judgement, Memo, shorten_value
from tapeproof.evidence.verifier.observation import PRESENT, UNKNOWN_KEY, look_of
from tapeproof.evidence.verifier.shapes import Shapes
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents

__all__ = ["Criteria", "Sighting", "load_criteria", "sightings"]

VERDICT_OF = {True: "pass", False: "fail", None: "unknown"}
Sighting = tuple[str, str, tuple[Judgement, ...]]
"""What one evidence line gives: address, reference as JSON text, judgements."""


class Criteria:
    """Judges resources of one type, once for all that are equal at the places that its criteria look at.

    Args:
        criteria: The criteria of one type at one stage.
        parameters: What criteria may refer to.

    Attributes:
        seen: Returns, as text, what they look at in a document.
    """

    def __init__(self, criteria: list[Json], parameters: dict[str, Json]) -> None:
        ordered = sorted(criteria, key=lambda one: str(one["policy"]))
        self._each = [_Criterion(one, parameters) for one in ordered]
        self.seen = _Seen([one["test"] for one in ordered])

    def __call__(self, document: Json) -> tuple[Judgement, ...]:
        """Return the judgements on a document, sorted by policy."""
        seen = self.seen(document)
        found: tuple[Judgement, ...] | None = self.seen.known.get(seen)
        if found is None:
            found = self.seen.known.keep(seen, tuple([one(document) for one in self._each]))
        return found


class _Seen:
    """What criteria see of a document, as text.

    The text of JSON values is equal only when the values are: 1, 1.0, true and "1" are four.
    """

    def __init__(self, criteria: list[Json]) -> None:
        self._look = look_of(criteria)
        self.known = Memo()

    def __call__(self, document: Json) -> str:
        return repr(self._look(document))


class _Criterion:
    def __init__(self, criterion: Json, parameters: dict[str, Json]) -> None:
        self._policy, self._text = criterion["policy"], criterion["text"]
        self._measures = criterion.get("measures")
        self._judge = compile_criterion(criterion["test"], parameters)
        self._seen = _Seen([criterion["test"]])

    def __call__(self, document: Json) -> Judgement:
        seen = self._seen(document)
        found: Judgement | None = self._seen.known.get(seen)
        return found if found is not None else self._seen.known.keep(seen, self._judge_document(document))

    def _judge_document(self, document: Json) -> Judgement:
        judged = self._judge(document)
        observed = shorten_value("; ".join(dict.fromkeys(_note(*one) for one in judged.observed)) or "nothing")
        finding = {"expected": self._text, "observed": observed}
        if self._measures:
            finding.update(_read_measure(dict(judged.observed).get(self._measures)))
        return Judgement(self._policy, "criterion", VERDICT_OF[judged.answer], finding)


def _read_measure(value: Json) -> dict[str, Json]:
    """Return what a criterion measures, a number or its absence, for reports to draw."""
    return {"measured": value} if value is None or type(value) is int else {}


def load_criteria(criteria: list[Json], parameters: dict[str, Json]) -> dict[str, dict[str, Criteria]]:
    """Return criteria, ready to judge, by stage and resource type."""
    table: dict[str, dict[str, list[Json]]] = {}
    for one in criteria:
        table.setdefault(one["stage"], {}).setdefault(one["type"], []).append(one)
    return {
        stage: {kind: Criteria(found, parameters) for kind, found in by_type.items()}
        for stage, by_type in table.items()
    }


def sightings(item: Json, contents: Contents, by_type: dict[str, Criteria]) -> Iterator[Sighting]:
    """Yield what each line of an item gives, in the lines' order.

    Args:
        item: An item that the gate or criteria judge.
        contents: The files.
        by_type: The criteria of the item's stage.

    Raises:
        Unusable: Lines are not sorted, or lack a field.
    """
    name = f"evidence/{item['id']}/{item['judged']}"
    judged = gate_lines(name, contents) if item["judge"] == "gate" else _resource_lines(name, contents, by_type)
    prefix, last = quoted(f"{item['id']}:")[:-1], ""
    for number, (address, judgements) in enumerate(judged, 1):
        if address < last:
            raise Unusable("REORDERED", f"{name}:{number}", "evidence lines are sorted by resource; this one is not")
        last = address
        yield address, f'{prefix}{number}"', judgements


def _resource_lines(
    name: str, contents: Contents, by_type: dict[str, Criteria]
) -> Iterator[tuple[str, tuple[Judgement, ...]]]:
    shapes = Shapes(lambda line: _what_decides(line, by_type))
    for number, text in enumerate(contents.texts(name), 1):
        found = shapes.find(text)
        if found is None:
            line = decode_line(text, name, number)
            found = _judged_resource(line, f"{name}:{number}", by_type)
            shapes.learn(number, text, line, found[1])
        yield found


def _judged_resource(line: Json, where: str, by_type: dict[str, Criteria]) -> tuple[str, tuple[Judgement, ...]]:
    address = line.get("resource", 0) if isinstance(line, dict) else 0
    if address is not None and not isinstance(address, str):
        raise Unusable("BAD_EVIDENCE", where, "the line names no resource")
    try:
        criteria = by_type.get(line.get("type", ""))
        return address or "", criteria(line.get("value")) if criteria else ()
    except UNEXPECTED as error:
        raise refuse_shape(where, error) from error


def _what_decides(line: Json, by_type: dict[str, Criteria]) -> str:
    """Return, as text, all of a line that its judgements depend on."""
    kind = line.get("type", "")
    return f"{kind!r} {by_type[kind].seen(line.get('value')) if kind in by_type else ''}"


def _note(pointer: str, value: Json) -> str:
    if value is None:
        return f"{pointer} absent"
    if value is PRESENT:
        return f"{pointer} present"
    if isinstance(value, dict) and UNKNOWN_KEY in value:
        return f"{pointer} not known yet"
    return f"{pointer} = {value if isinstance(value, str) else canonical(value).decode('utf-8')}"
