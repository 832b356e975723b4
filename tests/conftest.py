"""What holds for every test."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile

import pytest

from tests.effort import seconds_here  # and it sets how tests draw, for every one of them

# A shell starts what it runs in the background with SIGINT ignored; tests of Ctrl-C need it as a terminal gives it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The key of the gate's cache is made where the user keeps state; a test leaves nothing there.
_STATE = tempfile.mkdtemp(prefix="tapeproof-state-")
os.environ["XDG_STATE_HOME"] = _STATE
atexit.register(shutil.rmtree, _STATE, ignore_errors=True)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Number bytes and long texts in the names of tests.

    Signatures and archives differ from one process to the next, and a name with a key in it is taken for the key where
    test reports are searched for secrets.
    """
    if isinstance(val, bytes):
        return "bytes"
    return "text" if isinstance(val, str) and (len(val) > 100 or "PRIVATE KEY" in val) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long modules, and give a slower machine more time where a test says how long it may take.

    A long one that comes last leaves the other worker with nothing to do.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        mark = item.get_closest_marker("timeout")
        if mark is not None and mark.args and mark.args[0]:
            item.add_marker(pytest.mark.timeout(seconds_here(mark.args[0])), append=False)
