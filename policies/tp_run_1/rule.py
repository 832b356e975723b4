"""Functions run on a runtime that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_lambda_function")
def judge(function: Resource, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when the runtime is another than those allowed, a warning when AWS has deprecated it."""
    allowed, deprecated = parameters["allowed_runtimes"], parameters["deprecated_runtimes"]
    runtime = function["runtime"]
    fix = f'runtime = "{allowed[0]}"'
    expected = " or ".join(allowed)
    if function.get("package_type", "Zip").text() == "Image":
        raise Undecided(function["package_type"], "a container image does not say which runtime is in it")
    if runtime.is_unset:
        yield function.fails(runtime, "has no runtime", fix=fix, expected=expected, observed="none")
    elif runtime.text() not in allowed:
        message = f"runtime {runtime.text()} is none of those allowed: {', '.join(allowed)}"
        yield function.fails(runtime, message, fix=fix, expected=expected)
    elif runtime.text() in deprecated:
        message = f"AWS deprecated {runtime.text()} on {deprecated[runtime.text()]}: it gets no security patches"
        yield function.warns(runtime, message, fix=fix)
