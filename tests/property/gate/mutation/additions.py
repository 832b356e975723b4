"""Things that come into the stack, a file of ``additions`` each; its first line says what it is and who must notice.

``# added s3:* | heredoc | TP_IAM_1 | +7`` expects the finding seven lines below that line; JSON has it in another file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.property.gate.mutation.workshop import Mutant, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).resolve().parent / "additions"
_INTO = Path("stack/modules/processor")


def of_additions() -> Iterator[tuple[str, str, Mutant]]:
    """Yield the stack with each of the additions."""
    beside = {_INTO / path.name: path.read_text(encoding="utf-8") for path in _FOLDER.glob("mutated.*")}
    for path in sorted(_FOLDER.iterdir()):
        if not path.name.endswith((".tf", ".tf.json")):
            continue
        text = path.read_text(encoding="utf-8")
        json = path.name.endswith(".json")
        about = (path.with_name(f"{path.name}.about") if json else path).read_text(encoding="utf-8").splitlines()[0]
        name, shape, policy, *lines = about.removeprefix("# ").split(" | ")
        file = _INTO / ("mutated.tf.json" if json else "mutated.tf")
        expected = frozenset(Place(str(file), int(line) + (0 if json else 1)) for line in lines)
        yield name, shape, Mutant(f"{name} | {shape}", policy, {file: text, **beside}, expected)
