"""A stranger's estate behind a baseline: exactly what is newly planted is told, whatever else moves about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tapeproof.cli import main
from tests.effort import SOAKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROOTS, GROUPS = (200, 10) if SOAKING else (6, 10)
"""In the long run 200 roots with ten findings each: a baseline of 2,000."""
GROUP = """
resource "aws_cloudwatch_log_group" "g{number}" {{
  name              = "/estate/{root}/{number}"
  retention_in_days = {days}
}}
"""


class Estate(NamedTuple):
    """Roots of an estate, and what is told of them."""

    folder: Path
    check: Callable[[], tuple[int, list[tuple[str, str, str]]]]

    def text(self, root: int) -> Path:
        return self.folder / f"root{root:03}" / "main.tf"


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Estate:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / "cache"))
    off = "".join(f"  - {{policy: {one}, reason: not of this test}}\n" for one in ("TP_LOG_3", "TP_OBS_1"))
    (tmp_path / ".tapeproof.yaml").write_text(f"profile: aws-core\noff:\n{off}", encoding="utf-8")
    for root in range(ROOTS):
        (tmp_path / f"root{root:03}").mkdir()
        text = "".join(GROUP.format(root=root, number=number, days=7) for number in range(GROUPS))
        (tmp_path / f"root{root:03}" / "main.tf").write_text(text, encoding="utf-8")

    def check() -> tuple[int, list[tuple[str, str, str]]]:
        status = main(["gate", "check", "--format", "json"])
        results = json.loads(capsys.readouterr().out)["results"]
        told = [one for one in results if one["verdict"] in {"fail", "unknown"}]
        return status, sorted((one["root"], one["policy"], one["resource"]) for one in told)

    assert main(["gate", "baseline", "--reason", "found when the gate came", "--owner", "team"]) == 0
    assert f"{ROOTS * GROUPS} accepted" in capsys.readouterr().out
    return Estate(tmp_path, check)


def _plant(estate: Estate) -> list[tuple[str, str, str]]:
    """Plant 15 violations of three kinds, move a lot of lines, and return what must be told."""
    wanted = []
    for number in range(5):
        worse, new, other = number, (number + 1) % ROOTS, (number + 2) % ROOTS
        path = estate.text(worse)
        before, after = (GROUP.format(root=worse, number=0, days=days) for days in (7, 3))
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        wanted.append((f"root{worse:03}", "TP_LOG_1", "aws_cloudwatch_log_group.g0"))
        path = estate.text(new)
        added = GROUP.format(root=new, number=f"_new{number}", days=7)
        path.write_text(f"# moved\n{added}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
        wanted.append((f"root{new:03}", "TP_LOG_1", f"aws_cloudwatch_log_group.g_new{number}"))
        alone = estate.folder / f"fresh{number}"
        alone.mkdir()
        (alone / "main.tf").write_text(GROUP.format(root=other, number=0, days=1), encoding="utf-8")
        wanted.append((f"fresh{number}", "TP_LOG_1", "aws_cloudwatch_log_group.g0"))
    return sorted(wanted)


def test_fifteen_new_violations_behind_a_baseline_are_told_and_nothing_else(estate: Estate) -> None:
    assert estate.check() == (0, [])
    wanted = _plant(estate)
    status, told = estate.check()
    gone = [one for one in told if one[1] == "TP_GATE"]
    assert (status, len(wanted), [one for one in told if one not in gone]) == (1, 15, wanted)
    assert len(gone) == 1  # the five that got worse are no longer there as they were accepted


def test_a_mended_finding_must_leave_the_baseline(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    path = estate.text(0)
    path.write_text(path.read_text(encoding="utf-8").replace("= 7\n", "= 30\n", 1), encoding="utf-8")
    status, told = estate.check()
    assert (status, [one[1] for one in told]) == (1, ["TP_GATE"])
    assert main(["gate", "baseline"]) == 0
    capsys.readouterr()
    assert estate.check() == (0, [])
