"""What other repositories' hooks install is what was locked and tried here."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from tests.places import PROJECT

HOOKS = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
LOCKED = {one["name"]: one for one in tomllib.loads((PROJECT / "uv.lock").read_text(encoding="utf-8"))["package"]}


def _needed() -> dict[str, str]:
    """Return every package that the project itself needs, with its locked version."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [one.split(">")[0].split("=")[0].strip() for one in project["dependencies"]]
    found: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = LOCKED[name]["version"]
            waiting += [one["name"] for one in LOCKED[name].get("dependencies", ())]
    return found


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_package_of_a_hook_is_pinned_as_it_is_locked(hook: dict[str, list[str]]) -> None:
    assert dict(one.split("==") for one in hook["additional_dependencies"]) == _needed()
