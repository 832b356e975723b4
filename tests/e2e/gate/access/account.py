"""The embedded AWS as a role sees it: calls with the role's own credentials."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.e2e.gate.access.direct_calls import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.lifecycle import LocalStack
    from tests.e2e.gate.access.direct_calls import Call

__all__ = ["ACCOUNT", "NOBODY", "REGION", "Account", "allow", "role_arn"]

ACCOUNT, REGION = "000000000000", "us-east-1"
NOBODY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/none"}, "Action": "sts:AssumeRole"}
    ],
}
"""A trust policy that admits nobody who is there; AWS takes none without a statement."""
_FOR_ADMINISTRATOR = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    ],
}


def role_arn(name: str) -> str:
    """Return the ARN of a role."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def allow(action: str, resource: str) -> dict[str, Any]:
    """Return a policy that allows something."""
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}


class Account:
    """The embedded AWS that the stack is applied to."""

    def __init__(self, stack: LocalStack) -> None:
        self.server = stack.require_running()
        self._administrator = boto3.Session(self.server.access_key, self.server.secret_key, region_name=REGION)
        self._sessions: dict[str, boto3.Session] = {}
        self._clients: dict[tuple[str, str, str], Any] = {}

    def client(self, service: str, role: str = "", region: str = REGION) -> Any:  # noqa: ANN401 - boto3 is untyped here
        """Return a client of one service, with a role's credentials or the administrator's."""
        asked = (service, role, region)
        if asked not in self._clients:
            session = self._session_of(role) if role else self._administrator
            self._clients[asked] = session.client(
                service,
                region_name=region,
                endpoint_url=self.server.endpoint,
                verify=self.server.certificate,
                config=Config(retries={"total_max_attempts": 1}, parameter_validation=False, proxies={}),
            )
        return self._clients[asked]

    def _session_of(self, role: str) -> boto3.Session:
        """Take a role, whose trust is opened for as long as that takes: the scheduler's admits nobody else."""
        if role not in self._sessions:
            with self.trusting(role, _FOR_ADMINISTRATOR):
                taken = self.client("sts").assume_role(RoleArn=role_arn(role), RoleSessionName="grants")["Credentials"]
            keys = (taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"])
            self._sessions[role] = boto3.Session(*keys, region_name=REGION)
        return self._sessions[role]

    @contextlib.contextmanager
    def trusting(self, role: str, trust: dict[str, Any]) -> Iterator[None]:
        """Give a role another trust policy for a while."""
        iam = self.client("iam")
        before = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
        iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(trust))
        try:
            yield
        finally:
            iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(before))

    @contextlib.contextmanager
    def holding(self, role: str, name: str, policy: dict[str, Any]) -> Iterator[None]:
        """Give a role another policy of a name for a while."""
        iam = self.client("iam")
        before = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(policy))
        try:
            yield
        finally:
            iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(before))

    def lets_in(self, role: str, call: Call) -> bool:
        """Make a call as a role; return whether it may make it, whatever else comes of it."""
        try:
            getattr(self.client(call.service, role), xform_name(call.operation))(**call.parameters)
        except ClientError as error:
            return error.response["Error"]["Code"] not in REFUSALS
        return True

    def may_be_taken(self, role: str) -> bool:
        """Take a role as a service does; ministack lets its own account in wherever a service is let in."""
        try:
            self.client("sts").assume_role(RoleArn=role_arn(role), RoleSessionName="service")
        except ClientError as error:
            if error.response["Error"]["Code"] not in REFUSALS:
                raise
            return False
        return True

    def roles(self) -> list[str]:
        """Return the names of the stack's roles, without that of whoever deploys it."""
        names = [role["RoleName"] for role in self.client("iam").list_roles()["Roles"]]
        return [name for name in names if name.endswith("-local")]

    def role_policies(self, role: str) -> dict[str, dict[str, Any]]:
        """Return a role's policies by name."""
        iam = self.client("iam")
        assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
        names = iam.list_role_policies(RoleName=role)["PolicyNames"]
        return {name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names}
