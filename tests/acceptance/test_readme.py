"""The README is true: its session is run line by line, and its bounds are kept."""

import subprocess
import sys
from pathlib import Path

from onex.cli.main import COMMANDS
from onex.core import document
from onex.core.node import node_problems

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def session() -> list[tuple[str, str]]:
    """The commands of the first session, each with what it prints."""
    block = README.split("```console\n")[1].split("```")[0]
    steps = [step.partition("\n") for step in block.split("$ ")[1:]]
    return [(command, output) for command, _, output in steps]


def test_the_session_prints_what_it_says(tmp_path):
    """Every line, in a shell, in an empty folder."""
    script = "".join(f"echo @@\n{command}\n" for command, _ in session())
    printed = subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=tmp_path,
        env={"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert printed.stderr == ""
    assert printed.stdout.split("@@\n")[1:] == [output for _, output in session()]


def test_the_anatomy_is_a_node():
    """What people copy from keeps the schema, with the command in place of the function too."""
    node_text, entry_text = (
        part.split("```")[0].replace('"…"', f'"{"0" * 64}"')
        for part in README.split("```yaml\n")[1:]
    )
    value = document.parse(node_text.encode(), "node.onex").value
    entry = document.parse(entry_text.encode(), "node.onex").value

    assert node_problems(value) == []
    assert node_problems({**value, **entry}) == []


def test_it_is_short_and_names_every_command():
    """At most 150 lines; a command that nobody is told of does not exist."""
    assert len(README.splitlines()) <= 150
    for commands in COMMANDS.values():
        for name in commands:
            assert f"`{name}`" in README
