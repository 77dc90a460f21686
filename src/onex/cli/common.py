"""What several commands share: the workspace, the nodes that arguments name, and output."""

import os
import stat
from collections.abc import Sequence

from onex.cli.messages import print_error, relative, say, say_json
from onex.core import config, index, node
from onex.core.document import JSON
from onex.core.node import FILE_NAMES, Node
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import DocumentError, OnexError, RefusedError, UsageError
from onex_types.common import Error
from onex_types.execution_result import ExecutionResult

OK = 0
FINDINGS = 1
COULD_NOT = 2

SEE_TREE = "run `onex tree --check` to see all that is wrong with the tree"

DOCUMENTS = frozenset({*FILE_NAMES, index.FILE_NAME, config.FILE_NAME})
"""What no report is written over."""


def find_refs(workspace: Workspace, names: Sequence[str]) -> list[NodeRef]:
    """The nodes that ``names`` mean, each an id or a path; a folder of nodes means all below it.

    Raises:
        OnexError: a name means no node.
    """
    found: list[NodeRef] = []
    for name in names:
        refs = _refs_below(workspace, name) if os.path.lexists(name) else [workspace.ref(name)]
        found += [ref for ref in refs if ref not in found]
    return found


def _refs_below(workspace: Workspace, path: str) -> list[NodeRef]:
    """The nodes at or below ``path``; a file means the node that it belongs to, or those that share it."""
    place = os.path.abspath(path)
    below = [
        ref for ref in workspace.refs() if f"{ref.folder}{os.sep}".startswith(f"{place}{os.sep}")
    ]
    around = [ref for ref in workspace.refs() if place.startswith(f"{ref.folder}{os.sep}")]
    found = below or around or sharers(workspace).get(place)
    if not found:
        raise UsageError(
            f"{path}: no node of the tree of {workspace.root} is here",
            help="run `onex tree --write` to list new nodes, or `onex list` to see those that are",
        )
    return found


def sharers(workspace: Workspace) -> dict[str, list[NodeRef]]:
    """Where the files are that nodes share, each with those nodes."""
    from onex.core.sharers import by_path  # noqa: PLC0415 - most names are those of nodes

    return by_path(workspace.root, workspace.refs())


def gaps(workspace: Workspace) -> list[DocumentError]:
    """Where the `.tree` files may hide nodes; order alone hides none."""
    return [
        DocumentError(
            problem.path, problem.message, line=problem.line, column=problem.column, help=SEE_TREE
        )
        for problem in workspace.tree.problems
        if problem.kind != "unsorted"
    ]


def require_whole(workspace: Workspace) -> None:
    """Refuse a tree that may hide nodes, where all of its nodes are meant.

    Raises:
        DocumentError: a `.tree` cannot be read, or names what is not there.
    """
    for gap in gaps(workspace):
        raise gap


def load_all(workspace: Workspace) -> list[Node]:
    """Every node of a tree that hides none.

    Raises:
        OnexError: a `.tree` may hide nodes, or a node cannot be read.
    """
    require_whole(workspace)
    return [node.load(ref.folder) for ref in workspace.refs()]


def print_gaps(workspace: Workspace) -> int:
    """Say on standard error where the tree may hide nodes; the exit status of what was shown."""
    found = gaps(workspace)
    for gap in found:
        print_error(gap)
    return COULD_NOT if found else OK


def write_output(path: str, text: str) -> None:
    """Write a report to ``path``: a file as a whole or not at all; a pipe or a device as it goes.

    A symbolic link stays, and what it leads to is written.

    Raises:
        RefusedError: ``path`` is a document of onex.
        OnexError: it could not be written.
    """
    from onex.core.files import write_atomic, write_special  # noqa: PLC0415 - most calls print
    from onex.runs.journal import FILE_NAME as JOURNAL  # noqa: PLC0415

    if os.path.basename(path) in {*DOCUMENTS, JOURNAL}:
        raise RefusedError(f"{path}: a report would take the place of a document; nothing written")
    try:
        is_special = not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        is_special = False
    except (OSError, ValueError) as error:
        raise OnexError(f"{path}: cannot be written: {error}") from error
    if is_special:
        write_special(path, text.encode(errors="backslashreplace"))
    else:
        write_atomic(os.path.realpath(path), text.encode(errors="backslashreplace"))


def append_step_summary(text: str) -> None:
    """Put ``text`` where GitHub reads the summary of a step, when this is a step of a workflow.

    Raises:
        OnexError: it could not be written.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from onex.core.files import append  # noqa: PLC0415 - most calls print

    try:
        append(path, text.encode(errors="backslashreplace"))
    except OnexError as error:
        problem = f"the step summary cannot be written: {error.message}"
        raise OnexError(problem, help="see GITHUB_STEP_SUMMARY") from error


def print_json(value: JSON) -> None:
    """``value`` on standard output, with two spaces a level."""
    from onex.core.layout import pretty  # noqa: PLC0415 - most calls print text

    say_json(pretty(value))


def nothing_to(verb: str, workspace: Workspace) -> OnexError:
    """The error of a gate that found nothing to look at: that is not a success.

    Where a `.tree` may hide what there is, that is the error.
    """
    for gap in gaps(workspace):
        return gap
    return OnexError(
        f"{workspace.root}: no nodes to {verb}; a gate that looked at nothing does not pass",
        help="run `onex scaffold demo.text.clean` to make one, or `onex tree --write` to list those that exist",
    )


def exit_status(outcome: str) -> int:
    """The exit status of a command whose run came to ``outcome`` (DESIGN.md, section 10)."""
    return {"success": OK, "error": COULD_NOT}.get(outcome, FINDINGS)


def say_finding(error: DocumentError, *, err: bool = False) -> None:
    """What is wrong with a document, at its place, and the next step below it."""
    say(f"{relative(error.path)}:{error.line}:{error.column}: {error.problem}", err=err)
    if error.help:
        say(f"  help: {error.help}", err=err)


def say_error(subject: str, error: Error) -> None:
    """What went wrong with ``subject``, on standard error, and the next step below it."""
    say(f"{subject}: {error['message']}", err=True)
    if error["hint"]:
        say(f"  help: {error['hint']}", err=True)


def print_result(result: ExecutionResult, *, quiet: bool) -> None:
    """What an execution came to, on standard error; a plain success only when not ``quiet``."""
    name, error = result["node_id"], result["error"]
    for warning in result["warnings"]:
        say(f"{name}: warning: {warning}", err=True)
    if error:
        say_error(f"{name}: {result['status']}: {error['code']}", error)
    elif not quiet:
        say(f"{name}: {result['status']} in {result['duration_us'] // 1000} ms", err=True)


def refuse(command: str, *rules: tuple[bool, str]) -> None:
    """Refuse the first combination of options of a command that makes no sense.

    Raises:
        UsageError: one of ``rules``, each whether it is broken and what to say, is broken.
    """
    for is_broken, problem in rules:
        if is_broken:
            raise UsageError(problem, help=f"see `onex {command} --help`")
