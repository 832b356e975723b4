"""Builds the Lambda zip: our modules and the locked dependencies, byte for byte the same every time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tapeproof.content import project
from tapeproof.local.bytecode import bytecode_path, can_compile, compile_source
from tapeproof.local.errors import PackagingError
from tapeproof.terminal import count_of

__all__ = ["AWS_SERVICES", "BUILD_RECORD", "BuiltZip", "build_zip", "read_modules"]

PROJECT = project()
MODULES = "modules.txt"
"""In `lambda/`: which modules are in the zip, a path a line; a folder stands for every module in it."""
AWS_SERVICES = frozenset({"cloudwatch", "dynamodb", "kms", "s3", "sts"})
"""The services whose API descriptions stay in botocore; all of them together are 30 MB."""
BUILD_RECORD = "build.json"
"""In the zip's root: the version and a digest of everything else in it, which the audit log's lanes name."""
UNPACKED_LIMIT_BYTES = 250 * 1024 * 1024
"""Lambda quota: deployment package, unzipped ("Lambda quotas")."""
EPOCH = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644 << 16
INSTALL_RECORDS = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"})
BYTECODE = bytecode_path("x.py").partition("/x")[2]
"""How the names of the files end that :func:`_compile` has made."""
SKIPPED_FOLDERS = frozenset({"tests", "test", "bin", "examples", "swagger_ui"})


class BuiltZip(NamedTuple):
    """A finished zip.

    Attributes:
        path: Where it is.
        sha256: SHA-256 of the file, hex.
        size_bytes: Size of the file.
        contents_sha256: SHA-256 over the names and hashes of what is in it, hex: the same whatever compressed it.
        files: How many files it holds.
    """

    path: Path
    sha256: str
    size_bytes: int
    contents_sha256: str
    files: int


def build_zip(output: Path | None = None, *, project: Path = PROJECT) -> BuiltZip:
    """Build the zip that every function runs.

    Args:
        output: Where the zip goes; `build/lambda.zip` of the project when absent.
        project: The project's root folder.

    Raises:
        PackagingError: The dependencies could not be installed, or the result is over Lambda's limit.
    """
    target = output or project / "build" / "lambda.zip"
    contents = _with_bytecode(_dependencies(project) | read_modules(project))
    digest = _contents_digest(contents)
    record = {"contents_sha256": digest, "version": _version(project)}
    contents[BUILD_RECORD] = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    unpacked = sum(map(len, contents.values()))
    if unpacked > UNPACKED_LIMIT_BYTES:
        raise PackagingError(
            f"{target} would unpack to {unpacked:,} bytes",
            why=f"Lambda takes {UNPACKED_LIMIT_BYTES:,}",
            fix="drop a dependency from the `lambda` group of pyproject.toml",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, contents)
    packed = target.read_bytes()
    return BuiltZip(target, hashlib.sha256(packed).hexdigest(), len(packed), digest, len(contents))


def read_modules(project: Path) -> dict[str, bytes]:
    """Return the project's own modules that go into the zip, by their path in it.

    Args:
        project: The project's root folder.
    """
    functions = project / "lambda"
    found: dict[str, bytes] = {}
    for line in (functions / MODULES).read_text(encoding="utf-8").split():
        root = functions if line.startswith("handlers/") else project
        for path in sorted((root / line).glob("*.py")) if line.endswith("/") else [root / line]:
            found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def _with_bytecode(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Return files, and the bytecode of the modules among them that have none yet.

    Without an interpreter of the functions' version there is none: the zip is as right, and slower to start.
    """
    if not can_compile():
        return contents
    wanting = {name: bytecode_path(name) for name in contents if name.endswith(".py")}
    made = {path: compile_source(name, contents[name]) for name, path in wanting.items() if path not in contents}
    return contents | {path: code for path, code in made.items() if code is not None}


