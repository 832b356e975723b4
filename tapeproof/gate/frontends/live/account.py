"""Asks AWS for what is there. It only reads, follows every page, and remembers what AWS would not answer."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from tapeproof.account.asking import Account as AskedAccount
from tapeproof.account.asking import Asker
from tapeproof.account.errors import RefusalError
from tapeproof.account.observation import belongs
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.model import Block, Resource, Span, Unknown, Value
from tapeproof.gate.engine.record import replace
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Account", "find_account"]

_ABSENT = re.compile(r"NotFound|NoSuch|DoesNotExist|NonExistent|NotConfigured")


class Account:
    """One account and region, as far as the caller may look into it.

    Attributes:
        region: The region asked.
        number: The account's number.
        unread: What AWS refused to say, and why.
        gaps: Stand for the resources that AWS refused to list, of which a rule would otherwise say that there are none.
    """

    def __init__(self, asked: AskedAccount, suffix: str = "") -> None:
        """Look at an account.

        Args:
            asked: Who is asked; what it has answered already, to whomever, is not asked again.
            suffix: Look only at what has a name with this ending.
        """
        self._asker = Asker(asked)
        self._suffix = suffix
        self.region = asked.region
        self.number = asked.account
        self.unread: list[Unknown] = []
        self.gaps: list[Resource] = []
        self.span = Span(f"aws:{asked.account}:{asked.region}")

    def covers(self, name: str) -> bool:
        """Return whether something of this name is to be looked at."""
        return belongs(name, self._suffix)

    def pages(
        self,
        service: str,
        operation: str,
        key: str,
        *,
        gap: tuple[str, ...] = (),
        of_listed: bool = False,
        **arguments: Any,  # noqa: ANN401 - JSON
    ) -> Iterator[Any]:
        """Yield what a call lists, over all its pages; a refusal is kept in ``unread``.

        Args:
            service: The service.
            operation: The call.
            key: Where its answer has the list.
            gap: Resource type and attributes of one that stands for all of them when AWS refuses, with nothing known.
            of_listed: Whether they belong to something that AWS listed, and that is gone by now where it is not found.
            arguments: Of the call.
        """
        try:
            yield from self._asker.pages(service, operation, key, **arguments)
        except RefusalError as error:
            if of_listed or not _ABSENT.search(error.code):
                self._gap(self._describe_refusal(service, operation, error), gap)

    def _gap(self, refused: Unknown, gap: tuple[str, ...]) -> None:
        self.unread.append(refused)
        if gap:
            type_, *names = gap
            made = self.resource(type_, "?", f"{type_}[?]", **dict.fromkeys(names, refused))
            self.gaps.append(replace(made, doubt=refused))

    def ask(self, service: str, operation: str, **arguments: Any) -> dict[str, Any] | Unknown:  # noqa: ANN401 - JSON
        """Return the answer to one call: empty when what was asked for does not exist, unknown when AWS refuses."""
        try:
            return self._asker.ask(service, operation, **arguments)
        except RefusalError as error:
            return {} if _ABSENT.search(error.code) else self._describe_refusal(service, operation, error)

    def describe(
        self,
        service: str,
        operation: str,
        **arguments: Any,  # noqa: ANN401 - JSON
    ) -> dict[str, Any] | Unknown | None:
        """Return what AWS says of something that it listed: None when it is gone by now, unknown when AWS refuses."""
        try:
            return self._asker.ask(service, operation, **arguments)
        except RefusalError as error:
            return None if _ABSENT.search(error.code) else self._describe_refusal(service, operation, error)

    def resource(self, type_: str, name: str, address: str, /, **attributes: Any) -> Resource:  # noqa: ANN401 - JSON
        """Return a resource; attributes may be plain data or values, and None counts as absent."""
        return Resource(
            type=type_,
            labels=(type_, name),
            address=address,
            name=name,
            span=self.span,
            attributes={
                key: value if isinstance(value, Value) else value_of(value, self.span)
                for key, value in attributes.items()
                if value is not None
            },
        )

    def part(self, answer: Mapping[str, Any] | Unknown, *path: str) -> Any:  # noqa: ANN401 - JSON
        """Return a part of an answer, None when it is absent, and the unknown itself when AWS refused."""
        here: Any = answer
        for key in path:
            if isinstance(here, Unknown):
                return here
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def provider(self) -> Block:
        """Return region and account as a provider block that is confined to them, for rules that ask whose is what."""
        confined = {"region": self.region, "allowed_account_ids": [self.number]}
        attributes = {name: value_of(plain, self.span) for name, plain in confined.items()}
        return Block(type="provider", labels=("aws",), attributes=attributes, span=self.span)

    def _describe_refusal(self, service: str, operation: str, error: RefusalError) -> Unknown:
        return Unknown(f"AWS refused {service} {operation}: {error.code}", span=self.span)


def find_account(region: str | None, session: Any = None) -> AskedAccount:  # noqa: ANN401 - boto3 is untyped
    """Return the account that the credentials at hand belong to.

    Args:
        region: The region; that of the environment or profile when None.
        session: A boto3 session; a new one when None.

    Raises:
        CannotJudgeError: boto3 is not installed, or there is no region or no usable credentials.
    """
    try:
        import boto3  # noqa: PLC0415 - only --live needs it, and it is slow to import
    except ImportError as error:
        raise CannotJudgeError("--live needs boto3; install it with: pip install 'tapeproof[aws]'") from error
    session = session or boto3.Session()
    # boto3 reads AWS_DEFAULT_REGION alone; AWS_REGION is what AWS's own runtimes and every other SDK set.
    named = region or os.environ.get("AWS_REGION") or session.region_name
    if not named:
        raise CannotJudgeError("--live needs a region: set --region, AWS_REGION or a profile's region")
    asked = AskedAccount(session, named, "", "", {}, simulated=False)
    try:
        asked.account = str(Asker(asked).ask("sts", "get_caller_identity")["Account"])
    except RefusalError as error:
        raise CannotJudgeError(f"AWS does not say who is asking: {error.why}; check the credentials") from error
    return asked
