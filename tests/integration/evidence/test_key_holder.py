"""Whoever holds the signing key can sign anything; what people read must still be what the evidence says."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tests.unit.evidence.resealing import reseal
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from tapeproof.evidence.bundle.writing import Bundle


class Ran(NamedTuple):
    """What a run of verify.py ended with."""

    returncode: int
    stdout: str
    stderr: str


def _run(verify: ModuleType, bundle: Path, *arguments: str) -> Ran:
    """Run the command in this process: a process for each attack would take a second each."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = verify.verify_main([str(bundle), *arguments])
        except SystemExit as stop:
            status = int(str(stop.code))
        finally:
            gc.enable()
    return Ran(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def release(verify_py: ModuleType) -> ModuleType:
    """The verify.py that an auditor has from a release, not the one in a bundle."""
    return verify_py


def _rewrite(pattern: str, by: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed, times = re.subn(pattern, by, text, count=1, flags=re.DOTALL)
        assert times == 1
        return changed

    return change


REPORTS_CHANGED = {
    "a conclusion in words": ("reports/report.html", _rewrite(r'(class="verdict">)[^<]*', r"\1All policies pass")),
    "a script": ("reports/report.html", _rewrite("</main>", "<script>hide()</script></main>")),
    "a style that hides rows": ("reports/report.html", _rewrite("</style>", ".fail { display: none }</style>")),
    "a row that is hidden": (
        "reports/report.html",
        _rewrite('<li><span class="s fail">', '<li hidden><span class="s fail">'),
    ),
    "a severity": ("reports/report.html", _rewrite("<dd>critical</dd>", "<dd>low</dd>")),
    "an OSCAL state": (
        "reports/oscal-assessment-results.json",
        _rewrite('"reason":"(other|fail)","state":"not-satisfied"', '"reason":"pass","state":"satisfied"'),
    ),
    "an OSCAL plan": ("reports/oscal-assessment-plan.json", _rewrite("EXAMINE", "INTERVIEW")),
    "an OSCAL component": ("reports/oscal-component-definition.json", _rewrite("not-satisfied", "satisfied")),
    "an OSCAL plan of action": ("reports/oscal-poam.json", _rewrite("fail", "pass")),
    "a SARIF message": ("reports/results.sarif", _rewrite("logs are kept for 7 days", "logs are kept for 70 days")),
    "a SARIF level": ("reports/results.sarif", _rewrite('"level":"(error|warning)"', '"level":"note"')),
    "a CSV cell": ("reports/matrix.csv", _rewrite("logs are kept for 7 days", "logs are kept")),
    "a JUnit message": ("reports/results.junit.xml", _rewrite("logs are kept for 7 days", "logs are kept")),
    "the README": ("README.txt", _rewrite("from a release of the\nproject", "from this\nbundle")),
}


@pytest.mark.parametrize("name", REPORTS_CHANGED)
def test_a_changed_report_is_named_though_it_is_signed_again(
    release: ModuleType, bundle: Bundle, copied: Path, key: Path, name: str
) -> None:
    path, change = REPORTS_CHANGED[name]
    (copied / path).write_bytes(change((copied / path).read_bytes().decode()).encode())
    reseal(copied, key)
    done = _run(release, copied, "--fingerprint", bundle.fingerprint)
    assert done.returncode == 1
    assert f"REPORT_DISAGREES   {path}: line " in done.stdout


def test_an_untouched_bundle_is_verified_by_the_release_as_folder_and_zip(release: ModuleType, bundle: Bundle) -> None:
    for path in (bundle.folder, bundle.zip):
        done = _run(release, path, "--fingerprint", bundle.fingerprint)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_pdf_is_called_a_copy_that_nobody_derived(
    release: ModuleType, bundle: Bundle, tmp_path: Path, key: Path
) -> None:
    folder = Sample().write(tmp_path / "printed")

    printed = write_bundle(folder, signer=KeyFileSigner(key), print_pdf=_print)
    done = _run(release, printed.zip, "--fingerprint", bundle.fingerprint)
    assert done.returncode == 0
    assert "RECORDED, NOT RE-DERIVED  reports/report.pdf: a convenience copy" in done.stdout


def _print(_html: Path, pdf: Path, _as_of: str) -> None:
    pdf.write_bytes(b"%PDF-1.7 of something else")


def test_verdicts_of_the_gate_are_called_recorded(release: ModuleType, bundle: Bundle) -> None:
    told = _run(release, bundle.zip, "--fingerprint", bundle.fingerprint).stdout
    assert "RECORDED, NOT RE-DERIVED  source-gate: verdicts of the gate" in told


def test_quarters_that_never_were_are_not_what_the_previous_bundle_remembers(
    release: ModuleType, older_bundle: Bundle, key: Path, tmp_path: Path
) -> None:

    folder = Sample().write(tmp_path / "run")
    write_previous(folder, older_bundle.zip)
    honest = write_bundle(folder, signer=KeyFileSigner(key))
    arguments = ("--fingerprint", honest.fingerprint, "--previous", str(older_bundle.zip))
    assert _run(release, honest.zip, *arguments).returncode == 0
    memory = json.loads((folder / "previous.json").read_bytes())
    invented = {**memory["history"][0], "run": "q1", "as_of": "2026-03-31T00:00:00Z"}
    (folder / "previous.json").write_text(json.dumps({**memory, "history": [invented, *memory["history"]]}))
    forged = write_bundle(folder, signer=KeyFileSigner(key))
    done = _run(release, forged.zip, *arguments)
    assert done.returncode == 1
    assert "MEMORY_CHANGED" in done.stdout
    alone = _run(release, forged.zip, "--fingerprint", honest.fingerprint)
    assert "RECORDED, NOT RE-DERIVED  previous.json: what the maker remembers of 2 earlier runs" in alone.stdout


@pytest.mark.parametrize("name", ["policies", "criteria", "mappings", "frameworks"])
def test_a_trimmed_catalogue_is_called_the_makers_own(
    release: ModuleType, key: Path, tmp_path: Path, name: str
) -> None:

    folder = Sample().write(tmp_path / "run")
    path = folder / f"controls/{name}.json"
    entries = json.loads(path.read_bytes())
    entries = [one for one in entries if one.get("id") != "TP_LOG_1"] if name == "policies" else entries
    path.write_text(json.dumps(entries if name == "policies" else [] if name == "mappings" else entries[:-1]))
    if name == "frameworks":
        mappings = folder / "controls/mappings.json"
        kept = [one for one in json.loads(mappings.read_bytes()) if one["framework"] != entries[-1]["id"]]
        mappings.write_text(json.dumps(kept))
    forged = write_bundle(folder, signer=KeyFileSigner(key))
    done = _run(release, forged.zip, "--fingerprint", forged.fingerprint)
    assert done.returncode == 4
    assert re.search(rf"OWN_CATALOGUE +controls/: sha256:[0-9a-f]{{64}}: .*{name} .* is missing", done.stdout)


def test_a_weaker_parameter_is_called_the_makers_own(release: ModuleType, key: Path, tmp_path: Path) -> None:

    folder = Sample().write(tmp_path / "run")
    run = json.loads((folder / "run.json").read_bytes())
    run["parameters"]["minimum_retention_days"] = 1
    (folder / "run.json").write_text(json.dumps(run))
    done = _run(release, write_bundle(folder, signer=KeyFileSigner(key)).zip)
    assert done.returncode == 4
    assert "parameter minimum_retention_days differs" in done.stdout


@pytest.mark.parametrize("neighbour", ["json.py", "hashlib.py", "zipfile.py", "os.py", "html/__init__.py"])
def test_a_file_beside_verify_py_is_never_imported(bundle: Bundle, tmp_path: Path, neighbour: str) -> None:
    shutil.copy(bundle.folder / "verify.py", tmp_path / "verify.py")
    (tmp_path / neighbour).parent.mkdir(exist_ok=True)
    (tmp_path / neighbour).write_text("raise SystemExit('imported')\n")
    command = [sys.executable, "verify.py", str(bundle.zip), "--fingerprint", bundle.fingerprint]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("size", [1, 22, 60_000, 70_000])
def test_bytes_behind_a_zip_are_refused(release: ModuleType, bundle: Bundle, tmp_path: Path, size: int) -> None:
    longer = tmp_path / "longer.zip"
    longer.write_bytes(bundle.zip.read_bytes() + b"x" * size)
    done = _run(release, longer, "--fingerprint", bundle.fingerprint)
    assert done.returncode in {1, 5}
    assert "VERIFIED" not in done.stdout


def test_a_second_end_record_behind_the_first_is_refused(release: ModuleType, bundle: Bundle, tmp_path: Path) -> None:
    data = bundle.zip.read_bytes()
    (tmp_path / "longer.zip").write_bytes(data + data[-22:])
    assert _run(release, tmp_path / "longer.zip", "--fingerprint", bundle.fingerprint).returncode in {1, 5}


@pytest.mark.parametrize("name", [".DS_Store", "reports/.DS_Store", "Thumbs.db", "evidence/._item.json"])
def test_what_a_file_browser_leaves_is_named_and_is_no_tampering(
    release: ModuleType, bundle: Bundle, copied: Path, name: str
) -> None:
    (copied / name).write_bytes(b"\0\0\0\1Bud1")
    done = _run(release, copied, "--fingerprint", bundle.fingerprint)
    assert done.returncode == 0
    assert f"foreign     {name}: left by a file browser" in done.stdout


@pytest.mark.parametrize("cut", [0, 7, 20, 70])
def test_a_part_of_a_fingerprint_is_a_mistake_of_the_reader(release: ModuleType, bundle: Bundle, cut: int) -> None:
    done = _run(release, bundle.zip, "--fingerprint", bundle.fingerprint[:cut])
    assert done.returncode == 2
    assert "64 hexadecimal digits" in done.stderr
    assert "TAMPERED" not in done.stdout


def test_the_readme_offers_no_fingerprint_to_trust(bundle: Bundle) -> None:
    assert bundle.fingerprint not in (bundle.folder / "README.txt").read_text()


def test_a_verifier_of_the_makers_own_is_named(release: ModuleType, bundle: Bundle, copied: Path, key: Path) -> None:
    own = copied / "verify.py"
    own.write_text(own.read_text().replace("EXIT_TAMPERED = 1", "EXIT_TAMPERED = 0"))
    reseal(copied, key)
    done = _run(release, copied, "--fingerprint", bundle.fingerprint)
    assert done.returncode == 1
    assert "FOREIGN_VERIFIER" in done.stdout


def test_a_bundle_of_another_version_asks_for_that_versions_verifier(
    release: ModuleType, bundle: Bundle, copied: Path, key: Path
) -> None:
    own, html = copied / "verify.py", copied / "reports/report.html"
    own.write_text(own.read_text() + "# another version\n")
    html.write_text(html.read_text().replace("Evidence report</p>", "Report of evidence</p>"))
    reseal(copied, key)
    done = _run(release, copied, "--fingerprint", bundle.fingerprint)
    assert done.returncode == 5
    assert "OTHER_VERSION" in done.stdout


@pytest.mark.parametrize(
    "name", ["notes.txt", "reports/summary.html", "evidence/live-iam/raw/more.jsonl", "controls/x.json"]
)
def test_a_file_that_nothing_accounts_for_is_named(
    release: ModuleType, bundle: Bundle, copied: Path, key: Path, name: str
) -> None:
    (copied / name).write_text("{}\n")
    reseal(copied, key)
    done = _run(release, copied, "--fingerprint", bundle.fingerprint)
    assert done.returncode == 1
    assert f"UNACCOUNTED        {name}" in done.stdout


def test_evidence_that_is_not_what_its_item_recorded_is_named(
    release: ModuleType, bundle: Bundle, copied: Path, key: Path
) -> None:
    path = copied / "evidence/source-gate/raw/summary.json"
    path.write_bytes(path.read_bytes() + b"\n")
    reseal(copied, key)
    done = _run(release, copied, "--fingerprint", bundle.fingerprint)
    assert "ALTERED            evidence/source-gate/raw/summary.json: it is not what its item recorded" in done.stdout


def test_reports_come_out_the_same_on_another_day_and_in_another_folder(tmp_path: Path, key: Path) -> None:
    sample = Sample()
    sample.as_of = NOW.replace(year=2031)
    first, second = sample.bundle(tmp_path / "a/run", key=key), sample.bundle(tmp_path / "b/run", key=key)
    assert first.zip.read_bytes() == second.zip.read_bytes()
