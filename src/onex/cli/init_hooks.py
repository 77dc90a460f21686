"""``onex init --hooks``: the hook that checks each commit, named where pre-commit and prek look for it."""

import json
import os
from typing import cast

from onex import __version__
from onex.cli.messages import relative, say
from onex.core import document
from onex.core.document import JSON
from onex.core.files import write_atomic
from onex.core.spans import Page, open_page
from onex.core.text import BOM
from onex.errors import DocumentError, RefusedError

FILE_NAME = ".pre-commit-config.yaml"

HEAD = """\
# What git runs at each commit, by pre-commit or prek.
repos:
"""

HOOK = """\
- repo: local
  hooks:
    - id: onex-validate
      name: onex validate
      entry: onex validate --touched
      args: {arguments}
      language: python
      additional_dependencies: ["onex-contracts=={version}"]
      types: []
      always_run: true # git tells what is removed
      require_serial: true
      stages: [pre-commit, pre-merge-commit, pre-push, manual]
"""

HELP = "add the hook by hand; `onex init --hooks` in an empty folder shows how it is written"

NEXT = "next: pre-commit install, or prek install"


def write_hooks(repository: str, folder: str) -> None:
    """Write the configuration in ``repository``, or put the hook behind the others that it names.

    Args:
        repository: the folder that hooks are called in.
        folder: the workspace, as seen from there.

    Raises:
        DocumentError: there is a configuration that cannot be completed; it stays as it is.
    """
    path = os.path.join(repository, FILE_NAME)
    hook = _hook(folder)
    if not os.path.lexists(path):
        write_atomic(path, (HEAD + _indented(hook, "  ", "\n")).encode())
        say(f"wrote {relative(path)}")
    elif after := _completed(path, hook, folder):
        # A link stays, and what it leads to is completed.
        write_atomic(_target(path, repository), after)
        say(f"completed {relative(path)}")
    else:
        say(f"kept  {relative(path)}")
        return
    say(NEXT)


def _target(path: str, repository: str) -> str:
    """The file that is meant by ``path``, links followed.

    Raises:
        RefusedError: it lies outside ``repository``, where no other repository expects a change.
    """
    target, top = os.path.realpath(path), os.path.realpath(repository)
    if os.path.commonpath([target, top]) != top:
        problem = f"{path}: a link that leads out of the repository, to {target}"
        raise RefusedError(problem, help=HELP)
    return target


def _completed(path: str, hook: str, folder: str) -> bytes | None:
    """The configuration at ``path`` with the hook in it; None when it names the hook already."""
    try:
        before = document.read(path)
    except DocumentError as error:
        raise DocumentError(
            path, error.problem, line=error.line, column=error.column, help=error.help or HELP
        ) from error
    return None if _is_named(before.value, folder) else complete(before.data, hook, path)


def complete(data: bytes, hook: str, path: str) -> bytes:
    """``data``, a configuration, with ``hook`` behind its repositories and every other byte as it is.

    Raises:
        DocumentError: it is set in a way that this function cannot edit.
    """
    before = document.parse(data, path).value
    text = data.decode()
    mark = BOM if text.startswith(BOM) else ""
    added = document.parse(hook.encode(), path).value
    try:
        after = (mark + _inserted(open_page(text.removeprefix(BOM), is_json=False), hook)).encode()
        is_meant = document.parse(after, path).value == _joined(before, added)
    except (DocumentError, LookupError, TypeError):
        is_meant = False
    if not is_meant:
        problem = "the hook cannot be put behind the others in a file that is written this way"
        raise DocumentError(path, problem, help=HELP)
    return after


def _hook(folder: str) -> str:
    named = [] if folder == os.curdir else [f"--touched={folder}"]
    return HOOK.format(arguments=json.dumps([*named, "--"]), version=__version__)


def _is_named(config: JSON, folder: str) -> bool:
    """Whether the configuration names the hook, for this workspace."""
    if isinstance(config, list):
        return any(_is_named(value, folder) for value in config)
    if not isinstance(config, dict):
        return False
    if config.get("id") == "onex-validate":
        words = config.get("args")
        named = [str(word) for word in words] if isinstance(words, list) else []
        folders = [word.partition("=")[2] for word in named if word.startswith("--touched=")]
        return folder in (folders or [os.curdir])
    return any(_is_named(value, folder) for value in config.values())


def _joined(before: JSON, added: JSON) -> JSON:
    """What a configuration holds once the repositories ``added`` stand behind its own."""
    repositories = before["repos"] if isinstance(before, dict) else None
    if not isinstance(before, dict) or not isinstance(repositories, list):
        raise TypeError
    return before | {"repos": repositories + cast("list[JSON]", added)}


def _inserted(page: Page, hook: str) -> str:
    member = {member.name: member for member in page.members}["repos"]
    block = _indented(hook, page.indent(member.start) or "", page.eol)
    at = page.next_line(member.end) if member.tail is None else member.tail
    ahead = "" if page.text[at - 1] in "\r\n" else page.eol
    return page.text[:at] + ahead + block + page.text[at:]


def _indented(text: str, indent: str, eol: str) -> str:
    return "".join(f"{indent}{line}{eol}" for line in text.splitlines())
