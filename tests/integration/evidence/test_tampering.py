"""Every way to tamper with a bundle is caught and named by the file that travels inside it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.signing import KeyFileSigner, sign_manifest
from tests.unit.evidence.resealing import reseal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from tapeproof.evidence.bundle.writing import Bundle

KINDS_OF_FILE = [
    "README.txt",
    "assessment.json",
    "controls/criteria.json",
    "controls/frameworks.json",
    "controls/mappings.json",
    "controls/policies.json",
    "evidence/live-dynamodb/item.json",
    "evidence/live-dynamodb/raw/resources.jsonl",
    "evidence/source-files/raw/files/stack/main.tf",
    "evidence/source-gate/raw/results.jsonl",
    "evidence/tests-junit/raw/junit.xml",
    "manifest.json",
    "reports/matrix.csv",
    "reports/oscal-assessment-plan.json",
    "reports/oscal-assessment-results.json",
    "reports/oscal-component-definition.json",
    "reports/oscal-poam.json",
    "reports/report.html",
    "reports/results.junit.xml",
    "reports/results.sarif",
    "results.jsonl",
    "run.json",
    "signature.dsse.json",
    "signer.pub.pem",
    "verify.py",
]


DEEP_CRITERION = (
    b'[{"policy":"TP_DDB_1","stage":"live","test":'
    + b'{"not":' * 450
    + b'{"at":"/a","is":"present"}'
    + b"}" * 450
    + b',"text":"","type":"aws_dynamodb_table"}]'
)


def codes(verify_py: ModuleType, path: Path, bundle: Bundle, **expected: str) -> dict[str, set[str]]:
    """Return the findings' codes by place, and check that the exit status says so."""
    outcome = verify_py.verify_bundle(str(path), verify_py.Expectations(bundle.fingerprint, **expected))
    assert outcome.exit_status == (verify_py.EXIT_TAMPERED if outcome.findings else verify_py.EXIT_VERIFIED)
    assert verify_py.render_outcome(outcome, str(path))
    found: dict[str, set[str]] = {}
    for finding in outcome.findings:
        found.setdefault(finding.where, set()).add(finding.code)
    return found


def test_an_untouched_bundle_verifies_as_folder_and_as_zip(verify_py: ModuleType, bundle: Bundle) -> None:
    assert codes(verify_py, bundle.folder, bundle) == {}
    assert codes(verify_py, bundle.zip, bundle) == {}


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_a_flipped_byte_is_caught_in_every_kind_of_file(
    verify_py: ModuleType, bundle: Bundle, copied: Path, name: str
) -> None:
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)
    assert codes(verify_py, copied, bundle)


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_a_deleted_file_is_caught_and_named(verify_py: ModuleType, bundle: Bundle, copied: Path, name: str) -> None:
    (copied / name).unlink()
    found = codes(verify_py, copied, bundle)
    assert found[name] & {"MISSING", "UNSIGNED"}


