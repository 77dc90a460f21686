"""``onex schema``: the canonical schemas, for editors and other tools."""

import click

from onex.cli.common import print_json
from onex.cli.messages import say
from onex.core.words import suggest
from onex.errors import UsageError
from onex_contract import registry


@click.command("schema")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the canonical schema NAME as one JSON document that refers to no other.

    Without a NAME, the names are listed.
    """
    names = registry.names()
    if name is None:
        for known in names:
            say(f"{known:<24} {registry.schema(known)['description']}")
        return
    if name not in names:
        near = suggest(name, names)
        raise UsageError(
            f"{name}: there is no such schema" + (f"; {near}" if near else ""),
            help="run `onex schema` to see all of them",
        )
    print_json(registry.schema(name))
