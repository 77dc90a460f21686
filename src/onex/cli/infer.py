"""``onex infer``: what the code of a node says, against what its contract says."""

import difflib
import os

import click

from onex.cli.common import FINDINGS, OK, find_refs, print_json
from onex.cli.messages import relative, say
from onex.core import node
from onex.core.files import tree_lock
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.errors import UsageError
from onex.infer import record as records
from onex.infer.of_node import undeclared
from onex.infer.record import Reading
from onex.infer.text import remark_lines


@click.command("infer")
@click.argument("name", metavar="NODE")
@click.option(
    "--write", is_flag=True, help="Let the contract say what the code says, and lock again."
)
@click.option("--diff", is_flag=True, help="Show what `--write` changes, line by line.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How what was read is printed.",
)
@click.pass_context
def command(ctx: click.Context, name: str, write: bool, diff: bool, output_format: str) -> None:
    """Read the contract of NODE out of its code, and say where the two differ.

    The code is parsed, and neither imported nor executed. What the contract says more narrowly than
    the code stays; what the code does not bear out is a difference, and fails unless `--write`
    mends it. What the code leaves open is named, and what it seems to touch is proposed.
    """
    workspace = Workspace.find()
    refs = find_refs(workspace, [name])
    if len(refs) != 1:
        raise UsageError(f"{name}: means {len(refs)} nodes; read them one at a time")
    with tree_lock(workspace.root):
        reading = records.infer(node.load(refs[0].folder))
        files = records.wanted(reading) if write or diff else {}
        written = sorted(map(relative, files)) if write else []
        shown = _diff(files) if diff else []
        if write and files:
            records.write(reading, files)
    if output_format == "json":
        _print_record(reading, written)
    else:
        _print_text(reading, written, shown, is_written=write)
    ctx.exit(FINDINGS if reading.has_drifted and not write else OK)


def _print_record(reading: Reading, written: list[str]) -> None:
    found = records.record(reading, written)
    found["path"] = relative(found["path"])
    for each in found["differences"]:
        for place in (each["code"], each["contract"]):
            place["path"] = relative(place["path"])
    print_json(found)  # type: ignore[arg-type]


def _print_text(
    reading: Reading, written: list[str], shown: list[str], *, is_written: bool
) -> None:
    subject, path = reading.node, relative(reading.proposal.path)
    for each in reading.differences:
        line, column = each.at
        place = records.contract_place(reading, each)
        verdict = "differs" if each.is_drift else "may be added"
        say(f"{path}:{line}:{column}: {verdict}: {each.message}")
        say(f"  contract: {relative(place['path'])}:{place['line']}:{place['column']}")
    for line_text in remark_lines(undeclared(subject, reading.proposal), path):
        say(line_text)
    for line_text in shown:
        say(line_text)
    for file in written:
        say(f"wrote {file}")
    if written:
        for case in records.broken_cases(subject):
            say(
                f"{subject.id}: the case '{case}' no longer keeps the contract; mend it, then run `onex lock {subject.id}`"
            )
    say(_count(reading, is_written=is_written))


def _count(reading: Reading, *, is_written: bool) -> str:
    name = reading.node.id
    drift = sum(each.is_drift for each in reading.differences)
    more = len(reading.differences) - drift
    if is_written:
        count = plural(len(reading.differences), "difference")
        return (
            f"{name}: {count} settled, locked"
            if reading.differences
            else f"{name}: nothing to write"
        )
    if not drift:
        added = f"; {plural(more, 'thing')} may be added with --write" if more else ""
        return f"{name}: the contract says what the code says{added}"
    return f"{name}: {plural(drift, 'difference')}; run `onex infer {name} --write` to take over what the code says"


def _diff(files: dict[str, bytes]) -> list[str]:
    """The changes as a unified diff."""
    found: list[str] = []
    for path in sorted(files):
        with open(path, encoding="utf-8", newline="") as file:
            before = file.read().splitlines()
        shown = os.path.join("", relative(path))
        after = files[path].decode().splitlines()
        found += difflib.unified_diff(before, after, shown, shown, lineterm="")
    return found
