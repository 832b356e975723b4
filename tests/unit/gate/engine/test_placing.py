"""Parameters that hold for some paths only, through everything that judges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tapeproof import cli
from tapeproof.gate.engine.errors import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "{0}" {{\n  name              = "{0}"\n  retention_in_days = {1}\n}}\n'


class Estate:
    """Some root modules, their settings, and what the gate says of them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.folder / f"{name.replace('__', '/')}.tf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def set(self, *overrides: tuple[dict[str, Any], list[str]], policy: str = "TP_LOG_1", **others: object) -> None:
        listed = [{"policy": policy, "parameters": one, "paths": paths, "reason": "why"} for one, paths in overrides]
        (self.folder / ".tapeproof.yaml").write_text(yaml.safe_dump({"overrides": listed, **others}), encoding="utf-8")

    def ask(self, *arguments: str, policy: str = "TP_LOG_1") -> dict[str, Any]:
        self._capsys.readouterr()
        cli.main(["gate", "check", *arguments, "--policy", policy, "--format", "json"])
        said = self._capsys.readouterr()
        assert said.out, said.err
        return dict(json.loads(said.out))

    def failed(self, *arguments: str, policy: str = "TP_LOG_1") -> set[str]:
        results = self.ask(*arguments, policy=policy)["results"]
        return {f"{one['root']} {one['resource']}" for one in results if one["verdict"] in {"fail", "unknown"}}


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Estate:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".cache"))
    made = Estate(tmp_path, capsys)
    made.write(live__main=GROUP.format("a", 14), legacy__main=GROUP.format("b", 14))
    return made


LIVE, LEGACY = "live aws_cloudwatch_log_group.a", "legacy aws_cloudwatch_log_group.b"
SEVEN, LONG = {"minimum_days": 7}, {"minimum_days": 400}


@pytest.mark.parametrize(
    ("overrides", "failing"),
    [
        ([], {LIVE, LEGACY}),
        ([(SEVEN, ["legacy"])], {LIVE}),
        ([(SEVEN, ["legacy/main.tf"])], {LIVE}),
        ([(SEVEN, ["legacy/*"])], {LIVE}),
        ([(SEVEN, ["legacy", "live"])], set()),
        ([(SEVEN, ["*"]), (LONG, ["live"])], {LIVE}),
        ([(LONG, ["live"]), (SEVEN, ["*"])], set()),
        ([({"accepted_days": [14, 30]}, ["legacy"])], {LIVE, LEGACY}),
    ],
)
def test_a_path_has_its_own_parameters_and_the_last_that_covers_it_counts(
    estate: Estate, overrides: list[tuple[dict[str, Any], list[str]]], failing: set[str]
) -> None:
    estate.set(*overrides)
    assert estate.failed() == failing


def test_parameters_of_a_path_go_over_those_of_the_project(estate: Estate) -> None:
    estate.set(({"accepted_days": [14]}, ["legacy"]), parameters={"TP_LOG_1": SEVEN})
    assert estate.failed() == set()
    estate.set(({"accepted_days": [30]}, ["legacy"]), parameters={"TP_LOG_1": SEVEN})
    assert estate.failed() == {LEGACY}


def test_a_stricter_path_fails_where_the_others_pass(estate: Estate) -> None:
    estate.write(live__main=GROUP.format("a", 90), legacy__main=GROUP.format("b", 90))
    estate.set((LONG, ["live"]))
    assert estate.failed() == {LIVE}


def test_each_resource_counts_once_and_by_the_file_that_declares_it(estate: Estate) -> None:
    estate.write(live__batch=GROUP.format("c", 14) + GROUP.format("d", 3))
    estate.set((SEVEN, ["live/batch.tf"]))
    results = [one for one in estate.ask("live")["results"] if one["policy"] == "TP_LOG_1"]
    assert sorted((one["resource"][-1], one["verdict"]) for one in results) == [
        ("a", "fail"),
        ("c", "pass"),
        ("d", "fail"),
    ]
    assert "7" in next(one["message"] + one["expected"] for one in results if one["resource"][-1] == "d")


def test_a_module_has_its_parameters_in_every_root_that_calls_it(estate: Estate) -> None:
    each = 'module "m" {\n  source   = "../shared/logs"\n  for_each = toset(["x", "y"])\n}\n'
    estate.write(live__main=each, legacy__main=each, shared__logs__main=GROUP.format("a", 14))
    assert len(estate.failed()) == 4
    estate.set((SEVEN, ["shared/logs"]))
    assert estate.failed() == set()


