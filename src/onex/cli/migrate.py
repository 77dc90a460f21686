"""``onex migrate``: documents of published editions, lifted to the present one."""

import os
from collections.abc import Iterator

import click

from onex.cli.common import FINDINGS, OK, say_finding
from onex.cli.differences import print_difference
from onex.cli.messages import relative, say
from onex.core import document
from onex.core.files import tree_lock
from onex.core.text import plural
from onex.core.workspace import find_root
from onex.errors import OnexError
from onex.migrate.find import candidates
from onex.migrate.lift import EDITION, VERDICTS, Lifted, lift

WIDTH = max(map(len, VERDICTS))


@click.command("migrate")
@click.argument("paths", nargs=-1)
@click.option(
    "--to",
    type=click.Choice([EDITION]),
    default=EDITION,
    help="The edition that documents are lifted to: the present one.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--diff", is_flag=True, help="Print what changes.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    to: str,  # noqa: ARG001 - there is one edition to go to
    dry_run: bool,
    diff: bool,
) -> None:
    """Lift documents of published editions to the present one.

    PATHS are files, or folders that are searched for node documents, contracts and trees; the
    working folder without any. No tree is needed. What cannot be decided is asked, with its place,
    and left as a TODO; nothing is invented. A lifted node document is called node.onex.
    """
    counts = dict.fromkeys(VERDICTS, 0)
    is_open = False
    for found in _lift_all(paths or (".",), writes=not dry_run):
        counts[found.verdict] += 1
        is_open = is_open or _is_open(found, paths)
        if diff and found.is_new and found.source:
            print_difference(found.path, found.source.data, found.after, found.new_path)
        _print(found, is_written=not dry_run, err=diff)
    total = sum(counts.values())
    if total == counts["not a node"]:
        raise OnexError(
            f"{', '.join(paths) or '.'}: no documents to lift",
            help="name files or folders with node documents, contracts or trees",
        )
    words = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    end = "; nothing was written" if dry_run else ""
    say(f"{plural(total, 'document')}: {words}{end}", err=diff)
    if counts["lifted"] + counts["lifted with questions"] and not dry_run:
        first = "answer the questions, then " if counts["lifted with questions"] else ""
        say(f"next: {first}onex lock, then onex validate", err=diff)
    ctx.exit(FINDINGS if is_open else OK)


def _is_open(found: Lifted, named: tuple[str, ...]) -> bool:
    """Whether something is left to do; what a search brought up may be no document of onex."""
    if found.verdict == "not a node" and found.path not in map(os.path.normpath, named):
        return False
    return bool(found.error or found.questions)


def _lift_all(paths: tuple[str, ...], *, writes: bool) -> Iterator[Lifted]:
    """Lift each document, under the lock of the tree that it lies in."""
    files = dict.fromkeys(os.path.normpath(file) for path in paths for file in candidates(path))
    for path in files:
        folder = os.path.dirname(os.path.abspath(path))
        with tree_lock(find_root(folder) or folder):
            found = lift(path)
            if writes and found.is_new:
                found.write()
        yield found


def _print(found: Lifted, *, is_written: bool, err: bool) -> None:
    """A row for a document, and below it what there is to say of it."""
    way = relative(found.path)
    if found.is_new and found.new_path != found.path:
        way = f"{way} -> {os.path.basename(found.new_path)}"
    say(f"{found.verdict:{WIDTH}}  {way}", err=err)
    if found.error:
        say_finding(found.error, err=err)
    for note in found.notes:
        say(f"  note: {note}", err=err)
    lifted = document.parse(found.after, found.new_path) if found.questions else None
    for question in found.questions:
        place = lifted if is_written else found.source
        if place:
            line, column = place.locate(question.now if is_written else question.was)
            say(f"{relative(place.path)}:{line}:{column}: {question.message}", err=err)