def test_an_added_file_is_caught_and_named(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    (copied / "evidence/live-iam/raw/more.jsonl").write_text("{}\n")
    assert codes(verify_py, copied, bundle)["evidence/live-iam/raw/more.jsonl"] == {"EXTRA"}


def test_two_swapped_files_are_named_as_swapped(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    first, second = copied / "stack-a", copied / "evidence/source-files/raw/files/stack/main.tf"
    other = copied / "evidence/source-files/raw/files/stack/routes.tf"
    shutil.move(second, first)
    shutil.move(other, second)
    shutil.move(first, other)
    found = codes(verify_py, copied, bundle)
    assert any("ALTERED" in one or "SWAPPED" in one for one in found.values())


def test_bytes_of_the_same_size_under_another_name_are_named_as_swapped(
    verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path
) -> None:
    left, right = copied / "evidence/live-iam/raw/a.txt", copied / "evidence/live-iam/raw/b.txt"
    left.write_text("one")
    right.write_text("two")
    reseal(copied, key)
    before = codes(verify_py, copied, bundle)
    left.write_text("two")
    right.write_text("one")
    found = codes(verify_py, copied, bundle)
    names = [path.relative_to(copied).as_posix() for path in (left, right)]
    assert {name: found[name] - before[name] for name in names} == {name: {"SWAPPED"} for name in names}


@pytest.mark.parametrize("name", ["results.jsonl", "evidence/source-gate/raw/results.jsonl"])
def test_reordered_lines_are_caught(verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path, name: str) -> None:
    lines = (copied / name).read_bytes().splitlines(keepends=True)
    (copied / name).write_bytes(b"".join([lines[-1], *lines[:-1]]))
    assert "ALTERED" in codes(verify_py, copied, bundle)[name]
    reseal(copied, key)
    found = codes(verify_py, copied, bundle)
    assert any({"REORDERED", "VERDICT_CHANGED"} & one for one in found.values())


def test_a_reordered_manifest_is_caught(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_bytes())
    manifest["files"].reverse()
    (copied / "manifest.json").write_text(json.dumps(manifest, sort_keys=True, separators=(",", ":")))
    assert codes(verify_py, copied, bundle)["manifest.json"] == {"BAD_MANIFEST"}


def test_a_file_of_an_older_bundle_is_caught(
    verify_py: ModuleType, bundle: Bundle, older_bundle: Bundle, copied: Path
) -> None:
    shutil.copy(older_bundle.folder / "results.jsonl", copied / "results.jsonl")
    assert codes(verify_py, copied, bundle)["results.jsonl"] & {"ALTERED", "SWAPPED"}


def test_an_older_signature_is_caught(
    verify_py: ModuleType, bundle: Bundle, older_bundle: Bundle, copied: Path
) -> None:
    shutil.copy(older_bundle.folder / "signature.dsse.json", copied / "signature.dsse.json")
    assert "ALTERED" in codes(verify_py, copied, bundle)["manifest.json"]


@pytest.mark.parametrize("expected", [{"after": "2026-11-01"}, {"run": "20261123T093000Z-sample"}])
def test_a_replayed_old_bundle_is_caught_by_what_the_reader_expects(
    verify_py: ModuleType, older_bundle: Bundle, expected: dict[str, str]
) -> None:
    assert codes(verify_py, older_bundle.zip, older_bundle) == {}
    assert codes(verify_py, older_bundle.zip, older_bundle, **expected)["run.json"] == {"REPLAYED"}


def test_a_bundle_signed_again_with_another_key_is_caught(
    verify_py: ModuleType, bundle: Bundle, copied: Path, other_key: Path
) -> None:
    reseal(copied, other_key)
    found = codes(verify_py, copied, bundle)
    assert found == {"signature.dsse.json": {"WRONG_KEY"}, "reports/report.html": {"REPORT_DISAGREES"}}


def test_without_a_named_signer_nothing_is_called_verified(verify_py: ModuleType, bundle: Bundle) -> None:
    outcome = verify_py.verify_bundle(str(bundle.zip), verify_py.Expectations())
    assert (outcome.word, outcome.exit_status) == ("UNANCHORED", verify_py.EXIT_UNANCHORED)


def test_a_removed_signature_is_not_a_way_out(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    (copied / "signature.dsse.json").unlink()
    assert codes(verify_py, copied, bundle)["signature.dsse.json"] == {"UNSIGNED"}
    outcome = verify_py.verify_bundle(str(copied), verify_py.Expectations())
    assert (outcome.word, outcome.exit_status) == ("UNSIGNED", verify_py.EXIT_UNANCHORED)


def test_a_verdict_edited_by_somebody_with_the_right_key_is_caught(
    verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path
) -> None:
    text = (copied / "results.jsonl").read_bytes()
    assert text.count(b'"verdict":"fail"')
    (copied / "results.jsonl").write_bytes(text.replace(b'"verdict":"fail"', b'"verdict":"pass"'))
    assessment = json.loads((copied / "assessment.json").read_bytes())
    assessment["policies"][0]["effects"]["design"] = "pass"
    assessment["policies"][0]["title"] = "edited"
    (copied / "assessment.json").write_text(
        json.dumps(assessment, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    )
    reseal(copied, key)
    found = codes(verify_py, copied, bundle)
    assert found == {"results.jsonl": {"VERDICT_CHANGED"}, "assessment.json": {"VERDICT_CHANGED"}}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reports/report.html", b'data-count="rows.fail">', b'data-count="rows.fail">9'),
        ("reports/matrix.csv", b"\nfail,", b"\npass,"),
        ("reports/results.sarif", b'"verdict":"fail"', b'"verdict":"pass"'),
        ("reports/results.junit.xml", b"<failure ", b"<system-out "),
        ("reports/oscal-assessment-results.json", b'"value":"fail"', b'"value":"pass"'),
    ],
)
def test_a_report_that_disagrees_with_the_evidence_is_caught_though_signed(
    verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path, *, name: str, old: bytes, new: bytes
) -> None:
    data = (copied / name).read_bytes()
    assert old in data
    data = data.replace(old, new, 1).replace(b"</failure>", b"</system-out>", 1 if b"failure" in old else 0)
    (copied / name).write_bytes(data)
    reseal(copied, key)
    assert codes(verify_py, copied, bundle) == {name: {"REPORT_DISAGREES"}}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("evidence/live-dynamodb/raw/resources.jsonl", b'"ENABLED"', b'"DISABLED"'),
        ("evidence/source-gate/raw/results.jsonl", b'"verdict":"fail"', b'"verdict":"pass"'),
        ("evidence/tests-junit/raw/junit.xml", b"<skipped", b"<failure"),
        ("evidence/exceptions/raw/exceptions.jsonl", b"2027-05-01", b"2026-05-01"),
        ("evidence/source-files/raw/files/stack/main.tf", b"market", b"marked"),
        ("controls/policies.json", b'"severity":"high"', b'"severity":"low"'),
    ],
)
def test_evidence_edited_by_somebody_with_the_right_key_no_longer_gives_its_verdicts(
    verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path, *, name: str, old: bytes, new: bytes
) -> None:
    data = (copied / name).read_bytes()
    assert old in data
    (copied / name).write_bytes(data.replace(old, new).replace(b"</skipped>", b"</failure>"))
    reseal(copied, key)
    found = codes(verify_py, copied, bundle)
    assert found["assessment.json"] == {"VERDICT_CHANGED"}


