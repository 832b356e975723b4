"""The gate's results as evidence: taken as recorded, each line's once for all resources that it says the same of."""

from __future__ import annotations

from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

from tapeproof.evidence.verifier.findings import UNEXPECTED, Unusable, refuse_shape
from tapeproof.evidence.verifier.judgement import VERDICTS, Judgement, Memo, shorten_value
from tapeproof.evidence.verifier.strict_json import Json, canonical, decode_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.contents import Contents

__all__ = ["gate_lines"]

GATE_FIELDS = ("message", "file", "line", "column", "fix", "expected", "observed", "waiver")
GATE_LINE = '{"resource":"'
"""How a line of the gate's results begins when it names a resource; the results follow."""


def gate_lines(name: str, contents: Contents) -> Iterator[tuple[str, tuple[Judgement, ...]]]:
    """Yield addresses with the gate's judgements; what follows an address is decoded once, however often it comes."""
    known, begin = Memo(), len(GATE_LINE)
    for number, text in enumerate(contents.texts(name), 1):
        address = rest = ""
        if text.startswith(GATE_LINE):  # written out: a call for each of many lines is a good part of reading them
            try:
                address, end = scanstring(text, begin)
                rest = text[end:]
            except ValueError:
                pass
        judgements = known.get(rest) if rest else None
        if judgements is None:
            address, judgements = _decoded_results(text, name, number, address if rest else None)
            if rest:
                known.keep(rest, judgements)
        yield address, judgements


def _decoded_results(text: str, name: str, number: int, address: str | None) -> tuple[str, tuple[Judgement, ...]]:
    line = decode_line(text, name, number)
    where = f"{name}:{number}"
    if not isinstance(line, dict) or set(line) != {"resource", "results"}:
        raise Unusable("BAD_EVIDENCE", where, "the line holds other than one resource and its results")
    named = line["resource"] or ""
    if not isinstance(named, str) or (address is not None and named != address):
        raise Unusable("BAD_EVIDENCE", where, "the line holds other than one resource and its results")
    try:
        judgements = tuple([_gate_judgement(one) for one in line["results"]])
    except UNEXPECTED as error:
        raise refuse_shape(where, error) from error
    policies = [one.policy for one in judgements]
    if policies != sorted(policies):
        raise Unusable("REORDERED", where, "the gate's results on a resource are sorted by policy; these are not")
    return named, judgements


def _gate_judgement(result: Json) -> Judgement:
    told = ((name, result.get(name)) for name in GATE_FIELDS)
    finding = {name: _field(name, value) for name, value in told if value is not None and value != ""}
    verdict = result.get("verdict")
    return Judgement(str(result.get("policy", "")), "gate", verdict if verdict in VERDICTS else "unknown", finding)


def _field(name: str, value: Json) -> Json:
    """Return a field of a gate's result: reports print a line and a column as numbers, and the rest as text."""
    if name not in {"line", "column"}:
        return shorten_value(value if isinstance(value, str) else canonical(value).decode("utf-8"))
    if type(value) is not int or not 0 <= value < 1 << 31:
        raise TypeError(f"the {name} {value!r} is no number of a {name}")
    return value
