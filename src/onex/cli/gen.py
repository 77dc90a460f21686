"""``onex gen``: documents made from schemas, and code made from contracts."""

import os

import click

from onex.cli.common import FINDINGS, OK, find_refs, refuse, write_output
from onex.cli.messages import relative, say
from onex.core import document, fielddocs, node
from onex.core.files import make_folder, make_folder_in, write_atomic
from onex.core.text import plural
from onex.core.words import call
from onex.core.workspace import Workspace
from onex.errors import DocumentError, UsageError
from onex_contract.files import schema_dir

FILE_NAME = "README.md"
MOST_BYTES = 64 * 1024 * 1024


@click.group("gen")
def command() -> None:
    """Generate documents from schemas, and typed models from contracts."""


@command.command("docs")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), required=False)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when the reference is stale.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=f"Where the reference goes; {FILE_NAME} of FOLDER when left out, `-` for standard output.",
)
@click.pass_context
def docs(ctx: click.Context, folder: str | None, check: bool, output: str | None) -> None:
    """Write the field reference of the schemas in FOLDER, onex's own when left out (ONEX-M1-05)."""
    text = fielddocs.render(fielddocs.read_folder(folder or schema_dir()))
    path = (os.path.join(folder, FILE_NAME) if folder else "-") if output is None else output
    if path == "-":
        click.echo(text, nl=False)
    elif not check:
        write_output(path, text)
        say(f"wrote {relative(path)}")
    elif _read(path) != text:
        say(
            f"{relative(path)}: stale; run `onex gen docs {call(folder) if folder else call('-o', path)}`"
        )
        ctx.exit(FINDINGS)


@command.command("models")
@click.argument("nodes", metavar="NODE...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a module is stale.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    help="The folder of the modules; one module alone is printed when it is left out.",
)
@click.pass_context
def models(ctx: click.Context, nodes: tuple[str, ...], check: bool, output: str | None) -> None:
    """Make typed models of what each NODE takes and gives, from its state contract.

    `demo.text.clean` becomes DIR/demo/text/clean.py with the classes Input and Output. They accept
    what the contract accepts, which judges first; the code needs onex-contracts (onex_contract)
    and Pydantic to run, and the extra `gen` to be made.
    """
    refuse("gen models", (check and output is None, "--check goes with -o"))
    refs = find_refs(Workspace.find(), nodes)
    if output is None and len(refs) > 1:
        raise UsageError(f"{len(refs)} modules; name a folder for them with -o")
    from onex.codegen.models import generate  # noqa: PLC0415 - it brings Pydantic with it

    made = generate([node.load(ref.folder) for ref in refs])
    if output is None:
        click.echo(next(iter(made.values())).decode(), nl=False)
        return
    stale = [
        os.path.join(output, *path.split("/"))
        for path, data in made.items()
        if _bytes(os.path.join(output, *path.split("/"))) != data
    ]
    if check:
        again = call("onex", "gen", "models", *nodes, "-o", output)
        for path in stale:
            say(f"{relative(path)}: stale; run `{again}`")
        say(f"{plural(len(made), 'module')} checked: {len(stale)} stale")
        ctx.exit(FINDINGS if stale else OK)
    for path, data in made.items():
        place = os.path.join(output, *path.split("/"))
        if place in stale:
            make_folder(output)
            make_folder_in(output, os.path.dirname(path))
            write_atomic(place, data)
            say(f"wrote {relative(place)}")
    say(f"{plural(len(made), 'module')}, {len(stale)} changed")


def _bytes(path: str) -> bytes | None:
    """What the file holds, or None when there is none."""
    try:
        return document.read_bytes(path, MOST_BYTES, follow=False)
    except DocumentError:
        if os.path.isdir(path) or os.path.islink(path):
            raise
        return None


def _read(path: str) -> str | None:
    """The text of the reference as it is, or None when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None
