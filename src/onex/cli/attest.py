"""``onex attest``: a statement over a run that others can verify."""

import os

import click

from onex.cli.common import write_output
from onex.cli.messages import say_json
from onex.core.workspace import find_root
from onex.projections.intoto import statement
from onex.runs.contents import digests
from onex.runs.load import find_run, load_run


@click.command("attest")
@click.argument("run")
@click.option("-o", "--output", metavar="FILE", help="Write the statement to FILE.")
def command(run: str, output: str | None) -> None:
    """State what a run came to, as an in-toto statement.

    RUN is the folder of a run, or its id or how that begins. The statement names the digest of each
    file of the run; it is not signed.
    """
    folder = run if os.path.isdir(run) else find_run(run, find_root())
    text = statement(load_run(folder), digests(folder))
    if output is not None:
        write_output(output, text)
    else:
        say_json(text)
