"""Functions that read files, relative to the root module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.model import Value


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "abc.txt").write_bytes(b"abc")
    (tmp_path / "binary").write_bytes(b"\xff")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/deep.txt").write_bytes(b"")
    (tmp_path / "t.tftpl").write_text("Hi ${name}!\n", encoding="utf-8")
    (tmp_path / "broken.tftpl").write_text("${", encoding="utf-8")


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('file("abc.txt")', "abc"),
        ('file("./sub/../abc.txt")', "abc"),
        ('file("binary")', Fault),
        ('filebase64("binary")', "/w=="),
        ('file("sub")', Fault),
        ('file("nope")', Fault),
        ('file("")', Fault),
        (r'file("a\u0000b")', Fault),
        ('filemd5("abc.txt")', "900150983cd24fb0d6963f7d28e17f72"),
        ('filesha1("abc.txt") == sha1("abc")', True),
        ('filesha256("abc.txt") == sha256("abc")', True),
        ('filebase64sha256("abc.txt") == base64sha256("abc")', True),
        ('fileexists("abc.txt")', True),
        ('fileexists("nope")', False),
        ('fileexists("sub")', Fault),
        ('fileset(".", "**/*.txt")', ["abc.txt", "sub/deep.txt"]),
        ('fileset("sub", "*")', ["deep.txt"]),
        ('fileset("nope", "*")', []),
        ('fileset(".", "../*")', Fault),
        ('templatefile("t.tftpl", { name = "you" })', "Hi you!\n"),
        ('templatefile("t.tftpl", {})', Fault),
        ('templatefile("broken.tftpl", {})', Fault),
        ('templatefile("nope", {})', Fault),
        ('basename("/a/b/")', "b"),
        ('basename("///")', "/"),
        ('basename("")', "."),
        ('dirname("a//b/")', "a/b"),
        ('dirname("a")', "."),
        ('dirname("/")', "/"),
        ('dirname("")', "."),
    ],
)
def test_files_are_read_as_terraform_reads_them(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


def test_a_path_that_is_not_known_leads_to_something_unknown(evaluate: Callable[[str], Value]) -> None:
    for call in ("file(var.free)", "fileexists(var.free)", "templatefile(var.free, {})", "dirname(var.free)"):
        assert evaluate(call).why == "var.free has no value"


def test_what_is_put_into_a_template_file_stands_in_that_file(evaluate: Callable[[str], Value]) -> None:
    value = evaluate('templatefile("t.tftpl", { name = aws_sqs_queue.q.arn })')
    assert next((piece.span.file, piece.span.line) for piece in value.pieces_of_text()) == ("root/t.tftpl", 1)
