"""Settings, waivers and baseline of a protected branch, for pull requests of people who may not decide on them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main
from tapeproof.gate.checking import check
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.protected import Protected
from tapeproof.gate.engine.report import EXIT_FINDINGS, EXIT_PASS, Report
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable

GROUP = 'resource "aws_cloudwatch_log_group" "{name}" {{\n  retention_in_days = 7{comment}\n}}\n'
WAIVER = ' # tapeproof:waive TP_LOG_1 reason="a test" owner="desk" expires=2099-12-31'
LISTED = "waivers:\n  - {policy: TP_LOG_1, resource: '*', reason: a test, owner: desk, expires: 2099-12-31}\n"
OFF = "off:\n  - {policy: TP_LOG_1, reason: not here}\n"


def _group(name: str = "g", comment: str = "") -> str:
    return GROUP.format(name=name, comment=comment)


def _git(*arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes the protected branch `trusted` of some files, in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".git" / "cache"))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)

    def make(**files: str) -> None:
        _git("init", "-q", "-b", "trusted")
        for name, text in files.items():
            _write(name, text)
        _git("add", "-A")
        _git("commit", "-q", "-m", "as it is trusted")
        _git("checkout", "-q", "-b", "pull-request")

    return make


def _write(name: str, text: str) -> None:
    names = {"main": "main.tf", "settings": ".tapeproof.yaml", "waivers": ".tapeproof-waivers.yaml"}
    Path(names.get(name, name)).write_text(text)


def _judge(trusted: str = "trusted") -> Report:
    return check(Question((Path(),), ("TP_LOG_1",), trusted=trusted))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("settings", OFF),
        ("settings", "exclude: ['*']\n"),
        ("settings", "fail_on: critical\n"),
        ("settings", "parameters:\n  TP_LOG_1: {minimum_days: 1}\n"),
        ("settings", "&a [*a]"),
        ("waivers", LISTED),
        ("main", _group(comment=WAIVER)),
    ],
)
def test_what_a_pull_request_accepts_or_leaves_out_itself_counts_for_nothing(
    protected: Callable[..., None], name: str, text: str
) -> None:
    protected(main=_group())
    _write(name, text)
    report = _judge()
    assert report.exit_status == EXIT_FINDINGS
    assert ("fail", "aws_cloudwatch_log_group.g") in {(one.verdict, one.resource) for one in report.results}


@pytest.mark.parametrize("name", ["settings", "waivers"])
def test_a_file_that_does_not_count_is_named_in_the_answer(
    protected: Callable[..., None], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    protected(main=_group())
    _write(name, OFF if name == "settings" else LISTED)
    for form in ("text", "concise", "json", "github", "sarif"):
        assert (
            main(["gate", "check", "--policy", "TP_LOG_1", "--trust-settings-from", "trusted", "--format", form])
            == EXIT_FINDINGS
        )
        told = capsys.readouterr().out
        assert "another than at trusted, whose settings count" in told, form


@pytest.mark.parametrize(
    "files",
    [
        {"main": _group(), "settings": OFF},
        {"main": _group(), "waivers": LISTED},
        {"main": _group(comment=WAIVER)},
    ],
)
def test_what_the_protected_branch_accepts_is_accepted_whatever_the_pull_request_does_to_it(
    protected: Callable[..., None], files: dict[str, str]
) -> None:
    protected(**files)
    assert _judge().exit_status == EXIT_PASS
    for name in (".tapeproof.yaml", ".tapeproof-waivers.yaml"):
        Path(name).unlink(missing_ok=True)
    assert _judge().exit_status == EXIT_PASS


@pytest.mark.parametrize(
    "changed",
    [
        _group(comment=WAIVER) + _group("other", WAIVER),  # copied to another resource
        _group("other", WAIVER),  # moved there
        _group(comment=WAIVER.replace("2099", "2100")),  # prolonged
        _group(comment=WAIVER.replace("= 7", "= 1")) + _group("more", WAIVER),
    ],
)
def test_a_waiver_of_the_protected_branch_covers_what_it_covered_there_only(
    protected: Callable[..., None], changed: str
) -> None:
    protected(main=_group(comment=WAIVER))
    _write("main", changed)
    report = _judge()
    assert report.exit_status == EXIT_FINDINGS
    assert any("is not at trusted, whose waivers count" in one.message for one in report.results)


def test_overrides_of_the_pull_request_count_for_nothing(protected: Callable[..., None]) -> None:
    protected(main=_group())
    override = "{policy: TP_LOG_1, parameters: {minimum_days: 1}, paths: [main.tf], reason: why}"
    Path(".tapeproof.yaml").write_text(f"overrides: [{override}]\n")
    assert check(Question((Path(),), ("TP_LOG_1",))).exit_status == EXIT_PASS
    assert _judge().exit_status == EXIT_FINDINGS


def test_a_pull_request_may_remove_what_the_protected_settings_name(protected: Callable[..., None]) -> None:
    named = "overrides: [{policy: TP_LOG_1, parameters: {minimum_days: 1}, paths: [old], reason: why}]\n"
    protected(main=_group().replace("= 7", "= 30"), settings=f"{named}roots: {{old: {{var_files: []}}}}\n")
    assert _judge().exit_status == EXIT_PASS


def test_whoever_mends_what_is_accepted_takes_it_out_and_passes(protected: Callable[..., None]) -> None:
    """What the protected branch accepts still, the pull request can only stop to name."""
    protected(main=_group(), waivers=LISTED)
    assert _judge().exit_status == EXIT_PASS
    _write("main", _group().replace("= 7", "= 30"))
    assert _judge().exit_status == EXIT_FINDINGS
    _write("waivers", "waivers: []\n")
    assert _judge().exit_status == EXIT_PASS


def test_whoever_mends_what_a_baseline_has_takes_it_out_and_passes(protected: Callable[..., None]) -> None:
    protected(main=_group())
    assert main(["gate", "baseline", "--reason", "as it is", "--owner", "desk"]) == 0
    _git("add", "-A")
    _git("commit", "-q", "-m", "accepted")
    _git("branch", "-f", "trusted")
    _write("main", _group().replace("= 7", "= 30"))
    assert _judge().exit_status == EXIT_FINDINGS
    assert main(["gate", "baseline"]) == 0
    assert _judge().exit_status == EXIT_PASS


def test_what_a_pull_request_takes_out_of_the_baseline_is_accepted_until_it_lands(
    protected: Callable[..., None],
) -> None:
    protected(main=_group(), waivers=LISTED)
    _write("waivers", "waivers: []\n")
    assert _judge().exit_status == EXIT_PASS


def test_a_baseline_of_the_pull_request_counts_for_nothing(protected: Callable[..., None]) -> None:
    protected(main=_group())
    assert main(["gate", "baseline", "--reason", "as it is", "--owner", "desk"]) == 0
    assert check(Question((Path(),), ("TP_LOG_1",))).exit_status == EXIT_PASS
    assert _judge().exit_status == EXIT_FINDINGS
    _git("add", "-A")
    _git("commit", "-q", "-m", "accepted")
    assert _judge("HEAD").exit_status == EXIT_PASS


@pytest.mark.parametrize("revision", ["nowhere", "--help", "-x", "trusted:main.tf", "HEAD~9", "\x1b[2J"])
def test_a_revision_that_is_no_commit_is_refused_with_a_way_out(protected: Callable[..., None], revision: str) -> None:
    protected(main=_group())
    with pytest.raises(CannotJudgeError, match="--trust-settings-from") as refused:
        _judge(revision)
    assert "fetch the protected branch" in refused.value.diagnostics()


def test_outside_a_repository_nothing_can_be_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotJudgeError, match="--trust-settings-from"):
        Protected("HEAD")


def test_a_file_is_read_as_it_was_committed_and_links_are_not_followed(protected: Callable[..., None]) -> None:
    protected(main=_group())
    Path("linked.yaml").symlink_to("main.tf")
    _git("add", "-A")
    _git("commit", "-q", "-m", "a link")
    at = Protected("HEAD")
    assert at.read(Path("main.tf")) == _group().encode()
    assert at.read(Path("gone.yaml")) is None
    assert at.read(Path("../outside.yaml")) is None
    with pytest.raises(CannotJudgeError, match="is no file at HEAD"):
        at.read(Path("linked.yaml"))


def test_a_folder_that_git_takes_for_a_repository_runs_nothing(
    protected: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare repository among the files of a pull request has settings of its own, which can name programs."""
    protected(main=_group())
    bare = Path("modules")
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    told = Path("ran").absolute()
    with (bare / "config").open("a") as config:
        config.write(f'[core]\n\tfsmonitor = "touch {told};"\n\tbare = false\n\tworktree = .\n')
    (bare / "main.tf").write_text(_group())
    monkeypatch.chdir(bare)
    with pytest.raises(CannotJudgeError, match="cannot use bare repository"):
        _judge()
    assert not told.exists()


def test_attributes_and_replacements_of_the_working_tree_change_nothing(protected: Callable[..., None]) -> None:
    protected(main=_group(), settings=OFF)
    Path(".gitattributes").write_text("*.yaml filter=evil export-subst text eol=crlf\n")
    _git("config", "filter.evil.smudge", "echo fail_on: critical")
    _git("add", "-A")
    _git("commit", "-q", "-m", "other settings")
    _git("replace", "trusted", "HEAD")
    assert Protected("trusted").read(Path(".tapeproof.yaml")) == OFF.encode()
