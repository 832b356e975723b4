"""An AWS account to ask, or what looks like one; every question and its answer's identity are recorded."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tapeproof.account.answers import Answers
from tapeproof.account.errors import AccountError
from tapeproof.account.observation import belongs, is_of_aws
from tapeproof.account.origin import EMULATED_ACCOUNTS, is_emulated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.account.answers import Answer

__all__ = ["Account", "Asker", "open_account"]


@dataclass(slots=True)
class Account:
    """Where live evidence comes from.

    Attributes:
        session: A boto3 session.
        region: The region that is asked.
        endpoint: An endpoint other than AWS's own; empty for AWS.
        account: Account id.
        identity: Who asks, as AWS says.
        simulated: Whether it is an emulator.
        answers: What it answered in this run, to whoever asked.
    """

    session: Any
    region: str
    endpoint: str
    account: str
    identity: dict[str, str]
    simulated: bool
    answers: Answers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Begin with no answers."""
        self.answers = Answers(self.client, lambda: self.identity.get("who", "the caller"))

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        """Return a client of one service."""
        from botocore.config import Config  # noqa: PLC0415 - boto3 is only needed for live evidence

        config = Config(retries=_choose_retries(), connect_timeout=5, read_timeout=30)
        return self.session.client(service, region_name=self.region, endpoint_url=self.endpoint or None, config=config)

    def secrets(self) -> list[str]:
        """Return the credentials in use, so that they can be kept out of evidence."""
        credentials = self.session.get_credentials()
        frozen = credentials.get_frozen_credentials() if credentials else None
        return [one for one in (frozen.access_key, frozen.secret_key, frozen.token) if one] if frozen else []


def _choose_retries() -> Any:  # noqa: ANN401 - botocore's own type is not at hand at run time
    """Return how often a call is made again: as the user's environment says (AWS SDKs Reference, Retry behavior)."""
    return {"mode": "standard"} | ({} if "AWS_MAX_ATTEMPTS" in os.environ else {"max_attempts": 5})


def open_account(*, region: str, profile: str = "", endpoint: str = "") -> Account:
    """Return the account that the credentials at hand belong to.

    Args:
        region: The region to ask.
        profile: Named profile; empty for the default chain.
        endpoint: Endpoint of an emulator; ``AWS_ENDPOINT_URL`` when empty.

    Raises:
        AccountError: boto3 is not installed, there are no credentials, or nobody answers.
    """
    try:
        import boto3  # noqa: PLC0415 - boto3 is only needed for live evidence
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is only needed here
    except ImportError as error:
        raise AccountError("live evidence needs boto3", fix="pip install 'tapeproof[aws]'") from error
    endpoint = endpoint or os.environ.get("AWS_ENDPOINT_URL", "")
    try:
        session = boto3.Session(profile_name=profile or None, region_name=region)
        account = Account(session, region, endpoint, "", {}, is_emulated(endpoint))
        client = account.client("sts")
        answer = client.get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        fix = "sign in, or name a --profile or an --endpoint-url"
        raise AccountError("no AWS account could be reached", why=str(error), fix=fix) from error
    except ValueError as error:  # botocore's, and urllib's, of an address that is none
        fix = "write it with its scheme, such as http://localhost:4566"
        raise AccountError(f"{endpoint!r} is no endpoint", why=str(error), fix=fix) from error
    account.account = str(answer["Account"])
    account.simulated = (
        account.simulated or account.account in EMULATED_ACCOUNTS or is_emulated(str(client.meta.endpoint_url))
    )
    account.identity = {"who": str(answer["Arn"]), "how": "sts:GetCallerIdentity"}
    return account


@dataclass(slots=True)
class Asker:
    """Asks one account and notes what identifies each answer, for one piece of evidence.

    Attributes:
        account: Who is asked; it keeps every answer, and is not asked the same twice.
        calls: What answered so far, since `take_calls`.
        outside: Kind and name of what was listed and is not of the environment, in the order of listing.
    """

    account: Account
    calls: list[dict[str, Any]] = field(default_factory=list)
    outside: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - AWS's parameters
        """Return the answer to one call.

        Raises:
            RefusalError: It was refused, or failed.
        """
        answer = self.ask_if_any(service, operation, (), **parameters)
        return {} if answer is None else answer

    def ask_if_any(
        self,
        service: str,
        operation: str,
        absent: tuple[str, ...],
        **parameters: Any,  # noqa: ANN401 - AWS's parameters
    ) -> dict[str, Any] | None:
        """Return the answer to one call, or None when AWS says by one of the codes that there is none."""
        answer = self._take(service, operation, parameters)
        if answer.refusal is None:
            return answer.pages[0]
        if answer.refusal.code in absent:
            return None
        raise answer.refusal

    def pages(self, service: str, operation: str, key: str, **parameters: Any) -> Iterator[Any]:  # noqa: ANN401
        """Yield the elements of a listing, page after page.

        Raises:
            RefusalError: A page was refused; the elements of those before it have been given.
        """
        answer = self._take(service, operation, parameters)
        for page in answer.pages:
            yield from page.get(key, ())
        if answer.refusal is not None:
            raise answer.refusal

    def _take(self, service: str, operation: str, parameters: dict[str, Any]) -> Answer:
        answer = self.account.answers.answer(service, operation, parameters)
        self.calls += answer.calls
        return answer

    def is_chosen(self, kind: str, name: str, suffix: str) -> bool:
        """Return whether what was listed is of the environment; what is not, and is not AWS's own, is remembered."""
        if belongs(name, suffix):
            return True
        if not is_of_aws(kind, name):
            self.outside.append((kind, name))
        return False

    def key(self, key_id: str | None) -> dict[str, Any] | None:
        """Return what KMS says of a key."""
        if not key_id:
            return None
        answer = self.ask_if_any("kms", "describe_key", ("NotFoundException",), KeyId=key_id)
        return (answer or {}).get("KeyMetadata")

    def take_calls(self) -> list[dict[str, Any]]:
        """Return the calls so far and begin anew."""
        calls, self.calls = self.calls, []
        return calls
