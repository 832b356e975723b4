"""Which AWS the commands talk to, and what the applied stack is called there."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.keys import KeyLayout
from tapeproof.ops.errors import NoStackError

if TYPE_CHECKING:
    import boto3


__all__ = ["REGION", "Addressee", "Endpoint", "StackOutputs", "Target", "aws_account", "read_outputs"]

REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class StackOutputs:
    """The outputs of the Terraform stack that these commands use, by Terraform's names."""

    event_bus_name: str
    market_table_name: str
    audit_table_name: str
    log_origin: str
    dlq_urls: dict[str, str]
    queue_urls: dict[str, str]
    function_names: dict[str, str]
    role_arns: dict[str, str]
    routes: dict[str, dict[str, Any]]
    key_layout: dict[str, int] = field(default_factory=dict)
    tile_bucket_name: str = field(default_factory=str)
    checkpoint_key_arn: str = field(default_factory=str)
    log_group_names: dict[str, str] = field(default_factory=dict)

    def delivery(self, detail_type: str) -> str:
        """Return how events of a detail type reach their function: `direct` or `buffered`."""
        for route in self.routes.values():
            if detail_type in route["detail_types"]:
                return str(route["delivery"])
        return "direct"

    @property
    def layout(self) -> KeyLayout:
        """How the market table's keys are spread; the defaults for a stack that was applied before it said so.

        Raises:
            NoStackError: The stack was applied by another version, which spreads them otherwise.
        """
        unknown = sorted(self.key_layout.keys() - {one.name for one in fields(KeyLayout)})
        if unknown:
            raise NoStackError(
                f"the output key_layout has {', '.join(unknown)}, which this version does not know",
                why="the outputs were written by another version of the stack",
                fix=f"apply the stack of this version, then {_APPLY}",
            )
        return KeyLayout(**self.key_layout)


class Endpoint(NamedTuple):
    """Where an AWS on this machine is reached.

    Attributes:
        url: Its address.
        certificate: The path of the certificate to trust.
    """

    url: str
    certificate: str


class Target:
    """An AWS to talk to: the embedded one, or an account through a profile.

    Args:
        session: Where credentials and region come from.
        endpoint: The embedded AWS to reach; when absent, the SDK's own choice, which `AWS_ENDPOINT_URL` rules.
        name: What to call it in messages.
    """

    def __init__(self, session: boto3.Session, *, endpoint: Endpoint | None = None, name: str) -> None:
        self._session = session
        self._endpoint = endpoint
        self.name = name

    @property
    def is_embedded(self) -> bool:
        """Whether it is the embedded AWS of a workspace."""
        return self._endpoint is not None

    def client(self, service: str) -> Any:  # noqa: ANN401 - the stubs type it where it is used
        """Return a client of one service; the embedded AWS is reached without a proxy."""
        from botocore.config import Config  # noqa: PLC0415 - the SDK takes a quarter of a second to load

        config = Config(
            retries={"mode": "standard", "max_attempts": 5},
            connect_timeout=5,
            read_timeout=60,
            max_pool_connections=16,
        )
        create: Any = self._session.client
        if self._endpoint is None:
            try:
                return create(service, config=config)
            except ValueError as error:
                fix = "write AWS_ENDPOINT_URL with its scheme, such as http://localhost:4566"
                raise NoStackError(f"{self.name} cannot be reached", why=str(error), fix=fix) from error
        return create(
            service,
            endpoint_url=self._endpoint.url,
            verify=self._endpoint.certificate,
            config=config.merge(Config(proxies={})),
        )


class Addressee(NamedTuple):
    """Whom a command speaks to.

    Attributes:
        target: The AWS.
        outputs: The stack on it.
        runs: The folder of the manifests of replays.
    """

    target: Target
    outputs: StackOutputs
    runs: Path


def aws_account(profile: str | None) -> Target:
    """Return the account that the SDK's own configuration leads to.

    Args:
        profile: A profile of the shared configuration; the SDK's default chain when absent.

    Raises:
        NoStackError: There is no such profile.
    """
    import boto3  # noqa: PLC0415 - the SDK takes a quarter of a second to load
    from botocore.exceptions import ProfileNotFound  # noqa: PLC0415

    try:
        session = boto3.Session(profile_name=profile, region_name=REGION)
    except ProfileNotFound as error:
        raise NoStackError(str(error), fix="name a profile of your AWS configuration with --profile") from error
    return Target(session, name=f"AWS account through profile {profile}" if profile else "AWS account")


def read_outputs(path: Path, text: str | None = None) -> StackOutputs:
    """Return the stack's outputs from what `terraform output -json` prints, or from a state file.

    Args:
        path: The file, also for messages.
        text: Its content when it was read already.

    Raises:
        NoStackError: The file cannot be read, or is no output of this stack.
    """
    try:
        document = json.loads(text if text is not None else Path(path).read_text(encoding="utf-8"))
        outputs = document.get("outputs", document)
        named = fields(StackOutputs)
        optional = {one.name for one in named if one.default_factory is not MISSING}
        values = {
            one.name: outputs[one.name]["value"] for one in named if one.name in outputs or one.name not in optional
        }
    except OSError as error:
        raise NoStackError(f"{path}: cannot be read", why=error.strerror or str(error), fix=_APPLY) from error
    except (ValueError, AttributeError, TypeError) as error:
        raise NoStackError(f"{path}: holds no outputs of the stack", why=str(error), fix=_APPLY) from error
    except KeyError as error:
        raise NoStackError(
            f"{path}: has no output {error}", why="nothing is applied, or not whole", fix=_APPLY
        ) from None
    return StackOutputs(**values)


_APPLY = "run `tapeproof local apply`, or write `terraform output -json` to a file and name it with --outputs"
