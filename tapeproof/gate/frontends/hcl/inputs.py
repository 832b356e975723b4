"""Values of a root module's variables, in Terraform's own order of precedence.

Lowest first: the environment (``TF_VAR_name``), ``terraform.tfvars``, ``terraform.tfvars.json``, ``*.auto.tfvars`` and
``*.auto.tfvars.json`` in lexical order, then ``--var-file`` and ``--var`` in the order they are given.
Source: Terraform documentation, "Input Variables", "Variable Definition Precedence".
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import CannotJudgeError, SourceError
from tapeproof.gate.engine.evaluator.evaluation import constant_value
from tapeproof.gate.engine.evaluator.literals import body_literals
from tapeproof.gate.engine.evaluator.syntax import Name
from tapeproof.gate.engine.model import Known, Span, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.hcl.parser import parse_expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.configuration import Configuration
    from tapeproof.gate.engine.evaluator.syntax import Source
    from tapeproof.gate.engine.model import Literal

__all__ = ["RootInputs", "Variables", "root_inputs", "variable_files"]

_PREFIX = "TF_VAR_"
_SCALARS = {"string", "number", "bool", "any"}


class Variables(NamedTuple):
    """What the user gives on the command line: files, then single values."""

    files: tuple[Path, ...] = ()
    values: Mapping[str, str] = {}


class RootInputs(NamedTuple):
    """Values by variable, and the literal text of the files they came from."""

    values: dict[str, Value]
    literals: tuple[Literal, ...]


def root_inputs(root: Path, variables: Variables, main: Configuration, parsed: Callable[[Path], Source]) -> RootInputs:
    """Return what sets the variables of a root module.

    Args:
        root: Its folder.
        variables: What the user gives.
        main: What the root module declares.
        parsed: Parses a file.

    Raises:
        GateError: A file is missing or unreadable, or a value is no expression.
    """
    values: dict[str, Value] = dict(_from_environment(main))
    literals: list[Literal] = []
    for path in variable_files(root, variables.files):
        source = parsed(path)
        shown = str(path)
        for block in source.body.blocks:
            raise SourceError(shown, "a variable file takes assignments only, and this is a block", *block.at[:2])
        for attribute in source.body.attributes:
            values[attribute.name] = constant_value(attribute.expression, shown)
        literals.extend(body_literals(source.body, shown, "tfvars", shown))
    for name, text in variables.values.items():
        if name not in main.variables:
            raise CannotJudgeError(f"--var {name}: the root module {root} declares no such variable")
        values[name] = _from_text(name, text, main, "--var")
    return RootInputs(values, tuple(literals))


def variable_files(root: Path, given: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the variable files of a root module, the weakest first.

    Raises:
        CannotJudgeError: A given file is not there.
    """
    for name in ("terraform.tfvars", "terraform.tfvars.json"):
        if (root / name).is_file():
            yield root / name
    automatic = (".auto.tfvars", ".auto.tfvars.json")
    yield from sorted(
        path for path in root.iterdir() if path.name.endswith(automatic) and not path.name.startswith(".")
    )
    for path in given:
        if not path.is_file():
            raise CannotJudgeError(f"--var-file {path}: there is no such file")
        yield path


def _from_environment(main: Configuration) -> Iterator[tuple[str, Value]]:
    for key in sorted(os.environ):
        name = key.removeprefix(_PREFIX)
        if name != key and name in main.variables:
            yield name, _from_text(name, os.environ[key], main, key)


def _from_text(name: str, text: str, main: Configuration, origin: str) -> Value:
    """Return a value given as text: an expression where the type is no simple one, else the text itself."""
    declared = main.variables[name]
    type_ = declared.block.body.expression("type")
    # Terraform 0.11 wrote types in quotes.
    written = getattr(type_, "name" if isinstance(type_, Name) else "value", None)
    simple = type_ is None or written in _SCALARS
    place = Span(declared.file, *declared.block.at)
    if simple and not (type_ is None and text.lstrip().startswith(("[", "{"))):
        return Known(text, span=place)
    try:
        return constant_value(parse_expression(text, origin), origin).at(place)
    except SourceError as error:
        raise CannotJudgeError(f"{origin}: the value of {name!r} is no expression: {error.reason}") from error
