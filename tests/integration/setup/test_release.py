"""What `make release` prepares can be built again, and checked by programs that are not ours."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.signing import create_key_file
from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = PROJECT / ".ci" / "release" / "prepare.py"


@pytest.fixture(scope="module")
def prepare() -> Any:  # noqa: ANN401 - a module
    spec = importlib.util.spec_from_file_location("prepare", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "tag.gpgSign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / "tapeproof").mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")
    (folder / "tapeproof" / "__init__.py").write_text('__version__ = "1.2.3"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3\n\n- All.\n\n## 1.2.2\n", encoding="utf-8")
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "All of it")
    return folder


def test_a_committed_tree_whose_versions_agree_is_ready(prepare: Any, tree: Path) -> None:  # noqa: ANN401
    assert prepare.check_tree(tree) == "1.2.3"


def _change(tree: Path) -> None:
    (tree / "new.txt").write_text("new", encoding="utf-8")


def _forget_changelog(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.4 (unreleased)\n", encoding="utf-8")
    _git(tree, "commit", "-qam", "Another heading")


def _tag(tree: Path) -> None:
    _git(tree, "tag", "v1.2.3")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [(_change, "has changes"), (_forget_changelog, "CHANGELOG.md must begin with it"), (_tag, "tagged already")],
)
def test_a_tree_that_is_not_ready_is_refused_with_the_reason(prepare: Any, tree: Path, spoil: Any, told: str) -> None:  # noqa: ANN401
    spoil(tree)
    with pytest.raises(prepare.NotReadyError, match=told):
        prepare.check_tree(tree)


def test_a_bill_of_the_same_parts_is_the_same_whenever_it_is_made(prepare: Any) -> None:  # noqa: ANN401
    bills = [
        {"serialNumber": f"urn:uuid:{number}", "metadata": {"timestamp": str(number)}, "components": [{"name": "a"}]}
        for number in range(2)
    ]
    first, second = (prepare.fix_bill(bill, "1796030392") for bill in bills)
    assert first == second
    assert first["metadata"]["timestamp"] == "2026-11-30T09:19:52Z"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
def test_openssl_verifies_the_digests_and_refuses_changed_ones(prepare: Any, tmp_path: Path) -> None:  # noqa: ANN401
    create_key_file(tmp_path / "key.pem")
    output = tmp_path / "out"
    output.mkdir()
    (output / "a.whl").write_bytes(b"a")
    prepare.sign_sums(output, tmp_path / "key.pem")
    assert (
        subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=output, capture_output=True, check=False).returncode
        == 0
    )
    public = ["openssl", "pkey", "-in", "../key.pem", "-pubout", "-out", "pub.pem"]
    subprocess.run(public, cwd=output, check=True, capture_output=True)
    options = ["-inkey", "pub.pem", "-rawin", "-in", "SHA256SUMS", "-sigfile", "SHA256SUMS.sig"]
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", *options]
    assert subprocess.run(verify, cwd=output, capture_output=True, check=False).returncode == 0
    (output / "SHA256SUMS").write_text("0  a.whl\n", encoding="utf-8")
    assert subprocess.run(verify, cwd=output, capture_output=True, check=False).returncode != 0
