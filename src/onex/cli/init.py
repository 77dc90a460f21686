"""``onex init``: a workspace in a folder."""

import json
import os

import click

from onex.cli.messages import relative, say
from onex.core import config, scan
from onex.core.files import make_folder, tree_lock, write_atomic
from onex.core.text import is_unicode
from onex.core.workspace import Workspace
from onex.errors import UsageError
from onex_contract import registry

CONFIG = """\
# The settings of this onex workspace.

# The person or team that answers for the nodes that `onex scaffold` makes.
owner = {owner}
"""

ATTRIBUTES = """\
# Locks are digests of bytes: git must not convert line ends here.
* -text
# Where two branches list new nodes, the lines of both are right.
.tree merge=union
"""

SCHEMA_FILE = ".vscode/onex_node.schema.json"

EDITOR = f"""\
{{
  "files.associations": {{ "*.onex": "yaml", ".tree": "yaml" }},
  "yaml.schemas": {{ "{SCHEMA_FILE}": ["node.onex", "node.onex.yaml"] }}
}}
"""


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False), default=".")
@click.option(
    "--owner", default="TODO: name the owner", help="Who answers for the nodes made here."
)
def command(folder: str, owner: str) -> None:
    """Make a workspace in FOLDER.

    It gets settings (onex.toml), the root of the tree (.tree), attributes for git and the schema of
    node.onex for editors. A file that is there already stays as it is.
    """
    if not is_unicode(owner) or not registry.validator("config").is_valid({"owner": owner}):
        raise UsageError("--owner: expected a text of 1 to 200 characters")
    make_folder(folder)
    with tree_lock(folder):
        for name, text in _files(owner).items():
            path = os.path.join(folder, name)
            if os.path.lexists(path):
                say(f"kept  {relative(path)}")
                continue
            make_folder(os.path.dirname(path))
            write_atomic(path, text.encode())
            say(f"wrote {relative(path)}")
        for path in scan.write(folder):
            say(f"wrote {relative(path)}")
    if not list(Workspace(os.path.abspath(folder)).refs()):
        say("next: onex scaffold demo.text.clean")


def _files(owner: str) -> dict[str, str]:
    """The files of a new workspace and their text, the root of the tree aside."""
    schema = registry.schema("onex_node")
    return {
        config.FILE_NAME: CONFIG.format(owner=_toml(owner)),
        ".gitattributes": ATTRIBUTES,
        ".vscode/settings.json": EDITOR,
        SCHEMA_FILE: json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
    }


def _toml(text: str) -> str:
    """``text`` as TOML spells it: as JSON does, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
