"""``python -m tools.bench.errors [FILE]``: what onex and its peers print about broken files.

Writes Markdown: a table of who names the place of each fault, and below it what each one printed.
A peer that is not installed is left out; those of npm are found on the search path.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import which

from tools.bench.broken import CASES, ID, SCHEMAS, Broken, finish
from tools.bench.process import BIN, ENVIRONMENT, TIMEOUT_S, onex, read, tool

ONEX = "onex validate"
PLACE = re.compile(
    r"(?:line |:)(?P<line>[0-9]+)(?:(?:, column |, col(?:umn)? |:)(?P<column>[0-9]+))?"
)
EXACT = "line and column"
MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one tool makes of one file: its verdict, and what it printed."""

    verdict: str
    said: str


def main() -> int:
    """Break, ask, write; 1 if onex misses the place of a fault."""
    with tempfile.TemporaryDirectory(prefix="onex-bench-") as place:
        sound = os.path.join(place, "sound")
        os.mkdir(sound)
        onex(sound, 1, "init", ".", "--owner", "data platform team")
        shutil.rmtree(os.path.join(sound, ".vscode"))
        read((os.path.join(BIN, "onex"), "scaffold", ID), sound)
        finish(sound)
        onex(sound, 1, "lock", ID)
        answers = {case: _ask(case, sound, os.path.join(place, "broken")) for case in CASES}
    text = "\n".join(_render(answers)) + "\n"
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="")
    return int(any(found[ONEX].verdict != EXACT for found in answers.values()))


def _ask(case: Broken, sound: str, root: str) -> dict[str, Answer]:
    """What each tool makes of the broken file."""
    shutil.copytree(sound, root)
    try:
        places = _places(
            os.path.join(root, case.file), *case.make(root, lambda: onex(root, 1, "lock", ID))
        )
        commands = {
            ONEX: (os.path.join(BIN, "onex"), "validate", "--preview"),
            **_peers(case, root),
        }
        return {name: _run(command, root, places) for name, command in commands.items()}
    finally:
        shutil.rmtree(root)


def _places(path: str, line: int, column: int) -> set[tuple[int, int]]:
    """The fault's place, and that of the line's first character: some tools point to the key."""
    with open(path, encoding="utf-8") as file:
        text = file.read().split("\n")[line - 1]
    return {(line, column), (line, len(text) - len(text.lstrip(" -")) + 1)}


def _peers(case: Broken, root: str) -> dict[str, tuple[str, ...]]:
    """The commands of the tools that hold a file to a schema, each with the options that serve it best."""
    name = SCHEMAS[case.file]
    schema = os.path.join(root, f"{name}.schema.json")
    with open(schema, "w", encoding="utf-8") as file:
        file.write(read((os.path.join(BIN, "onex"), "schema", name), root))
    # They tell the format of a file by the end of its name.
    copy = f"{name}.json" if case.file.endswith(".json") else f"{name}.yaml"
    shutil.copy(os.path.join(root, case.file), os.path.join(root, copy))
    options = {
        "check-jsonschema": ("--schemafile", schema, copy),
        "ajv-cli": (
            *("validate", "--spec=draft2020", "-c", "ajv-formats", "--all-errors"),
            *("--strict=false", "-s", schema, "-d", copy),
        ),
        "sourcemeta jsonschema": ("validate", schema, copy),
    }
    programs = {
        "check-jsonschema": tool("check-jsonschema"),
        "ajv-cli": which("ajv"),
        "sourcemeta jsonschema": which("jsonschema"),  # a Python package has one of that name, too
    }
    return {
        name: (program, *options[name]) for name, program in programs.items() if program is not None
    }


def _run(command: tuple[str, ...], root: str, places: set[tuple[int, int]]) -> Answer:
    done = subprocess.run(
        command,
        cwd=root,
        env={**ENVIRONMENT, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    said = done.stdout.replace(f"{root}/", "").replace(root, ".")
    return Answer(verdict=_verdict(done.returncode, said, places), said=said.strip())


def _verdict(status: int, said: str, places: set[tuple[int, int]]) -> str:
    """How near the tool came to the place of the fault."""
    if not status:
        return "passed"
    found = {(int(m["line"]), int(m["column"] or 0)) for m in PLACE.finditer(said)}
    if places & found:
        return EXACT
    lines = {line for line, _ in places}
    return "line" if any(line in lines for line, _ in found) else "refused"


def _render(answers: dict[Broken, dict[str, Answer]]) -> Iterator[str]:
    tools = list(answers[CASES[0]])
    yield "# Twenty broken files"
    yield ""
    yield "What each tool says of the place of the fault. The peers hold a file to the schema of its kind."
    yield ""
    yield f"| what is wrong | {' | '.join(tools)} |"
    yield "|---" * (1 + len(tools)) + "|"
    for case, found in answers.items():
        yield f"| {case.name} | {' | '.join(found[name].verdict for name in tools)} |"
    counts = [sum(found[name].verdict == EXACT for found in answers.values()) for name in tools]
    yield f"| **line and column** | {' | '.join(f'{n} of {len(CASES)}' for n in counts)} |"
    for case, found in answers.items():
        yield f"\n## {case.name}: {case.file}"
        for name in tools:
            lines = found[name].said.splitlines() or ["(nothing)"]
            cut = [f"... {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
            yield f"\n{name}:\n"
            yield "\n".join(f"    {line}".rstrip() for line in [*lines[:MOST_LINES], *cut])


if __name__ == "__main__":
    sys.exit(main())
