"""Adding an exchange is one file in `tapeproof/market/venues`: the one that the documentation shows."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tapeproof.market import venues
from tests.places import PROJECT

DOCUMENT = (PROJECT / "docs" / "market-data.md").read_text(encoding="utf-8")
MODULE = DOCUMENT.partition("## Adding an exchange")[2].partition("```python\n")[2].partition("```")[0]
USE = """
import json, sys
from handlers.decisions import Decider
from handlers.deliveries import delivery
from handlers.settings import Settings
from tapeproof.market import venues
settings = Settings.read({"AUDIT_TABLE": "a", "LOG_ORIGIN": "o", "MARKET_TABLE": "m", "ROUTE": "trade"})
event = json.load(sys.stdin)
(step,) = Decider(settings).decide(delivery(event), 1_700_000_000_000_000_001)
(record,) = venues.parse("fifth", event["detail"]["raw"], 1_700_000_000_000_000_001)
print(json.dumps([
    venues.names(), step.decision.act, step.decision.key, venues.contiguous(record),
    venues.detail_type("fifth", event["detail"]["raw"]), venues.detail_type("fifth", '{"print"'),
]))
"""


@pytest.fixture
def with_fifth(tmp_path: Path) -> Path:
    for folder, package in (("lambda", "handlers"), ("", "tapeproof")):
        copied = shutil.ignore_patterns("__pycache__", *({"gate", "evidence"} if package == "tapeproof" else ()))
        shutil.copytree(PROJECT / folder / package, tmp_path / package, ignore=copied)
    (tmp_path / "tapeproof" / "market" / "venues" / "fifth.py").write_text(MODULE)
    return tmp_path


def test_one_file_makes_an_exchange_known_to_publisher_and_processor(with_fifth: Path) -> None:
    raw = json.dumps({"instrument": "eur_usd", "at": "1700000000000000", "print": "1.0850", "lots": "3", "n": 12})
    detail = {"schema": "native/1", "venue": "fifth", "received_ns": "1700000000000000001", "raw": raw}
    event = {"id": "e", "source": "marketdata.fifth", "detail-type": "Trade", "detail": detail}
    done = subprocess.run(
        [sys.executable, "-c", USE],
        input=json.dumps(event),
        cwd=with_fifth,
        env={"PYTHONPATH": str(with_fifth)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [
        sorted({*venues.names(), "fifth"}),
        "RECORDED",
        "trade#fifth#EUR-USD#20231114#trade_id=12",
        True,
        "Trade",
        "Trade",
    ]


def test_the_file_passes_the_checks_of_the_house_as_it_stands(tmp_path: Path) -> None:
    module = tmp_path / "tapeproof" / "market" / "venues" / "fifth.py"
    module.parent.mkdir(parents=True)
    module.write_text(MODULE)
    settings = str(PROJECT / "pyproject.toml")
    for check in (["ruff", "check"], ["ruff", "format", "--check"]):
        # No package markers around it: they belong to the checkout.
        options = ["--config", settings, *(["--ignore", "INP001"] if "check" in check[1:2] else [])]
        _passes([sys.executable, "-m", *check, *options, str(module)])
    _passes([sys.executable, "-m", "mypy", "--config-file", settings, "--follow-imports=silent", str(module)])


def _passes(command: list[str]) -> None:
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_file_the_exchange_is_unknown() -> None:
    assert "fifth" not in venues.names()


def test_the_readme_shows_the_same_file() -> None:
    assert f"```python\n{MODULE}```" in (PROJECT / "README.md").read_text(encoding="utf-8")