def _dependencies(project: Path) -> dict[str, bytes]:
    requirements = _locked_requirements(project)
    # Bytecode is made of them too, which differs between interpreters.
    made_for = f"{requirements}{sys.version_info[:3] if can_compile() else 'sources'}"
    key = hashlib.sha256(made_for.encode()).hexdigest()[:16]
    installed = project / "build" / f"lambda-dependencies-{key}"
    if not installed.is_dir():
        _install(project, requirements, installed)
    return {
        path.relative_to(installed).as_posix(): path.read_bytes()
        for path in installed.rglob("*")
        if _belongs(path, installed) and _is_needed(path.relative_to(installed))
    }


def _belongs(path: Path, root: Path) -> bool:
    inside = path.relative_to(root)
    if SKIPPED_FOLDERS & set(inside.parts) or path.suffix == ".pyi":
        return False
    if path.suffix == ".pyc" and not path.name.endswith(BYTECODE):
        return False
    return path.is_file() and not path.is_symlink() and path.name not in INSTALL_RECORDS


def _is_needed(inside: Path) -> bool:
    parts = inside.parts
    if parts[:2] == ("botocore", "data") and len(parts) > len(("botocore", "data", "file")):
        return parts[2] in AWS_SERVICES and not parts[-1].startswith(("examples-", "paginators-", "waiters-"))
    return parts[:2] != ("boto3", "data")


def _uv(project: Path) -> str:
    own = project / ".tools" / "uv" / "bin" / "uv"
    found = str(own) if own.is_file() else shutil.which("uv")
    if found is None:
        raise PackagingError("uv is not set up", why="it installs the locked dependencies", fix="run `make setup`")
    return found


def _locked_requirements(project: Path) -> str:
    command = [_uv(project), "export", "--quiet", "--locked", "--only-group", "lambda"]
    return _run([*command, "--no-emit-project", "--no-header", "--no-annotate"], project)


def _install(project: Path, requirements: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".dependencies-") as scratch:
        listed, unpacked = Path(scratch) / "requirements.txt", Path(scratch) / "unpacked"
        listed.write_text(requirements, encoding="utf-8")
        command = [_uv(project), "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
        where = ["--python-version", "3.11", "--python-platform", "x86_64-manylinux2014", "--target", str(unpacked)]
        _run([*command, *where, "-r", str(listed)], project)
        _compile(unpacked)
        try:
            unpacked.rename(target)
        except OSError:
            # Another build finished the same folder first; its content is the same by construction.
            if not target.is_dir():
                raise


def _compile(folder: Path) -> None:
    """Write the bytecode of everything in a folder that goes into the zip, once for all builds."""
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.py") if _belongs(path, folder)}
    sources = {name: path.read_bytes() for name, path in names.items()}
    for name, code in _with_bytecode(sources).items():
        if name not in sources:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(code)


def _run(command: list[str], project: Path) -> str:
    try:
        return subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout
    except subprocess.CalledProcessError as error:
        raise PackagingError(
            "the locked dependencies of the Lambda zip could not be installed",
            why=(error.stderr or "").strip(),
            fix="check the network, then run `make setup` again",
        ) from error


def _version(project: Path) -> str:
    with (project / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _contents_digest(contents: dict[str, bytes]) -> str:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(contents.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _write(target: Path, contents: dict[str, bytes]) -> None:
    with (
        tempfile.NamedTemporaryFile(dir=target.parent, prefix=".lambda-", suffix=".zip", delete=False) as scratch,
        zipfile.ZipFile(scratch, "w") as archive,
    ):
        for name, data in sorted(contents.items()):
            info = zipfile.ZipInfo(str(PurePosixPath(name)), date_time=EPOCH)
            info.external_attr = MODE
            info.create_system = 3  # Unix, whatever built it
            archive.writestr(info, data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=9)
    Path(scratch.name).chmod(0o644)
    os.replace(scratch.name, target)  # noqa: PTH105 - atomic over an older zip on every platform


if __name__ == "__main__":
    try:
        built = build_zip()
    except PackagingError as failed:
        sys.stderr.write(f"error: {failed.diagnostics()}\n")
        sys.exit(failed.exit_status)
    files = count_of(built.files, "file")
    sys.stdout.write(f"{built.path.relative_to(PROJECT)}  {built.size_bytes:,} bytes  {files}\n")
    sys.stdout.write(f"sha256 {built.sha256}\ncontents sha256 {built.contents_sha256}\n")
