"""Real shells complete the program's commands with the code that it prints."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tapeproof")
ASKING = {
    "bash": 'source <({command} completion bash); COMP_LINE="{line}"; COMP_POINT=${{#COMP_LINE}}; COMP_TYPE=9; '
    "COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _python_argcomplete tapeproof; "
    'printf "%s\\n" "${{COMPREPLY[@]}}"',
    "fish": "{command} completion fish | source; complete --do-complete '{line}'",
    # zsh completes on its line editor's line only, so that one runs on a terminal of zsh's own and says what it holds.
    "zsh": """zmodload zsh/zpty; zpty shell zsh -f -i
    zpty -w shell 'PROMPT=; autoload -U compinit; compinit -u -D; source <({command} completion zsh)'
    zpty -w shell 'show() {{ print -r -- "HOLDS:$BUFFER:"; exit }}; zle -N show; bindkey "^Xq" show'
    zpty -w -n shell $'{line}\\t\\x18q'
    while zpty -r shell part; do said+=$part; done
    held=${{${{said##*HOLDS:}}%%:*}}; print -r -- ${{${{(z)held}}[-1]}}""",
}


@pytest.mark.parametrize("shell", ASKING)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("tapeproof ga", {"gate"}),
        ("tapeproof gate ch", {"check"}),
        ("tapeproof gate check --form", {"--format"}),
        ("tapeproof gate check --format sa", {"sarif"}),
    ],
)
def test_a_shell_completes(shell: str, line: str, offered: set[str], tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = ASKING[shell].format(command=COMMAND, line=line)
    environment = {"PATH": f"{COMMAND.parent}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run([shell, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert {word.split()[0] for word in done.stdout.splitlines() if word} == offered, done.stderr


def test_a_shell_that_is_not_known_is_refused_with_those_that_are() -> None:
    done = subprocess.run([COMMAND, "completion", "tcsh"], capture_output=True, text=True, check=False)
    assert done.returncode == 64
    assert "there is bash, zsh, fish" in done.stderr
