from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


def test_show_prints_an_item_and_one_line_of_it(bundle: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    def shown(item: str) -> Any:  # noqa: ANN401 - any JSON
        assert main(["evidence", "show", item, "--bundle", str(bundle.zip)]) == 0
        return json.loads(capsys.readouterr().out)

    assert shown("live-dynamodb")["stage"] == "live"
    assert shown("live-dynamodb:1")["resource"] == "aws_dynamodb_table.market"


@pytest.mark.parametrize("item", ["absent", "live-dynamodb:99", "live-dynamodb:x", "../run"])
def test_show_of_nothing_is_an_error_with_a_way_out(
    bundle: Bundle, capsys: pytest.CaptureFixture[str], item: str
) -> None:
    assert main(["evidence", "show", item, "--bundle", str(bundle.zip)]) == 5
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("item", [True, 5, [], "x", {}, {"judged": 5}, {"judged": None}])
def test_show_of_a_line_of_an_item_that_is_none_is_an_error(
    bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], item: object
) -> None:
    folder = shutil.copytree(bundle.folder, tmp_path / "run")
    (folder / "evidence/live-sqs/item.json").write_text(json.dumps(item))
    assert main(["evidence", "show", "live-sqs:1", "--bundle", str(folder)]) == 5
    assert "fix:" in capsys.readouterr().err
