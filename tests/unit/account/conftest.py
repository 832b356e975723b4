"""An account whose answers are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.account.asking import Asker
from tapeproof.account.errors import AccountError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class ScriptedAsker:
    """Answers as the script says, by service, operation and the values of the parameters.

    A listing or an answer that is not in the script is empty; an answer that is a string is the code of a refusal.
    """

    def __init__(self, script: dict[tuple[str, ...], Any]) -> None:
        self.script = script
        self.outside: list[tuple[str, str]] = []

    def is_chosen(self, kind: str, name: str, suffix: str) -> bool:
        return Asker.is_chosen(self, kind, name, suffix)  # type: ignore[arg-type] - it needs no more than `outside`

    def _find(self, service: str, operation: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - as AWS answers
        values = tuple(str(value) for value in parameters.values())
        return self.script.get((service, operation, *values), self.script.get((service, operation)))

    def ask(self, service: str, operation: str, **parameters: Any) -> Any:  # noqa: ANN401 - as AWS answers
        return self.ask_if_any(service, operation, (), **parameters) or {}

    def ask_if_any(self, service: str, operation: str, absent: tuple[str, ...], **parameters: Any) -> Any:  # noqa: ANN401
        answer = self._find(service, operation, parameters)
        if isinstance(answer, str):
            if answer not in absent:
                raise AccountError(answer)
            return None
        return answer

    def pages(self, service: str, operation: str, key: str, **parameters: Any) -> Iterator[Any]:  # noqa: ANN401
        assert key
        yield from self._find(service, operation, parameters) or ()

    def key(self, key_id: str | None) -> dict[str, Any] | None:
        return {"KeyId": key_id} if key_id else None


@pytest.fixture
def asker() -> Callable[[dict[tuple[str, ...], Any]], Any]:
    """Return a function that makes an account of a script."""
    return ScriptedAsker
