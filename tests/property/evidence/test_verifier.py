"""Whatever is done to a bundle, the verifier says so and never breaks; whatever evidence says, silence is no pass."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.criteria import compile_criterion
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.judgement import VERDICTS, worst
from tapeproof.evidence.verifier.operators import OPERATORS, glob_matches
from tapeproof.evidence.verifier.sightings import load_criteria
from tests.effort import cases

if TYPE_CHECKING:
    from tapeproof.evidence.bundle.writing import Bundle

RELAXED = settings(max_examples=cases(40))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab*?", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "$unknown"]), inner, max_size=3)
    ),
    max_leaves=6,
)
POINTERS = st.sampled_from(["", "/a", "/b", "/a/b", "/a/0"])
TESTS = st.builds(
    lambda at, operator, value: {"at": at, "is": operator, "value": value},
    POINTERS,
    st.sampled_from(sorted(set(OPERATORS) - {"without but at the end"})),
    JSON,
)
CRITERIA = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda at, part: {"every": at, "meets": part}, POINTERS, inner),
        st.builds(lambda at, part: {"some": at, "meets": part}, POINTERS, inner),
    ),
    max_leaves=5,
)


@RELAXED
@given(data=st.data())
def test_any_changed_byte_anywhere_is_found(bundle: Bundle, data: st.DataObject) -> None:
    names = sorted(path.relative_to(bundle.folder).as_posix() for path in bundle.folder.rglob("*") if path.is_file())
    name = data.draw(st.sampled_from(names))
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "bundle"
        shutil.copytree(bundle.folder, copy)
        content = bytearray((copy / name).read_bytes())
        if not content:
            return
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        (copy / name).write_bytes(content)
        outcome = verify_bundle(str(copy), Expectations(bundle.fingerprint))
    # A signature's base64 may be spelled in more than one way; nothing else may change unseen.
    assert outcome.exit_status == 1 or name == "signature.dsse.json"


@RELAXED
@given(data=st.data())
def test_a_zip_with_any_bytes_changed_is_found_and_never_breaks_the_verifier(
    bundle: Bundle, data: st.DataObject
) -> None:
    content = bytearray(bundle.zip.read_bytes())
    before = bytes(content)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "bundle.zip"
        path.write_bytes(content)
        outcome = verify_bundle(str(path), Expectations(bundle.fingerprint))
    if outcome.exit_status == 0 and bytes(content) != before:
        # Times and attributes of entries are not content: what is read is what was signed.
        assert outcome.findings == []
        assert outcome.assessment == verify_bundle(str(bundle.zip), Expectations(bundle.fingerprint)).assessment


@settings(max_examples=cases(150))
@given(criterion=CRITERIA, document=JSON)
def test_a_criterion_has_three_answers_and_its_negation_turns_two_of_them(criterion: Any, document: Any) -> None:  # noqa: ANN401
    try:
        answer = compile_criterion(criterion, {})(document).answer
    except Unusable:
        return
    assert answer in {True, False, None}
    assert compile_criterion({"not": criterion}, {})(document).answer is (None if answer is None else not answer)
    assert compile_criterion({"all": [criterion, criterion]}, {})(document).answer is answer
    assert compile_criterion({"any": [criterion, criterion]}, {})(document).answer is answer


@settings(max_examples=cases(300))
@given(criterion=CRITERIA, documents=st.lists(JSON, min_size=2, max_size=6))
def test_judging_many_documents_together_gives_what_judging_each_alone_gives(
    criterion: Any,  # noqa: ANN401 - any JSON
    documents: list[Any],
) -> None:
    entry = {"policy": "P", "stage": "live", "type": "t", "text": "", "test": criterion}
    try:
        judge = compile_criterion(criterion, {})
    except Unusable:
        return
    together = load_criteria([entry], {})["live"]["t"]
    for document in [*documents, *documents]:
        alone = load_criteria([entry], {})["live"]["t"](document)[0]
        shared = together(document)[0]
        assert (shared.verdict, shared.finding) == (alone.verdict, alone.finding)
        assert shared.verdict == {True: "pass", False: "fail", None: "unknown"}[judge(document).answer]


@settings(max_examples=cases(150))
@given(pattern=st.text("ab*?", max_size=8), text=st.text("ab", max_size=8))
def test_globs_agree_with_the_standard_library(pattern: str, text: str) -> None:
    from fnmatch import fnmatchcase  # noqa: PLC0415 - the oracle

    assert glob_matches(pattern, text) == fnmatchcase(text, pattern)


@given(verdicts=st.lists(st.sampled_from([*VERDICTS, "made up"]), max_size=6))
def test_the_worst_verdict_wins_and_an_unknown_word_is_no_pass(verdicts: list[str]) -> None:
    result = worst(verdicts)
    assert result in VERDICTS
    if result == "pass":
        assert set(verdicts) <= {"pass", "made up"}
    if not verdicts:
        assert result == "unknown"
