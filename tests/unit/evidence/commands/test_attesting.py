"""What others can hold a bundle against: a second signature, somebody else's clock, a release, a schedule."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest
import yaml
from check_jsonschema import builtin_schemas

from tapeproof.cli import main
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.verifier.keys import PublicKey
from tests.unit.evidence.samples import Sample, new_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


def _fingerprint(key: Path) -> str:
    return PublicKey.from_pem(KeyFileSigner(key).public_pem).fingerprint


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return new_key(tmp_path / "other.pem")


@pytest.fixture
def countersigned(bundle: Bundle, other: Path, tmp_path: Path) -> Path:
    """A copy of the bundle, with a second person's signature beside it."""
    copied = tmp_path / "b.zip"
    shutil.copy(bundle.zip, copied)
    assert main(["evidence", "countersign", str(copied), "--key", str(other), "--who", "B. Reviewer"]) == 0
    return copied


def _verify(bundle: Path, signer: str, *more: str) -> int:
    second = f"{bundle}.countersignature.json"
    return main(["evidence", "verify", str(bundle), "--fingerprint", signer, "--countersignature", second, *more])


def test_a_second_person_signs_the_manifest_and_is_named(
    bundle: Bundle, countersigned: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _verify(countersigned, bundle.fingerprint, "--countersigner", _fingerprint(other)) == 0
    assert "countersigned B. Reviewer, " in capsys.readouterr().out
    assert _verify(countersigned, bundle.fingerprint) == 0
    assert "COMPARE this fingerprint" in capsys.readouterr().out


def _sign_by_the_maker(bundle: Path, key: Path, _tmp: Path) -> None:
    assert main(["evidence", "countersign", str(bundle), "--key", str(key), "--who", "B. Reviewer"]) == 0


def _take_anothers(bundle: Path, key: Path, tmp: Path) -> None:
    sample = Sample()
    sample.junit = None
    other = sample.bundle(tmp / "another", key=key).zip
    assert main(["evidence", "countersign", str(other), "--key", str(new_key(tmp / "k.pem")), "--who", "B"]) == 0
    shutil.copy(f"{other}.countersignature.json", f"{bundle}.countersignature.json")


def _edit(bundle: Path, _key: Path, tmp: Path) -> None:
    path = tmp / f"{bundle.name}.countersignature.json"
    envelope = json.loads(path.read_bytes())
    statement = json.loads(base64.b64decode(envelope["payload"]))
    statement["predicate"]["who"] = "The chairman"
    envelope["payload"] = base64.b64encode(json.dumps(statement).encode()).decode()
    path.write_text(json.dumps(envelope))


def _remove(bundle: Path, _key: Path, tmp: Path) -> None:
    (tmp / f"{bundle.name}.countersignature.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_sign_by_the_maker, "SAME_SIGNER"),
        (_take_anothers, "COUNTERSIGNATURE_INVALID"),
        (_edit, "COUNTERSIGNATURE_INVALID"),
        (_remove, "COUNTERSIGNATURE_INVALID"),
    ],
)
def test_a_second_signature_that_is_none_is_named(
    bundle: Bundle,
    countersigned: Path,
    key: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    spoil: Callable[[Path, Path, Path], None],
    code: str,
) -> None:
    spoil(countersigned, key, tmp_path)
    capsys.readouterr()
    assert _verify(countersigned, bundle.fingerprint) == 1
    assert f"  {code} " in capsys.readouterr().out.replace(f"{code}:", f"{code} ")