def test_a_wrong_previous_bundle_is_caught(verify_py: ModuleType, bundle: Bundle, older_bundle: Bundle) -> None:
    found = codes(verify_py, bundle.zip, bundle, previous=str(older_bundle.zip))
    assert found == {"previous.json": {"PREVIOUS_MISMATCH"}}


def test_a_bundle_that_is_its_own_previous_is_caught(verify_py: ModuleType, bundle: Bundle) -> None:
    found = codes(verify_py, bundle.zip, bundle, previous=str(bundle.zip))
    assert found == {"previous.json": {"PREVIOUS_MISMATCH"}, "run.json": {"REPLAYED"}}


# --- what a hostile archive can be


def _zip(path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]], comment: bytes = b"") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
        archive.comment = comment
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "/etc/passwd",
        "a/../../outside.txt",
        "C:/windows.txt",
        "a\\..\\b.txt",
        "./a.txt",
        "a//b.txt",
        "con",
        "a/nul.txt",
        "trailing.",
        "a\x1b[31m.txt",
        "x" * 600,
    ],
)
def test_a_name_that_could_leave_the_bundle_is_refused(
    verify_py: ModuleType, tmp_path: Path, bundle: Bundle, name: str
) -> None:
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = name
    path = _zip(tmp_path / "slip.zip", [(entry, b"x")])
    assert {"UNSAFE_PATH"} in codes(verify_py, path, bundle).values()
    assert not (tmp_path / "outside.txt").exists()


