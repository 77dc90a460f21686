"""``onex init``: a workspace in a folder."""

import json
import os
import re
import stat

import click

from onex.cli.messages import relative, say
from onex.core import attributes, config, document, scan
from onex.core.files import make_folder, make_folder_in, tree_lock, write_atomic
from onex.core.text import is_unicode
from onex.core.workspace import Workspace
from onex.doctor.workspace import EDITOR_FILE, SCHEMA_FILE, schema_text
from onex.errors import RefusedError, UsageError
from onex_contract import registry

CONFIG = """\
# The settings of this onex workspace.

# The person or team that answers for the nodes that `onex scaffold` makes.
owner = {owner}

# The edition of the rules. A later one may bring new rules; none counts here before this says so.
edition = "{edition}"
"""


EDITOR = f"""\
{{
  "files.associations": {{ "*.onex": "yaml", ".tree": "yaml" }},
  "yaml.schemas": {{ "{SCHEMA_FILE}": ["node.onex", "node.onex.yaml"] }}
}}
"""


_PLAIN = re.compile(r"[\w.+@/ -]+").fullmatch


def _print_completion(ctx: click.Context, _: click.Parameter, shell: str | None) -> None:
    if shell is not None and not ctx.resilient_parsing:
        from onex.cli.completion import script  # noqa: PLC0415 - for this alone
        from onex.cli.main import COMPLETION  # noqa: PLC0415

        click.echo(script(ctx.find_root().command, shell, COMPLETION))
        ctx.exit()


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False), default=".")
@click.option(
    "--owner", default="TODO: name the owner", help="Who answers for the nodes made here."
)
@click.option(
    "--hooks", is_flag=True, help="Let pre-commit or prek check each commit of the repository, too."
)
@click.option("--ci", is_flag=True, help="Let GitHub, or GitLab, check each change, too.")
@click.option(
    "--completion",
    type=click.Choice(["bash", "zsh", "fish"]),
    expose_value=False,
    is_eager=True,
    callback=_print_completion,
    help='Only print what a shell reads for completion: eval "$(onex init --completion bash)".',
)
def command(folder: str, owner: str, hooks: bool, ci: bool) -> None:
    """Make a workspace in FOLDER.

    It gets settings (onex.toml), the root of the tree (.tree), attributes for git and the schema of
    node.onex for editors. A file that is there already stays as it is; attributes for git that it
    lacks are put in front of yours.

    VS Code finds the schema by itself; other editors with the YAML language server find it by a
    first line of a node such as this one:

    \b
      # yaml-language-server: $schema=../../../.vscode/onex_node.schema.json
    """  # noqa: D301 - click reads the backspace
    if not is_unicode(owner) or not registry.validator("config").is_valid({"owner": owner}):
        raise UsageError("--owner: expected a text of 1 to 200 characters")
    place = _find_repository(os.path.abspath(folder)) if hooks or ci else None
    make_folder(folder)
    with tree_lock(folder):
        for name, text in _files(owner).items():
            path = os.path.join(folder, name)
            if os.path.lexists(path):
                say(f"{_keep(path)} {relative(path)}")
                continue
            make_folder_in(folder, os.path.dirname(name))
            write_atomic(path, text.encode())
            say(f"wrote {relative(path)}")
        for path in scan.write(folder):
            say(f"wrote {relative(path)}")
        if place:
            _write_gates(*place, hooks=hooks, ci=ci)
    if not list(Workspace(os.path.abspath(folder)).refs()):
        say("next: onex scaffold demo.text.clean")


def _find_repository(workspace: str) -> tuple[str, str]:
    """The repository around ``workspace``, or the workspace itself, and where the one lies in the other.

    Raises:
        RefusedError: a hook or a workflow would read something else than the name of the folder.
    """
    from onex.core import git  # noqa: PLC0415 - for hooks and workflows alone

    repository = git.top(workspace) or workspace
    folder = os.path.relpath(workspace, repository)
    if not _PLAIN(folder):
        # A workflow reads `${{ }}` in a name, and a shell reads more than that.
        problem = (
            f"{folder}: hooks and workflows need a path of letters, digits, blanks and _ . + @ -"
        )
        raise RefusedError(problem, help="rename the folder, or write them by hand")
    return repository, folder


def _write_gates(repository: str, folder: str, *, hooks: bool, ci: bool) -> None:
    """Write what checks each commit, and each change, of the workspace ``folder``."""
    from onex.cli.init_ci import write_ci  # noqa: PLC0415 - most calls ask for neither
    from onex.cli.init_hooks import write_hooks  # noqa: PLC0415

    if hooks:
        write_hooks(repository, folder)
    if ci:
        write_ci(repository, folder)


def _files(owner: str) -> dict[str, str]:
    """The files of a new workspace and their text, the root of the tree aside."""
    return {
        config.FILE_NAME: CONFIG.format(owner=_toml(owner), edition=config.CURRENT),
        attributes.FILE_NAME: attributes.completed(b"").decode(),
        EDITOR_FILE: EDITOR,
        SCHEMA_FILE: schema_text(),
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
