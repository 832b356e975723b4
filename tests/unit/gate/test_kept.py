"""Answers are kept per root, and hold only while all they were made from is as it was when it was read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate import judging, kept
from tapeproof.gate.checking import check
from tapeproof.gate.engine import fingerprint
from tapeproof.gate.engine.fingerprint import code_fingerprint
from tapeproof.gate.engine.report import EXIT_FINDINGS, EXIT_PASS, EXIT_UNKNOWN, Report
from tapeproof.gate.engine.store import Store
from tapeproof.gate.outputs import json_report, text
from tapeproof.gate.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GROUP = 'resource "aws_cloudwatch_log_group" "g" {{\n  retention_in_days = {}\n}}\n'


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


@pytest.fixture
def rejudged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The roots that are judged, as they are judged."""
    roots: list[str] = []
    answers = judging.Judging.answers

    def noting(self: judging.Judging, given: Sequence[Path]) -> list[kept.Answer]:
        roots.extend(map(str, given))
        return answers(self, given)

    monkeypatch.setattr(judging.Judging, "answers", noting)
    return roots


def write(name: str, content: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def judged(**options: Any) -> Report:  # noqa: ANN401 - fields of a question
    return check(Question(policies=("TP_LOG_1",), **options))


def estate() -> None:
    for name in ("a", "b", "c"):
        write(f"{name}/main.tf", f'module "m" {{\n  source = "../modules/{name}"\n}}\n' + GROUP.format(30))
        write(f"modules/{name}/main.tf", GROUP.format("local.days") + "locals {\n  days = 60\n}\n")


@pytest.mark.parametrize(
    ("file", "content", "again"),
    [
        ("a/main.tf", GROUP.format(7), ["a", "modules/a"]),
        ("modules/b/main.tf", GROUP.format(7), ["b"]),
        ("b/more.tf", GROUP.format(7).replace('"g"', '"h"'), ["b"]),
        ("c/terraform.tfvars", "x = 1\n", ["c"]),
        ("c/x.auto.tfvars", "x = 1\n", ["c"]),
        ("d/main.tf", GROUP.format(7), ["d"]),
        ("b/.terraform/environment", "prod", ["b"]),
        ("notes.txt", "", []),
    ],
)
def test_only_the_roots_that_a_change_reaches_are_judged_again(
    file: str, content: str, again: list[str], rejudged: list[str]
) -> None:
    estate()
    assert judged().exit_status == EXIT_PASS
    assert rejudged == ["a", "b", "c"]
    rejudged.clear()
    write(file, content)
    changed = judged()
    assert rejudged == again
    assert changed == judged(cached=False)


@pytest.mark.parametrize("name", ["HOME", "TF_WORKSPACE", "TF_VAR_days", "TF_VAR_new"])
def test_another_environment_is_another_question(
    name: str, rejudged: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ``pathexpand`` and variables answer lies in the environment."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))
    write("a/main.tf", GROUP.format(30))
    judged()
    monkeypatch.setenv(name, str(tmp_path / "another"))
    judged()
    assert rejudged == ["a", "a"]


def test_every_output_is_the_same_whether_answers_are_new_or_kept() -> None:
    estate()
    write("bad/main.tf", "locals {\n")
    write("bad/other.tf", GROUP.format(30))
    write("envs/main.tf", 'variable "days" {}\n' + GROUP.format("var.days") + GROUP.format(7).replace('"g"', '"h"'))
    write("dev.tfvars", "days = 30\n")
    write("prod.tfvars", 'days = 1 # tapeproof:waive TP_LOG_1 reason="r" owner="o" expires="2099-01-01"\n')
    write(".tapeproof.yaml", "roots: {envs: {var_files: [dev.tfvars, prod.tfvars]}}\n")
    cold, warm, uncached = judged(), judged(), judged(cached=False)
    assert cold.counts["waived"] == 1
    assert (cold.files.on_disk, cold.files.read) == (9, 8)
    for render in (json_report.render, text.render):
        assert render(cold) == render(warm) == render(uncached)


@pytest.mark.parametrize("reads", ['file("x")', 'fileexists("x") ? file("x") : 30', 'templatefile("x", {})'])
def test_a_file_that_is_edited_while_it_is_judged_is_not_kept_as_it_was(
    reads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("root/x", "30")
    write("root/main.tf", GROUP.format(reads))
    judge = judging.judge

    def judging_late(*arguments: Any) -> Any:  # noqa: ANN401 - as the function that stands behind it
        results = judge(*arguments)
        write("root/x", "7")
        return results

    monkeypatch.setattr(judging, "judge", judging_late)
    assert judged().exit_status == EXIT_PASS
    monkeypatch.setattr(judging, "judge", judge)
    assert judged().exit_status == EXIT_FINDINGS


def test_source_that_is_edited_while_it_is_judged_is_not_kept_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    write("root/main.tf", GROUP.format(30))
    judge = judging.judge

    def judging_late(*arguments: Any) -> Any:  # noqa: ANN401 - as above
        write("root/main.tf", GROUP.format(7))
        return judge(*arguments)

    monkeypatch.setattr(judging, "judge", judging_late)
    assert judged().exit_status == EXIT_PASS
    monkeypatch.setattr(judging, "judge", judge)
    assert judged().exit_status == EXIT_FINDINGS


@pytest.mark.parametrize(
    "change",
    [
        lambda: write("modules/gone/main.tf", GROUP.format(7)),
        lambda: write("root/.terraform/modules/modules.json", '{"Modules": [{"Key": "m", "Dir": "../b"}]}'),
        lambda: write("root/files/new.txt", ""),
        lambda: Path("root/pipe").rmdir(),
    ],
)
def test_what_was_looked_for_in_vain_or_listed_is_part_of_the_answer(
    change: Callable[[], object], rejudged: list[str]
) -> None:
    write("modules/other/main.tf", GROUP.format(30))
    write("root/files/a.txt", "")
    Path("root/pipe").mkdir()
    write(
        "root/main.tf",
        'module "g" {\n  source = "../modules/gone"\n}\nmodule "m" {\n  source = "x/y/aws"\n}\n'
        'locals {\n  a = fileset("files", "*")\n  b = fileexists("pipe")\n}\n'
        + GROUP.format("local.b ? 30 : 30 + 0 * length(local.a)"),
    )
    assert judged().exit_status == EXIT_UNKNOWN
    rejudged.clear()
    judged()
    assert rejudged == []
    change()
    judged()
    assert "root" in rejudged


def test_a_file_that_could_not_be_read_is_part_of_the_answer() -> None:
    write("root/main.tf", GROUP.format(30))
    closed = Path("root/closed.tf")
    closed.symlink_to("nowhere")
    assert [judged().exit_status, judged().exit_status] == [EXIT_UNKNOWN, EXIT_UNKNOWN]
    write("root/nowhere", GROUP.format(7).replace('"g"', '"h"'))
    assert judged().exit_status == EXIT_FINDINGS
    closed.unlink()
    assert judged().exit_status == EXIT_PASS


def test_a_pipe_among_what_was_read_makes_nobody_wait(rejudged: list[str]) -> None:
    os.mkfifo("pipe")
    write("root/main.tf", GROUP.format('fileexists("../pipe") ? 7 : 30'))
    assert judged().exit_status == EXIT_UNKNOWN
    assert judged().exit_status == EXIT_UNKNOWN
    assert rejudged == ["root"]


def test_the_bytes_of_code_catalogue_and_facts_are_part_of_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, package = tmp_path / "policies", tmp_path / "package"
    files = [catalogue / "tp_x_1" / "policy.yaml", catalogue / "facts" / "t.json", package / "gate" / "rule.py"]
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", encoding="utf-8")
        os.utime(path, (1, 1))
    monkeypatch.setattr(fingerprint, "PACKAGE", package)
    monkeypatch.setattr(fingerprint, "content", lambda _name: catalogue)
    seen = {code_fingerprint()}
    for path in files:
        path.write_text("2", encoding="utf-8")
        os.utime(path, (1, 1))
        seen.add(code_fingerprint())
    assert len(seen) == 1 + len(files)


def test_a_kept_answer_that_is_not_of_its_form_is_none(monkeypatch: pytest.MonkeyPatch, rejudged: list[str]) -> None:
    estate()
    first = judged()
    for body in (b"", b"{}", b"[]\n[]\n[]", b'{"states": {}}\n[[1]]\n[]', b"\xff\n\n"):
        monkeypatch.setattr(Store, "get", lambda _self, kind, _name, body=body: None if kind == "documents" else body)
        rejudged.clear()
        assert judged() == first
        assert rejudged == ["a", "b", "c"]


def test_an_unknown_policy_is_refused_however_much_is_kept() -> None:
    estate()
    judged()
    with pytest.raises(Exception, match="there is no policy TP_NOPE_1"):
        check(Question(policies=("TP_NOPE_1",)))
