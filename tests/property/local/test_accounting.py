"""Whatever happens to events, the account adds up; whatever an exchange sends, it can be published."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tapeproof.market import venues
from tapeproof.ops.audit_tail import Audited
from tapeproof.ops.capture import NativeMessage
from tapeproof.ops.dead_letters import DeadLetter
from tapeproof.ops.manifest import Manifest, Planned
from tapeproof.ops.publication import prepare
from tapeproof.ops.reconciliation import FITTING, reconcile

FATES = st.sampled_from(["lost", "dead", "decided", "decided twice", "decided wrongly"])


@st.composite
def runs(draw: st.DrawFn) -> tuple[Manifest, list[Audited], list[DeadLetter], int]:
    """Draw a run, what became of it, and how many decisions are really missing."""
    manifest = Manifest(Path("run.jsonl"), "run", 0, "drawn")
    audited: list[Audited] = []
    dead: list[DeadLetter] = []
    missing = 0
    for n in range(draw(st.integers(0, 12))):
        fate = draw(st.sampled_from(["record", "reject", "quarantine"]))
        keys = tuple(draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3))) if fate == "record" else ()
        event = manifest.planned[n] = Planned(n, draw(st.sampled_from(["kraken", "gemini"])), "Trade", fate, keys)
        manifest.sent[n] = (f"event-{n}", 0)
        for key in keys or ("-",):
            became = draw(FATES)
            if became.startswith("decided"):
                act = "GAP" if became == "decided wrongly" else draw(st.sampled_from(FITTING[fate]))
                audited += [Audited(f"event-{n}", act, key, 1, "lane")] * (2 if became == "decided twice" else 1)
        counted = [audit.key for audit in audited if audit.evt == f"event-{n}" and audit.act != "GAP"]
        wanted = list(keys) or ["-"]
        short = sum(max(0, wanted.count(key) - counted.count(key)) for key in set(wanted))
        if draw(st.booleans()):
            dead.append(DeadLetter("trade", "url", "m", "r", json.dumps({"id": f"event-{n}"}), {}))
        else:
            missing += short
        assert event.decisions == len(wanted)
    return manifest, draw(st.permutations(audited)), dead, missing


@given(runs())
def test_what_was_published_is_what_was_decided_plus_dead_letters_plus_what_is_named_as_missing(
    run: tuple[Manifest, list[Audited], list[DeadLetter], int],
) -> None:
    manifest, audited, dead, missing = run
    account = reconcile(manifest, audited, dead)
    assert account.due == sum(event.decisions for event in manifest.planned.values())
    assert account.due - account.settled == missing
    assert sum(row.missing for row in account.rows.values()) == missing
    assert account.whole == (missing == 0)
    assert bool(account.differences) == (missing > 0)


RAW = st.one_of(
    st.text(max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
        max_leaves=10,
    ).map(json.dumps),
)


@given(
    venue=st.sampled_from([*venues.names(), "luno", "x"]),
    raw=RAW.filter(lambda text: text.isprintable()),
    received_ns=st.integers(0, 2**62),
)
def test_whatever_an_exchange_sends_is_published_with_a_fate(venue: str, raw: str, received_ns: int) -> None:
    publication = prepare(0, NativeMessage(venue, received_ns, raw))
    assert publication.planned.detail_type in {"Trade", "Quote", "Book", "Status"}
    assert (publication.planned.fate == "record") == bool(publication.planned.keys)
    detail = json.loads(publication.detail)
    assert detail["raw"] == raw
    assert detail["received_ns"] == f"{received_ns:019d}"
    assert publication.source == f"marketdata.{venue}"
