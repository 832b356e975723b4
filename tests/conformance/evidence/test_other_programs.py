"""What a bundle holds is accepted by programs that are not ours."""

from __future__ import annotations

import base64
import csv
import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import html5lib
import jsonschema_rs
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from junitparser import JUnitXml
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

from tests.places import PROJECT
from tests.unit.evidence.samples import Sample, acceptance, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tapeproof.evidence.bundle.writing import Bundle

SCHEMAS = PROJECT.parent / "shared" / "schemas"
CATALOGUE = PROJECT.parent / "shared" / "catalogs" / "nist-800-53-r5-baseline-controls.json"
TRESTLE = PROJECT / ".environments" / "trestle" / "bin" / "trestle"
LINE_PIXELS = 11  # 6.4 pt at a line height of 1.2
SMALLEST_TEXT = 11
"""Pixels of text in a chart on a phone."""
BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("keys") / "key.pem")


@pytest.fixture(scope="module", params=[False, True], ids=["account", "emulator"])
def bundle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    sample = Sample()
    sample.simulated = request.param
    sample.exceptions = [acceptance(), acceptance(resource="RA-2026-002", expires="2026-01-01")]
    sample.gate[5].update(verdict="fail", message='less than 30 days <&">', file="stack/a b.tf", line=3, column=7)
    sample.gate[6].update(verdict="unknown", message="module not on disk")
    sample.gate[7].update(verdict="waived", waiver={"reason": "test", "owner": "me", "expires": "2027-01-01"})
    sample.live.pop("kms")
    return sample.bundle(tmp_path_factory.mktemp("bundle") / "run", key=key)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Bundle:
    """A bundle with every kind of section and few rows, for programs that take long over each."""
    sample = Sample()
    sample.simulated = True
    sample.exceptions = [acceptance(), acceptance(resource="RA-2026-002", expires="2026-01-01")]
    kept = {"aws_dynamodb_table.market"}
    sample.gate = [one for one in sample.gate if one["resource"] in kept]
    sample.plan_gate = [one for one in sample.plan_gate if one["resource"] in kept]
    for at, verdict in enumerate(("fail", "unknown", "waived")):
        sample.gate[at].update(verdict=verdict, message="told", file="stack/main.tf", line=3, column=7)
    sample.live.pop("kms")
    return sample.bundle(tmp_path_factory.mktemp("small") / "run", key=key)


def _report(bundle: Bundle, name: str) -> Path:
    return bundle.folder / "reports" / name


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("oscal-assessment-results.json", "oscal_assessment-results_schema.json"),
        ("oscal-assessment-plan.json", "oscal_assessment-plan_schema.json"),
        ("oscal-component-definition.json", "oscal_component_schema.json"),
        ("results.sarif", "sarif-schema-2.1.0.json"),
    ],
)
def test_published_schemas_accept_the_machine_formats(bundle: Bundle, name: str, schema: str) -> None:
    if not (SCHEMAS / schema).is_file():
        pytest.skip(f"{SCHEMAS} is not there: the schemas lie beside the project")
    validator = jsonschema_rs.validator_for(json.loads((SCHEMAS / schema).read_text()))
    errors = [
        f"{list(one.instance_path)}: {one.message}"
        for one in validator.iter_errors(json.loads(_report(bundle, name).read_text()))
    ]
    assert errors == []


TRESTLE_CALLS = """
import json, sys
from trestle.cli import run
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["trestle", *arguments]
    try:
        run()
    except SystemExit as stop:
        if stop.code:
            sys.exit(f"{arguments} ended with {stop.code}")
"""


def _call_trestle(workspace: Path, *calls: list[str]) -> str:
    """Run several commands of trestle, which takes longer to start than to answer, and return what it says."""
    command = [str(TRESTLE.with_name("python")), "-c", TRESTLE_CALLS, json.dumps(calls)]
    environment = {**os.environ, "HOME": str(workspace.parent)}
    done = subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(not TRESTLE.is_file(), reason="the environment of compliance-trestle is not set up")
def test_trestle_imports_and_validates_every_oscal_document(small: Bundle, tmp_path: Path) -> None:
    workspace, incoming = tmp_path / "workspace", tmp_path / "incoming"
    workspace.mkdir()
    incoming.mkdir()
    names = ("assessment-plan", "assessment-results", "component-definition", "poam")
    calls = [["init", "--local"]]
    for name in names:
        shutil.copy(_report(small, f"oscal-{name}.json"), incoming)
        calls.append(["import", "-f", str(incoming / f"oscal-{name}.json"), "-o", name])
    told = _call_trestle(workspace, *calls, ["validate", "-a"])
    assert told.count("VALID") == len(names)


