"""``onex init``: a workspace in a folder."""

import json
import os
import stat

import click

from onex.cli.messages import relative, say
from onex.core import attributes, config, document, scan
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
    node.onex for editors. A file that is there already stays as it is; attributes for git that it
    lacks are put in front of yours.
    """
    if not is_unicode(owner) or not registry.validator("config").is_valid({"owner": owner}):
        raise UsageError("--owner: expected a text of 1 to 200 characters")
    make_folder(folder)
    with tree_lock(folder):
        for name, text in _files(owner).items():
            path = os.path.join(folder, name)
            if os.path.lexists(path):
                say(f"{_keep(path)} {relative(path)}")
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
        attributes.FILE_NAME: attributes.completed(b"").decode(),
        ".vscode/settings.json": EDITOR,
        SCHEMA_FILE: json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
    }


def _keep(path: str) -> str:
    """Leave the file at ``path`` as it is, but for attributes that it lacks; in a word, what was done."""
    mode = os.lstat(path).st_mode
    # Git does not follow a link here either.
    if os.path.basename(path) == attributes.FILE_NAME and stat.S_ISREG(mode):
        data = document.read_bytes(path, follow=False)
        completed = attributes.completed(data)
        if completed != data:
            write_atomic(path, completed, stat.S_IMODE(mode))
            return "wrote"
    return "kept "


def _toml(text: str) -> str:
    """``text`` as TOML spells it: as JSON does, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
