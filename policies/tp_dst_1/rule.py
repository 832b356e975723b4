"""Nothing stops ``terraform destroy`` by its lifecycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each()
def judge(resource: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when ``prevent_destroy`` is true, whatever expression makes it so."""

    def of_lifecycle(lifecycle: Block) -> Iterator[Finding]:
        prevented = lifecycle["prevent_destroy"]
        if not prevented.is_unset and prevented.boolean():
            yield resource.fails(
                prevented,
                "prevent_destroy makes terraform destroy fail for the whole stack",
                fix="remove prevent_destroy",
                expected="absent or false",
            )

    yield from judge_all(resource.blocks("lifecycle"), of_lifecycle)
