from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.collectors import gate
from tests.unit.evidence.collecting import collect_into, gate_report

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
IDENTITY = ("-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


def _key(path: Path, kind: str, *further: str) -> str:
    subprocess.run(["ssh-keygen", "-q", "-t", kind, *further, "-N", "", "-f", str(path)], check=True)
    return path.with_name(path.name + ".pub").read_text().strip()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Public lines by kind; ssh-keygen, not this project, makes keys and signatures."""
    folder = tmp_path_factory.mktemp("ssh")
    kinds = {"ed25519": (), "ecdsa": ("-b", "256"), "other": (), "rsa": ("-b", "2048")}
    named = {"other": "ed25519"}
    found = {name: _key(folder / name, named.get(name, name), *further) for name, further in kinds.items()}
    return {**found, "folder": str(folder)}


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory, keys: dict[str, str]) -> Bundle:
    """A bundle of a commit with a signed tag of each kind, one that is not signed, and a lightweight one."""
    place = tmp_path_factory.mktemp("tagged")
    root = place / "project/stack"
    root.mkdir(parents=True)
    (root / "main.tf").write_text("locals {}\n")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        _git(root.parent, *command)
    for name in ("ed25519", "ecdsa", "rsa"):
        signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={keys['folder']}/{name}")
        _git(root.parent, *signing, "tag", "-s", "-m", "a release", f"v-{name}")
    _git(root.parent, "tag", "-a", "-m", "a release", "v-unsigned")
    _git(root.parent, "tag", "v-lightweight")
    pgp = "object {}\ntype commit\ntag v-pgp\ntagger A <a@b.c> 1 +0000\n\nm\n-----BEGIN PGP SIGNATURE-----\n"
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True).stdout
    made = subprocess.run(
        ["git", "hash-object", "-t", "tag", "-w", "--stdin", "--literally"],
        input=pgp.format(commit.strip()), cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    _git(root.parent, "update-ref", "refs/tags/v-pgp", made.stdout.strip())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gate, "run_gate", lambda *_, **__: gate_report())
        patched.chdir(root.parent)
        return write_bundle(collect_into(root, place))


def _told(bundle: Bundle, tag: str, signers: list[str]) -> str:
    terms: dict[str, Any] = {"tag": tag, "tag_signers": signers}
    unmet = verify_bundle(str(bundle.zip), Expectations(terms=terms)).unmet
    return "; ".join(f"{one.where}: {one.message}" for one in unmet if one.where == "tag")


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa"])
@pytest.mark.parametrize("form", ["{}", "author@example.com {}"])
def test_a_tag_that_a_trusted_key_signed_is_met(tagged: Bundle, keys: dict[str, str], kind: str, form: str) -> None:
    assert _told(tagged, f"v-{kind}", [keys["other"], form.format(keys[kind])]) == ""


@pytest.mark.parametrize(
    ("tag", "signer", "told"),
    [
        ("v-ed25519", "other", "none of the keys that you named"),
        ("v-ecdsa", "ed25519", "none of the keys that you named"),
        ("v-unsigned", "ed25519", "the tag is not signed"),
        ("v-lightweight", "ed25519", "no annotated tag of that name"),
        ("v-9", "ed25519", "no annotated tag of that name"),
        ("v-pgp", "ed25519", "OpenPGP or X.509 signature, which cannot be checked here: git verify-tag"),
        ("v-rsa", "rsa", "a key of kind ssh-rsa cannot be checked here"),
        ("v-rsa", "ed25519", "none of the keys that you named"),
    ],
)
def test_a_tag_that_nobody_trusted_signed_is_unmet_and_says_why(
    tagged: Bundle, keys: dict[str, str], tag: str, signer: str, told: str
) -> None:
    assert told in _told(tagged, tag, [keys[signer]])


@pytest.mark.parametrize(
    "signer", ["", "ssh-ed25519", "ssh-ed25519 !", 'a@b cert-authority,namespaces="x" ssh-ed25519 AAAA']
)
def test_a_line_that_is_no_key_is_unmet(tagged: Bundle, signer: str) -> None:
    assert _told(tagged, "v-ed25519", [signer]).startswith("tag: expected 'v-ed25519' on the commit, signed: ")


def test_a_tag_of_another_commit_is_not_of_this_one(tagged: Bundle, keys: dict[str, str]) -> None:
    from tapeproof.evidence.checking import tags  # noqa: PLC0415 - its inner check, on a run of another commit
    from tapeproof.evidence.verifier.archive import open_bundle  # noqa: PLC0415
    from tapeproof.evidence.verifier.contents import Contents  # noqa: PLC0415
    from tapeproof.evidence.verifier.manifest import read_manifest  # noqa: PLC0415

    archive = open_bundle(str(tagged.zip))
    manifest = read_manifest(Contents(archive, {}).read("manifest.json"))
    terms = {"tag": "v-ed25519", "tag_signers": [keys["ed25519"]]}
    for run in ({"commit": "c" * 40, "dirty": False}, {**tagged.assessment["run"], "dirty": True}):
        assert tags.check_tag(Contents(archive, manifest["files"]), run, terms)
    archive.close()
