"""Input made to hurt: a clear verdict within seconds, never a crash, a hang or a pass."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tapeproof.gate.checking import check
from tapeproof.gate.engine.report import EXIT_UNKNOWN, Report
from tapeproof.gate.question import Question

DEEP = 100_000


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judged(*policies: str) -> Report:
    return check(Question((Path("root"),), policies or ("TP_LOG_1",), cached=False))


def write(text: str | bytes, name: str = "root/main.tf") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


LOCAL = 'locals {{\n  a = {}\n}}\nresource "aws_cloudwatch_log_group" "g" {{\n  retention_in_days = local.a\n}}\n'


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("[" * DEEP + "]" * DEEP, "open at once"),
        ('"${' * DEEP, "open at once"),
        ("true ? 1 : " * 20_000 + "1", "nested too deeply"),
        ("b" + ".c" * 20_000, "there is no resource b.c"),
        ("<<A\n" + "\n" * 1_000_000, "not closed"),
        ('"' + "x" * 100, "cannot span lines"),
        ("[for i in range(1000) : [for j in range(1000) : [for k in range(1000) : k]]]", "steps to evaluate"),
        ('regex("^(a|a?)+$", "' + "a" * 60 + 'b")', "match"),
        ("local.b", "no local value"),
        ("local.a", "depends on itself"),
        ('file("/dev/zero")', "outside the repository"),
        ("1e999999999", "too many digits"),
        ("\x00", "not expected"),
    ],
    ids=lambda value: value[:20],
)
def test_a_hostile_expression_is_told_of(expression: str, told: str) -> None:
    write(LOCAL.format(expression))
    report = judged()
    assert report.exit_status == EXIT_UNKNOWN
    assert any(told in result.message for result in report.results), [result.message for result in report.results]


def test_text_that_grows_without_end_is_cut_off() -> None:
    lines = [f'  a{n} = join("", [{", ".join([f"local.a{n - 1}"] * 10)}])' for n in range(1, 13)]
    write(LOCAL.format("length(local.a12)").replace("{", '{\n  a0 = "xxxxxxxxxx"\n' + "\n".join(lines), 1))
    assert any("longer than" in result.message for result in judged().results)


def test_a_long_chain_of_locals_is_followed_to_its_end() -> None:
    lines = "\n".join(f"  v{n} = local.v{n + 1}" for n in range(3000))
    write(LOCAL.format("local.v0").replace("{", f"{{\n{lines}\n  v3000 = 7", 1))
    (finding,) = judged().results
    assert (finding.verdict, finding.line) == ("fail", 3002)


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    path = write("# nothing\n")
    os.truncate(path, 50 * 1024 * 1024)
    (finding,) = judged().results
    assert "52,428,800 bytes" in finding.message
    assert judged().files == type(judged().files)(on_disk=1, read=0)


def test_text_that_is_no_utf8_is_told_with_its_place() -> None:
    write(b'locals {\n  a = "\xff"\n}\n')
    (finding,) = judged().results
    assert ("not UTF-8" in finding.message, finding.line, finding.column) == (True, 2, 8)


@pytest.mark.parametrize("source", ["./", "../root", "./../root/."])
def test_a_module_that_includes_itself_is_told_of(source: str) -> None:
    write(f'module "m" {{ source = "{source}" }}\nmodule "n" {{ source = "{source}" }}\n')
    assert any("includes itself" in result.message for result in judged().results)


def test_modules_that_include_each_other_are_told_of() -> None:
    write('module "b" { source = "./b" }\n')
    write('module "c" { source = "../c" }\n', "root/b/main.tf")
    write('module "b" { source = "../b" }\n', "root/c/main.tf")
    assert any("includes itself" in result.message for result in judged().results)


def test_modules_that_multiply_are_cut_off() -> None:
    for level in range(7):
        calls = "".join(f'module "c{n}" {{ source = "../m{level + 1}" }}\n' for n in range(10))
        write(calls, f"root/m{level}/main.tf")
    write("", "root/m7/main.tf")
    write('module "r" { source = "./m0" }\n')
    assert any("module instances" in result.message for result in judged().results)


def test_links_that_lead_in_a_circle_or_nowhere_are_told_of() -> None:
    write('output "x" { value = 1 }\n')
    Path("root/up").symlink_to("..")
    Path("root/loop.tf").symlink_to("loop.tf")
    Path("root/gone.tf").symlink_to("gone")
    report = judged()
    assert report.exit_status == EXIT_UNKNOWN
    assert (report.files.on_disk, report.files.read) == (3, 1)


def test_a_pipe_in_place_of_a_file_does_not_hang() -> None:
    write('output "x" { value = 1 }\n')
    os.mkfifo("root/pipe.tf")
    assert any("not a regular file" in result.message for result in judged().results)


def test_a_block_that_terraform_does_not_have_is_no_pass() -> None:
    write('resourc "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 7\n}\n')
    (finding,) = judged().results
    assert (finding.verdict, finding.line) == ("unknown", 1)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"resource": 1}', '{"nope": {}}', '{"a": ' * 1000, '{"locals": {"a": "${"}}', '{"a": NaN}']
)
def test_json_that_is_no_terraform_is_told_of(text: str) -> None:
    write(text, "root/main.tf.json")
    report = judged()
    assert report.exit_status == EXIT_UNKNOWN
    assert all(result.policy == "TP_GATE" for result in report.results)
