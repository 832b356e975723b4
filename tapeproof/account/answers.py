"""What an account answered: each question of a run is asked once, and its answer kept as AWS gave it.

Whoever asks again, for another judge, gets the same answer, so that no two judges of one run see different accounts.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tapeproof.account.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Answer", "Answers"]

DENIED: Final = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"}
_READS: Final = re.compile(r"(?:Get|List|Describe|Head|BatchGet)")


@dataclass(slots=True)
class Answer:
    """What AWS answered to one question, on however many pages.

    Attributes:
        calls: What identifies the answer to each call.
        pages: The answers, as AWS gave them.
        refusal: Why there is no further page, when AWS refused one.
    """

    calls: list[dict[str, Any]] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    refusal: RefusalError | None = None


class Answers:
    """The answers of one account in one run.

    Args:
        connect: Returns a client of a service.
        who: Whom a refused permission is to be granted to.
    """

    def __init__(self, connect: Callable[[str], Any], who: Callable[[], str] = lambda: "the caller") -> None:
        self._connect, self._who = connect, who
        self._clients: dict[str, Any] = {}
        self._kept: dict[tuple[str, str, str], Answer] = {}
        self._body = ""

    def answer(self, service: str, operation: str, parameters: dict[str, Any]) -> Answer:
        """Return the answer to a question, which is asked if it was not yet; all its pages are read.

        The pages are the reader's own: changing them changes no other's.
        """
        name = (service, operation, json.dumps(parameters, sort_keys=True, default=str))
        if name not in self._kept:
            self._kept[name] = self._ask(service, operation, parameters)
        kept = self._kept[name]
        return Answer([*kept.calls], copy.deepcopy(kept.pages), kept.refusal)

    def _ask(self, service: str, operation: str, parameters: dict[str, Any]) -> Answer:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is only needed here

        answer = Answer()
        try:
            for page in self._pages(service, operation, parameters):
                self._record(answer, service, operation, parameters, page)
                answer.pages.append(page)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            self._record(answer, service, operation, parameters, dict(error.response))
            fix = f"grant it to {self._who()}" if code in DENIED else ""
            message = f"AWS did not answer {service} {operation}"
            answer.refusal = RefusalError(message, code=code or str(error), why=str(error), fix=fix)
        except BotoCoreError as error:
            answer.refusal = RefusalError(f"{service} {operation} failed", code=str(error), why=str(error))
        return answer

    def _pages(self, service: str, operation: str, parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
        client = self._client(service)
        if client.can_paginate(operation):
            yield from client.get_paginator(operation).paginate(**parameters)
            return
        following: dict[str, Any] = {}  # some listings have pages without boto3 knowing
        while True:
            page = getattr(client, operation)(**parameters, **following)
            yield page
            if not page.get("NextToken"):
                return
            following = {"NextToken": page["NextToken"]}

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        if service not in self._clients:
            client = self._connect(service)
            client.meta.events.register("before-call", _only_reads)
            client.meta.events.register("before-parse", self._note_body)
            self._clients[service] = client
        return self._clients[service]

    def _note_body(self, response_dict: dict[str, Any], **_: object) -> None:
        body = response_dict.get("body", b"")
        self._body = hashlib.sha256(body).hexdigest() if isinstance(body, bytes) else ""

    def _record(
        self, answer: Answer, service: str, operation: str, parameters: dict[str, Any], page: dict[str, Any]
    ) -> None:
        metadata = page.pop("ResponseMetadata", {})
        answer.calls.append(
            {
                "service": service,
                "operation": operation,
                "parameters": parameters,
                "request_id": metadata.get("RequestId", ""),
                "status": metadata.get("HTTPStatusCode", 0),
                "date": metadata.get("HTTPHeaders", {}).get("date", ""),
                "endpoint": self._clients[service].meta.endpoint_url,
                "body_sha256": self._body,
            }
        )


def _only_reads(model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's own signature
    """Stop any call that could change something, before it leaves this machine."""
    if not _READS.match(model.name):
        raise AssertionError(f"an account that is judged is never asked to {model.name}")
