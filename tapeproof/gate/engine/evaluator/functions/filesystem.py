"""Functions that read files, relative to the root module's folder as Terraform reads them."""

from __future__ import annotations

import base64
import hashlib
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial
from tapeproof.gate.engine.evaluator.types import ANY, STRING, Type

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value

__all__: list[str] = []


def _reads(name: str, digest: Callable[[bytes], str]) -> None:
    @partial(name, STRING)
    def _read(call: Invocation, path: Value) -> Value:
        if not path.known:
            return call.unknown((path,))
        # A deployment package is hashed once for each function that it holds.
        key = (name, path.text())
        if key not in call.files.made:
            call.files.made[key] = digest(call.files.content(path.text()))
        return call.known(call.files.made[key])


def _decode_text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Fault("the file is not UTF-8; use filebase64") from None


def _expand_home(path: str) -> str:
    try:
        return str(Path(path).expanduser())
    except RuntimeError:
        raise Fault(f"{path!r} is in the home of somebody who has none here") from None


_reads("file", _decode_text)
_reads("filebase64", lambda content: base64.b64encode(content).decode())
_reads("filemd5", lambda content: hashlib.md5(content, usedforsecurity=False).hexdigest())
_reads("filesha1", lambda content: hashlib.sha1(content, usedforsecurity=False).hexdigest())
_reads("filesha256", lambda content: hashlib.sha256(content).hexdigest())
_reads("filesha512", lambda content: hashlib.sha512(content).hexdigest())
_reads("filebase64sha256", lambda content: base64.b64encode(hashlib.sha256(content).digest()).decode())
_reads("filebase64sha512", lambda content: base64.b64encode(hashlib.sha512(content).digest()).decode())


@partial("fileexists", STRING)
def _fileexists(call: Invocation, path: Value) -> Value:
    return call.known(call.files.exists(path.text())) if path.known else call.unknown((path,))


@partial("fileset", STRING, STRING)
def _fileset(call: Invocation, path: Value, pattern: Value) -> Value:
    if not (path.known and pattern.known):
        return call.unknown((path, pattern))
    return convert(call.known(call.files.match_files(path.text(), pattern.text())), Type("set", STRING))


@partial("templatefile", STRING, ANY)
def _templatefile(call: Invocation, path: Value, variables: Value) -> Value:
    if not path.known:
        return call.unknown((path, variables))
    text, shown = _decode_text(call.files.content(path.text())), call.files.display_path(path.text())
    call.files.lines[shown] = tuple(text.split("\n"))
    return call.render(text, shown, variables)


@partial("templatestring", STRING, ANY)
def _templatestring(call: Invocation, template: Value, variables: Value) -> Value:
    if not template.known:
        return call.unknown((template, variables))
    return call.render(template.text(), call.span.file, variables)


def _on_path(name: str, change: Callable[[Invocation, str], str]) -> None:
    @partial(name, STRING)
    def _apply_change(call: Invocation, path: Value) -> Value:
        return call.known(change(call, path.text())) if path.known else call.unknown((path,))


_on_path("abspath", lambda call, path: call.files.absolute(path))
_on_path("pathexpand", lambda _call, path: _expand_home(path))
_on_path("basename", lambda _call, path: posixpath.basename(path.rstrip("/")) or ("/" if path else "."))
_on_path("dirname", lambda _call, path: posixpath.normpath(posixpath.dirname(path) or "."))