def _link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("manifest.json")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def _device() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("manifest.json")
    entry.external_attr = (stat.S_IFCHR | 0o666) << 16
    return entry


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([(_link(), b"/etc/passwd")], "LINK"),
        ([(_device(), b"")], "UNSAFE_ENTRY"),
        ([("folder/", b"")], "UNSAFE_ENTRY"),
        ([("bomb.txt", b"\0" * (20 << 20))], "BOMB"),
        ([("manifest.json", b"{}"), ("MANIFEST.json", b"{}")], "DUPLICATE_NAME"),
    ],
    ids=["link", "device", "folder", "bomb", "case"],
)
def test_an_entry_that_is_no_plain_file_is_refused(
    verify_py: ModuleType, tmp_path: Path, bundle: Bundle, entries: list[Any], code: str
) -> None:
    path = _zip(tmp_path / "hostile.zip", entries)
    assert {code} in codes(verify_py, path, bundle).values()


def test_two_entries_of_one_name_are_refused(verify_py: ModuleType, tmp_path: Path, bundle: Bundle) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = _zip(tmp_path / "twice.zip", [("manifest.json", b"{}"), ("manifest.json", b"[]")])
    assert codes(verify_py, path, bundle) == {"manifest.json": {"DUPLICATE_NAME"}}


def test_an_encrypted_entry_is_refused(verify_py: ModuleType, tmp_path: Path, bundle: Bundle) -> None:
    path = _zip(tmp_path / "secret.zip", [("manifest.json", b"{}")])
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    path.write_bytes(data)
    assert codes(verify_py, path, bundle) == {"manifest.json": {"UNSAFE_ENTRY"}}


def test_entries_that_overlap_are_refused(verify_py: ModuleType, tmp_path: Path, bundle: Bundle) -> None:
    path = _zip(tmp_path / "overlap.zip", [("a.txt", os.urandom(4000)), ("b.txt", os.urandom(4000))])
    data = bytearray(path.read_bytes())
    first = data.index(b"PK\x01\x02")
    data[first + 20 : first + 24] = (60_000).to_bytes(4, "little")
    path.write_bytes(data)
    assert {"BOMB"} in codes(verify_py, path, bundle).values()


@pytest.mark.parametrize("where", ["before", "comment"])
def test_bytes_outside_the_entries_are_refused(
    verify_py: ModuleType, tmp_path: Path, bundle: Bundle, where: str
) -> None:
    path = tmp_path / "more.zip"
    shutil.copy(bundle.zip, path)
    if where == "comment":
        with zipfile.ZipFile(path, "a") as archive:
            archive.comment = b"hidden"
    else:
        path.write_bytes(b"hidden" + path.read_bytes())
    assert {"EXTRA"} in codes(verify_py, path, bundle).values()


def _directory(data: bytearray) -> int:
    """Return where a zip's directory begins."""
    end = data.rindex(b"PK\x05\x06")
    return int.from_bytes(data[end + 16 : end + 20], "little")


def _with_gap(data: bytearray) -> bytearray:
    """Return a zip with another entry between the last and the directory, which the directory does not know."""
    at, end = _directory(data), data.rindex(b"PK\x05\x06")
    hidden = data[: data.index(b"PK\x03\x04", 4)]
    data[end + 16 : end + 20] = (at + len(hidden)).to_bytes(4, "little")
    return data[:at] + hidden + data[at:]


def _with_local_flag(data: bytearray) -> bytearray:
    data[6] ^= 1
    return data


def _with_local_size(data: bytearray) -> bytearray:
    data[22] ^= 1
    return data


@pytest.mark.parametrize("change", [_with_gap, _with_local_flag, _with_local_size])
def test_a_zip_that_shows_other_things_to_programs_that_read_it_from_the_front_is_refused(
    verify_py: ModuleType, tmp_path: Path, bundle: Bundle, change: Callable[[bytearray], bytearray]
) -> None:
    path = tmp_path / "two-faced.zip"
    path.write_bytes(change(bytearray(bundle.zip.read_bytes())))
    assert {"EXTRA"} in codes(verify_py, path, bundle).values()


