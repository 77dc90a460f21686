"""ONX606: a program of the node can be started."""

import os
from collections.abc import Iterator

from onex.core import document
from onex.core.text import printable
from onex.core.words import call
from onex.errors import DocumentError
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

MOST_START = 4096
"""How much of a file is looked at; systems read less of it."""

BINARIES = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"\xca\xfe\xba\xbe", b"MZ", b"\0asm")
"""How programs begin that need no interpreter to be named."""

BOM = b"\xef\xbb\xbf"


def check(subject: Subject) -> Iterator[Finding]:
    """What keeps a system from starting the file of the node that a command names."""
    if not subject.node:
        return
    entry = subject.node.value["entrypoint"]
    name = entry.get("target", "").removeprefix("./")
    if entry["type"] != "cli" or name not in subject.files:
        return
    path = os.path.join(subject.node.folder, name)
    try:
        with document.opened(path, 1 << 62, follow=False) as (descriptor, _):
            start = os.read(descriptor, MOST_START)
            is_executable = bool(os.fstat(descriptor).st_mode & 0o100)
    except DocumentError:
        return  # that it cannot be read is told by the rules about files
    if os.name == "posix" and not is_executable:
        yield RULE.finding(
            subject.node.document,
            f"{printable(name)} is a file of the node, but is not executable",
            pointer="/entrypoint/target",
            node_id=subject.node_id,
            help=f"run `{call('chmod', '+x', f'./{name}')}` in the node's folder, then `onex lock {subject.node_id}`",
        )
    if fault := start_fault(start):
        yield RULE.finding(path, fault[0], node_id=subject.node_id, help=fault[1])


def start_fault(start: bytes) -> tuple[str, str] | None:
    """What is wrong with how the file begins, and what to do."""
    if start.startswith(BINARIES):
        return None
    if start.startswith(BOM):
        return (
            "a byte order mark stands before the first line, so no system sees its '#!'",
            "save the file as UTF-8 without a byte order mark, then run `onex lock`",
        )
    if not start.startswith(b"#!"):
        what = "the file is empty" if not start else "the file does not begin with '#!'"
        return f"{what}, so no system knows what is to execute it", FIRST_LINE
    line = start.partition(b"\n")[0]
    if b"\r" in line:
        program = printable(line[2:].split(b"\r")[0].decode(errors="replace").strip())
        return (
            f"the first line ends in CR LF, so a system looks for the program '{program}\\r'",
            "save the file with LF line ends; `*.sh text eol=lf` in `.gitattributes` keeps git from changing them",
        )
    program = line[2:].strip().partition(b" ")[0].decode(errors="replace")
    if not program.startswith("/"):
        shown = f"'{printable(program)}'" if program else "no program"
        return f"the first line names {shown}, where a path from the root was expected", FIRST_LINE
    return None


FIRST_LINE = "begin it with a line such as `#!/usr/bin/env python3`, then run `onex lock`"

RULE = Rule(
    code="ONX606",
    name="script-start",
    purpose="A command that is a file of the node is executable and begins with `#!` and a program, in a line that ends in LF.",
    why="A script that lost its mode or got other line ends runs on the machine where it was written and nowhere else.",
    bad="""\
# clean.sh begins with `#!/bin/sh` and CR LF, or has mode 644
entrypoint:
  type: cli
  target: ./clean.sh
""",
    good="""\
# clean.sh begins with `#!/bin/sh` and LF, and has mode 755
entrypoint:
  type: cli
  target: ./clean.sh
""",
    fix="give the file its mode and its first line, then run `onex lock`",
    node=check,
)
