"""Nothing that others wrote is a command of the CI system that shows the output."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.outputs.commands import hide_commands

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result

FORMS = {"full": "text", "concise": "concise", "github": "github", "gitlab": "gitlab", "json": "json_report",
         "sarif": "sarif", "junit": "junit"}  # fmt: skip
EVIL = (
    "::error file=x::forged",
    "  ::stop-commands::x",
    "##[error]forged",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStatus status='SUCCESS']",
    "###[group]x",
)


def _render(report: Report, finding: Result, form: str, evil: str) -> str:
    odd = replace(finding, file=evil, root=evil, message=evil, source_line=evil, resource=evil, fix=evil)
    shown = replace(report, results=(odd,), problems=(evil,), passed_over=({"path": evil, "reason": evil},))
    return hide_commands(import_module(f"tapeproof.gate.outputs.{FORMS[form]}").render(shown), form)


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("form", FORMS)
def test_no_name_or_value_is_a_command(report: Report, finding: Result, form: str, evil: str) -> None:
    for line in _render(report, finding, form, evil).splitlines():
        start = line.strip()
        assert not start.startswith("::") or (form == "github" and start.startswith(("::error ", "::notice "))), line
        assert not any(command in line for command in ("##[", "##vso[", "##teamcity[")), line


@pytest.mark.parametrize("evil", EVIL)
def test_whoever_reads_the_format_reads_what_was_written(report: Report, finding: Result, evil: str) -> None:
    assert json.loads(_render(report, finding, "json", evil))["results"][0]["message"] == evil
    assert json.loads(_render(report, finding, "gitlab", evil))[0]["location"]["path"] == evil
    document = ET.fromstring(_render(report, finding, "junit", evil))
    assert evil in {one.get("message") for one in document.iter("failure")}


def test_an_output_without_any_stays_as_it_is() -> None:
    assert hide_commands("a: b\n# a comment ## and [more]\nx::y\n", "text") == "a: b\n# a comment ## and [more]\nx::y\n"
