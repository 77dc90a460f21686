"""``onex gen``: documents made from schemas."""

import os

import click

from onex.cli.common import FINDINGS, write_output
from onex.cli.messages import relative, say
from onex.core import fielddocs
from onex_contract.files import schema_dir

FILE_NAME = "README.md"


@click.group("gen")
def command() -> None:
    """Generate documents from schemas."""


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
        say(f"{relative(path)}: stale; run `onex gen docs {folder or '-o ' + path}`")
        ctx.exit(FINDINGS)


def _read(path: str) -> str | None:
    """The text of the reference as it is, or None when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None
