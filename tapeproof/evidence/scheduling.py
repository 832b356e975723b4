"""A schedule that collects evidence by itself, as a file for the project's own CI.

The cadence stands in the file, the file in the repository, and each bundle records the cadence that it was made under:
a period is shown to have operated only against what was stated before it began.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from tapeproof.evidence.errors import EvidenceError

__all__ = ["CADENCES", "SYSTEMS", "Schedule", "write_schedule"]

CADENCES: Final = {1: "* * *", 7: "* * 1", 30: "1 * *"}
"""Days between runs, and the last three fields of the cron line: every day, every Monday, the first of each month."""
TIME: Final = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
STORE: Final = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*'()-]+)*/?")
ROLE: Final = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+")
WORD: Final = re.compile("[A-Za-z0-9_./:-]+")
DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When evidence is collected, of what, as whom, and where it goes.

    Attributes:
        cadence_days: One of `CADENCES`.
        at: UTC time of day, ``HH:MM``.
        period_from: First day of the period.
        suffix: Environment suffix.
        region: Region of the stack.
        role: ARN of the role that reads the account and writes the store.
        store: S3 address that keeps the bundles; the chain goes on from the newest there.
        kms_key: Asymmetric key that signs.
    """

    cadence_days: int
    at: str
    period_from: str
    suffix: str
    region: str
    role: str
    store: str
    kms_key: str

    def check(self) -> None:
        """Refuse what would not run, or would run as something else in a shell.

        Raises:
            EvidenceError: A value is of another form.
        """
        forms = {"at": TIME, "period_from": DAY, "suffix": WORD, "region": WORD, "role": ROLE, "store": STORE}
        for name, form in {**forms, "kms_key": WORD}.items():
            value = getattr(self, name)
            if not form.fullmatch(value):
                raise EvidenceError(f"--{name.replace('_', '-')} cannot be {value!r}", fix="see --help for its form")
        if self.cadence_days not in CADENCES:
            why = f"a cron line can state {', '.join(map(str, CADENCES))} days"
            raise EvidenceError(f"no schedule every {self.cadence_days} days", why=why)

    @property
    def cron(self) -> str:
        """The five fields of crontab(5)."""
        hour, minute = self.at.split(":")
        return f"{int(minute)} {int(hour)} {CADENCES[self.cadence_days]}"

    @property
    def steps(self) -> list[str]:
        """The shell commands of one run."""
        store = self.store.rstrip("/")
        report = (
            f"tapeproof evidence report --live --suffix {self.suffix} --region {self.region} --previous latest "
            f"--cadence-days {self.cadence_days} --period-from {self.period_from} --kms-key {self.kms_key} --no-pdf"
        )
        bundles = "--exclude '*' --include '*.zip'"
        return [
            "python -m pip install 'tapeproof[evidence]' awscli",
            f"aws s3 sync {store} build/evidence {bundles}",
            report,
            f"aws s3 sync build/evidence {store} {bundles}",
        ]


def _github(schedule: Schedule) -> object:
    sign_in = {
        "uses": "aws-actions/configure-aws-credentials@v4",
        "with": {"role-to-assume": schedule.role, "aws-region": schedule.region},
    }
    job = {
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 30,
        "steps": [
            {"uses": "actions/checkout@v4", "with": {"persist-credentials": False}},
            {"uses": "actions/setup-python@v5", "with": {"python-version": "3.11"}},
            sign_in,
            *({"run": step} for step in schedule.steps),
        ],
    }
    return {
        "name": "evidence",
        "on": {"schedule": [{"cron": schedule.cron}], "workflow_dispatch": None},
        "permissions": {"contents": "read", "id-token": "write"},
        "concurrency": {"group": "evidence", "cancel-in-progress": False},
        "jobs": {"evidence": job},
    }


def _gitlab(schedule: Schedule) -> object:
    return {
        "evidence": {
            "image": "python:3.11",
            "rules": [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}],
            "resource_group": "evidence",
            "timeout": "30 minutes",
            "id_tokens": {"AWS_TOKEN": {"aud": "sts.amazonaws.com"}},
            "variables": {
                "AWS_REGION": schedule.region,
                "AWS_ROLE_ARN": schedule.role,
                "AWS_WEB_IDENTITY_TOKEN_FILE": "/tmp/aws-token",  # noqa: S108 - of the job's own container
            },
            "script": ['printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"', *schedule.steps],
        }
    }


SYSTEMS: Final = {"github": _github, "gitlab": _gitlab}


def write_schedule(system: str, schedule: Schedule) -> str:
    """Return the file for a CI system, its cadence in a comment on top.

    Args:
        system: One of `SYSTEMS`.
        schedule: When, what and where.

    Raises:
        EvidenceError: A value of the schedule cannot be used.
    """
    schedule.check()
    head = f"# Evidence every {schedule.cadence_days} days from {schedule.period_from}, at {schedule.at} UTC.\n"
    if system == "gitlab":
        head += f'# GitLab keeps schedules outside this file: create one with the cron line "{schedule.cron}" (UTC).\n'
    return head + yaml.safe_dump(SYSTEMS[system](schedule), sort_keys=False, width=250)
