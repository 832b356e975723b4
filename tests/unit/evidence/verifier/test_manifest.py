from __future__ import annotations

from typing import Any

import pytest

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.manifest import BUNDLE_FORMAT, Entry, read_manifest
from tapeproof.evidence.verifier.strict_json import canonical

ONE = {"path": "run.json", "size": 3, "sha256": "ab"}


def _manifest(*files: Any, **changes: Any) -> bytes:  # noqa: ANN401 - any JSON
    return canonical({"format": BUNDLE_FORMAT, "files": list(files), **changes})


def test_files_are_given_by_path_and_everything_else_as_it_stands() -> None:
    manifest = read_manifest(_manifest(ONE, {**ONE, "path": "x/y"}, run="r"))
    assert manifest["files"] == {"run.json": Entry(3, "ab"), "x/y": Entry(3, "ab")}
    assert manifest["run"] == "r"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([{**ONE, "path": "b"}, {**ONE, "path": "a"}], "not sorted"),
        ([ONE, ONE], "unique"),
        ([{**ONE, "path": "../run.json"}], "safe"),
        ([{**ONE, "path": "/etc/passwd"}], "safe"),
        ([{**ONE, "path": "a\\b"}], "safe"),
        ([{"path": "run.json", "size": 3}], "cannot be read"),
        ([{**ONE, "size": "3"}], "cannot be read"),
        ([{**ONE, "size": True}], "cannot be read"),
        ([{**ONE, "size": -1}], "cannot be read"),
        ([{**ONE, "sha256": 0}], "cannot be read"),
        ([{**ONE, "path": ["run.json"]}], "cannot be read"),
        (["run.json"], "cannot be read"),
    ],
)
def test_a_list_of_files_that_two_readers_could_take_differently_is_refused(files: list[Any], why: str) -> None:
    with pytest.raises(Unusable, match=why) as refused:
        read_manifest(_manifest(*files))
    assert refused.value.finding.code == "BAD_MANIFEST"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "BAD_JSON"),
        (b"[]", "BAD_MANIFEST"),
        (b"{}", "BAD_MANIFEST"),
        (_manifest(format="tapeproof/bundle/2"), "BAD_MANIFEST"),
        (_manifest(ONE) + b"\n", "BAD_MANIFEST"),
        (_manifest(ONE).replace(b'"size":3', b'"size":3.0'), "BAD_MANIFEST"),
        (_manifest(ONE)[:-1] + b',"x":1e999}', "BAD_JSON"),
        (_manifest(ONE).replace(b"{", b'{"format":"x",', 1), "BAD_JSON"),
        (canonical({"format": BUNDLE_FORMAT}), "BAD_MANIFEST"),
        (canonical({"format": BUNDLE_FORMAT, "files": 3}), "BAD_MANIFEST"),
    ],
)
def test_bytes_that_are_no_manifest_of_this_version_in_the_one_encoding_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_manifest(data)
    assert refused.value.finding[:2] == (code, "manifest.json")
