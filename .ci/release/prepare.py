"""Prepares a release: builds it twice, lists what it is made of, signs the digests, and says what remains to be done.

    .venv/bin/python .ci/release/prepare.py --key maintainer.pem --output build/release

Nothing is published and nothing is tagged. The same commit gives the same bytes: times are the commit's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
UV = PROJECT / ".tools" / "uv" / "bin" / "uv"
EXIT_NOT_READY = 2
SUMS = "SHA256SUMS"


class NotReadyError(Exception):
    """The tree is not what can be released; the message says why, and the way out."""


def check_tree(project: Path) -> str:
    """Return the version that a tree is ready to be released as.

    Raises:
        NotReadyError: Something is not committed, or the places that name a version differ.
    """
    if _run(project, "git", "status", "--porcelain"):
        raise NotReadyError("the working tree has changes: commit them, a release is a commit")
    version = str(tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    own = (project / "tapeproof" / "__init__.py").read_text(encoding="utf-8")
    heading = re.search(r"^## (\S+)", (project / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    if f'__version__ = "{version}"' not in own or heading is None or heading[1] != version:
        raise NotReadyError(f"pyproject.toml says {version}; tapeproof/__init__.py and CHANGELOG.md must begin with it")
    if _run(project, "git", "tag", "--list", f"v{version}"):
        raise NotReadyError(f"v{version} is tagged already: raise the version")
    return version


def build_twice(project: Path, output: Path, moment: str) -> list[Path]:
    """Build wheel and sdist into a folder, twice, and return them.

    Raises:
        NotReadyError: The second build is not the first.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": moment}
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "first", Path(name) / "second"]
        for folder in folders:
            command = [str(UV), "build", "--quiet", "--no-create-gitignore", "--out-dir", str(folder), str(project)]
            subprocess.run(command, env=environment, check=True)
        built = sorted(path.name for path in folders[0].iterdir())
        for one in built:
            if (folders[0] / one).read_bytes() != (folders[1] / one).read_bytes():
                raise NotReadyError(f"{one} is not the same when it is built again")
            shutil.copy(folders[0] / one, output / one)
    return [output / one for one in built]


def list_parts(project: Path, moment: str) -> dict[str, Any]:
    """Return the bill of materials (CycloneDX 1.5) of the package with all its extras, as they are locked."""
    command = [str(UV), "export", "--format", "cyclonedx1.5", "--frozen", "--no-dev", "--all-extras", "--quiet"]
    bill: dict[str, Any] = json.loads(_run(project, *command))
    return fix_bill(bill, moment)


def fix_bill(bill: dict[str, Any], moment: str) -> dict[str, Any]:
    """Return a bill whose time is the commit's and whose number follows from what is in it."""
    bill["metadata"]["timestamp"] = datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bill.pop("serialNumber", None)
    named = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bill, sort_keys=True))
    return {**bill, "serialNumber": f"urn:uuid:{named}"}


def sign_sums(output: Path, key: Path) -> None:
    """Write the digests of all files in a folder, in the form of ``sha256sum``, and a signature over them."""
    from tapeproof.evidence.bundle.signing import KeyFileSigner  # noqa: PLC0415 - the project is on the path by now

    made = (SUMS, f"{SUMS}.sig")
    files = sorted(path for path in output.iterdir() if path.is_file() and path.name not in made)
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    content = "".join(lines).encode()
    (output / SUMS).write_bytes(content)
    (output / f"{SUMS}.sig").write_bytes(KeyFileSigner(key).sign(content))


def _run(project: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _prepare(key: Path, output: Path) -> str:
    version = check_tree(PROJECT)
    moment = _run(PROJECT, "git", "log", "-1", "--format=%ct")
    output.mkdir(parents=True, exist_ok=True)
    for old in output.iterdir():
        old.unlink()
    build_twice(PROJECT, output, moment)
    bill = json.dumps(list_parts(PROJECT, moment), indent=1, sort_keys=True)
    (output / f"tapeproof-{version}.cdx.json").write_text(f"{bill}\n", encoding="utf-8")
    command = [sys.executable, "-m", "tapeproof", "evidence", "release", "--key", str(key), "--output", str(output)]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    sign_sums(output, key)
    return version


REMAINS = """{output} holds tapeproof {version}: wheel and sdist (built twice, the same bytes), their bill of materials,
verify.py with the signed digests of all that judges, and SHA256SUMS with its signature. What remains is yours:

  1. make test, if it was not this commit that it ran on
  2. git tag -s v{version} -m "tapeproof {version}" && git push origin v{version}
  3. put the files of {output} where your users get them; to a package index:
     {uv} publish {output}/*.whl {output}/*.tar.gz
  4. tell the fingerprint of the maintainer's key by another channel

Who gets it checks it with:
  sha256sum --check SHA256SUMS
  openssl pkeyutl -verify -pubin -inkey maintainer.pub.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
"""


def main() -> int:
    """Prepare a release; 2 when the tree is not ready for one."""
    parser = argparse.ArgumentParser(description="Prepare a release, and say what remains.")
    parser.add_argument("--key", type=Path, required=True, help="the maintainer's private key")
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "release", help="default: build/release")
    parsed = parser.parse_args()
    try:
        version = _prepare(parsed.key.resolve(), parsed.output.resolve())
    except NotReadyError as error:
        sys.stderr.write(f"error: {error}\n")
        return EXIT_NOT_READY
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"error: {' '.join(map(str, error.cmd))} ended with {error.returncode}\n{error.stderr or ''}")
        return EXIT_NOT_READY
    output = os.path.relpath(parsed.output)
    sys.stdout.write(REMAINS.format(output=output, version=version, uv=UV.relative_to(PROJECT)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