@pytest.mark.skipif(not TRESTLE.is_file(), reason="the environment of compliance-trestle is not set up")
def test_trestles_model_reads_the_fragment_of_a_system_security_plan(small: Bundle) -> None:
    # `trestle import` would fetch the catalogue that the fragment names, and no test needs a network.
    read = (
        "import pathlib, sys\nfrom trestle.oscal.ssp import SystemSecurityPlan\n"
        "print(SystemSecurityPlan.oscal_read(pathlib.Path(sys.argv[1])).uuid)"
    )
    path = _report(small, "oscal-ssp-fragment.json")
    python = TRESTLE.with_name("python")
    done = subprocess.run([str(python), "-c", read, str(path)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == json.loads(path.read_text())["system-security-plan"]["uuid"], done.stderr


def test_uuids_in_the_oscal_documents_resolve_and_are_used_once(bundle: Bundle) -> None:
    results = json.loads(_report(bundle, "oscal-assessment-results.json").read_text())["assessment-results"]["results"][
        0
    ]
    definitions = results["local-definitions"]
    items = {one["uuid"] for one in definitions["inventory-items"]}
    components = {one["uuid"] for one in definitions["components"]}
    observations = {one["uuid"] for one in results["observations"]}
    risks = {one["uuid"] for one in results["risks"]}
    assert len(observations) == len(results["observations"])
    for one in results["observations"]:
        assert {subject["subject-uuid"] for subject in one.get("subjects", [])} <= items
        assert {actor["actor-uuid"] for origin in one["origins"] for actor in origin["actors"]} <= components
        for link in one.get("relevant-evidence", []):
            assert (_report(bundle, "x").parent / link["href"]).resolve().is_file()
    for one in results["findings"]:
        assert {link["observation-uuid"] for link in one.get("related-observations", [])} <= observations
        assert {link["risk-uuid"] for link in one.get("related-risks", [])} <= risks


@pytest.mark.shared
def test_control_ids_in_the_oscal_documents_exist(bundle: Bundle) -> None:
    if not CATALOGUE.is_file():
        pytest.skip(f"{CATALOGUE} is not there: the catalogue lies beside the project")
    known = json.loads(CATALOGUE.read_text())["controls"]
    results = json.loads(_report(bundle, "oscal-assessment-results.json").read_text())["assessment-results"]["results"][
        0
    ]
    included = results["reviewed-controls"]["control-selections"][0]["include-controls"]
    assert {one["control-id"] for one in included} <= known.keys()
    assert {one["target"]["target-id"].removesuffix("_smt") for one in results["findings"]} <= known.keys()


def test_an_emulator_never_satisfies_a_finding(bundle: Bundle) -> None:
    results = json.loads(_report(bundle, "oscal-assessment-results.json").read_text())["assessment-results"]["results"][
        0
    ]
    states = {one["target"]["status"]["state"] for one in results["findings"]}
    simulated = bundle.assessment["run"]["simulated"]
    assert states == ({"not-satisfied"} if simulated else {"satisfied", "not-satisfied"})


def test_securesystemslib_verifies_the_envelope(bundle: Bundle) -> None:
    envelope = Envelope.from_dict(json.loads((bundle.folder / "signature.dsse.json").read_text()))
    public = load_pem_public_key((bundle.folder / "signer.pub.pem").read_bytes())
    key = SSlibKey.from_crypto(public, keyid=bundle.fingerprint)  # type: ignore[arg-type]
    assert envelope.verify([key], 1)


def test_the_statement_is_an_in_toto_statement_about_the_manifest(bundle: Bundle) -> None:
    envelope = json.loads((bundle.folder / "signature.dsse.json").read_text())
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["subject"] == [{"name": "manifest.json", "digest": {"sha256": bundle.manifest_sha256}}]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_verifies_the_signature(bundle: Bundle, tmp_path: Path) -> None:
    envelope = json.loads((bundle.folder / "signature.dsse.json").read_text())
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"]
    message = f"DSSEv1 {len(kind)} {kind} {len(payload)} ".encode() + payload
    (tmp_path / "message").write_bytes(message)
    (tmp_path / "signature").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))

    def verified() -> bool:
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(bundle.folder / "signer.pub.pem"), "-rawin"]
        files = ["-in", str(tmp_path / "message"), "-sigfile", str(tmp_path / "signature")]
        return subprocess.run([*command, *files], capture_output=True, check=False).returncode == 0

    assert verified()
    (tmp_path / "message").write_bytes(message + b" ")
    assert not verified()