def test_what_is_no_resource_has_the_parameters_of_its_file_or_else_of_the_root(estate: Estate) -> None:
    provider = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
    estate.write(live__providers=provider, legacy__providers=provider)
    regions = {"allowed_regions": ["eu-west-1"]}
    estate.set((regions, ["live/providers.tf"]), policy="TP_REG_1")
    assert estate.failed(policy="TP_REG_1") == {"legacy provider.aws"}
    queue = 'resource "aws_sqs_queue" "q" {\n  name = "q-111122223333"\n}\n'
    estate.write(live__main=queue, legacy__main=queue)
    estate.set(({"ignored_attributes": ["name"]}, ["legacy"]), policy="TP_VAL_1")
    assert {one for one in estate.failed(policy="TP_VAL_1") if "queue" in one} == {"live aws_sqs_queue.q"}


def test_an_answer_is_not_given_again_under_other_parameters(estate: Estate) -> None:
    for overrides, failing in (
        ((SEVEN, ["legacy"]), {LIVE}),
        ((LONG, ["legacy"]), {LIVE, LEGACY}),
        (None, {LIVE, LEGACY}),
    ):
        estate.set(*([overrides] if overrides else []))
        for _ in range(2):
            assert estate.failed() == failing
    estate.set((SEVEN, ["live"]))
    assert estate.failed() == {LEGACY}


def test_every_answer_tells_what_was_judged_otherwise_and_why(
    estate: Estate, capsys: pytest.CaptureFixture[str]
) -> None:
    estate.set((SEVEN, ["legacy"]), parameters={"TP_LOG_1": {"minimum_days": 60}})
    assert estate.ask()["overrides"] == [
        {"policy": "TP_LOG_1", "paths": ["legacy"], "reason": "why", "parameters": SEVEN, "usual": {"minimum_days": 60}}
    ]
    cli.main(["gate", "check"])
    assert "judged otherwise: TP_LOG_1 in legacy by minimum_days 7 instead of 60 (why)\n" in capsys.readouterr().out
    assert estate.ask(policy="TP_LOG_3")["overrides"] == []
    cli.main(["gate", "explain", "TP_LOG_1"])
    told = capsys.readouterr().out
    assert "Set in .tapeproof.yaml:\n  minimum_days = 60\n  minimum_days = 7 in legacy: why\n" in told


@pytest.mark.parametrize(
    ("override", "told"),
    [
        (("TP_LOG_11", SEVEN, "legacy"), "did you mean TP_LOG_1?"),
        (("TP_LOG_1", {"minimum_dayz": 7}, "legacy"), "no parameter 'minimum_dayz'; did you mean minimum_days?"),
        (("TP_LOG_1", {"minimum_days": "7"}, "legacy"), "must be like 30, not '7'"),
        (("TP_LOG_1", SEVEN, "legcy"), "did you mean legacy?"),
        (("TP_LOG_3", SEVEN, "legacy"), "TP_LOG_3 has no parameter 'minimum_days'; it has none"),
    ],
)
def test_what_the_overrides_cannot_mean_is_refused(
    estate: Estate, override: tuple[str, dict[str, Any], str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    policy, parameters, path = override
    estate.set((parameters, [path]), policy=policy)
    assert cli.main(["gate", "check", "live"]) == CannotJudgeError.exit_status
    said = capsys.readouterr().err
    assert told in said
    assert ".tapeproof.yaml" in said


def plan_of(address: str, days: int) -> str:
    kind, name = address.rsplit(".", 2)[-2:]
    own = {"mode": "managed", "type": kind, "name": name}
    written = {"name": {"constant_value": name}, "retention_in_days": {"constant_value": days}}
    return json.dumps(
        {
            "format_version": "1.2",
            "planned_values": {
                "root_module": {
                    "resources": [own | {"address": address, "values": {"name": name, "retention_in_days": days}}]
                }
            },
            "configuration": {"root_module": {"resources": [own | {"address": address, "expressions": written}]}},
        }
    )


@pytest.mark.parametrize(
    ("path", "arguments", "failing"),
    [
        ("legacy", ["legacy", "--plan", "plan.json"], set()),
        ("legacy/main.tf", ["legacy", "--plan", "plan.json"], set()),
        ("plan.json", ["--plan", "plan.json"], set()),
        ("live", ["legacy", "--plan", "plan.json"], {"plan.json", "legacy"}),
        ("legacy", ["--plan", "plan.json"], {"plan.json"}),
    ],
)
@pytest.mark.parametrize("key", ["overrides", "off"])
def test_a_plan_has_the_parameters_of_the_one_root_beside_it(
    estate: Estate, key: str, path: str, arguments: list[str], failing: set[str]
) -> None:
    (estate.folder / "plan.json").write_text(plan_of("aws_cloudwatch_log_group.b", 14))
    if key == "off":
        estate.set(off=[{"policy": "TP_LOG_1", "paths": [path], "reason": "why"}])
    else:
        estate.set((SEVEN, [path]))
    assert {one.split()[0] for one in estate.failed(*arguments)} == failing
