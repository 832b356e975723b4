"""A catalogue is used only as it was pinned, and code only where the user lets it run."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml

from tapeproof import cli
from tapeproof.gate.catalogs.beginning import begin_policy
from tapeproof.gate.catalogs.digest import catalog_digest
from tapeproof.gate.catalogs.trust import TRUSTED

TOLD = "ACME_SQS_1 aws_sqs_queue.q"


def settle(*sources: dict[str, str]) -> None:
    settings = {"profile": "aws-core", "catalogs": list(sources), "exclude": ["pol/*", "data/*"]}
    Path(".tapeproof.yaml").write_text(yaml.safe_dump(settings))


def answer(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, str]:
    capsys.readouterr()
    status = cli.main(["gate", *(command or ("check",))])
    said = capsys.readouterr()
    return status, said.out + said.err


def commit(folder: Path) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(folder), "add", "."], check=True)
    subprocess.run(["git", "-C", str(folder), *who, "commit", "--quiet", "-m", "a"], check=True)
    done = subprocess.run(["git", "-C", str(folder), "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_folder_is_pinned_then_trusted_then_judges(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle({"path": "pol"})
    status, said = answer(capsys)
    digest = catalog_digest(project / "pol")
    assert (status, f"digest: {digest}" in said) == (2, True)
    settle({"path": "pol", "digest": digest})
    status, said = answer(capsys)
    assert (status, "nobody here trusts it" in said, TOLD in said) == (2, True, False)
    assert answer(capsys, "catalogs", "--trust")[0] == 0
    status, said = answer(capsys)
    assert (status, TOLD in said) == (1, True)


def test_a_catalogues_examples_are_no_root_modules(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin_policy("ACME_SQS_2", project / "data", as_data=True)
    settings = {"catalogs": [{"path": "data", "digest": catalog_digest(project / "data")}], "exclude": ["pol/*"]}
    (project / ".tapeproof.yaml").write_text(yaml.safe_dump(settings))
    said = answer(capsys)[1]
    assert "data/acme_sqs_2/examples" in said
    assert "excluded by the project's settings" in said
    assert "too_short.tf:3" not in said


def test_a_trusted_folder_that_changes_judges_no_more(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = catalog_digest(project / "pol")
    monkeypatch.setenv(TRUSTED, digest)
    settle({"path": "pol", "digest": digest})
    assert TOLD in answer(capsys)[1]
    rule = project / "pol" / "acme_sqs_1" / "rule.py"
    rule.write_text("import pathlib\npathlib.Path('ran').touch()\n" + rule.read_text())
    status, said = answer(capsys)
    assert (status, "another than the pinned one" in said) == (2, True)
    settle({"path": "pol", "digest": catalog_digest(project / "pol")})
    status, said = answer(capsys)
    assert (status, "nobody here trusts it" in said) == (2, True)
    assert not (project / "ran").exists()


def test_checks_alone_need_no_trust(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin_policy("ACME_SQS_2", project / "data", as_data=True)
    settle({"path": "data", "digest": catalog_digest(project / "data")})
    status, said = answer(capsys)
    assert (status, "ACME_SQS_2 aws_sqs_queue.q" in said) == (1, True)


def test_a_kept_answer_is_not_given_for_another_catalogue(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin_policy("ACME_SQS_2", project / "data", as_data=True)
    policy = project / "data" / "acme_sqs_2" / "policy.yaml"
    settle({"path": "data", "digest": catalog_digest(project / "data")})
    assert "ACME_SQS_2 aws_sqs_queue.q" in answer(capsys)[1]
    policy.write_text(policy.read_text().replace("at_least: 345600", "at_least: 60"))
    settle({"path": "data", "digest": catalog_digest(project / "data")})
    assert "ACME_SQS_2 aws_sqs_queue.q" not in answer(capsys)[1]


def test_a_commit_is_fetched_when_that_is_asked_for_and_never_otherwise(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there"
    begin_policy("ACME_SQS_1", there / "policies", as_data=False)
    subprocess.run(["git", "init", "--quiet", str(there)], check=True)
    digest = catalog_digest(there / "policies")
    source = {"git": f"file://{there}", "revision": commit(there), "folder": "policies", "digest": digest}
    settle(source)
    status, said = answer(capsys)
    assert (status, "gate catalogs --fetch" in said) == (2, True)
    assert answer(capsys, "catalogs", "--fetch", "--trust")[0] == 0
    (there / "policies").rename(there / "gone")
    status, said = answer(capsys)
    assert (status, TOLD in said) == (1, True)
    settle(source | {"revision": "00" * 20})
    status, said = answer(capsys, "catalogs", "--fetch")
    assert (status, "not usable" in said) == (2, True)
    assert project


def test_a_wheel_is_unpacked_and_judges(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile("acme.whl", "w") as archive:
        for path in sorted((project / "pol").rglob("*")):
            archive.write(path, f"acme/pol/{path.relative_to(project / 'pol')}")
    digest = catalog_digest(project / "pol")
    monkeypatch.setenv(TRUSTED, digest)
    settle({"wheel": "acme.whl", "folder": "acme/pol", "digest": digest})
    status, said = answer(capsys)
    assert (status, TOLD in said) == (1, True)


@pytest.mark.parametrize("name", ["acme/../../x", "/x", "acme/..\\x"])
def test_a_wheel_that_leads_out_is_refused(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile("acme.whl", "w") as archive:
        archive.writestr(name, "x")
    settle({"wheel": "acme.whl"})
    status, said = answer(capsys)
    assert (status, "leads out of the catalogue" in said) == (2, True)
    assert not (project.parent / "x").exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 1000])
def test_what_is_no_wheel_is_told(content: bytes, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "acme.whl").write_bytes(content)
    settle({"wheel": "acme.whl"})
    status, said = answer(capsys)
    assert (status, "cannot be read as a wheel" in said) == (2, True)


@pytest.mark.parametrize("kind", ["path", "wheel"])
def test_what_lies_outside_the_repository_is_not_read(
    kind: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "link").symlink_to("/etc")
    for where in ("../pol", "/etc", "link"):
        settle({kind: where})
        status, said = answer(capsys)
        assert (status, "outside the repository" in said) == (2, True)


def test_a_cache_that_others_can_write_to_runs_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "acme.whl").write_bytes(b"PK")
    (tmp_path / "cache" / "tapeproof" / "catalogs").mkdir(parents=True)
    (tmp_path / "cache" / "tapeproof").chmod(0o777)
    settle({"wheel": "acme.whl"})
    status, said = answer(capsys)
    assert (status, "others can write there" in said) == (2, True)


@pytest.mark.usefixtures("project")
def test_settings_know_the_policies_of_catalogues(capsys: pytest.CaptureFixture[str]) -> None:
    begin_policy("ACME_SQS_2", Path("data"), as_data=True)
    settings = {"catalogs": [{"path": "data", "digest": catalog_digest(Path("data"))}], "profile": "aws-core"}
    off = [{"policy": "ACME_SQS_2", "reason": "not here"}]
    Path(".tapeproof.yaml").write_text(yaml.safe_dump(settings | {"off": off}))
    assert "not asked: ACME_SQS_2 (not here" in answer(capsys)[1]
    Path(".tapeproof.yaml").write_text(yaml.safe_dump(settings | {"off": [{"policy": "ACME_SQS_3", "reason": "a"}]}))
    assert "did you mean ACME_SQS_2?" in answer(capsys)[1]