def test_junitparser_reads_the_same_numbers(bundle: Bundle) -> None:
    suites = JUnitXml.fromfile(str(_report(bundle, "results.junit.xml")))
    cases = [case for suite in suites for case in suite]
    rows = bundle.assessment["counts"]["rows"]
    total = sum(count for verdicts in rows.values() for count in verdicts.values())
    gaps = sum(
        one["status"] == "not-evaluated"
        for policy in bundle.assessment["policies"]
        for one in policy["stages"].values()
    )
    assert (suites.tests, len(cases)) == (total + gaps, total + gaps)
    assert suites.failures == sum(verdicts.get("fail", 0) for verdicts in rows.values())
    assert suites.skipped == sum(verdicts.get("waived", 0) for verdicts in rows.values())


def test_a_spreadsheet_reads_no_formula_and_every_line(bundle: Bundle) -> None:
    with _report(bundle, "matrix.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert not [cell for line in lines for cell in line if cell[:1] in {"=", "+", "-", "@"}]


def test_an_html_parser_that_is_not_ours_finds_no_error(bundle: Bundle) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(_report(bundle, "report.html").read_text(encoding="utf-8"))
    identities = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(identities) == len(set(identities))
    links = [element.get("href") for element in tree.iter("a")]
    assert [link for link in links if not link.startswith("#")] == []
    assert {link[1:] for link in links} <= set(identities)
    assert list(tree.iter("script")) == []
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        assert all(head.get("scope") in {"col", "row"} for head in table.iter("th"))


@pytest.fixture(scope="module")
def page(small: Bundle) -> Iterator[tuple[Browser, str]]:
    if BROWSER is None:
        pytest.skip("no browser is installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only with a browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser, _report(small, "report.html").as_uri()
        browser.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    page: tuple[Browser, str], scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only with a browser

    browser, address = page
    # The page forbids scripts; axe is one, so it is let in from outside.
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    tab.goto(address)
    found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in {"serious", "critical"}]
    assert serious == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_page_asks_for_nothing_and_runs_nothing(page: tuple[Browser, str]) -> None:
    browser, address = page
    tab = browser.new_page()
    asked: list[str] = []
    told: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.goto(address)
    assert asked == [address]
    assert told == []
    tab.evaluate("() => 1")
    assert tab.locator("h1").inner_text() == "market data, dev"
    tab.close()


def test_on_paper_a_resource_that_passes_takes_one_line_and_no_sheet_begins_a_page(page: tuple[Browser, str]) -> None:
    browser, address = page
    tab = browser.new_page(viewport={"width": 688, "height": 1000})  # A4 between the margins, at 96 px an inch
    tab.emulate_media(media="print")
    tab.goto(address)
    heights = tab.evaluate("[...document.querySelectorAll('.alike li')].map(row => row.offsetHeight)")
    breaks = tab.evaluate("[...document.querySelectorAll('.sheet')].map(one => getComputedStyle(one).breakBefore)")
    assert sorted(heights)[len(heights) // 2] < 2 * LINE_PIXELS
    assert set(breaks) == {"auto"}
    tab.close()


def test_on_a_phone_the_heads_of_stacked_rows_cover_nothing(page: tuple[Browser, str]) -> None:
    browser, address = page
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(address)
    stacked = "table:is(.rows, .matrix, .numbers, .stages, .listed) thead"
    sizes = f"[...document.querySelectorAll('{stacked}')].map(head => head.offsetWidth * head.offsetHeight)"
    assert set(tab.evaluate(sizes)) == {1}
    tab.close()


def test_on_a_phone_no_table_and_no_chart_scrolls_sideways_and_one_drawing_of_each_chart_is_shown(
    page: tuple[Browser, str],
) -> None:
    browser, address = page
    for width, shown in ((390, "narrow"), (1280, "wide")):
        tab = browser.new_page(viewport={"width": width, "height": 844})
        tab.goto(address)
        wide = "one => one.scrollWidth > one.clientWidth + 1"
        regions = f"[...document.querySelectorAll('.scroll, .chart')].filter({wide}).map(one => one.innerText)"
        seen = "[...document.querySelectorAll('svg')].filter(one => one.clientWidth).map(one => one.classList[0])"
        texts = (
            "[...document.querySelectorAll('svg')].filter(one => one.clientWidth)"
            ".map(one => 13 * one.clientWidth / one.viewBox.baseVal.width)"
        )
        assert tab.evaluate(regions) == []
        assert set(tab.evaluate(seen)) == {shown}
        assert min(tab.evaluate(texts)) >= SMALLEST_TEXT
        tab.close()
