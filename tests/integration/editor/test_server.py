"""The language server, asked by editors that are not ours."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.effort import SOAKING

if TYPE_CHECKING:
    from pathlib import Path

BAD = 'resource "aws_cloudwatch_log_group" "t" {\n  name              = "😀"\n  retention_in_days = 7\n}\n'
COMMAND = [sys.executable, "-m", "tapeproof", "gate", "lsp"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(BAD.replace("= 7", "= 30"), encoding="utf-8")
    (tmp_path / ".tapeproof.yaml").write_text("profile: aws-core\n", encoding="utf-8")
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


async def _until_told(client: LanguageClient, uri: str, code: str) -> types.Diagnostic:
    while True:
        for found in client.diagnostics.get(uri, ()):
            if found.code == code:
                return found
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


async def _talk(project: Path) -> None:
    config = ClientServerConfig(server_command=COMMAND)
    client = await config.start()
    uri = (project / "main.tf").as_uri()
    await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities("neovim"), root_uri=project.as_uri())
    )
    document = types.TextDocumentItem(uri=uri, language_id="terraform", version=1, text=BAD)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    found = await _until_told(client, uri, "TP_LOG_1")
    assert (found.range.start.line, found.range.start.character) == (2, 22)
    here = types.TextDocumentIdentifier(uri)
    hover = await client.text_document_hover_async(types.HoverParams(here, types.Position(2, 22)))
    assert isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.startswith("**TP_LOG_1**")
    asked = types.CodeActionParams(here, found.range, types.CodeActionContext([found]))
    fix, waiver = await client.text_document_code_action_async(asked)
    assert fix.edit.changes[uri][0].new_text == "  retention_in_days = 30\n"
    assert "tapeproof:waive TP_LOG_1" in waiver.edit.changes[uri][0].new_text
    change = types.TextDocumentContentChangePartial(types.Range(types.Position(2, 22), types.Position(2, 23)), "365")
    version = types.VersionedTextDocumentIdentifier(uri=uri, version=2)
    client.text_document_did_change(types.DidChangeTextDocumentParams(version, [change]))
    while any(one.code == "TP_LOG_1" for one in client.diagnostics[uri]):
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    await client.shutdown_session()
    await client.stop()


def test_an_editor_is_told_while_somebody_types_with_hover_fix_and_waiver(project: Path) -> None:
    asyncio.run(asyncio.wait_for(_talk(project), 300))


LUA = """
local done = false
vim.lsp.handlers["textDocument/publishDiagnostics"] = function(_, result)
  for _, one in ipairs(result.diagnostics) do
    if one.code == "TP_LOG_1" then print("TOLD " .. one.range.start.line); done = true end
  end
end
local id = vim.lsp.start_client({cmd = {COMMAND}, root_dir = vim.fn.getcwd()})
vim.lsp.buf_attach_client(0, id)
vim.wait(120000, function() return done end, 100)
vim.cmd("qall!")
"""


@pytest.mark.skipif(
    not SOAKING or shutil.which("nvim") is None, reason="asks a Neovim, where there is one: run by make soak"
)
def test_neovim_is_told(project: Path) -> None:
    (project / "main.tf").write_text(BAD, encoding="utf-8")
    words = ", ".join(f'"{word}"' for word in COMMAND)
    (project / "ask.lua").write_text(LUA.replace("COMMAND", words), encoding="utf-8")
    command = ["nvim", "--headless", "-u", "NONE", "main.tf", "-c", "luafile ask.lua"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=300)
    assert "TOLD 2" in done.stdout + done.stderr