@pytest.mark.parametrize("field", ["extra", "comment"])
def test_bytes_beside_an_entry_are_refused_with_the_way_to_verify_what_was_packed_again(
    verify_py: ModuleType, tmp_path: Path, bundle: Bundle, field: str
) -> None:
    entry = zipfile.ZipInfo("manifest.json")
    setattr(entry, field, b"\x99\x99\x02\x00hi")
    path = _zip(tmp_path / "more.zip", [(entry, b"{}"), ("run.json", b"{}")])
    assert codes(verify_py, path, bundle) == {"manifest.json": {"EXTRA"}}


def test_a_link_in_a_folder_is_refused(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    (copied / "README.txt").unlink()
    (copied / "README.txt").symlink_to("/etc/hostname")
    assert codes(verify_py, copied, bundle) == {"README.txt": {"LINK"}}


def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    os.mkfifo(copied / "evidence/pipe")
    assert codes(verify_py, copied, bundle) == {"evidence/pipe": {"UNSAFE_ENTRY"}}


def test_something_that_is_no_bundle_is_said_to_be_none(verify_py: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("not a zip")
    for path in (tmp_path / "text.zip", tmp_path / "absent"):
        outcome = verify_py.verify_bundle(str(path), verify_py.Expectations())
        assert outcome.exit_status == verify_py.EXIT_UNUSABLE


@pytest.mark.parametrize("path", ["/dev/zero", "x" * 5000, "a\0b", "absent"])
def test_a_path_that_is_no_bundle_is_said_to_be_none_and_is_not_read(verify_py: ModuleType, path: str) -> None:
    outcome = verify_py.verify_bundle(path, verify_py.Expectations())
    assert [one.code for one in outcome.findings] == ["NOT_A_BUNDLE"]
    assert outcome.exit_status == verify_py.EXIT_UNUSABLE
    assert verify_py.render_outcome(outcome, path)


def test_folders_nested_without_end_are_refused(verify_py: ModuleType, bundle: Bundle, copied: Path) -> None:
    (copied / "/".join("d" * 400)).mkdir(parents=True)
    assert {"UNSAFE_PATH"} in codes(verify_py, copied, bundle).values()


def test_a_bundle_packed_again_says_what_to_do(verify_py: ModuleType, bundle: Bundle, tmp_path: Path) -> None:
    again = shutil.make_archive(str(tmp_path / "again"), "zip", bundle.folder.parent, bundle.folder.name)
    outcome = verify_py.verify_bundle(again, verify_py.Expectations())
    assert "unpack it" in outcome.findings[0].message
    inside = _zip(tmp_path / "inside.zip", [("run/manifest.json", b"{}")])
    outcome = verify_py.verify_bundle(str(inside), verify_py.Expectations())
    assert "verify that folder" in outcome.findings[0].message


def test_the_file_alone_in_a_folder_asks_for_the_bundle(bundle: Bundle, tmp_path: Path) -> None:
    shutil.copy(bundle.folder / "verify.py", tmp_path / "verify.py")
    command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (5, "")
    assert "name it: python3 verify.py BUNDLE" in done.stderr


# --- what a hostile signature or manifest can be


def _edit(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    value = json.loads(path.read_bytes())
    change(value)
    path.write_text(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(payloadType="text/plain"),
        lambda one: one.update(signatures=[]),
        lambda one: one.update(payload="%%%"),
        lambda one: one.update(payload=base64.b64encode(b"{}").decode()),
        lambda one: one["signatures"][0].update(sig=base64.b64encode(b"x" * 64).decode()),
        lambda one: one.clear(),
    ],
)
def test_an_envelope_that_is_not_one_is_named(
    verify_py: ModuleType, bundle: Bundle, copied: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    _edit(copied / "signature.dsse.json", change)
    assert codes(verify_py, copied, bundle)["signature.dsse.json"] & {"SIGNATURE_INVALID", "BAD_JSON"}


def test_a_signature_over_something_else_is_named(
    verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path
) -> None:
    (copied / "signature.dsse.json").write_bytes(sign_manifest(KeyFileSigner(key), "0" * 64, {}))
    assert "ALTERED" in codes(verify_py, copied, bundle)["manifest.json"]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{", b"\xff", b'{"format":"tapeproof/bundle/1"}', b'{"a":1,"a":2}', b"NaN", b"[" * 100_000],
)
def test_a_manifest_that_is_not_one_is_named(verify_py: ModuleType, bundle: Bundle, copied: Path, data: bytes) -> None:
    (copied / "manifest.json").write_bytes(data)
    assert codes(verify_py, copied, bundle)["manifest.json"] & {"BAD_MANIFEST", "BAD_JSON"}


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["files"].append({"path": "../x", "size": 1, "sha256": "0"}),
        lambda one: one["files"].append(one["files"][0]),
        lambda one: one["files"][0].update(size="many"),
        lambda one: one["files"][0].pop("sha256"),
        lambda one: one.update(files=None),
        lambda one: one.update(format="tapeproof/bundle/99"),
    ],
)
def test_a_malformed_list_of_files_is_named(
    verify_py: ModuleType, bundle: Bundle, copied: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    _edit(copied / "manifest.json", change)
    assert "BAD_MANIFEST" in codes(verify_py, copied, bundle)["manifest.json"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("evidence/live-dynamodb/raw/resources.jsonl", b"{\n"),
        ("evidence/live-dynamodb/raw/resources.jsonl", b"[1]\n"),
        ("evidence/live-dynamodb/raw/resources.jsonl", b'{"resource":1,"type":[]}\n'),
        ("evidence/live-dynamodb/raw/resources.jsonl", b'{"resource":"a"} {"resource":"b"}\n'),
        ("evidence/live-dynamodb/raw/resources.jsonl", b"[" * 200_000 + b"\n"),
        ("evidence/source-gate/raw/results.jsonl", b'{"resource":"aws_x.y","results":[{"policy":"TP_A"}]}\n' * 1500),
        ("evidence/live-dynamodb/item.json", b"{}"),
        ("evidence/live-dynamodb/item.json", b"null"),
        ("evidence/tests-junit/raw/junit.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("evidence/tests-junit/raw/junit.xml", b"<a>"),
        ("controls/criteria.json", b'[{"stage":"live","type":"aws_x","policy":"P","text":"","test":{"never":1}}]'),
        ("controls/criteria.json", DEEP_CRITERION),
        (
            "controls/criteria.json",
            b'[{"stage":"live","type":"aws_x","policy":"P","text":"","test":' + b'{"not":' * 400 + b"1",
        ),
        ("controls/policies.json", b'[{"id":1}]'),
        ("evidence/source-gate/raw/summary.json", b'{"files":{"read":1}}'),
        ("evidence/exceptions/raw/exceptions.jsonl", b'{"kind":["waiver"],"resource":1,"expires":{}}\n'),
        ("evidence/exceptions/raw/exceptions.jsonl", b"1" * 5000 + b"\n"),
        ("run.json", b"[]"),
        ("run.json", b'{"parameters":{},"population_types":[],"as_of":"2026-11-23"}'),
        ("run.json", b'{"id":1,"parameters":{},"population_types":[],"as_of":2,"subject":3,"simulated":4}'),
        ("previous.json", b'{"run":1,"as_of":[],"digest":{},"history":[],"policies":{},"not_passed":[]}'),
        ("previous.json", b'{"history":[{}],"policies":[],"not_passed":[[[]]]}'),
        ("reports/results.sarif", b"{}"),
        ("reports/results.junit.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("reports/matrix.csv", b"stage\nx\n"),
    ],
)
def test_hostile_content_under_a_good_signature_is_a_finding_and_never_a_traceback(
    verify_py: ModuleType, bundle: Bundle, copied: Path, key: Path, *, name: str, data: bytes
) -> None:
    (copied / name).write_bytes(data)
    reseal(copied, key)
    assert codes(verify_py, copied, bundle)
