"""What a keystroke costs in an editor on our stack, and the pause after it."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from tapeproof.editor.session import Session

_FILE = "stack/modules/processor/main.tf"
_TIMES = 15


def main() -> None:
    """Print processor time in seconds."""
    os.chdir(Path(__file__).parents[1])
    session, text = Session(), Path(_FILE).read_text(encoding="utf-8")
    session.hold(_FILE, text)
    session.judge_all()
    keystrokes = []
    for number in range(_TIMES):
        session.hold(
            _FILE, text.replace('resource "aws_lambda_function"', f"# {number}\n" + 'resource "aws_lambda_function"')
        )
        began = time.process_time()
        session.judge_edit(_FILE)
        keystrokes.append(time.process_time() - began)
    began = time.process_time()
    session.judge_all()
    print(f"a keystroke: median {statistics.median(keystrokes):.3f} s, most {max(keystrokes):.3f} s of processor time")
    print(f"the pause after it: {time.process_time() - began:.2f} s")


if __name__ == "__main__":
    main()