def test_another_second_person_than_the_reader_knows_is_named(
    bundle: Bundle, countersigned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _verify(countersigned, bundle.fingerprint, "--countersigner", f"sha256:{'0' * 64}") == 1
    assert "WRONG_COUNTERSIGNER" in capsys.readouterr().out


AUTHORITY = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timestamp authority of the test's own: a root, and a certificate for nothing but timestamps."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(AUTHORITY.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "leaf.cnf").write_text("extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n")
    key = ["-newkey", "rsa:2048", "-nodes"]
    _openssl(folder, "req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "9000", "-subj", "/CN=R")
    _openssl(folder, "req", *key, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=T")
    sign = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "leaf.cnf"]
    _openssl(folder, "x509", "-req", "-in", "leaf.csr", *sign, "-days", "9000", "-out", "leaf.pem")
    return folder


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _answer(authority: Path, request: Path, response: Path, *more: str) -> None:
    how = ["-config", "tsa.cnf", "-signer", "leaf.pem", "-inkey", "leaf.key", *more]
    _openssl(authority, "ts", "-reply", *how, "-queryfile", str(request), "-out", str(response))


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here to be an authority")


@needs_openssl
@pytest.mark.parametrize(("days", "status", "word"), [(99_999, 0, "STAMPED"), (1, 1, "TIME_DISAGREES")])
def test_somebody_elses_clock_dates_the_manifest(
    key: Path,
    tmp_path: Path,
    authority: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    days: int,
    status: int,
    word: str,
) -> None:
    sample = Sample()
    sample.as_of = sample.as_of.replace(year=2020)
    bundle = str(sample.bundle(tmp_path / "run", key=key).zip)
    request, response = tmp_path / "q.tsq", tmp_path / "a.tsr"
    assert main(["evidence", "timestamp", bundle, "--request", str(request)]) == 0
    _answer(authority, request, response)
    asked = ["--response", str(response), "--roots", str(authority / "root.pem"), "--within-days", str(days)]
    assert main(["evidence", "timestamp", bundle, *asked]) == status
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{word}: the run is as of 2020-11-23T09:30:00Z")


@needs_openssl
def test_a_token_with_the_authoritys_chain_in_it_is_refused_and_says_which_order_is_read(
    bundle: Bundle, tmp_path: Path, authority: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request, response = tmp_path / "q.tsq", tmp_path / "a.tsr"
    assert main(["evidence", "timestamp", str(bundle.zip), "--request", str(request)]) == 0
    _answer(authority, request, response, "-chain", "root.pem")
    asked = ["--response", str(response), "--roots", str(authority / "root.pem"), "--within-days", "99999"]
    assert main(["evidence", "timestamp", str(bundle.zip), *asked]) == 5
    assert "its own certificate comes first in the answer" in capsys.readouterr().err


@needs_openssl
def test_a_timestamp_of_another_bundle_or_by_an_unknown_authority_is_refused(
    bundle: Bundle, tmp_path: Path, authority: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Sample()
    sample.junit = None
    another = sample.bundle(tmp_path / "run", key=other)
    request, response = tmp_path / "q.tsq", tmp_path / "a.tsr"
    assert main(["evidence", "timestamp", str(another.zip), "--request", str(request)]) == 0
    _answer(authority, request, response)
    asked = ["--response", str(response), "--roots"]
    assert main(["evidence", "timestamp", str(bundle.zip), *asked, str(authority / "root.pem")]) == 5
    _openssl(
        tmp_path, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "r.pem", "-subj", "/CN=X"
    )
    assert main(["evidence", "timestamp", str(another.zip), *asked, str(tmp_path / "r.pem")]) == 5
    assert capsys.readouterr().err.count("the timestamp does not verify") == 2


def test_a_release_is_signed_and_what_differs_from_it_is_named(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "release"
    assert main(["evidence", "release", "--key", str(key), "--output", str(folder)]) == 0
    check = ["evidence", "release", "--check", str(folder), "--fingerprint"]
    assert main([*check, _fingerprint(key)]) == 0
    assert main([*check, f"sha256:{'0' * 64}"]) == 5
    (folder / "verify.py").write_text((folder / "verify.py").read_text() + "# changed\n")
    capsys.readouterr()
    assert main([*check, _fingerprint(key)]) == 1
    assert "verify.py is not the release's" in capsys.readouterr().out
    statement = json.loads(base64.b64decode(json.loads((folder / "release.dsse.json").read_bytes())["payload"]))
    named = {one["name"].split("/")[0] for one in statement["subject"]}
    assert named == {"verify.py", "policies", "compliance"}
    assert "compliance/templates/report.css" in {one["name"] for one in statement["subject"]}


@pytest.mark.parametrize(("system", "schema"), [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci")])
@pytest.mark.parametrize(("days", "cron"), [(1, "17 6 * * *"), (7, "17 6 * * 1"), (30, "17 6 1 * *")])
def test_a_schedule_states_its_cadence_and_fits_the_schema_of_its_ci(
    system: str, schema: str, days: int, cron: str, capsys: pytest.CaptureFixture[str]
) -> None:
    role = "arn:aws:iam::111122223333:role/evidence"
    where = ["--role", role, "--store", "s3://bucket-evidence/prod", "--kms-key", "alias/key-evidence"]
    when = ["--cadence-days", str(days), "--period-from", "2026-12-01", "--suffix", "prod"]
    assert main(["evidence", "schedule", "--for", system, *when, *where]) == 0
    text = capsys.readouterr().out
    document = yaml.safe_load(text)
    document = {("on" if name is True else name): value for name, value in document.items()}
    validator = jsonschema_rs.validator_for(builtin_schemas.get_builtin_schema(schema))
    assert [one.message for one in validator.iter_errors(document)] == []
    assert cron in text
    assert f"--cadence-days {days} --period-from 2026-12-01" in text


@pytest.mark.parametrize(
    "changed",
    [
        ["--at", "25:00"],
        ["--suffix", "prod; rm -rf /"],
        ["--store", "s3://b/$(id)"],
        ["--role", "role"],
        ["--kms-key", "$(id)"],
        ["--period-from", "soon"],
    ],
)
def test_what_a_shell_would_read_otherwise_is_refused(changed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    role = ["--role", "arn:aws:iam::111122223333:role/evidence", "--store", "s3://bucket/prod", "--kms-key", "alias/k"]
    when = ["--period-from", "2026-12-01", "--suffix", "prod"]
    assert main(["evidence", "schedule", "--for", "github", *role, *when, *changed]) == 5
    assert f"error: {changed[0]} cannot be" in capsys.readouterr().err
