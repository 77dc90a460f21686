"""The workspace, what git and the editor know of it, and the hooks that call onex."""

import json
import os
from collections.abc import Iterator

from onex.core import attributes, config, document, scan
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.doctor.check import check
from onex.errors import DocumentError
from onex.runs.git import find_git, git_folder
from onex_contract import registry
from onex_types.doctor import Observation

SCHEMA_FILE = ".vscode/onex_node.schema.json"
EDITOR_FILE = ".vscode/settings.json"
HOOKS_FILE = ".pre-commit-config.yaml"


def workspace(root: str | None, start: str) -> Iterator[Observation]:
    """Where the workspace is and why, and whether tree and settings can be used."""
    if root is None:
        text = f"none: no .tree in {start} or in any folder above"
        yield check(
            "workspace",
            "workspace",
            "warning",
            text,
            "run `onex init` in the folder that is to hold your nodes",
        )
        return
    has_settings = os.path.lexists(os.path.join(root, config.FILE_NAME))
    why = (
        f"it has {config.FILE_NAME}" if has_settings else "the highest of the folders with a .tree"
    )
    yield check("workspace", "workspace", "ok", f"{root}: {why}")
    yield _settings(root)
    yield _tree(root)


def _settings(root: str) -> Observation:
    try:
        count = len(config.read(root))
    except DocumentError as error:
        return check("workspace", "settings", "problem", error.message, error.help or "correct it")
    return check("workspace", "settings", "ok", f"can be read: {plural(count, 'key')} at the top")


def _tree(root: str) -> Observation:
    tree = Workspace(root).tree
    found = [*tree.problems, *scan.check(tree)]
    if found:
        text = f"{plural(len(found), 'problem')}, the first: {found[0].path}: {found[0].message}"
        return check("workspace", "tree", "problem", text, "run `onex tree --check`")
    return check("workspace", "tree", "ok", plural(len(tree.nodes), "node"))


def git(root: str | None) -> Iterator[Observation]:
    """The program, the repository, and whether git leaves bytes and `.tree` files alone."""
    import shutil  # noqa: PLC0415 - the others do without

    program = shutil.which("git")
    if program is None or not os.path.isabs(program):
        yield check(
            "git",
            "git",
            "warning",
            "not found on the search path: `onex diff` and `--changed` need it",
            "install git",
        )
    else:
        yield check("git", "git", "ok", program)
    if root is None:
        return
    if git_folder(root) is None:
        yield check("git", "repository", "warning", "the workspace is in none", "run `git init`")
        return
    commit = find_git(root)
    yield check("git", "repository", "ok", f"at {commit['sha7']}, {commit['ref'] or 'no branch'}")
    yield _attributes(root)
    yield _hooks(root)


def _attributes(root: str) -> Observation:
    """Whether git leaves line ends alone, and joins what both of two branches list."""
    data = _text(os.path.join(root, attributes.FILE_NAME)).encode()
    if attributes.completed(data) != data:
        text = f"{attributes.FILE_NAME} of the workspace lacks lines that locks and trees need"
        return check("git", "attributes", "warning", text, "run `onex init`")
    words = [line.split() for line in data.decode().splitlines()]
    if not any(
        row[0] in {"*", "**/*", '"*"'} and {"-text", "binary"} & {*row[1:]} for row in words if row
    ):
        text = f"{attributes.FILE_NAME} lets git convert line ends, which locks take for changes"
        return check("git", "attributes", "warning", text, "write `* -text` there")
    return check("git", "attributes", "ok", "git leaves line ends alone, and joins `.tree` files")


def _hooks(root: str) -> Observation:
    """Whether something calls onex before a commit."""
    folder = git_folder(root) or ""
    top = os.path.dirname(folder) if os.path.basename(folder) == ".git" else root
    named = [
        place
        for place in dict.fromkeys((root, top))
        if "onex" in _text(os.path.join(place, HOOKS_FILE))
    ]
    script = _text(os.path.join(folder, "hooks", "pre-commit"))
    if "onex" in script:
        return check("git", "hooks", "ok", "the hook pre-commit calls onex")
    if not named:
        return check("git", "hooks", "ok", f"none: no {HOOKS_FILE} names onex")
    if "pre-commit" in script or "prek" in script:
        return check("git", "hooks", "ok", f"{HOOKS_FILE} names onex, and is installed")
    text = f"{HOOKS_FILE} names onex, but is not installed in this clone"
    return check("git", "hooks", "warning", text, "run `pre-commit install`")


def editor(root: str | None) -> Iterator[Observation]:
    """Whether the editor takes node.onex for YAML and checks it against the schema of this onex."""
    if root is None:
        return
    again = "remove it, then run `onex init`"
    settings = _text(os.path.join(root, EDITOR_FILE))
    if not settings:
        yield check(
            "editor", "association", "warning", f"there is no {EDITOR_FILE}", "run `onex init`"
        )
    elif "node.onex" not in settings or os.path.basename(SCHEMA_FILE) not in settings:
        text = f"{EDITOR_FILE} does not join node.onex with {SCHEMA_FILE}"
        yield check(
            "editor",
            "association",
            "warning",
            text,
            "move it away, run `onex init`, and join the two",
        )
    else:
        yield check("editor", "association", "ok", f"{EDITOR_FILE} joins node.onex with the schema")
    path = os.path.join(root, SCHEMA_FILE)
    if not os.path.lexists(path):
        yield check("editor", "schema", "warning", f"there is no {SCHEMA_FILE}", "run `onex init`")
    elif _text(path) != schema_text():
        text = f"{SCHEMA_FILE} is not the schema of this onex"
        yield check("editor", "schema", "warning", text, again)
    else:
        yield check("editor", "schema", "ok", f"{SCHEMA_FILE} is the schema of this onex")


def schema_text() -> str:
    """The schema of node.onex, as an editor gets it."""
    schema = registry.schema("onex_node")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _text(path: str) -> str:
    """What a file holds; nothing where there is none that can be read."""
    try:
        return document.read_bytes(path).decode(errors="replace")
    except DocumentError:
        return ""
