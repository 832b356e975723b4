"""``tapeproof gate lsp``: the gate as a language server, over standard input and output."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

import tapeproof
from tapeproof.editor.moving import Change, find_change
from tapeproof.editor.offers import list_offers
from tapeproof.editor.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.report import Result

__all__ = ["serve"]

_PAUSE_SECONDS = 0.3
"""After so long without a keystroke everything is judged whole."""
_ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json")
_BAD = {"critical", "high"}


class Server(LanguageServer):
    """Answers one editor."""

    def __init__(self) -> None:
        super().__init__("tapeproof", tapeproof.__version__)
        self.session = Session()
        self.shown: dict[str, list[Result]] = {}
        self._uris: dict[str, str] = {}
        self._judging: asyncio.Task[None] | None = None
        self._again = False

    def take(self, uri: str) -> None:
        """Take a document as it is now, show what is found at once, and judge everything after a pause."""
        path = _to_path(uri)
        if not path.endswith(_ENDINGS):
            return
        self._uris[os.path.realpath(path)] = uri
        self.session.hold(path, self.workspace.get_text_document(uri).source)
        self.show(path, self.session.judge_edit(path))
        self.schedule()

    def drop(self, uri: str) -> None:
        """Take a document as it is on the disk, for the editor closed it."""
        self.session.release(_to_path(uri))
        self.schedule()

    def schedule(self) -> None:
        """Judge everything after a pause; a request during the pause, or while judging, starts another one."""
        if self._judging is not None and not self._judging.done():
            self._again = True
            return
        self._judging = asyncio.ensure_future(self._judge())

    async def _judge(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            await asyncio.sleep(_PAUSE_SECONDS)
            if not self._again:
                await asyncio.to_thread(self.session.judge_all)
                self._show_all()

    def _show_all(self) -> None:
        if self.session.problem:
            message = types.ShowMessageParams(types.MessageType.Error, f"tapeproof: {self.session.problem}")
            self.window_show_message(message)
            return
        for path in {*self.session.list_files(), *self.shown, *self._uris}:
            self.show(path, self.session.judge_edit(path) if path in self._uris else self.session.results_in(path))

    def show(self, path: str, results: Iterable[Result]) -> None:
        """Publish what is found in a file."""
        real, listed = os.path.realpath(path), list(results)
        if not listed and real not in self.shown:
            return
        self.shown[real] = listed
        uri = self._uris.get(real) or (from_fs_path(real) or real)
        items = [self._diagnostic(uri, result) for result in listed]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=items))

    def results_at(self, uri: str, chosen: types.Range) -> list[Result]:
        """Return the findings that a range touches."""
        found = self.shown.get(os.path.realpath(_to_path(uri)), [])
        return [one for one in found if _touches(self.range_of(uri, one), chosen)]

    def describe_at(self, uri: str, place: types.Position) -> types.Hover | None:
        """Return the policies of what is found at a place; nothing where nothing is."""
        found = self.results_at(uri, types.Range(place, place))
        pages = dict.fromkeys(filter(None, (self.session.describe_policy(one.policy) for one in found)))
        text = "\n\n---\n\n".join(pages)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    def actions_at(self, uri: str, chosen: types.Range) -> list[types.CodeAction]:
        """Return the fixes and waivers of the findings that a range touches."""
        text = self.workspace.get_text_document(uri).source
        return [
            _action(uri, text, offer.title, offer.text, preferred=offer.preferred)
            for result in self.results_at(uri, chosen)
            for offer in list_offers(result, text)
        ]

    def range_of(self, uri: str, result: Result) -> types.Range:
        """Return where a finding stands, in the units of the editor."""
        start = types.Position(max(result.line - 1, 0), max(result.column - 1, 0))
        end = types.Position(max(result.end_line - 1, 0), max(result.end_column - 1, 0))
        document = self.workspace.get_text_document(uri)
        return document.position_codec.range_to_client_units(document.lines, types.Range(start, max(start, end)))

    def _diagnostic(self, uri: str, result: Result) -> types.Diagnostic:
        bad = result.verdict == "fail" and result.severity in _BAD
        severity = types.DiagnosticSeverity.Error if bad or not result.root else types.DiagnosticSeverity.Warning
        if result.warning:
            severity = types.DiagnosticSeverity.Information
        cannot = "cannot be told: " if result.verdict == "unknown" and result.root else ""
        fix = f"\nfix: {result.fix}" if result.fix else ""
        return types.Diagnostic(
            range=self.range_of(uri, result),
            message=f"{cannot}{result.message}{fix}",
            severity=severity,
            code=result.policy,
            source="tapeproof",
        )


def serve() -> None:
    """Answer an editor until it ends the session."""
    _make_server().start_io()


def _make_server() -> Server:
    server = Server()

    @server.feature(types.INITIALIZE)
    def _initialize(given: types.InitializeParams) -> None:
        folders = given.workspace_folders or []
        root = folders[0].uri if folders else given.root_uri
        if root and os.path.isdir(_to_path(root)):  # noqa: PTH112 - one path, once
            os.chdir(_to_path(root))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _open(given: types.DidOpenTextDocumentParams) -> None:
        server.take(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _change(given: types.DidChangeTextDocumentParams) -> None:
        server.take(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _save(_given: types.DidSaveTextDocumentParams) -> None:
        server.schedule()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _close(given: types.DidCloseTextDocumentParams) -> None:
        server.drop(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _hover(given: types.HoverParams) -> types.Hover | None:
        return server.describe_at(given.text_document.uri, given.position)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def _act(given: types.CodeActionParams) -> list[types.CodeAction]:
        return server.actions_at(given.text_document.uri, given.range)

    return server


def _action(uri: str, before: str, title: str, after: str, *, preferred: bool) -> types.CodeAction:
    """Return a change of a document as the lines that differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    change = find_change(old, new) or Change(1, 0, 0)
    place = types.Range(types.Position(change.first - 1, 0), types.Position(change.last_before, 0))
    edit = types.TextEdit(place, "".join(new[change.first - 1 : change.last_after]))
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        is_preferred=preferred,
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
    )


def _touches(place: types.Range, chosen: types.Range) -> bool:
    return place.start <= chosen.end and chosen.start <= place.end


def _to_path(uri: str) -> str:
    """Return the path of a document; its address itself for what is no file."""
    return to_fs_path(uri) or uri
