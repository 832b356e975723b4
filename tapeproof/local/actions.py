"""What the subcommands of `tapeproof local` do; each returns an exit status."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from tapeproof.local.addressee import find_stack
from tapeproof.local.apartness import past_proxy
from tapeproof.local.terraform_screen import show_terraform
from tapeproof.local.workspace import open_private
from tapeproof.ops.interrupts import terminate_as_interrupt
from tapeproof.ops.screen import Screen
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

__all__ = ["apply", "demo", "destroy", "down", "exports", "plan", "up"]


def up(arguments: argparse.Namespace) -> int:
    """Start the embedded AWS."""
    screen, stack = Screen(), find_stack(arguments)
    with stack.workspace.hold_lock("up"), terminate_as_interrupt(), screen.show_work("starting the embedded AWS"):
        server, new = stack.up(arguments.port)
    screen.say(f"embedded AWS {'started' if new else 'already runs'}: {server.endpoint}, process {server.pid}")
    screen.say(f"log: {stack.workspace.server_log}")
    path = stack.workspace.shell_variables
    # Its key is a secret, which a terminal's history or a CI system's log is no place for.
    with os.fdopen(open_private(path, os.O_TRUNC), "w", encoding="utf-8") as out:
        out.write("".join(f"{line}\n" for line in exports(server.environment(), os.environ)))
    screen.say("to use it from a shell:")
    screen.say(f"  . {shlex.quote(str(path))}")
    return 0


def exports(variables: Mapping[str, str], environment: Mapping[str, str]) -> list[str]:
    """Return the lines that make a shell talk to the embedded AWS.

    Args:
        variables: What they set.
        environment: The shell's own: where it names a proxy, the lines lead past it.
    """
    if any(name.upper() in {"ALL_PROXY", "HTTPS_PROXY"} for name in environment):
        variables = {**variables, **past_proxy(environment)}
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def apply(arguments: argparse.Namespace) -> int:
    """Build the zip and apply the stack."""
    screen, stack = Screen(), find_stack(arguments)
    stack.require_running()
    with stack.workspace.hold_lock("apply"), terminate_as_interrupt():
        built = stack.build()
        screen.say(f"zip: {built.path}, {built.size_bytes:,} bytes, SHA-256 {built.sha256}")
        with show_terraform(screen, "applying") as step:
            outputs = stack.apply(step)
        written = stack.workspace.write_outputs()
    screen.say(f"applied: event bus {outputs.event_bus_name}, tables {outputs.market_table_name}, "
               f"{outputs.audit_table_name}")  # fmt: skip
    screen.say(f"its log is verified with: . {shlex.quote(str(stack.workspace.shell_variables))} && "
               f"tapeproof audit verify --outputs {shlex.quote(str(written))}")  # fmt: skip
    return 0


def destroy(arguments: argparse.Namespace) -> int:
    """Destroy the stack and prove that nothing is left."""
    screen, stack = Screen(), find_stack(arguments)
    with stack.workspace.hold_lock("destroy"), terminate_as_interrupt():
        with show_terraform(screen, "destroying") as step:
            stack.destroy(step)
        stack.prove_nothing_is_left()
    screen.say("destroyed; nothing is left in any service")
    return 0


def down(arguments: argparse.Namespace) -> int:
    """Stop the embedded AWS."""
    screen, stack = Screen(), find_stack(arguments)
    with stack.workspace.hold_lock("down"):
        ran = stack.down()
    screen.say("stopped" if ran else "nothing ran")
    return 0


def plan(arguments: argparse.Namespace) -> int:
    """Plan the stack without an account."""
    from tapeproof.local.planning import plan_stack  # noqa: PLC0415 - only this command plans

    screen = Screen()
    with terminate_as_interrupt():
        resources = plan_stack(arguments.out, variables=arguments.var_file, say=screen.say)
    screen.say(f"planned {count_of(resources, 'resource')}: {arguments.out}")
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Do all of it once."""
    from tapeproof.local.demo import run_demo  # noqa: PLC0415 - the longest of them, loaded by itself

    stack = find_stack(arguments)
    with stack.workspace.hold_lock("demo"):
        return run_demo(stack, Screen(), messages=arguments.messages, seed=arguments.seed, keep=arguments.keep)
